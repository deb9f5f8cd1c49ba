import type { BriefView } from "#src/core/brief-reply.ts";
import type { Brief } from "#src/core/brief.ts";
import type { Channel } from "#src/core/channel.ts";
import { standingPart, type TakenParts, takenParts } from "#src/core/withdrawals.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";

/** What of a brief was taken back in the workspace of a channel; nothing was where there is no channel. */
export async function takenHere(
  store: Pick<Store, "withdrawnFacts">,
  shown: BriefView,
  channel: Channel | null,
): Promise<TakenParts> {
  if (channel === null) return { withdrawn: [] };
  const rows = await store.withdrawnFacts([shown.brief.articleId]);
  return takenParts(
    shown,
    rows.filter(({ workspace }) => workspace === workspaceOf(channel)),
  );
}

/** The brief without what was taken back where it is shown. */
export async function standingBrief(
  store: Pick<Store, "withdrawnFacts">,
  shown: BriefView,
  channel: Channel | null,
): Promise<Brief> {
  return standingPart(shown.brief, await takenHere(store, shown, channel));
}
