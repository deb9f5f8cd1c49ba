import { z } from "zod";
import { READ_BACK_AFTER_MS } from "#src/core/delivery.ts";
import type { Database } from "./schema.ts";

/** Times in which something may have been posted that the store does not know of, as its file was put back or lost its journal. */
const Doubts = z.array(z.object({ from: z.number(), until: z.number() }));
type Doubts = z.infer<typeof Doubts>;

const SETTING = "store.doubts";
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
/** What nobody has published again by then will not come any more. */
const LASTS_MS = 7 * DAY_MS;
/** Sites give times of other zones: a story may seem to be published this long after it was posted. */
const AHEAD_MS = DAY_MS;

/** Whatever is owed without a message may stand in its channel already. To be called where nobody knows how the file came to be. */
export async function beginDoubt(trx: Database, now: Date): Promise<void> {
  const until = now.getTime();
  const from = await lastKnown(trx);
  if (from === null) return;
  const before = (await read(trx)).filter((one) => one.until > until - LASTS_MS);
  const last = before.at(-1);
  const doubts =
    last !== undefined && from <= last.until + MINUTE_MS
      ? [...before.slice(0, -1), { from: Math.min(last.from, from), until }]
      : [...before, { from, until }];
  const value = JSON.stringify(doubts);
  await trx
    .insertInto("settings")
    .values({ name: SETTING, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
  await trx
    .updateTable("deliveries")
    .set({ state: "uncertain", readBackFrom: from, dueAt: until + READ_BACK_AFTER_MS })
    .where("state", "=", "due")
    .where("message", "is", null)
    .execute();
}

/** Since when a message that was not posted by this store may stand in its channel all the same; null when it surely does not. */
export async function doubtedSince(
  trx: Database,
  { key, queuedAt, storyId }: { key: string; queuedAt: number; storyId: string | null },
  now: Date,
): Promise<number | null> {
  const open = (await read(trx)).filter((one) => one.until > now.getTime() - LASTS_MS);
  if (open.length === 0) return null;
  const published = (await firstPublished(trx, key, storyId)) ?? queuedAt;
  const since = open.filter(({ until }) => published <= until + AHEAD_MS).map(({ from }) => from);
  return since.length === 0 ? null : Math.min(...since);
}

async function read(trx: Database): Promise<Doubts> {
  const row = await trx.selectFrom("settings").select("value").where("name", "=", SETTING).executeTakeFirst();
  return row === undefined ? [] : Doubts.parse(JSON.parse(row.value));
}

/** By the platforms' clocks, as what is read back. Nothing was posted before there was an article. */
async function lastKnown(trx: Database): Promise<number | null> {
  const posted = await trx
    .selectFrom("deliveries")
    .select((eb) => eb.fn.max("readBackFrom").as("at"))
    .executeTakeFirst();
  if (posted?.at != null && posted.at > 0) return posted.at;
  const seen = await trx
    .selectFrom("articles")
    .select((eb) => eb.fn.min("firstSeenAt").as("at"))
    .executeTakeFirst();
  return seen?.at ?? null;
}

/** Of the story, or of all that stand in the digest; 0 where one does not say. */
async function firstPublished(trx: Database, key: string, storyId: string | null): Promise<number | null> {
  const row = await trx
    .selectFrom("articles")
    .select((eb) => eb.fn.min(eb.fn.coalesce("publishedAt", eb.val(0))).as("at"))
    .where((eb) =>
      storyId === null
        ? eb(
            "storyId",
            "in",
            eb.selectFrom("deliveries").select("deliveries.storyId").where("parent", "=", key),
          )
        : eb("storyId", "=", storyId),
    )
    .executeTakeFirst();
  return row?.at ?? null;
}
