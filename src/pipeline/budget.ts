import { randomUUID } from "node:crypto";
import type { Amount, Payer, StandingLimits } from "#src/core/budget.ts";
import { AppError } from "#src/core/errors.ts";
import { costOf, type ModelUse, type Prices } from "#src/core/pricing.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Meter, MeterEntry } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";

/** What all spending is held to. */
export interface Purse {
  prices: Prices;
  /** Of all of Lede; workspaces and channels have their own in the store. */
  limits: StandingLimits;
}

export interface MeterDeps extends Purse {
  store: Pick<Store, "reserveBudget" | "settleBudget">;
  clock: Clock;
  log: Log;
}

/** Keeps one payer's model calls within its budgets, those of its workspace and those of all of Lede. */
export function createMeter(deps: MeterDeps, payer: Payer): Meter {
  return { reserve: (most) => reserve(deps, payer, most) };
}

async function reserve(deps: MeterDeps, payer: Payer, most: ModelUse): Promise<MeterEntry> {
  const id = randomUUID();
  const paying = await setAside(deps, { id, payer }, most);
  return { settle: (use) => settle(deps, { id, payer: paying }, use) };
}

/**
 * Sets the most of a use aside under an id that is settled later, for those of the payer who can pay, whom it returns.
 * Throws AppError `writer/over-budget`.
 */
export async function setAside(
  { store, clock, limits: standing, prices }: MeterDeps,
  reservation: { id: string; payer: Payer; holdMs?: number },
  most: ModelUse,
): Promise<Payer> {
  const amount = amountOf(most, prices);
  const result = await store.reserveBudget({ ...reservation, amount, standing, now: clock() });
  if (result.kind === "refused") {
    const { scope, limit } = result;
    throw new AppError("writer/over-budget", { details: { reason: "over-budget", scope, limit } });
  }
  return result.payer;
}

/** An answer that was paid for is not thrown away because the bill could not be filed. */
async function settle(
  { store, clock, log, prices, limits: standing }: MeterDeps,
  { id, payer }: { id: string; payer: Payer },
  use: ModelUse | null,
): Promise<void> {
  const amount = use === null ? null : amountOf(use, prices);
  try {
    await store.settleBudget({ id, payer, amount, standing, now: clock() });
  } catch (error) {
    log.error({ err: error, payer, amount }, "spending not recorded");
  }
}

/** A model that is not on the price list counts in tokens alone. */
export function amountOf(use: ModelUse, prices: Prices): Amount {
  return { tokens: use.inputTokens + use.outputTokens, money: costOf(use, prices) ?? 0 };
}
