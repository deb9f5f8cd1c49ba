import type { Revision } from "#src/core/article.ts";
import type { Channel } from "#src/core/channel.ts";
import { toAppError, ERRORS } from "#src/core/errors.ts";
import { backOffMs } from "#src/core/delivery.ts";
import type { Log } from "#src/log.ts";
import type { QueuedEntry, SavedArticle, Store } from "#src/ports.ts";
import { ingest, type IngestDeps } from "./ingest.ts";
import type { BriefWriter } from "./write-brief.ts";

export interface PublishDeps extends IngestDeps {
  writeBrief: BriefWriter;
  /** Where published articles go. */
  channels: readonly Channel[];
  log: Log;
}

/** An entry whose page does not answer is tried this often before it is given up. */
const MAX_ENTRY_ATTEMPTS = 6;

/**
 * Takes one queued entry through article, brief and deliveries. Each step is safe to repeat, so a crash between two of
 * them costs time and nothing else. Returns false when nothing was queued.
 */
export async function publishNext(deps: PublishDeps, signal: AbortSignal): Promise<boolean> {
  const queued = await deps.store.claimEntry(deps.clock());
  if (queued === null) return false;
  try {
    await publishEntry(deps, queued, signal);
    await deps.store.settleEntry(queued, { kind: "done" });
  } catch (error) {
    if (signal.aborted) return false;
    await giveUpOrRetry(deps, queued, error);
  }
  return true;
}

async function publishEntry(deps: PublishDeps, queued: QueuedEntry, signal: AbortSignal): Promise<void> {
  const saved = await ingest(deps, queued.entry, signal);
  const { article } = saved;
  const revision = await lastMaterial(deps.store, saved);
  const brief = await deps.writeBrief({ article, revision, length: "standard", language: null, signal });
  // Members-only text fails closed: no channel is cleared for it.
  const skip = article.visibility === "members" ? "members-only" : null;
  const { storyId } = article;
  await deps.store.publish({ brief, storyId, channels: deps.channels, skip, now: deps.clock() });
  deps.log.info(
    { article: article.id, revision: revision.number, kind: saved.kind, skip },
    "article published",
  );
}

/**
 * The newest revision that a reader has to see. Asked of the store rather than of what `saveArticle` just did, so that
 * a repeat after a crash decides the same.
 */
async function lastMaterial(store: Store, { article, revision }: SavedArticle): Promise<Revision> {
  let found = revision;
  while (found.number > 1 && found.change === null) {
    const before = await store.revision(article.id, found.number - 1);
    if (before === null) break;
    found = before;
  }
  return found;
}

async function giveUpOrRetry(
  { store, clock, log }: PublishDeps,
  queued: QueuedEntry,
  thrown: unknown,
): Promise<void> {
  const error = toAppError(thrown);
  const again = (ERRORS[error.code].retry || error.code === "bug") && queued.attempts < MAX_ENTRY_ATTEMPTS;
  const level = error.code === "bug" ? "error" : "info";
  log[level]({ entry: queued.id, attempts: queued.attempts, again, err: error }, "entry not published");
  const at = new Date(clock().getTime() + backOffMs(queued.attempts));
  await store.settleEntry(
    queued,
    again ? { kind: "retry", at, code: error.code } : { kind: "dead", code: error.code },
  );
}
