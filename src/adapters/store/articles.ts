import { type Article, digest, type Revision } from "#src/core/article.ts";
import type { SaveArticle, SavedArticle, Store } from "#src/ports.ts";
import { fromArticle, fromRevision, toArticle, toRevision, toStory } from "./rows.ts";
import type { Database } from "./schema.ts";

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

export async function findArticle(db: Database, id: string): Promise<Article | null> {
  const row = await db.selectFrom("articles").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : toArticle(row);
}

export async function findRevision(
  db: Database,
  articleId: string,
  number: number,
): Promise<Revision | null> {
  const row = await db
    .selectFrom("revisions")
    .selectAll()
    .where("articleId", "=", articleId)
    .where("number", "=", number)
    .executeTakeFirst();
  return row === undefined ? null : toRevision(row);
}

async function saveArticle(trx: Database, input: SaveArticle): Promise<SavedArticle> {
  const article = await findArticle(trx, input.id);
  if (article === null) return insertArticle(trx, input);
  const before = await findRevision(trx, article.id, article.latest);
  if (before === null) throw new Error(`Article ${article.id} has no revision ${article.latest}`);
  if (before.hash === input.hash) return keepArticle(trx, input, { article, revision: before });
  return reviseArticle(trx, input, { article, revision: before });
}

async function insertArticle(trx: Database, input: SaveArticle): Promise<SavedArticle> {
  const { extracted } = input;
  const storyId = storyIdFor(input.id);
  const article: Article = {
    id: input.id,
    url: input.url,
    site: extracted.site,
    byline: extracted.byline,
    language: extracted.language,
    publishedAt: extracted.publishedAt,
    visibility: input.visibility,
    storyId,
    latest: 1,
  };
  const revision = toNewRevision(input, 1, null);
  await trx
    .insertInto("stories")
    .values({ id: storyId, headline: extracted.title, firstSeenAt: input.now.getTime() })
    .execute();
  await trx.insertInto("articles").values(fromArticle(article)).execute();
  await trx.insertInto("revisions").values(fromRevision(revision)).execute();
  return { kind: "new", article, revision };
}

type Stored = Omit<SavedArticle, "kind">;

async function keepArticle(trx: Database, input: SaveArticle, stored: Stored): Promise<SavedArticle> {
  const visibility = stricter(stored.article.visibility, input.visibility);
  if (visibility === stored.article.visibility) return { kind: "same", ...stored };
  await trx.updateTable("articles").set({ visibility }).where("id", "=", input.id).execute();
  return { kind: "same", article: { ...stored.article, visibility }, revision: stored.revision };
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
    latest: known.latest + 1,
  };
  const revision = toNewRevision(input, article.latest, input.compare(stored.revision));
  await trx.insertInto("revisions").values(fromRevision(revision)).execute();
  await trx.updateTable("articles").set(fromArticle(article)).where("id", "=", article.id).execute();
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
