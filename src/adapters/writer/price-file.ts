import { readFileSync } from "node:fs";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import { Prices } from "#src/core/pricing.ts";

/** Reads a price list: JSON as it stands, or the path of a file that holds it. Throws AppError `config/invalid`. */
export function readPrices(value: string): Prices {
  try {
    return Prices.parse(JSON.parse(value.startsWith("{") ? value : readFileSync(value, "utf8")));
  } catch (cause) {
    const problem =
      cause instanceof z.ZodError ? z.prettifyError(cause) : "no JSON and no readable file with JSON";
    throw new AppError("config/invalid", {
      say: `LEDE_PRICES is wrong: ${problem}. It looks like {"currency":"USD","models":{"name":{"input":1,"cached":0.1,"output":4}}}, per million tokens.`,
      cause,
    });
  }
}
