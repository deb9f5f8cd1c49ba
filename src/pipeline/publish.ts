import type { Origin, QueuedEntry, SavedArticle } from "#src/core/article.ts";
import type { ErrorCode } from "#src/core/error-table.ts";
import { PASSING, toAppError } from "#src/core/errors.ts";
import { isStoreCode } from "#src/core/store-trouble.ts";
import { createEntryLane, type EntryLane } from "./entry-lane.ts";
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
  /** With what it shares places; a piece of its own where it is left out. */
  lane?: EntryLane;
  /** Hears of the entry as soon as there is one. */
  onClaimed?: () => void;
  /** Hears when posts may be due. */
  onPublished?: () => void;
}

/**
 * Takes one queued entry through article, story, brief and deliveries. Each step is safe to repeat, so a crash between
 * two of them costs time and nothing else. Returns false when nothing was queued, and early where its page is slow: the
 * piece goes on by itself then.
 */
export async function publishNext(
  deps: PublishDeps,
  { lane = createEntryLane(deps.clock), origin, signal, ...tell }: PublishNext,
): Promise<boolean> {
  const queued = await lane.claim((exceptHosts) =>
    deps.store.claimEntry(deps.clock(), { origin, exceptHosts }),
  );
  if (queued === null) return false;
  tell.onClaimed?.();
  const work = queued.entry.event === "unpublish" ? takeBack : readEntry;
  const reading = lane.read(queued, () => work(deps, queued, signal));
  const published = publishRead(deps, queued, { reading, lane, signal }).then(tell.onPublished);
  await lane.aside.run(published, reading);
  return !signal.aborted;
}

interface Reading {
  reading: Promise<Read>;
  lane: EntryLane;
  signal: AbortSignal;
}

async function publishRead(deps: PublishDeps, queued: QueuedEntry, how: Reading): Promise<void> {
  const { lane, reading, signal } = how;
  try {
    const read = await reading;
    const { articleId, kind, storyId } = read;
    if (storyId !== null) {
      const deliveries = await lane.write(() => publishStory(deps, storyId, signal));
      deps.log.info(
        { article: articleId, story: storyId, kind, channels: deliveries.length },
        "article published",
      );
    }
    await deps.store.settleEntry(queued, { kind: "done", ...(articleId === null ? {} : { articleId }) });
  } catch (error) {
    if (!signal.aborted) await giveUpOrRetry(deps, queued, error);
  }
}

/** What an entry is about, and the story that is to be told; null where nobody knows. */
interface Read {
  kind: SavedArticle["kind"] | "taken back";
  articleId: string | null;
  storyId: string | null;
}

async function readEntry(deps: PublishDeps, queued: QueuedEntry, signal: AbortSignal): Promise<Read> {
  const { articleId, entry, source } = queued;
  const { kind, article } = await ingest(deps, { articleId, entry, source, by: "moderator" }, signal);
  return { kind, articleId: article.id, storyId: article.storyId };
}

async function takeBack(deps: PublishDeps, queued: QueuedEntry): Promise<Read> {
  const kind = "taken back";
  const articleId = queued.articleId ?? knownId(deps, queued);
  if (articleId === null) return { kind, articleId, storyId: null };
  const article = await deps.store.unpublish({ articleId, now: deps.clock(), by: "publisher" });
  deps.log.info({ article: articleId, known: article !== null }, "article taken back");
  return { kind, articleId, storyId: article?.storyId ?? null };
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
  return PASSING.has(code) ? MAX_ENTRY_ATTEMPTS : 0;
}
