import type { Store, StoreCare } from "#src/ports-store.ts";
import { articleStore } from "./articles.ts";
import { batchStore } from "./batches.ts";
import { briefStore } from "./briefs.ts";
import { budgetStore } from "./budgets.ts";
import { callStore } from "./calls.ts";
import { decisionStore } from "./decisions.ts";
import { deliveryStore, recoverDeliveries } from "./deliveries.ts";
import { beginDoubt } from "./doubt.ts";
import { entryStore, recoverEntries } from "./entries.ts";
import { feedStore, recoverFeeds } from "./feeds.ts";
import { healthStore } from "./health.ts";
import { adoptKey } from "./key-change.ts";
import { pageSessionStore } from "./page-sessions.ts";
import { findPosts } from "./posts.ts";
import { queueStore } from "./queue.ts";
import type { Database } from "./schema.ts";
import type { Seal } from "./seal.ts";
import { storyStore } from "./stories.ts";
import { keepTime } from "./time.ts";
import { pushStore } from "./websub.ts";

/** Does work again until the store takes it. */
type Lasting = <Result>(work: () => Promise<Result>) => Promise<Result>;

interface ComposeOptions {
  seal: Seal;
  lasting: Lasting;
  /** Whether what it holds is what was left in it last, and not what it held at some time before. */
  isKnown: boolean;
}

/** The store over a migrated database, whatever its dialect. */
export function composeStore(
  db: Database,
  { isKnown, lasting, seal }: ComposeOptions,
): Omit<Store, keyof StoreCare> {
  const entries = entryStore(db);
  const feeds = feedStore(db);
  const stories = storyStore(db);
  const deliveries = deliveryStore(db);
  const calls = callStore(db, seal);
  return {
    ...entries,
    ...feeds,
    ...pushStore(db, seal),
    ...articleStore(db),
    ...briefStore(db),
    ...stories,
    ...deliveries,
    ...decisionStore(db),
    ...budgetStore(db),
    ...batchStore(db),
    ...calls,
    ...pageSessionStore(db),
    ...healthStore(db),
    ...queueStore(db),
    // What was done outside is not forgotten because the store takes nothing for a while.
    settleEntry: (...settled) => lasting(() => entries.settleEntry(...settled)),
    settleDelivery: (...settled) => lasting(() => deliveries.settleDelivery(...settled)),
    savePolls: (...saved) => lasting(() => feeds.savePolls(...saved)),
    markMissing: (...marked) => lasting(() => stories.markMissing(...marked)),
    finishCall: (...finished) => lasting(() => calls.finishCall(...finished)),
    posts: (channel, limit) => db.transaction().execute((trx) => findPosts(trx, channel, limit)),
    keepTime: (now) => db.transaction().execute((trx) => keepTime(trx, now)),
    recover: (now) =>
      db.transaction().execute(async (trx) => {
        await keepTime(trx, now);
        await recoverEntries(trx, now);
        await recoverFeeds(trx, now);
        await recoverDeliveries(trx, now);
        if (!isKnown) await beginDoubt(trx, now);
        await adoptKey(trx, seal, now);
      }),
  };
}
