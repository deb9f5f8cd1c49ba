import { digest } from "#src/core/article.ts";
import { channelParts } from "#src/core/channel.ts";
import { PLAIN_MANNER } from "#src/core/delivery.ts";
import type { Store } from "#src/ports-store.ts";
import { dueAgain, FINAL, findDelivery, saveView } from "./publishing.ts";
import type { Database } from "./schema.ts";

/** Owes a notice, or an edit of the one that stands under its name. Call within a transaction. */
export async function notify(
  trx: Database,
  { channel, now, slot, view }: Parameters<Store["notify"]>[0],
): Promise<void> {
  const key = digest(`notice|${channel}|${slot}`);
  const wanted = await saveView(trx, view);
  const row = await findDelivery(trx, key);
  if (row === undefined) {
    await trx
      .insertInto("deliveries")
      .values({
        key,
        platform: channelParts(channel).platform,
        channel,
        storyId: null,
        slot,
        parent: null,
        wanted,
        version: 0,
        manner: JSON.stringify(PLAIN_MANNER),
        reasons: "[]",
        ...dueAgain(now),
      })
      .execute();
    return;
  }
  if (row.wanted === wanted) return;
  const idle = row.state === "sent" || (row.state === "dead" && !FINAL.includes(row.reason));
  await trx
    .updateTable("deliveries")
    .set({ wanted, ...(idle ? dueAgain(now) : {}) })
    .where("key", "=", key)
    .execute();
}
