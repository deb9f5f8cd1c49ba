import type { Entry } from "#src/core/article.ts";
import { toAppError } from "#src/core/errors.ts";
import { type Feed, nextPoll, type PollBounds, retryPoll } from "#src/core/feed.ts";
import { canonicalUrl } from "#src/core/url.ts";
import type { Log } from "#src/log.ts";
import type { Clock, FeedEntry, Reader, Store } from "#src/ports.ts";

export interface PollDeps {
  store: Store;
  reader: Reader;
  clock: Clock;
  bounds: PollBounds;
  log: Log;
}

/** Polls one feed that is due. Returns false when none is. */
export async function pollNext(deps: PollDeps, signal: AbortSignal): Promise<boolean> {
  const [feed] = await deps.store.dueFeeds(deps.clock(), 1);
  if (feed === undefined) return false;
  try {
    await poll(deps, feed, signal);
  } catch (error) {
    if (signal.aborted) return false;
    await recordFailure(deps, feed, error);
  }
  return true;
}

async function poll(
  { store, reader, clock, bounds, log }: PollDeps,
  feed: Feed,
  signal: AbortSignal,
): Promise<void> {
  const { url, etag, lastModified } = feed;
  const page = await reader.fetchPage({ url, etag, lastModified, signal });
  const now = clock();
  if (page.kind === "unchanged") {
    await store.savePoll({ ...feed, failures: 0, dueAt: nextPoll(now, page.maxAgeSeconds, bounds) }, [], now);
    return;
  }
  const parsed = reader.readFeed(page);
  const next: Feed = {
    ...feed,
    title: parsed.title,
    etag: page.etag,
    lastModified: page.lastModified,
    failures: 0,
    baselined: true,
    dueAt: nextPoll(now, page.maxAgeSeconds ?? parsed.ttlSeconds, bounds),
  };
  const queued = await store.savePoll(
    next,
    parsed.entries.map((entry) => toEntry(entry, page.url)),
    now,
  );
  if (queued > 0) log.info({ feed: feed.url, queued }, "feed has new entries");
}

/** A feed's text is often cut short, so the page is fetched for every entry that has one. */
function toEntry(item: FeedEntry, base: string): Entry {
  const url = item.url === null ? null : canonicalUrl(item.url, base);
  return {
    guid: item.guid,
    url,
    title: item.title,
    content: url === null && item.content !== null ? { type: "html", body: item.content } : null,
    byline: item.author,
    publishedAt: item.publishedAt,
    updatedAt: item.updatedAt,
    visibility: "public",
    event: "publish",
    releaseAt: null,
    via: "feed",
  };
}

async function recordFailure(
  { store, clock, bounds, log }: PollDeps,
  feed: Feed,
  thrown: unknown,
): Promise<void> {
  const error = toAppError(thrown);
  const failures = feed.failures + 1;
  log.warn({ feed: feed.url, failures, err: error }, "feed could not be read");
  await store.savePoll({ ...feed, failures, dueAt: retryPoll(clock(), failures, bounds) }, [], clock());
}
