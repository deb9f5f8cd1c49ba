import { describe } from "vitest";
import { describeArticles } from "./store-articles.ts";
import { describeBatches } from "./store-batches.ts";
import { describeBudgets } from "./store-budgets.ts";
import { describeCalls, describeHealth, describePageSessions } from "./store-calls.ts";
import { describeDecisions } from "./store-decisions.ts";
import { describeClaims, describeSettling } from "./store-deliveries.ts";
import { describeEmbargoes } from "./store-embargoes.ts";
import { describeEntries } from "./store-entries.ts";
import { describeFeedEntries } from "./store-feed-entries.ts";
import { describeFeeds } from "./store-feeds.ts";
import { describeHeld } from "./store-held.ts";
import { type StorePlace, useStore } from "./store-in-use.ts";
import { describePosts } from "./store-posts.ts";
import { describePublishing } from "./store-publishing.ts";
import { describeQueue } from "./store-queue.ts";
import { describePushes } from "./store-pushes.ts";
import { describeStories } from "./store-stories.ts";
import { describeTime } from "./store-time.ts";
import { describeWebhooks } from "./store-webhooks.ts";

/** What every store has to do. `makePlace` gives a new, empty place for each test. */
export function describeStore(name: string, makePlace: () => Promise<StorePlace>): void {
  describe(`the ${name} store`, () => {
    const used = useStore(makePlace);
    describeEntries(used);
    describeWebhooks(used);
    describeEmbargoes(used);
    describeFeeds(used);
    describeFeedEntries(used);
    describePushes(used);
    describeQueue(used);
    describeArticles(used);
    describePublishing(used);
    describeClaims(used);
    describeSettling(used);
    describePosts(used);
    describeStories(used);
    describeHeld(used);
    describeDecisions(used);
    describeBudgets(used);
    describeBatches(used);
    describeCalls(used);
    describePageSessions(used);
    describeHealth(used);
    describeTime(used);
  });
}
