import { DeliveryState } from "#src/core/delivery.ts";
import type { Store } from "#src/ports-store.ts";
import type { Database } from "./schema.ts";

type HealthStore = Pick<Store, "setting" | "saveSetting" | "counts">;

const ENTRY_STATES = ["baseline", "due", "leased", "done", "dead"] as const;

export function healthStore(db: Database): HealthStore {
  return {
    setting: async (name) => {
      const row = await db.selectFrom("settings").select("value").where("name", "=", name).executeTakeFirst();
      return row?.value ?? null;
    },
    saveSetting: async (name, value) => {
      await db
        .insertInto("settings")
        .values({ name, value })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
        .execute();
    },
    counts: () =>
      db.transaction().execute(async (trx) => ({
        articles: await countAll(trx, "articles"),
        briefs: await countAll(trx, "briefs"),
        entries: await countStates(trx, "entries", ENTRY_STATES),
        deliveries: await countStates(trx, "deliveries", DeliveryState.options),
      })),
  };
}

async function countAll(trx: Database, table: "articles" | "briefs"): Promise<number> {
  const { count } = await trx
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** Every state, so that a gauge falls back to 0. */
async function countStates(
  trx: Database,
  table: "entries" | "deliveries",
  states: readonly string[],
): Promise<Record<string, number>> {
  const rows = await trx
    .selectFrom(table)
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
  const found = new Map(rows.map((row) => [row.state, row.count]));
  return Object.fromEntries(states.map((state) => [state, found.get(state) ?? 0]));
}
