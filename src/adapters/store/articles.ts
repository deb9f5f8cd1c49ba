import { type Article, digest, type Revision, type SavedArticle } from "#src/core/article.ts";
import { isPublisher } from "#src/core/publisher.ts";
import type { SaveArticle, Store } from "#src/ports-store.ts";
import { findArticle, findRevision } from "./find-article.ts";
import { fromArticle, fromRevision, toStory } from "./rows.ts";
import type { Database } from "./schema.ts";
import { raiseVersion } from "./stories.ts";

type ArticleStore = Pick<Store, "saveArticle" | "article" | "revision" | "story">;

export function articleStore(db: Database): ArticleStore {
  return {
    saveArticle: (input) => db.transaction().execute((trx) => saveArticle(trx, input)),
    article: (id) => findArticle(db, id),
    revision: (articleId, number) => findRevision(db, articleId, number),
    story: async (id) => {
      const row = await db.selectFrom("stories").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : toStory(row);
    },
  };
}

async function saveArticle(trx: Database, input: SaveArticle): Promise<SavedArticle> {
  const saved = await saveRevision(trx, input);
  const { id, storyId } = saved.article;
  const isNewSource = input.source !== null && (await addSource(trx, id, input.source));
  if (saved.kind !== "same" || isNewSource) await raiseVersion(trx, storyId);
  return saved;
}

async function addSource(trx: Database, articleId: string, source: string): Promise<boolean> {
  const added = await trx
    .insertInto("articleSources")
    .values({ articleId, source })
    .onConflict((conflict) => conflict.columns(["articleId", "source"]).doNothing())
    .returning("articleId")
    .executeTakeFirst();
  return added !== undefined;
}

async function saveRevision(trx: Database, input: SaveArticle): Promise<SavedArticle> {
  const known = await findArticle(trx, input.id);
  if (known === null) return insertArticle(trx, input);
  const article = await publishedFirst(trx, input, known);
  const before = await findRevision(trx, article.id, article.latest);
  if (before === null) throw new Error(`Article ${article.id} has no revision ${article.latest}`);
  if (before.hash === input.hash) return keepArticle(trx, input, { article, revision: before });
  return reviseArticle(trx, input, { article, revision: before });
}

async function insertArticle(trx: Database, input: SaveArticle): Promise<SavedArticle> {
  const { extracted } = input;
  const storyId = input.storyId ?? storyIdFor(input.id);
  const article: Article = {
    id: input.id,
    url: input.url,
    site: extracted.site,
    byline: extracted.byline,
    language: extracted.language,
    publishedAt: extracted.publishedAt,
    visibility: input.visibility,
    storyId,
    firstSeenAt: input.now,
    unpublishedAt: await takenBackAt(trx, input),
    latest: 1,
  };
  const revision = toNewRevision(input, 1, null);
  await trx
    .insertInto("stories")
    .values({ id: storyId, headline: extracted.title, firstSeenAt: input.now.getTime() })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  await trx
    .insertInto("articles")
    .values({
      ...fromArticle(article),
      sketch: sketchOf(input),
      recheckAt: input.recheckAt?.getTime() ?? null,
    })
    .execute();
  await trx.insertInto("revisions").values(fromRevision(revision)).execute();
  return { kind: "new", article, revision };
}

/** An article that people only asked about so far begins with its publication: its story, its age, its re-checks. */
async function publishedFirst(trx: Database, input: SaveArticle, known: Article): Promise<Article> {
  if (input.source === null || (await hasSource(trx, known.id))) return known;
  const article: Article = { ...known, storyId: input.storyId ?? known.storyId, firstSeenAt: input.now };
  await trx
    .updateTable("articles")
    .set({
      storyId: article.storyId,
      firstSeenAt: input.now.getTime(),
      sketch: sketchOf(input),
      recheckAt: input.recheckAt?.getTime() ?? null,
    })
    .where("id", "=", known.id)
    .execute();
  return article;
}

async function hasSource(trx: Database, articleId: string): Promise<boolean> {
  const row = await trx
    .selectFrom("articleSources")
    .select("source")
    .where("articleId", "=", articleId)
    .executeTakeFirst();
  return row !== undefined;
}

function sketchOf({ sketch }: SaveArticle): string | null {
  return sketch === null ? null : JSON.stringify(sketch);
}

/** When the publisher took the article back; its own new publication ends that. */
async function takenBackAt(trx: Database, { id, source }: SaveArticle): Promise<Date | null> {
  if (isPublisher(source)) {
    await trx.deleteFrom("takebacks").where("articleId", "=", id).execute();
    return null;
  }
  const row = await trx.selectFrom("takebacks").select("at").where("articleId", "=", id).executeTakeFirst();
  return row === undefined ? null : new Date(row.at);
}

/** Until when it is unpublished now that its text came once more; a question about it changes nothing. */
async function unpublishedNow(trx: Database, input: SaveArticle, known: Article): Promise<Date | null> {
  if (known.unpublishedAt === null || input.source === null) return known.unpublishedAt;
  return takenBackAt(trx, input);
}

type Stored = Omit<SavedArticle, "kind">;

async function keepArticle(trx: Database, input: SaveArticle, stored: Stored): Promise<SavedArticle> {
  const visibility = stricter(stored.article.visibility, input.visibility);
  const unpublishedAt = await unpublishedNow(trx, input, stored.article);
  if (visibility === stored.article.visibility && unpublishedAt === stored.article.unpublishedAt)
    return { kind: "same", ...stored };
  const article: Article = { ...stored.article, visibility, unpublishedAt };
  await trx.updateTable("articles").set(fromArticle(article)).where("id", "=", input.id).execute();
  // What may be shown of it, or whether it stands at all, is another thing now.
  await raiseVersion(trx, article.storyId);
  return { kind: "same", article, revision: stored.revision };
}

async function reviseArticle(trx: Database, input: SaveArticle, stored: Stored): Promise<SavedArticle> {
  const { extracted } = input;
  const known = stored.article;
  const article: Article = {
    ...known,
    url: input.url ?? known.url,
    site: extracted.site ?? known.site,
    byline: extracted.byline ?? known.byline,
    language: extracted.language ?? known.language,
    publishedAt: extracted.publishedAt ?? known.publishedAt,
    visibility: stricter(known.visibility, input.visibility),
    unpublishedAt: await unpublishedNow(trx, input, known),
    latest: known.latest + 1,
  };
  const revision = toNewRevision(input, article.latest, input.compare(stored.revision));
  await trx.insertInto("revisions").values(fromRevision(revision)).execute();
  await trx
    .updateTable("articles")
    .set({ ...fromArticle(article), ...(input.sketch === null ? {} : { sketch: sketchOf(input) }) })
    .where("id", "=", article.id)
    .execute();
  return { kind: "revised", article, revision };
}

function toNewRevision(input: SaveArticle, number: number, change: Revision["change"]): Revision {
  return {
    articleId: input.id,
    number,
    hash: input.hash,
    title: input.extracted.title,
    paragraphs: input.extracted.paragraphs,
    fetchedAt: input.now,
    change,
  };
}

/** Members' text stays members' text: the open teaser of the same page must not open up what was stored before. */
function stricter(a: Article["visibility"], b: Article["visibility"]): Article["visibility"] {
  return a === "members" || b === "members" ? "members" : "public";
}

function storyIdFor(articleId: string): string {
  return digest(`story|${articleId}`);
}
