import type { Channel } from "./channel.ts";
import type { Manner, Reason } from "./delivery.ts";
import type { PostView } from "./post-view.ts";
import type { QuietHours } from "./subscription.ts";

/** A message that a channel is owed. */
export interface Owed {
  channel: Channel;
  /** `POST_SLOT` or another message about the story. */
  slot: string;
  /** Slot of the story's message in whose thread it goes; null for the channel itself. */
  thread: string | null;
  view: PostView;
  manner: Manner;
  reasons: readonly Reason[];
  /** Why it is not posted; null when it is. An existing post is left as it is, and is not edited either. */
  skip: string | null;
  /** Until when a new post waits to be merged with others; null for not at all. */
  holdUntil: Date | null;
  /** New posts an hour before the rest is merged at the hour's end; null for no limit. */
  maxAnHour: number | null;
  /** Hours in which that end must not lie. */
  quiet?: QuietHours | null;
}
