import {
  type Amount,
  type BudgetLimits,
  type BudgetScope,
  type BudgetState,
  type BudgetUse,
  payerOf,
} from "#src/core/budget.ts";
import type { Channel } from "#src/core/channel.ts";
import type { BudgetLine, BudgetWish } from "#src/core/moderator-app.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";

export interface BudgetLineDeps {
  store: Pick<Store, "budgetLimits" | "saveBudgetLimits" | "budgetState">;
  clock: Clock;
  /** What holds for all of Lede. */
  budgetLimits: BudgetLimits;
  currency: string;
}

interface BudgetQuestion {
  workspace: Workspace;
  channel: Channel;
  wish: BudgetWish;
}

/** Budgets count millionths of the currency. */
const MILLIONTHS = 1_000_000;

/** Sets the limits that are wished, and tells what each account has used, widest first. */
export async function budgetLines(deps: BudgetLineDeps, question: BudgetQuestion): Promise<BudgetLine[]> {
  await saveWish(deps, question);
  const states = await deps.store.budgetState(payerOf(question.channel), {
    standing: deps.budgetLimits,
    now: deps.clock(),
  });
  return states.map((state) => ({ name: nameOf(state), text: stateText(state, deps.currency) }));
}

async function saveWish(
  { store }: BudgetLineDeps,
  { channel, wish, workspace }: BudgetQuestion,
): Promise<void> {
  const { scope: whose, ...limits } = wish;
  if (Object.values(limits).every((limit) => limit === undefined)) return;
  const scope: BudgetScope = whose === "channel" ? `channel:${channel}` : `workspace:${workspace}`;
  const known = await store.budgetLimits(scope);
  await store.saveBudgetLimits(scope, {
    dayTokens: limitOf(wish.dayTokens, known.dayTokens),
    monthTokens: limitOf(wish.monthTokens, known.monthTokens),
    dayMoney: limitOf(toMillionths(wish.dayMoney), known.dayMoney),
    monthMoney: limitOf(toMillionths(wish.monthMoney), known.monthMoney),
  });
}

function toMillionths(money: number | undefined): number | undefined {
  return money === undefined ? undefined : Math.round(money * MILLIONTHS);
}

function limitOf(wished: number | undefined, known: number | null): number | null {
  if (wished === undefined) return known;
  return wished === 0 ? null : wished;
}

function nameOf({ scope }: BudgetState): string {
  if (scope === "all") return "All of Lede";
  return scope.startsWith("workspace:") ? "This workspace" : "This channel";
}

function stateText({ day, limits, month }: BudgetState, currency: string): string {
  const today = useText(day, { tokens: limits.dayTokens, money: limits.dayMoney, currency });
  const thisMonth = useText(month, { tokens: limits.monthTokens, money: limits.monthMoney, currency });
  return `${today} today, ${thisMonth} this month`;
}

interface Most {
  tokens: number | null;
  money: number | null;
  currency: string;
}

function useText({ reserved, spent }: BudgetUse, most: Most): string {
  const used: Amount = { tokens: spent.tokens + reserved.tokens, money: spent.money + reserved.money };
  const tokens = `${ofMost(used.tokens.toLocaleString("en"), most.tokens?.toLocaleString("en"))} tokens`;
  if (used.money === 0 && most.money === null) return tokens;
  const money = ofMost(moneyText(used.money), most.money === null ? undefined : moneyText(most.money));
  return `${tokens} (${money} ${most.currency})`;
}

function ofMost(used: string, most: string | undefined): string {
  return most === undefined ? used : `${used} of ${most}`;
}

function moneyText(millionths: number): string {
  return (millionths / MILLIONTHS).toFixed(2);
}
