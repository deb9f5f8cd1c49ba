import { z } from "zod";
import type { BudgetLimits } from "#src/core/budget.ts";
import { isPriced, OPENAI_PRICES } from "#src/core/pricing.ts";

const text = z.string().trim().min(1).optional();
const tokens = z.coerce.number("must be a number of tokens").int().min(0).optional();
const money = z.coerce.number("must be an amount of money, such as 2.50").min(0).max(1e9).optional();

/** The variables about models and writing, in the order of `.env.example`. */
export const WRITER_ENV = {
  OPENAI_FALLBACK_MODEL: text,
  OPENAI_EFFORT: z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"]).default("none"),
  OPENAI_SERVICE_TIER: z.enum(["auto", "default", "flex", "priority"]).optional(),
  OPENAI_BATCH: z.enum(["off", "backfill"]).optional(),
  OPENAI_SECTION_CHARS: z.coerce
    .number("must be a number of characters")
    .int()
    .min(4_000)
    .max(4_000_000)
    .optional(),
  LEDE_MODEL_WAIT: z.coerce.number("must be a number of seconds").min(0).max(115).optional(),
  LEDE_VERIFY: z.enum(["rules", "model"]).optional(),
  LEDE_HOUSE_STYLE: text,
  LEDE_PRICES: text,
  LEDE_BUDGET_DAY_TOKENS: tokens,
  LEDE_BUDGET_MONTH_TOKENS: tokens,
  LEDE_BUDGET_DAY_MONEY: money,
  LEDE_BUDGET_MONTH_MONEY: money,
} as const;

const WriterEnv = z.object(WRITER_ENV);
type WriterEnv = z.output<typeof WriterEnv>;

/** How briefs are written, whoever writes them. */
export interface WritingConfig {
  /** Asked when the model can not be, or its budget is used up; null asks none. */
  fallbackModel: string | null;
  /** How long a model that can think may do so before it writes. */
  effort: WriterEnv["OPENAI_EFFORT"];
  tier: "auto" | "default" | "flex" | "priority" | null;
  /** Whether the stories of before a subscription are written in batches: cheaper, and within a day. */
  batchBackfills: boolean;
  /** Most characters of an article that one call reads; null is Lede's own. */
  sectionChars: number | null;
  /** How long a new post waits for a model, in milliseconds; null is as long as models of late made reasonable. */
  modelWaitMs: number | null;
  /** Whether a model reads each fact once more beside its passage. */
  secondReading: boolean;
  /** Path of the house style. */
  houseStyle: string | null;
  /** A price list as JSON, or the path of one. */
  prices: string | null;
  /** What all of Lede may spend, as far as it was said. */
  limits: BudgetLimits;
  /** Whether a limit of the day was said, be it none. */
  dayIsLimited: boolean;
}

/** Budgets count millionths, so that a call of a hundredth of a cent is not lost. */
const MILLIONTHS = 1_000_000;

export function toWriting(env: WriterEnv): WritingConfig {
  return {
    fallbackModel: env.OPENAI_FALLBACK_MODEL ?? null,
    effort: env.OPENAI_EFFORT,
    tier: env.OPENAI_SERVICE_TIER ?? null,
    batchBackfills: env.OPENAI_BATCH === "backfill",
    sectionChars: env.OPENAI_SECTION_CHARS ?? null,
    modelWaitMs: env.LEDE_MODEL_WAIT === undefined ? null : env.LEDE_MODEL_WAIT * 1_000,
    secondReading: env.LEDE_VERIFY === "model",
    houseStyle: env.LEDE_HOUSE_STYLE ?? null,
    prices: env.LEDE_PRICES ?? null,
    limits: {
      dayTokens: env.LEDE_BUDGET_DAY_TOKENS || null,
      monthTokens: env.LEDE_BUDGET_MONTH_TOKENS || null,
      dayMoney: toMillionths(env.LEDE_BUDGET_DAY_MONEY),
      monthMoney: toMillionths(env.LEDE_BUDGET_MONTH_MONEY),
    },
    dayIsLimited: (env.LEDE_BUDGET_DAY_TOKENS ?? env.LEDE_BUDGET_DAY_MONEY) !== undefined,
  };
}

/** What is set for a model that is not there, or counted in prices that are not known, would silently do nothing. */
export function writerProblems(env: WriterEnv, model: string | null): string[] {
  const problems: string[] = [];
  const needModel = {
    OPENAI_FALLBACK_MODEL: env.OPENAI_FALLBACK_MODEL !== undefined,
    "OPENAI_BATCH=backfill": env.OPENAI_BATCH === "backfill",
    "LEDE_VERIFY=model": env.LEDE_VERIFY === "model",
  };
  for (const [name, set] of Object.entries(needModel)) {
    if (set && model === null) problems.push(`${name} needs a model: set OPENAI_API_KEY or OPENAI_BASE_URL`);
  }
  const unpriced = [model, env.OPENAI_FALLBACK_MODEL].find(
    (name) => name != null && !isPriced(name, OPENAI_PRICES),
  );
  for (const name of ["LEDE_BUDGET_DAY_MONEY", "LEDE_BUDGET_MONTH_MONEY"] as const) {
    if ((env[name] ?? 0) > 0 && env.LEDE_PRICES === undefined && unpriced != null)
      problems.push(
        `LEDE_PRICES is missing: without a price of ${unpriced} it does not count towards ${name}`,
      );
  }
  return problems;
}

/** 0 is no limit, as in `/settings budget`. */
function toMillionths(amount: number | undefined): number | null {
  return amount === undefined || amount === 0 ? null : Math.round(amount * MILLIONTHS);
}
