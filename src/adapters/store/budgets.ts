import {
  type Amount,
  type BudgetLimitName,
  BudgetLimits,
  BudgetNotice,
  type BudgetScope,
  type BudgetState,
  limitPassedBy,
  limitsNear,
  NO_LIMITS,
  type Payer,
  periodsOf,
  personLimits,
  RESERVATION_MS,
  type ReserveBudget,
  scopesOf,
  type SettleBudget,
  sharedScope,
  type StandingLimits,
} from "#src/core/budget.ts";
import type { Store } from "#src/ports-store.ts";
import type { Database } from "./schema.ts";

type BudgetStore = Pick<
  Store,
  "reserveBudget" | "settleBudget" | "budgetState" | "budgetLimits" | "saveBudgetLimits" | "budgetNotices"
>;

export function budgetStore(db: Database): BudgetStore {
  return {
    reserveBudget: (input) => db.transaction().execute((trx) => reserve(trx, input)),
    settleBudget: (input) => db.transaction().execute((trx) => settleBudget(trx, input)),
    budgetState: (payer, { standing, now }) =>
      db.transaction().execute((trx) => statesOf(trx, payer, { standing, now })),
    budgetLimits: (scope) => findLimits(db, scope),
    saveBudgetLimits: async (scope, limits) => {
      await db
        .insertInto("budgetLimits")
        .values({ scope, ...limits })
        .onConflict((conflict) => conflict.column("scope").doUpdateSet(limits))
        .execute();
    },
    budgetNotices: async (since) => {
      const rows = await db
        .selectFrom("budgetNotices")
        .selectAll()
        .where("at", ">=", since.getTime())
        .orderBy("at")
        .execute();
      return rows.map(({ limitName, ...row }) =>
        BudgetNotice.parse({ ...row, limit: limitName, at: new Date(row.at) }),
      );
    },
  };
}

/** Looks and takes in one transaction, so that two runners can not both take what is left once. */
async function reserve(
  trx: Database,
  { id, payer, amount, standing, now, holdMs = RESERVATION_MS }: ReserveBudget,
): ReturnType<Store["reserveBudget"]> {
  await trx.deleteFrom("budgetReservations").where("expiresAt", "<=", now.getTime()).execute();
  const states = await statesOf(trx, payer, { standing, now });
  for (const state of states) {
    const limit = limitPassedBy(state, amount);
    if (limit === null) continue;
    await note(trx, { state, limit, level: "reached", now });
    return { kind: "refused", scope: state.scope, limit };
  }
  const expiresAt = now.getTime() + holdMs;
  const rows = states.map(({ scope }) => ({ id, scope, expiresAt, ...amount }));
  await trx.insertInto("budgetReservations").values(rows).execute();
  return { kind: "reserved" };
}

/** Whether or not the reservation still stands: what was spent was spent. */
export async function settleBudget(
  trx: Database,
  { id, payer, amount, standing, now }: SettleBudget,
): Promise<void> {
  await trx.deleteFrom("budgetReservations").where("id", "=", id).execute();
  if (amount === null) return;
  const { day, month } = periodsOf(now);
  for (const scope of scopesOf(payer)) {
    for (const period of sharedScope(scope) === null ? [day, month] : [day])
      await addSpent(trx, { scope, period, ...amount });
  }
  for (const state of await statesOf(trx, payer, { standing, now })) {
    for (const { name } of limitsNear(state)) await note(trx, { state, limit: name, level: "near", now });
  }
}

async function addSpent(trx: Database, row: Amount & { scope: string; period: string }): Promise<void> {
  await trx
    .insertInto("budgetSpent")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["scope", "period"]).doUpdateSet((eb) => ({
        tokens: eb("budgetSpent.tokens", "+", row.tokens),
        money: eb("budgetSpent.money", "+", row.money),
      })),
    )
    .execute();
}

async function statesOf(
  trx: Database,
  payer: Payer,
  { standing, now }: { standing: StandingLimits; now: Date },
): Promise<BudgetState[]> {
  const { day, month } = periodsOf(now);
  const states: BudgetState[] = [];
  for (const scope of scopesOf(payer)) {
    const reserved = await reservedFor(trx, scope, now);
    states.push({
      scope,
      limits: await limitsOf(trx, scope, standing),
      day: { spent: await spentIn(trx, scope, day), reserved },
      month: { spent: await spentIn(trx, scope, month), reserved },
    });
  }
  return states;
}

async function limitsOf(trx: Database, scope: BudgetScope, standing: StandingLimits): Promise<BudgetLimits> {
  const { personPercent, ...ofAll } = standing;
  const shared = sharedScope(scope);
  if (shared !== null) return personLimits(await limitsOf(trx, shared, standing), personPercent);
  return scope === "all" ? ofAll : findLimits(trx, scope);
}

async function reservedFor(trx: Database, scope: BudgetScope, now: Date): Promise<Amount> {
  const row = await trx
    .selectFrom("budgetReservations")
    .select((eb) => [
      eb.fn.sum<number | string>("tokens").as("tokens"),
      eb.fn.sum<number | string>("money").as("money"),
    ])
    .where("scope", "=", scope)
    .where("expiresAt", ">", now.getTime())
    .executeTakeFirst();
  // A sum is text on PostgreSQL, and null where nothing is summed.
  return { tokens: Number(row?.tokens ?? 0), money: Number(row?.money ?? 0) };
}

async function spentIn(trx: Database, scope: BudgetScope, period: string): Promise<Amount> {
  const row = await trx
    .selectFrom("budgetSpent")
    .select(["tokens", "money"])
    .where("scope", "=", scope)
    .where("period", "=", period)
    .executeTakeFirst();
  return row ?? { tokens: 0, money: 0 };
}

async function findLimits(db: Database, scope: BudgetScope): Promise<BudgetLimits> {
  const row = await db
    .selectFrom("budgetLimits")
    .select(["dayTokens", "monthTokens", "dayMoney", "monthMoney"])
    .where("scope", "=", scope)
    .executeTakeFirst();
  return row === undefined ? NO_LIMITS : BudgetLimits.parse(row);
}

interface Noted {
  state: BudgetState;
  limit: BudgetLimitName;
  level: BudgetNotice["level"];
  now: Date;
}

/** Kept once per scope, limit, level and period: the first time is the one that is told. */
async function note(trx: Database, { state, limit, level, now }: Noted): Promise<void> {
  // A person's part is nobody's business but theirs, and told to them with the brief.
  if (sharedScope(state.scope) !== null) return;
  const { day, month } = periodsOf(now);
  const byDay = limit === "dayTokens" || limit === "dayMoney";
  const { spent, reserved } = byDay ? state.day : state.month;
  const of = limit === "dayTokens" || limit === "monthTokens" ? "tokens" : "money";
  await trx
    .insertInto("budgetNotices")
    .values({
      scope: state.scope,
      limitName: limit,
      level,
      period: byDay ? day : month,
      used: spent[of] + reserved[of],
      most: state.limits[limit] ?? 0,
      at: now.getTime(),
    })
    .onConflict((conflict) => conflict.columns(["scope", "limitName", "level", "period"]).doNothing())
    .execute();
}
