import type { Kysely } from "kysely";
import type { Database } from "./schema.ts";
import type { Seal } from "./seal.ts";

const MARK = "key.mark";

/**
 * Hubs were told secrets of the key of before: under another one their pushes would pass for forged, unseen, until the
 * lease ends. So each is subscribed to anew, and the feeds are polled meanwhile.
 */
export async function adoptKey(trx: Database, { mark }: Seal, now: Date): Promise<void> {
  const known = await trx.selectFrom("settings").select("value").where("name", "=", MARK).executeTakeFirst();
  if (known?.value === mark) return;
  await trx.deleteFrom("pushes").execute();
  await trx
    .updateTable("feeds")
    .set((eb) => ({ pushedUntil: null, dueAt: eb.fn<number>("min", ["dueAt", eb.val(now.getTime())]) }))
    .where("pushedUntil", "is not", null)
    .execute();
  await trx
    .insertInto("settings")
    .values({ name: MARK, value: mark })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: mark }))
    .execute();
}

/** Calls that an older Lede left in clear are answered all the same. */
export async function sealOpenCalls(db: Kysely<unknown>, seal: Seal): Promise<void> {
  const own = db.withTables<{ calls: { id: string; body: string | null } }>();
  const open = await own.selectFrom("calls").select(["id", "body"]).where("body", "is not", null).execute();
  for (const { id, body } of open) {
    if (body === null) continue;
    await own
      .updateTable("calls")
      .set({ body: seal.close(body, id) })
      .where("id", "=", id)
      .execute();
  }
}
