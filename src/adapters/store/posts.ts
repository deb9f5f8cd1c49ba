import type { BriefView } from "#src/core/brief-reply.ts";
import type { Channel } from "#src/core/channel.ts";
import type { PostView } from "#src/core/post-view.ts";
import type { Post } from "#src/core/post.ts";
import { findArticle, findRevision } from "./find-article.ts";
import { findBriefById } from "./briefs.ts";
import { toDelivery, viewFromJson } from "./rows.ts";
import type { Database } from "./schema.ts";

/** What a channel shows now, newest first: also while an edit is due, but not once the message was deleted. */
export async function findPosts(trx: Database, channel: Channel, limit: number): Promise<Post[]> {
  const rows = await trx
    .selectFrom("deliveries")
    .selectAll()
    .where("channel", "=", channel)
    .where("sentAt", "is not", null)
    .where((eb) => eb.or([eb("reason", "is", null), eb("reason", "!=", "platform/message-gone")]))
    .orderBy("sentAt", "desc")
    .orderBy("seq", "desc")
    .limit(limit)
    .execute();
  const posts: Post[] = [];
  for (const row of rows) {
    const view = row.shown === null ? null : await findView(trx, row.shown);
    if (view === null) continue;
    const brief = view.kind === "story" ? await findBriefView(trx, view.briefId) : null;
    if (brief !== null || view.kind !== "story") posts.push({ delivery: toDelivery(row), view, brief });
  }
  return posts;
}

async function findView(trx: Database, id: string): Promise<PostView | null> {
  const row = await trx.selectFrom("views").select("body").where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : viewFromJson(row.body);
}

async function findBriefView(trx: Database, briefId: string): Promise<BriefView | null> {
  const brief = await findBriefById(trx, briefId);
  if (brief === null) return null;
  const article = await findArticle(trx, brief.articleId);
  const revision = await findRevision(trx, brief.articleId, brief.revision);
  return article === null || revision === null ? null : { brief, article, revision };
}
