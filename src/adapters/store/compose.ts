import type { Store } from "#src/ports-store.ts";
import { articleStore } from "./articles.ts";
import { batchStore } from "./batches.ts";
import { briefStore } from "./briefs.ts";
import { budgetStore } from "./budgets.ts";
import { callStore } from "./calls.ts";
import { decisionStore } from "./decisions.ts";
import { deliveryStore, recoverDeliveries } from "./deliveries.ts";
import { entryStore, recoverEntries } from "./entries.ts";
import { feedStore, recoverFeeds } from "./feeds.ts";
import { healthStore } from "./health.ts";
import { adoptKey } from "./key-change.ts";
import { pageSessionStore } from "./page-sessions.ts";
import { findPosts } from "./posts.ts";
import type { Database } from "./schema.ts";
import type { Seal } from "./seal.ts";
import { storyStore } from "./stories.ts";
import { pushStore } from "./websub.ts";

/** The store over a migrated database, whatever its dialect. */
export function composeStore(db: Database, seal: Seal): Store {
  let closing: Promise<void> | null = null;
  return {
    ...entryStore(db),
    ...feedStore(db),
    ...pushStore(db, seal),
    ...articleStore(db),
    ...briefStore(db),
    ...storyStore(db),
    ...deliveryStore(db),
    ...decisionStore(db),
    ...budgetStore(db),
    ...batchStore(db),
    ...callStore(db, seal),
    ...pageSessionStore(db),
    ...healthStore(db),
    posts: (channel, limit) => db.transaction().execute((trx) => findPosts(trx, channel, limit)),
    recover: (now) =>
      db.transaction().execute(async (trx) => {
        await recoverEntries(trx, now);
        await recoverFeeds(trx, now);
        await recoverDeliveries(trx, now);
        await adoptKey(trx, seal, now);
      }),
    close: () => (closing ??= close(db)),
  };
}

async function close(db: Database): Promise<void> {
  // The one connection is handed out in turn: whatever was begun before is finished first.
  await db.connection().execute(() => Promise.resolve());
  await db.destroy();
}
