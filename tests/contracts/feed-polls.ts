import type { SeenEntry } from "#src/core/feed-entries.ts";
import type { ClaimedFeed, PollSaved } from "#src/core/feed-poll.ts";
import type { Feed } from "#src/core/feed.ts";
import type { Store } from "#src/ports-store.ts";
import { seenOf } from "#tests/feed-items.ts";
import { at } from "./store-fixtures.ts";

export const URL_OF_FEED = "https://news.example/feed.xml";

export function addFeed(store: Store, how: { baseline?: boolean; backfill?: number } = {}): Promise<Feed> {
  return store.addFeed({ url: URL_OF_FEED, now: at(0), baseline: true, ...how });
}

export function claim(
  store: Store,
  minutes: number,
  how: { limit?: number; excludeHosts?: string[] } = {},
): Promise<ClaimedFeed[]> {
  return store.claimDueFeeds({ now: at(minutes), limit: 9, excludeHosts: [], ...how });
}

/** Claims the feed, whenever it is due, and stores a poll of it. */
export async function save(
  store: Store,
  { feed, seen, minutes }: { feed: Feed; seen: readonly SeenEntry[]; minutes: number },
): Promise<PollSaved> {
  const claimed = await claim(store, minutes + 999_999);
  const token = claimed.find((one) => one.feed.id === feed.id)?.token;
  if (token === undefined) throw new Error("The feed is not due");
  const [saved] = await store.savePolls([{ kind: "read", feed, token, seen }], at(minutes));
  if (saved === undefined) throw new Error("Nothing was saved");
  return saved;
}

/** A poll that finds these items, newest first. */
export function poll(store: Store, feed: Feed, items: Parameters<typeof seenOf>[0]): Promise<PollSaved> {
  return save(store, { feed, seen: seenOf(items, at(0)), minutes: 0 });
}
