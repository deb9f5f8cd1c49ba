import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BudgetState,
  estimateTokens,
  limitPassedBy,
  limitsNear,
  NO_LIMITS,
  NOBODY,
  payerOf,
  periodsOf,
  MOST_SHARES,
  partOf,
  sharesOf,
  usedUpText,
} from "#src/core/budget.ts";
import type { Channel } from "#src/core/channel.ts";
import { costOf, type ModelUse, NO_PRICES, Prices, withOpenAiPrices } from "#src/core/pricing.ts";
import { sampleArticle } from "./articles.ts";

const NOTHING = { tokens: 0, money: 0 };

function state(changes: Partial<BudgetState> = {}): BudgetState {
  const use = { spent: { tokens: 60, money: 6_000 }, reserved: { tokens: 20, money: 2_000 } };
  return { scope: "all", limits: NO_LIMITS, day: use, month: use, ...changes };
}

describe("a limit", () => {
  test.for([
    [{ dayTokens: 100 }, { tokens: 20, money: 0 }, null],
    [{ dayTokens: 100 }, { tokens: 21, money: 0 }, "dayTokens"],
    [{ monthTokens: 99 }, { tokens: 20, money: 0 }, "monthTokens"],
    [{ dayMoney: 9_000 }, { tokens: 900, money: 1_000 }, null],
    [{ dayMoney: 9_000 }, { tokens: 0, money: 1_001 }, "dayMoney"],
    [{ monthMoney: 8_000 }, { tokens: 0, money: 1 }, "monthMoney"],
    // What has no price passes no limit of money, even one that is used up.
    [{ dayMoney: 8_000 }, { tokens: 5, money: 0 }, null],
    [{ dayTokens: 0 }, { tokens: 1, money: 0 }, "dayTokens"],
    [{}, { tokens: 1e12, money: 1e12 }, null],
  ] as const)("%o with %o more is passed at %s", ([limits, more, passed]) => {
    expect(limitPassedBy(state({ limits: { ...NO_LIMITS, ...limits } }), more)).toBe(passed);
  });

  test("is near from four fifths on, reservations included", () => {
    const limits = { ...NO_LIMITS, dayTokens: 100, monthTokens: 101, dayMoney: 8_000 };
    expect(limitsNear(state({ limits })).map(({ name }) => name)).toEqual(["dayTokens", "dayMoney"]);
    expect(limitsNear(state({ limits, day: { spent: NOTHING, reserved: NOTHING } }))).toEqual([]);
  });
});

test("a payer's spending counts in its channel, its workspace and all of Lede", () => {
  expect(sharesOf(payerOf("discord:1:10"))).toEqual([
    { scope: "all", part: 1 },
    { scope: "workspace:discord:1", part: 1 },
    { scope: "channel:discord:1:10", part: 1 },
  ]);
  expect(sharesOf(payerOf(null))).toEqual(sharesOf(NOBODY));
  expect(sharesOf(NOBODY)).toEqual([{ scope: "all", part: 1 }]);
});

test("whoever asks together pays all of it, evenly by workspace, and beyond twenty of them the operator does", () => {
  const channel = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5 }));
  fc.assert(
    fc.property(fc.array(channel, { minLength: 1, maxLength: 80 }), (asked) => {
      const channels = asked.map(([server, id]): Channel => `discord:${server}:${id}`);
      const shares = sharesOf({ channels });
      const sum = (start: string): number =>
        shares.reduce((total, { part, scope }) => (scope.startsWith(start) ? total + part : total), 0);
      const servers = new Set(asked.map(([server]) => server)).size;
      expect(sum("all")).toBe(1);
      expect(sum("workspace:")).toBeCloseTo(servers <= MOST_SHARES ? 1 : 0);
      expect(sum("channel:")).toBeCloseTo(servers <= MOST_SHARES ? 1 : 0);
      const parts = shares.filter(({ scope }) => scope.startsWith("workspace:")).map(({ part }) => part);
      expect(new Set(parts).size).toBeLessThanOrEqual(1);
      // What is spent is never counted as less than it was.
      const spent = parts.map((part) => partOf({ tokens: 7, money: 1 }, { scope: "all", part }));
      const counted = spent.reduce((total, { tokens }) => total + tokens, 0);
      expect(counted).toBeGreaterThanOrEqual(servers <= MOST_SHARES ? 7 : 0);
    }),
  );
});

test("days and months are those of UTC", () => {
  expect(periodsOf(new Date("2026-11-30T23:30:00-05:00"))).toEqual({ day: "2026-12-01", month: "2026-12" });
});

