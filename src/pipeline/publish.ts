import type { Origin, QueuedEntry } from "#src/core/article.ts";
import { type ErrorCode, ERRORS } from "#src/core/error-table.ts";
import { toAppError } from "#src/core/errors.ts";
import { isStoreCode } from "#src/core/store-trouble.ts";
import { ingest, type IngestDeps, knownId } from "./ingest.ts";
import { publishStory, type PublishStoryDeps } from "./publish-story.ts";

export type PublishDeps = Omit<IngestDeps, "directory"> & PublishStoryDeps;

/** An entry whose page does not answer is tried this often before it is given up: over some nine hours in all. */
const MAX_ENTRY_ATTEMPTS = 12;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 2 * 3_600_000;
/** A feed may be ahead of its site: a page that is not there yet is asked for again, within a quarter of an hour. */
const MAX_MISSING_ATTEMPTS = 5;

interface PublishNext {
  signal: AbortSignal;
  /** Of which kind; of either where it is left out. */
  origin?: Origin;
  /** Hears of the entry as soon as there is one. */
  onClaimed?: () => void;
}

/**
 * Takes one queued entry through article, story, brief and deliveries. Each step is safe to repeat, so a crash between
 * two of them costs time and nothing else. Returns false when nothing was queued.
 */
export async function publishNext(
  deps: PublishDeps,
  { origin, onClaimed = () => undefined, signal }: PublishNext,
): Promise<boolean> {
  const queued = await deps.store.claimEntry(deps.clock(), origin);
  if (queued === null) return false;
  onClaimed();
  try {
    const work = queued.entry.event === "unpublish" ? takeBack : publishEntry;
    const articleId = await work(deps, queued, signal);
    await deps.store.settleEntry(queued, { kind: "done", ...(articleId === null ? {} : { articleId }) });
  } catch (error) {
    if (signal.aborted) return false;
    await giveUpOrRetry(deps, queued, error);
  }
  return true;
}

/** What an entry is about; null where nobody knows. */
type ArticleId = string | null;

async function publishEntry(deps: PublishDeps, queued: QueuedEntry, signal: AbortSignal): Promise<ArticleId> {
  const { articleId, entry, source } = queued;
  const { kind, article } = await ingest(deps, { articleId, entry, source, by: "moderator" }, signal);
  const deliveries = await publishStory(deps, article.storyId, signal);
  deps.log.info(
    { article: article.id, story: article.storyId, kind, channels: deliveries.length },
    "article published",
  );
  return article.id;
}

async function takeBack(deps: PublishDeps, queued: QueuedEntry, signal: AbortSignal): Promise<ArticleId> {
  const articleId = queued.articleId ?? knownId(deps, queued);
  if (articleId === null) return null;
  const article = await deps.store.unpublish({ articleId, now: deps.clock(), by: "publisher" });
  if (article !== null) await publishStory(deps, article.storyId, signal);
  deps.log.info({ article: articleId, known: article !== null }, "article taken back");
  return articleId;
}

async function giveUpOrRetry(
  { store, clock, log }: PublishDeps,
  queued: QueuedEntry,
  thrown: unknown,
): Promise<void> {
  const error = toAppError(thrown);
  // It says nothing about the entry, which is as good as it was.
  if (isStoreCode(error.code)) return store.settleEntry(queued, { kind: "returned", at: clock() });
  const again = queued.attempts < mostAttempts(error.code);
  const level = error.code === "bug" ? "error" : "info";
  log[level]({ entry: queued.id, attempts: queued.attempts, again, err: error }, "entry not published");
  const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (queued.attempts - 1));
  const at = new Date(clock().getTime() + wait);
  await store.settleEntry(
    queued,
    again ? { kind: "retry", at, code: error.code } : { kind: "dead", code: error.code },
  );
}

function mostAttempts(code: ErrorCode): number {
  if (code === "fetch/not-found") return MAX_MISSING_ATTEMPTS;
  return ERRORS[code].retry || code === "bug" ? MAX_ENTRY_ATTEMPTS : 0;
}
