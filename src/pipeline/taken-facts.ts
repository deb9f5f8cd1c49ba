import type { Brief } from "#src/core/brief.ts";
import type { Channel } from "#src/core/channel.ts";
import { factKey } from "#src/core/post-view.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";

/** Tells whether a fact of a brief was taken back in the workspace of a channel; none was where there is no channel. */
export async function takenFacts(
  store: Pick<Store, "withdrawnFacts">,
  { articleId }: Brief,
  channel: Channel | null,
): Promise<(text: string) => boolean> {
  if (channel === null) return () => false;
  const rows = await store.withdrawnFacts([articleId]);
  const here = rows.filter(({ workspace }) => workspace === workspaceOf(channel));
  const keys = new Set(here.map(({ fact }) => fact));
  return (text) => keys.has(factKey(articleId, text));
}

/** The brief without the facts that were taken back where it is shown. */
export async function standingBrief(
  store: Pick<Store, "withdrawnFacts">,
  brief: Brief,
  channel: Channel | null,
): Promise<Brief> {
  const isTaken = await takenFacts(store, brief, channel);
  return { ...brief, facts: brief.facts.filter(({ text }) => !isTaken(text)) };
}
