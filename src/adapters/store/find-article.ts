import type { Article, Revision } from "#src/core/article.ts";
import { toArticle, toRevision } from "./rows.ts";
import type { Database } from "./schema.ts";

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