test("a reader is told whose budget is used up, and for how long", () => {
  expect(usedUpText("workspace:discord:1", "dayTokens")).toBe("this workspace's budget for today is used up");
  expect(usedUpText("channel:discord:1:10", "monthMoney")).toBe(
    "this channel's budget for this month is used up",
  );
  expect(usedUpText("all", "dayMoney")).toBe("Lede's budget for today is used up");
});

describe("the cost of a call", () => {
  const prices = Prices.parse({
    models: {
      "gpt-5-mini": { input: 0.25, cached: 0.025, output: 2 },
      "gpt-5-mini@flex": { input: 0.125, output: 1 },
      "gpt-5.6": { input: 2, cached: 0.2, cacheWrite: 2.5, output: 8 },
    },
  });
  const USE: ModelUse = {
    model: "gpt-5-mini",
    tier: null,
    inputTokens: 10_000,
    cachedTokens: 4_000,
    cacheWriteTokens: 0,
    outputTokens: 1_000,
  };

  test.for([
    ["counts cached input at its price", {}, 1_500 + 100 + 2_000],
    ["takes a dated name for the plain one", { model: "gpt-5-mini-2025-08-07" }, 3_600],
    ["is that of the tier that served it", { tier: "flex" }, 750 + 500 + 1_000],
    ["is the model's own where the tier has no price", { tier: "priority" }, 3_600],
    [
      "counts what was written to the cache at its price",
      { model: "gpt-5.6", cacheWriteTokens: 2_000 },
      8_000 + 800 + 5_000 + 8_000,
    ],
    ["is unknown for a model without a price", { model: "llama" }, null],
    ["is rounded up, so that no call is free", { inputTokens: 1, cachedTokens: 0, outputTokens: 0 }, 1],
    ["never counts more cached than came in", { inputTokens: 1_000, outputTokens: 0 }, 25],
  ] as const)("%s", ([, changes, cost]) => {
    expect(costOf({ ...USE, ...changes }, prices)).toBe(cost);
  });

  const LUNA = { ...USE, model: "gpt-6-luna" };
  test.for([
    ["has the default model's without one of the operator's", { models: {} }, LUNA, 600 + 40 + 500],
    ["halves it in a batch", { models: {} }, { ...LUNA, tier: "batch" }, 300 + 20 + 250],
    ["adds to it", { models: { llama: { input: 1, output: 1 } } }, LUNA, 1_140],
    [
      "takes its own for a model that it names",
      { models: { "gpt-6-luna": { input: 1, output: 1 } } },
      LUNA,
      11_000,
    ],
    [
      "in a batch, too",
      { models: { "gpt-6-luna": { input: 1, output: 1 } } },
      { ...LUNA, tier: "batch" },
      11_000,
    ],
    ["does not mix currencies", { currency: "EUR", models: {} }, LUNA, null],
  ] as const)("a list %s", ([, list, use, cost]) => {
    expect(costOf(use, withOpenAiPrices(Prices.parse(list)))).toBe(cost);
  });

  test("is unknown without a price list", () => {
    expect(costOf(USE, NO_PRICES)).toBeNull();
  });

  test.for([
    { currency: "usd", models: {} },
    { models: { a: { input: -1, output: 1 } } },
    { models: { a: { input: 1 } } },
    { models: { a: { input: 1, output: 1, perImage: 2 } } },
  ])("needs a list of the right form: not %o", (list) => {
    expect(Prices.safeParse(list).success).toBe(false);
  });
});

describe("an estimate of tokens", () => {
  // Tokens by the o200k_base encoding per character, as published measurements of news give them.
  test.for([
    ["en-bridge", 4.74],
    ["de-werk", 5.8],
    ["ja-jishin", 1.3],
  ] as const)("of %s is not below what the text takes, nor more than twice it", ([name, perToken]) => {
    const text = sampleArticle(name).paragraphs.join("\n");
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(text.length / perToken);
    expect(estimateTokens(text)).toBeLessThan((text.length / perToken) * 2);
  });

  test("counts scripts apart and half a character of a pair as one", () => {
    expect(estimateTokens("abcdefgh")).toBe(2);
    expect(estimateTokens("дома")).toBe(2);
    expect(estimateTokens("한국어")).toBe(2);
    expect(estimateTokens("市議会")).toBe(3);
    expect(estimateTokens("😀")).toBe(2);
    expect(estimateTokens("")).toBe(0);
  });
});
