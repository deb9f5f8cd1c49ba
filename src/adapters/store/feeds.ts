import { digest, type Entry } from "#src/core/article.ts";
import type { Feed } from "#src/core/feed.ts";
import type { Store } from "#src/ports.ts";
import { recordEntry } from "./entries.ts";
import { toFeed } from "./rows.ts";
import type { Database } from "./schema.ts";

type FeedStore = Pick<Store, "addFeed" | "removeFeed" | "dueFeeds" | "savePoll">;

export function feedStore(db: Database): FeedStore {
  return {
    addFeed: (feed) => db.transaction().execute((trx) => addFeed(trx, feed)),
    removeFeed: async (url) => {
      await db.deleteFrom("feeds").where("url", "=", url).execute();
    },
    dueFeeds: async (now, limit) => {
      const rows = await db
        .selectFrom("feeds")
        .selectAll()
        .where("dueAt", "<=", now.getTime())
        .orderBy("dueAt")
        .limit(limit)
        .execute();
      return rows.map(toFeed);
    },
    savePoll: (feed, entries, now) =>
      db.transaction().execute((trx) => savePoll(trx, { feed, entries, now })),
  };
}

/** A feed that is known stays as it is: adding it again at every start must not ask for a second baseline. */
async function addFeed(
  trx: Database,
  { url, now, baseline }: { url: string; now: Date; baseline: boolean },
): Promise<Feed> {
  await trx
    .insertInto("feeds")
    .values({
      id: digest(url),
      url,
      title: null,
      etag: null,
      lastModified: null,
      dueAt: now.getTime(),
      failures: 0,
      baselined: baseline ? 0 : 1,
    })
    .onConflict((conflict) => conflict.column("url").doNothing())
    .execute();
  return toFeed(await trx.selectFrom("feeds").selectAll().where("url", "=", url).executeTakeFirstOrThrow());
}

async function savePoll(
  trx: Database,
  { feed, entries, now }: { feed: Feed; entries: readonly Entry[]; now: Date },
): Promise<number> {
  const before = await trx
    .selectFrom("feeds")
    .select("baselined")
    .where("id", "=", feed.id)
    .executeTakeFirst();
  if (before === undefined) return 0;
  const wasBaselined = before.baselined === 1;
  // A failed poll brings no entries and leaves `baselined` false: the next good one is the baseline then.
  const baselined = wasBaselined || feed.baselined || entries.length > 0;
  await trx
    .updateTable("feeds")
    .set({
      title: feed.title,
      etag: feed.etag,
      lastModified: feed.lastModified,
      dueAt: feed.dueAt.getTime(),
      failures: feed.failures,
      baselined: baselined ? 1 : 0,
    })
    .where("id", "=", feed.id)
    .execute();
  let queued = 0;
  // Feeds list the newest first: what has no date is taken from the end, what has one is ordered by it when claimed.
  for (const entry of entries.toReversed()) {
    const mode = wasBaselined ? "if-new" : "baseline";
    const recorded = await recordEntry(trx, { entry, source: `feed:${feed.id}`, now, mode });
    if (recorded.queued) queued += 1;
  }
  return queued;
}
