import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { POLL_BOUNDS } from "#src/core/feed-schedule.ts";
import type { Feed } from "#src/core/feed.ts";
import { createLog } from "#src/log.ts";
import { createPoller } from "#src/pipeline/poll.ts";
import type { Reader } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { NOON } from "#tests/feed-items.ts";
import { type Answer, openReader, openSite, type Site } from "#tests/sites.ts";

export const MINUTE = 60_000;
/** Headers of a feed. */
export const FEED = { "content-type": "application/rss+xml" };

interface Newsroom {
  store: Store;
  /** Polls all that is due, and stores what was found. */
  poll: (minutes: number, runners?: number) => Promise<number>;
  feed: () => Promise<Feed>;
}

/** A Lede that polls these addresses, at the times the test says. */
export async function newsroom(reader: Reader, urls: readonly string[], how = {}): Promise<Newsroom> {
  const store = await openSqliteStore({ path: ":memory:" });
  for (const url of urls) await store.addFeed({ url, now: NOON, baseline: true, ...how });
  let now = NOON;
  const poller = createPoller({
    store,
    reader,
    clock: () => now,
    log: createLog({ level: "silent", format: "json" }),
    bounds: POLL_BOUNDS,
    onEntries: () => {},
  });
  const signal = new AbortController().signal;
  const run = async (): Promise<number> => {
    let polls = 0;
    while (await poller.next(signal)) polls += 1;
    return polls;
  };
  return {
    store,
    poll: async (minutes, runners = 1) => {
      now = new Date(NOON.getTime() + minutes * MINUTE);
      const polls = await Promise.all(Array.from({ length: runners }, run));
      await poller.flush();
      return polls.reduce((sum, some) => sum + some, 0);
    },
    feed: async () => {
      const [feed] = await store.feeds();
      if (feed === undefined) throw new Error("There is no feed");
      return feed;
    },
  };
}

/** A newsroom with one feed, on a site that answers so. */
export async function oneFeed(answer: Answer, path = "/feed"): Promise<Newsroom & { site: Site }> {
  const site = await openSite(answer);
  const { reader } = openReader(site);
  return { site, ...(await newsroom(reader, [`${site.url}${path}`])) };
}
