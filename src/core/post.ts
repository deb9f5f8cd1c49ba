import type { BriefView } from "./brief-reply.ts";
import type { Delivery } from "./delivery.ts";
import type { PostView } from "./post-view.ts";

/** A message as it stands in its channel. */
export interface Post {
  delivery: Delivery;
  view: PostView;
  /** The brief of a story's post with what it was made from; null for other messages. */
  brief: BriefView | null;
}
