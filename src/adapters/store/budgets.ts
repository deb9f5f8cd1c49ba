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
  partOf,
  payerWithout,
  periodsOf,
  personLimits,
  RESERVATION_MS,
  type ReserveBudget,
  type SettleBudget,
  sharedScope,
  type Share,
  sharesOf,
  type StandingLimits,
} from "#src/core/budget.ts";
import type { Store } from "#src/ports-store.ts";
import type { Database } from "./schema.ts";

type BudgetStore = Pick<
  Store,
  "reserveBudget" | "settleBudget" | "budgetState" | "budgetLimits" | "budgetNotices"
>;

export function budgetStore(db: Database): BudgetStore {
  return {
    reserveBudget: (input) => db.transaction().execute((trx) => reserve(trx, input)),
    settleBudget: (input) => db.transaction().execute((trx) => settleBudget(trx, input)),
    budgetState: (payer, { standing, now }) =>
      db.transaction().execute((trx) => statesOf(trx, scopesOf(sharesOf(payer)), { standing, now })),
    budgetLimits: (scope) => findLimits(db, scope),
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
  { id, payer: asked, amount, standing, now, holdMs = RESERVATION_MS }: ReserveBudget,
): ReturnType<Store["reserveBudget"]> {
  await trx.deleteFrom("budgetReservations").where("expiresAt", "<=", now.getTime()).execute();
  let payer = asked;
  for (;;) {
    const refused = await refusalOf(trx, { payer, amount, standing, now });
    if (refused === null) break;
    // Who has nothing left does not keep the others from what they can pay.
    const able = payerWithout(payer, refused.scope);
    if (able === null) return { kind: "refused", ...refused };
    payer = able;
  }
  const expiresAt = now.getTime() + holdMs;
  const rows = sharesOf(payer).map((share) => ({
    id,
    scope: share.scope,
    expiresAt,
    ...partOf(amount, share),
  }));
  await trx.insertInto("budgetReservations").values(rows).execute();
  return { kind: "reserved", payer };
}

/** The first account that the payer's part of an amount does not fit in, widest first. */
async function refusalOf(
  trx: Database,
  { payer, amount, standing, now }: Pick<ReserveBudget, "payer" | "amount" | "standing" | "now">,
): Promise<{ scope: BudgetScope; limit: BudgetLimitName } | null> {
  const shares = sharesOf(payer);
  const states = await statesOf(trx, scopesOf(shares), { standing, now });
  for (const [index, share] of shares.entries()) {
    const state = states[index];
    const limit = state === undefined ? null : limitPassedBy(state, partOf(amount, share));
    if (state === undefined || limit === null) continue;
    await note(trx, { state, limit, level: "reached", now });
    return { scope: share.scope, limit };
  }
  return null;
}

function scopesOf(shares: readonly Share[]): BudgetScope[] {
  return shares.map(({ scope }) => scope);
}

/** Whether or not the reservation still stands: what was spent was spent. */
export async function settleBudget(
  trx: Database,
  { id, payer, amount, standing, now }: SettleBudget,
): Promise<void> {
  await trx.deleteFrom("budgetReservations").where("id", "=", id).execute();
  if (amount === null) return;
  const { day, month } = periodsOf(now);
  const shares = sharesOf(payer);
  const spent = shares.flatMap((share) => {
    const periods = sharedScope(share.scope) === null ? [day, month] : [day];
    return periods.map((period) => ({ scope: share.scope, period, ...partOf(amount, share) }));
  });
  await addSpent(trx, spent);
  for (const state of await statesOf(trx, scopesOf(shares), { standing, now })) {
    for (const { name } of limitsNear(state)) await note(trx, { state, limit: name, level: "near", now });
  }
}

async function addSpent(
  trx: Database,
  rows: readonly (Amount & { scope: string; period: string })[],
): Promise<void> {
  await trx
    .insertInto("budgetSpent")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["scope", "period"]).doUpdateSet((eb) => ({
        tokens: eb("budgetSpent.tokens", "+", eb.ref("excluded.tokens")),
        money: eb("budgetSpent.money", "+", eb.ref("excluded.money")),
      })),
    )
    .execute();
}

/** The accounts as they stand, in the order they are asked for; in as many look-ups for hundreds as for one. */
async function statesOf(
  trx: Database,
  scopes: readonly BudgetScope[],
  { standing, now }: { standing: StandingLimits; now: Date },
): Promise<BudgetState[]> {
  const { day, month } = periodsOf(now);
  const reserved = await reservedFor(trx, scopes, now);
  const spent = new Map<string, Amount>();
  const rows = await trx.selectFrom("budgetSpent").selectAll().where("scope", "in", scopes).execute();
  for (const { scope, period, tokens, money } of rows) spent.set(`${scope} ${period}`, { tokens, money });
  const limits = await limitsOf(trx, scopes, standing);
  return scopes.map((scope) => {
    const use = (period: string) => ({
      spent: spent.get(`${scope} ${period}`) ?? NOTHING,
      reserved: reserved.get(scope) ?? NOTHING,
    });
    return { scope, limits: limits(scope), day: use(day), month: use(month) };
  });
}

const NOTHING: Amount = { tokens: 0, money: 0 };

async function limitsOf(
  trx: Database,
  scopes: readonly BudgetScope[],
  { personPercent, ...ofAll }: StandingLimits,
): Promise<(scope: BudgetScope) => BudgetLimits> {
  const named = scopes.map((scope) => sharedScope(scope) ?? scope);
  const rows = await trx.selectFrom("budgetLimits").selectAll().where("scope", "in", named).execute();
  const own = new Map(rows.map(({ scope, ...limits }) => [scope, BudgetLimits.parse(limits)]));
  const limitsFor = (scope: BudgetScope): BudgetLimits =>
    scope === "all" ? ofAll : (own.get(scope) ?? NO_LIMITS);
  return (scope) => {
    const shared = sharedScope(scope);
    return shared === null ? limitsFor(scope) : personLimits(limitsFor(shared), personPercent);
  };
}

async function reservedFor(
  trx: Database,
  scopes: readonly BudgetScope[],
  now: Date,
): Promise<ReadonlyMap<string, Amount>> {
  const rows = await trx
    .selectFrom("budgetReservations")
    .select((eb) => [
      "scope",
      eb.fn.sum<number | string>("tokens").as("tokens"),
      eb.fn.sum<number | string>("money").as("money"),
    ])
    .where("scope", "in", scopes)
    .where("expiresAt", ">", now.getTime())
    .groupBy("scope")
    .execute();
  // A sum is text on PostgreSQL.
  return new Map(
    rows.map(({ scope, tokens, money }) => [scope, { tokens: Number(tokens), money: Number(money) }]),
  );
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
