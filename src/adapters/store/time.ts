import { sql } from "kysely";
import type { Database } from "./schema.ts";

const SEEN = "clock.seen";
/** A write each second would be one too many. */
const EVERY_MS = 60_000;

/**
 * What waits for so long, and for no time of day: embargoes and digests keep theirs.
 */
const WAITING = [
  "feeds set due_at = due_at - :by where due_at > :now",
  "pushes set due_at = due_at - :by where due_at > :now",
  "entries set due_at = due_at - :by where due_at > :now and (attempts > 0 or order_at > 0)",
  "batches set due_at = due_at - :by where due_at > :now",
  "waiting_stories set due_at = due_at - :by where due_at > :now",
  "articles set recheck_at = recheck_at - :by where recheck_at > :now",
  "deliveries set lease_until = lease_until - :by where lease_until > :now",
  `deliveries set due_at = due_at - :by where due_at > :now and (state in ('due', 'uncertain')
    or (state = 'held' and (attempts > 0 or reason = 'max-an-hour')))`,
] as const;

/** Remembers how late it is; where it was later before, what waits is due as much earlier. Call within a transaction. */
export async function keepTime(trx: Database, now: Date): Promise<number> {
  const row = await trx.selectFrom("settings").select("value").where("name", "=", SEEN).executeTakeFirst();
  const passedMs = row === undefined ? EVERY_MS : now.getTime() - Number(row.value);
  if (passedMs >= 0 && passedMs < EVERY_MS) return 0;
  const value = String(now.getTime());
  await trx
    .insertInto("settings")
    .values({ name: SEEN, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
  const backMs = Math.max(0, -passedMs);
  if (backMs > 0) await takeBack(trx, now, backMs);
  return backMs;
}

async function takeBack(trx: Database, now: Date, backMs: number): Promise<void> {
  for (const change of WAITING) {
    const parts = change.split(/(:by|:now)/);
    const values = parts.map((part) => {
      if (part === ":by") return sql`${backMs}`;
      return part === ":now" ? sql`${now.getTime()}` : sql.raw(part);
    });
    await sql`update ${sql.join(values, sql``)}`.execute(trx);
  }
}
