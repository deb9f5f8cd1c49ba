import type { Channel } from "#src/core/channel.ts";
import type { Post } from "#src/ports.ts";
import { findArticle, findRevision } from "./articles.ts";
import { findBriefById } from "./briefs.ts";
import { toDelivery } from "./rows.ts";
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
    if (row.shown === null) continue;
    const brief = await findBriefById(trx, row.shown);
    if (brief === null) continue;
    const article = await findArticle(trx, brief.articleId);
    const revision = await findRevision(trx, brief.articleId, brief.revision);
    if (article !== null && revision !== null)
      posts.push({ delivery: toDelivery(row), brief, article, revision });
  }
  return posts;
}
