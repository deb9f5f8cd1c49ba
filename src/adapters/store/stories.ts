import { z } from "zod";
import type { Article, Revision } from "#src/core/article.ts";
import type { Recheck } from "#src/core/recheck.ts";
import { type SketchRow, StorySketch } from "#src/core/story-sketch.ts";
import type { StoryMember, StoryState } from "#src/core/story.ts";
import { Workspace } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";
import { findArticle } from "./find-article.ts";
import { toArticle, toDate, toRevision, toStory } from "./rows.ts";
import type { Database } from "./schema.ts";

type StoryStore = Pick<
  Store,
  | "unpublish"
  | "storyState"
  | "sketches"
  | "articlesSince"
  | "claimRecheck"
  | "markMissing"
  | "withdrawnFacts"
>;

const Quotes = z.array(z.string());

export function storyStore(db: Database): StoryStore {
  return {
    unpublish: (taken) => db.transaction().execute((trx) => unpublish(trx, taken)),
    storyState: (storyId) => db.transaction().execute((trx) => storyState(trx, storyId)),
    sketches: (since) => sketches(db, since),
    articlesSince: (since, limit) => db.transaction().execute((trx) => articlesSince(trx, since, limit)),
    claimRecheck: (now, next) => db.transaction().execute((trx) => claimRecheck(trx, now, next)),
    markMissing: async (articleId, { missingSince, recheckAt }) => {
      await db
        .updateTable("articles")
        .set({
          missingSince: missingSince?.getTime() ?? null,
          ...(recheckAt === null ? {} : { recheckAt: recheckAt.getTime() }),
        })
        .where("id", "=", articleId)
        .execute();
    },
    withdrawnFacts: async (articleIds) => {
      if (articleIds.length === 0) return [];
      const rows = await db
        .selectFrom("withdrawals")
        .select(["workspace", "articleId", "fact", "text", "evidence"])
        .where("articleId", "in", articleIds)
        .orderBy("fact")
        .orderBy("workspace")
        .execute();
      return rows.map(({ evidence, workspace, ...row }) => ({
        ...row,
        workspace: Workspace.parse(workspace),
        evidence: evidence === null ? [] : Quotes.parse(JSON.parse(evidence)),
      }));
    },
  };
}

/** To be called in the transaction of whatever changes what a post of the story may show. */
export async function raiseVersion(trx: Database, storyId: string): Promise<void> {
  await trx
    .updateTable("stories")
    .set((eb) => ({ version: eb("version", "+", 1) }))
    .where("id", "=", storyId)
    .execute();
}

async function unpublish(
  trx: Database,
  { articleId, now, by }: Parameters<Store["unpublish"]>[0],
): Promise<Article | null> {
  if (by === "publisher") await rememberTakeback(trx, articleId, now);
  const row = await trx
    .updateTable("articles")
    .set({ unpublishedAt: now.getTime(), recheckAt: null })
    .where("id", "=", articleId)
    .where("unpublishedAt", "is", null)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return findArticle(trx, articleId);
  await raiseVersion(trx, row.storyId);
  return toArticle(row);
}

/** What a publisher took back stays so, whatever feeds still list it, until the publisher publishes it again. */
async function rememberTakeback(trx: Database, articleId: string, now: Date): Promise<void> {
  await trx
    .insertInto("takebacks")
    .values({ articleId, at: now.getTime() })
    .onConflict((conflict) => conflict.column("articleId").doUpdateSet({ at: now.getTime() }))
    .execute();
}

async function storyState(trx: Database, storyId: string): Promise<StoryState | null> {
  const story = await trx.selectFrom("stories").selectAll().where("id", "=", storyId).executeTakeFirst();
  if (story === undefined) return null;
  const rows = await trx
    .selectFrom("articles")
    .selectAll()
    .where("storyId", "=", storyId)
    .orderBy("firstSeenAt")
    .orderBy("id")
    .execute();
  return {
    story: toStory(story),
    version: story.version,
    members: await membersOf(trx, rows.map(toArticle)),
  };
}

/** All of them with two queries: a test of a topic reads thousands. */
async function membersOf(trx: Database, articles: readonly Article[]): Promise<StoryMember[]> {
  if (articles.length === 0) return [];
  const ids = articles.map(({ id }) => id);
  const sources = await trx
    .selectFrom("articleSources")
    .selectAll()
    .where("articleId", "in", ids)
    .orderBy("source")
    .execute();
  const bySource = Map.groupBy(sources, ({ articleId }) => articleId);
  const revisions = await lastMaterial(trx, ids);
  return articles.map((article) => {
    const revision = revisions.get(article.id);
    if (revision === undefined) throw new Error(`Article ${article.id} has no revision`);
    return { article, revision, sources: (bySource.get(article.id) ?? []).map(({ source }) => source) };
  });
}

/** The newest revision of each that a reader has to see. */
async function lastMaterial(trx: Database, ids: readonly string[]): Promise<Map<string, Revision>> {
  const rows = await trx
    .selectFrom("revisions as one")
    .selectAll()
    .where("articleId", "in", ids)
    .where("number", "=", (eb) =>
      eb
        .selectFrom("revisions as newest")
        .select((max) => max.fn.max("newest.number").as("number"))
        .whereRef("newest.articleId", "=", "one.articleId")
        .where((or) => or.or([or("newest.number", "=", 1), or("newest.change", "is not", null)])),
    )
    .execute();
  return new Map(rows.map((row) => [row.articleId, toRevision(row)]));
}

async function sketches(db: Database, since: Date): Promise<SketchRow[]> {
  const rows = await db
    .selectFrom("articles")
    .select(["id", "storyId", "firstSeenAt", "sketch"])
    .where("firstSeenAt", ">=", since.getTime())
    .where("sketch", "is not", null)
    .orderBy("firstSeenAt")
    .execute();
  return rows.flatMap(({ id, storyId, firstSeenAt, sketch }) =>
    sketch === null
      ? []
      : [
          {
            articleId: id,
            storyId,
            at: new Date(firstSeenAt),
            sketch: StorySketch.parse(JSON.parse(sketch)),
          },
        ],
  );
}

async function articlesSince(trx: Database, since: Date, limit: number): Promise<StoryMember[]> {
  const rows = await trx
    .selectFrom("articles")
    .selectAll()
    .where("firstSeenAt", ">=", since.getTime())
    // What somebody only asked about was not published to anybody.
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("articleSources")
          .select("source")
          .whereRef("articleSources.articleId", "=", "articles.id"),
      ),
    )
    .orderBy("firstSeenAt", "desc")
    .limit(limit)
    .execute();
  return membersOf(trx, rows.map(toArticle));
}

async function claimRecheck(
  trx: Database,
  now: Date,
  next: (rechecks: number) => Date | null,
): Promise<Recheck | null> {
  const row = await trx
    .selectFrom("articles")
    .selectAll()
    .where("recheckAt", "<=", now.getTime())
    .orderBy("recheckAt")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  // Put off before it is done: a page that ends the process must not be the first thing the next one does.
  const rechecks = row.rechecks + 1;
  await trx
    .updateTable("articles")
    .set({ rechecks, recheckAt: next(rechecks)?.getTime() ?? null })
    .where("id", "=", row.id)
    .execute();
  const article = toArticle(row);
  const [member] = await membersOf(trx, [article]);
  return { article, source: member?.sources[0] ?? null, missingSince: toDate(row.missingSince) };
}
