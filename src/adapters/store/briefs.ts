import type { Brief } from "#src/core/brief.ts";
import type { Store } from "#src/ports-store.ts";
import { briefFromJson, briefToJson } from "./rows.ts";
import type { Database } from "./schema.ts";

type BriefStore = Pick<Store, "findBrief" | "brief" | "briefsOf" | "saveBrief" | "latestBrief">;

export function briefStore(db: Database): BriefStore {
  return {
    findBrief: async (cacheKey) => {
      const row = await db
        .selectFrom("briefCache")
        .innerJoin("briefs", "briefs.id", "briefCache.briefId")
        .select("briefs.body")
        .where("briefCache.cacheKey", "=", cacheKey)
        .executeTakeFirst();
      return row === undefined ? null : briefFromJson(row.body);
    },
    brief: (id) => findBriefById(db, id),
    briefsOf: async ({ articleId, number }) => {
      const rows = await db
        .selectFrom("briefs")
        .select("body")
        .where("articleId", "=", articleId)
        .where("revision", "=", number)
        .execute();
      const briefs = rows.map(({ body }) => briefFromJson(body));
      return briefs.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    },
    latestBrief: async (articleId) => {
      const row = await db
        .selectFrom("briefs")
        .select("body")
        .where("articleId", "=", articleId)
        .orderBy("revision", "desc")
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : briefFromJson(row.body);
    },
    saveBrief: (cacheKey, brief) => db.transaction().execute((trx) => saveBrief(trx, cacheKey, brief)),
  };
}

export async function findBriefById(db: Database, id: string): Promise<Brief | null> {
  const row = await db.selectFrom("briefs").select("body").where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : briefFromJson(row.body);
}

/** A stored brief is never changed, since posts show it; the cache key moves on to the newest one. */
async function saveBrief(trx: Database, cacheKey: string, brief: Brief): Promise<void> {
  await trx
    .insertInto("briefs")
    .values({
      id: brief.id,
      articleId: brief.articleId,
      revision: brief.revision,
      body: briefToJson(brief),
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  await trx
    .insertInto("briefCache")
    .values({ cacheKey, briefId: brief.id })
    .onConflict((conflict) => conflict.column("cacheKey").doUpdateSet({ briefId: brief.id }))
    .execute();
}
