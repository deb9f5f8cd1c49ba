import type { Amount } from "#src/core/budget.ts";
import type { Brief } from "#src/core/brief.ts";
import type { Owed } from "#src/core/owed.ts";
import type { Store } from "#src/ports-store.ts";

/** What a rehearsal may spend. */
export interface Allowance {
  /** Sets the most of a call aside; false where there is not so much left. */
  reserve: (id: string, most: Amount) => boolean;
  /** Ends it with what the call took; null for nothing. */
  settle: (id: string, took: Amount | null) => void;
}

/** The most of each; null is no limit. */
export type Most = Readonly<Record<keyof Amount, number | null>>;

export interface Ledger extends Allowance {
  spent: () => Amount & { calls: number };
}

/** Keeps what is spent, and what is set aside beside it, within a limit. */
export function createLedger(most: Most): Ledger {
  const open = new Map<string, Amount>();
  const spent = { calls: 0, tokens: 0, money: 0 };
  const held = (of: keyof Amount): number =>
    [...open.values()].reduce((sum, amount) => sum + amount[of], spent[of]);
  const fits = (of: keyof Amount, more: Amount): boolean => held(of) + more[of] <= (most[of] ?? Infinity);
  return {
    reserve: (id, amount) => {
      if (!fits("tokens", amount) || !fits("money", amount)) return false;
      open.set(id, amount);
      return true;
    },
    settle: (id, took) => {
      open.delete(id);
      if (took === null) return;
      spent.calls += 1;
      spent.tokens += took.tokens;
      spent.money += took.money;
    },
    spent: () => ({ ...spent }),
  };
}

export interface Stage {
  store: Store;
  owed: readonly Owed[];
  /** Briefs that were stored, by id. */
  saved: ReadonlyMap<string, Brief>;
  /** Whether a call had no room in the allowance: what came of it is nobody's choice of words. */
  wasRefused: () => boolean;
}

/**
 * The store as it is for a story that nobody was told of yet: no message of it stands, what it would be owed goes no
 * further than this, and nobody's budget counts but the rehearsal's own.
 */
export function stageFor(store: Store, allowance: Allowance): Stage {
  const owed: Owed[] = [];
  const saved = new Map<string, Brief>();
  let wasRefused = false;
  return {
    owed,
    saved,
    wasRefused: () => wasRefused,
    store: {
      ...store,
      storyDeliveries: () => Promise.resolve([]),
      publish: (input) => {
        owed.push(...input.owed);
        return Promise.resolve([]);
      },
      reserveBudget: async ({ id, amount, payer }) => {
        if (allowance.reserve(id, amount)) return { kind: "reserved", payer };
        wasRefused = true;
        return { kind: "refused", scope: "all", limit: "dayTokens" };
      },
      settleBudget: ({ id, amount }) => Promise.resolve(allowance.settle(id, amount)),
      saveBrief: async (key, brief) => {
        await store.saveBrief(key, brief);
        saved.set(brief.id, brief);
      },
    },
  };
}
