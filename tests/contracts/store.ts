import { describe } from "vitest";
import { describeArticles } from "./store-articles.ts";
import { describeCalls, describeHealth } from "./store-calls.ts";
import { describeClaims, describeSettling } from "./store-deliveries.ts";
import { describeEntries } from "./store-entries.ts";
import { describeFeeds } from "./store-feeds.ts";
import { type StorePlace, useStore } from "./store-in-use.ts";
import { describePosts } from "./store-posts.ts";
import { describePublishing } from "./store-publishing.ts";

/** What every store has to do. `makePlace` gives a new, empty place for each test. */
export function describeStore(name: string, makePlace: () => Promise<StorePlace>): void {
  describe(`the ${name} store`, () => {
    const used = useStore(makePlace);
    describeEntries(used);
    describeFeeds(used);
    describeArticles(used);
    describePublishing(used);
    describeClaims(used);
    describeSettling(used);
    describePosts(used);
    describeCalls(used);
    describeHealth(used);
  });
}
