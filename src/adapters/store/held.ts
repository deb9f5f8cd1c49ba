import { z } from "zod";
import { digest } from "#src/core/article.ts";
import { Channel, channelParts } from "#src/core/channel.ts";
import { Manner, PLAIN_MANNER, POST_SLOT, Reason } from "#src/core/delivery.ts";
import { type DeliveryRow, dueAgain, saveView } from "./publishing.ts";
import { editFromJson } from "./rows.ts";
import type { Database } from "./schema.ts";

/** One message holds no more stories than this; what is more makes another one. */
const MOST_IN_A_DIGEST = 10;

/** Merges what was held until now and is still wanted. Call within a transaction. Returns how many messages came of it. */
export async function releaseHeld(trx: Database, now: Date): Promise<number> {
  const rows = await trx
    .selectFrom("deliveries")
    .selectAll()
    .where("state", "=", "held")
    .where("dueAt", "<=", now.getTime())
    .orderBy("channel")
    .orderBy("seq")
    .execute();
  let messages = 0;
  const wanted: DeliveryRow[] = [];
  for (const row of rows) if (await isWanted(trx, row)) wanted.push(row);
  // What goes into a thread belongs there, and in no digest.
  const posts = wanted.filter(({ slot }) => slot === POST_SLOT);
  for (const row of wanted.filter(({ slot }) => slot !== POST_SLOT)) {
    await release(trx, { channel: Channel.parse(row.channel), held: [row], now });
    messages += 1;
  }
  for (const [channel, held] of Map.groupBy(posts, (row) => Channel.parse(row.channel))) {
    for (let from = 0; from < held.length; from += MOST_IN_A_DIGEST) {
      await release(trx, { channel, held: held.slice(from, from + MOST_IN_A_DIGEST), now });
      messages += 1;
    }
  }
  return messages;
}

interface Release {
  channel: Channel;
  held: readonly DeliveryRow[];
  now: Date;
}

async function release(trx: Database, { channel, held, now }: Release): Promise<void> {
  const [first] = held;
  if (first === undefined) return;
  if (held.length === 1) {
    await trx.updateTable("deliveries").set(dueAgain(now)).where("key", "=", first.key).execute();
    return;
  }
  // Named by its first story, so that a repeat after a crash would make the same message.
  const key = digest(`digest|${first.key}`);
  const items = held.map((row) => ({ key: row.key, viewId: row.wanted }));
  await trx
    .insertInto("deliveries")
    .values({
      key,
      platform: channelParts(channel).platform,
      channel,
      storyId: null,
      slot: `digest:${first.key}`,
      parent: null,
      wanted: await saveView(trx, { kind: "digest", items }),
      version: 0,
      manner: JSON.stringify({ ...PLAIN_MANNER, mention: mentionOf(held) }),
      reasons: "[]",
      state: "due",
      attempts: 0,
      dueAt: now.getTime(),
      queuedAt: now.getTime(),
    })
    .execute();
  const keys = held.map((row) => row.key);
  await trx
    .updateTable("deliveries")
    .set({ state: "merged", parent: key, reason: null })
    .where("key", "in", keys)
    .execute();
  // A digest has no thread: what was to go under one of its stories would wait for ever.
  await trx
    .updateTable("deliveries")
    .set({ state: "skipped", reason: "merged" })
    .where("parent", "in", keys)
    .where("state", "in", ["due", "held"])
    .execute();
}

/** False, and skipped, when each subscription that asked for it was removed or paused since. */
async function isWanted(trx: Database, row: DeliveryRow): Promise<boolean> {
  const ids = z
    .array(Reason)
    .parse(JSON.parse(row.reasons))
    .map(({ subscription }) => subscription);
  const asked = ids.filter((id) => id !== null);
  if (asked.length === 0 || asked.length < ids.length) return true;
  const found = await trx
    .selectFrom("decisions")
    .select("body")
    .where("kind", "=", "subscription")
    .where("id", "in", asked)
    .execute();
  const subscriptions = found.map(({ body }) => editFromJson(body));
  if (subscriptions.some((edit) => edit.kind === "subscription" && edit.value?.paused === null)) return true;
  const reason = subscriptions.length === 0 ? "unsubscribed" : "paused";
  await trx.updateTable("deliveries").set({ state: "skipped", reason }).where("key", "=", row.key).execute();
  return false;
}

/** The role that the stories would have called, once for all of them. */
function mentionOf(held: readonly DeliveryRow[]): string | null {
  return (
    held.map((row) => Manner.parse(JSON.parse(row.manner)).mention).find((mention) => mention !== null) ??
    null
  );
}
