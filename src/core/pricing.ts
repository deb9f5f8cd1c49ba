import { z } from "zod";

/** A dated name, such as `gpt-5-mini-2025-08-07`, has the price of its plain one. */
const DATE = /-\d{4}-\d{2}-\d{2}$/;

const Price = z.number().min(0).max(1_000_000);

/** What a model costs, per million tokens, in the price list's currency. */
export const ModelPrice = z.strictObject({
  input: Price,
  /** Input read from the provider's cache; as `input` if left out. */
  cached: Price.optional(),
  /** Input written to the provider's cache; as `input` if left out. */
  cacheWrite: Price.optional(),
  output: Price,
});
export type ModelPrice = z.infer<typeof ModelPrice>;

/** The operator's price list. A key is a model's name, or `name@tier` where a service tier has a price of its own. */
export const Prices = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "must be a code of three capitals, such as USD")
    .default("USD"),
  models: z.record(z.string(), ModelPrice),
});
export type Prices = z.infer<typeof Prices>;

export const NO_PRICES: Prices = { currency: "USD", models: {} };

/** What the default model costs at OpenAI, as of 24 November 2026; its batches cost half. */
export const OPENAI_PRICES: Prices = {
  currency: "USD",
  models: {
    "gpt-6-luna": { input: 0.1, cached: 0.01, cacheWrite: 0.125, output: 0.5 },
    "gpt-6-luna@batch": { input: 0.05, cached: 0.005, cacheWrite: 0.0625, output: 0.25 },
  },
};

/** A price list with what it leaves out; a model that it names has the prices that it gives, and no others. */
export function withOpenAiPrices(own: Prices): Prices {
  if (own.currency !== OPENAI_PRICES.currency) return own;
  const named = new Set(Object.keys(own.models).map(plainName));
  const others = Object.entries(OPENAI_PRICES.models).filter(([name]) => !named.has(plainName(name)));
  return { ...own, models: { ...Object.fromEntries(others), ...own.models } };
}

function plainName(name: string): string {
  return name.replace(/@.*$/, "");
}

/** What one call to a model takes. */
export interface ModelUse {
  model: string;
  /** The service tier that served it; null when the server named none. */
  tier: string | null;
  /** All input, cached included. */
  inputTokens: number;
  cachedTokens: number;
  /** Part of the input that was written to the provider's cache. */
  cacheWriteTokens: number;
  outputTokens: number;
}

/** The cost of a call in millionths of the list's currency, rounded up; null when the list does not have the model. */
export function costOf(use: ModelUse, prices: Prices): number | null {
  const price = priceOf(use, prices);
  if (price === null) return null;
  const cached = Math.min(use.cachedTokens, use.inputTokens);
  const written = Math.min(use.cacheWriteTokens, use.inputTokens - cached);
  const fresh = use.inputTokens - cached - written;
  return Math.ceil(
    fresh * price.input +
      cached * (price.cached ?? price.input) +
      written * (price.cacheWrite ?? price.input) +
      use.outputTokens * price.output,
  );
}

/** Whether calls to a model count in money. */
export function isPriced(model: string, prices: Prices): boolean {
  return priceOf({ model, tier: null }, prices) !== null;
}

function priceOf({ model, tier }: Pick<ModelUse, "model" | "tier">, { models }: Prices): ModelPrice | null {
  const plain = model.replace(DATE, "");
  const names = [...(tier === null ? [] : [`${model}@${tier}`, `${plain}@${tier}`]), model, plain];
  const known = names.find((name) => Object.hasOwn(models, name));
  return known === undefined ? null : (models[known] ?? null);
}
