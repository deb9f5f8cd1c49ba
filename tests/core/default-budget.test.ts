import { expect, test } from "vitest";
import { NO_LIMITS } from "#src/core/budget.ts";
import { withDefaultDay } from "#src/core/default-budget.ts";

const PRICE = { input: 1, output: 2 };

test.for([
  { models: ["m"], priced: ["m"], day: { dayMoney: 5_000_000, dayTokens: null } },
  { models: ["m"], priced: [], day: { dayMoney: 5_000_000, dayTokens: 10_000_000 } },
  { models: ["m", "cheaper"], priced: ["m"], day: { dayMoney: 5_000_000, dayTokens: 10_000_000 } },
  { models: [], priced: [], day: {} },
])("of $models with prices for $priced a day may cost $day", ({ models, priced, day }) => {
  const prices = { currency: "USD", models: Object.fromEntries(priced.map((name) => [name, PRICE])) };
  const limits = { ...NO_LIMITS, monthTokens: 7 };
  expect(withDefaultDay(limits, { models, prices })).toEqual({ ...limits, ...day });
});
