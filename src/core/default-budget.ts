import { type BudgetLimits, toMillionths } from "./budget.ts";
import { isPriced, type Prices } from "./pricing.ts";

/** A day's budget where the operator said nothing, in the price list's currency: some ten thousand briefs of the default model. */
export const DEFAULT_DAY_MONEY = 5;
/** Where a model has no known price: what that money buys of the default model's dearer side, its answers. */
export const DEFAULT_DAY_TOKENS = 10_000_000;

/** The limits with a default for the day, which no model in use may escape. */
export function withDefaultDay(
  limits: BudgetLimits,
  { models, prices }: { models: readonly string[]; prices: Prices },
): BudgetLimits {
  if (models.length === 0) return limits;
  const unpriced = models.some((model) => !isPriced(model, prices));
  return {
    ...limits,
    dayMoney: toMillionths(DEFAULT_DAY_MONEY),
    dayTokens: unpriced ? DEFAULT_DAY_TOKENS : null,
  };
}
