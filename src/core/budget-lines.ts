import {
  type Amount,
  type BudgetLimits,
  type BudgetState,
  type BudgetUse,
  moneyText,
  toMillionths,
} from "./budget.ts";
import type { BudgetLine, BudgetWish } from "./moderator-app.ts";

/** One account for a moderator: whose it is, what it has used, and of how much. `currency` is a code such as USD. */
export function budgetLine(state: BudgetState, currency: string): BudgetLine {
  return { name: nameOf(state), text: stateText(state, currency) };
}

/** Whether any limit is to be changed. */
export function wishesLimits({ scope: _scope, ...limits }: BudgetWish): boolean {
  return Object.values(limits).some((limit) => limit !== undefined);
}

/** The limits after a wish. */
export function wishedLimits(wish: BudgetWish, known: BudgetLimits): BudgetLimits {
  return {
    dayTokens: limitOf(wish.dayTokens, known.dayTokens),
    monthTokens: limitOf(wish.monthTokens, known.monthTokens),
    dayMoney: limitOf(millionthsOf(wish.dayMoney), known.dayMoney),
    monthMoney: limitOf(millionthsOf(wish.monthMoney), known.monthMoney),
  };
}

/** The limits in words: "200,000 tokens a day, no limit a month". */
export function limitsText(
  { dayMoney, dayTokens, monthMoney, monthTokens }: BudgetLimits,
  currency: string,
): string {
  const text = (tokens: number | null, money: number | null): string => {
    const limits = [
      ...(tokens === null ? [] : [`${tokens.toLocaleString("en")} tokens`]),
      ...(money === null ? [] : [`${moneyText(money)} ${currency}`]),
    ];
    return limits.length === 0 ? "no limit" : limits.join(" and ");
  };
  return `${text(dayTokens, dayMoney)} a day, ${text(monthTokens, monthMoney)} a month`;
}

function millionthsOf(money: number | undefined): number | undefined {
  return money === undefined ? undefined : toMillionths(money);
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
