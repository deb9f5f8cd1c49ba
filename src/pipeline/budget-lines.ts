import { budgetLine, wishedLimits, wishesLimits } from "#src/core/budget-lines.ts";
import { type BudgetLimits, type BudgetScope, payerOf } from "#src/core/budget.ts";
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

/** Sets the limits that are wished, and tells what each account has used, widest first. */
export async function budgetLines(deps: BudgetLineDeps, question: BudgetQuestion): Promise<BudgetLine[]> {
  await saveWish(deps, question);
  const states = await deps.store.budgetState(payerOf(question.channel), {
    standing: deps.budgetLimits,
    now: deps.clock(),
  });
  return states.map((state) => budgetLine(state, deps.currency));
}

async function saveWish(
  { store }: BudgetLineDeps,
  { channel, wish, workspace }: BudgetQuestion,
): Promise<void> {
  if (!wishesLimits(wish)) return;
  const scope: BudgetScope = wish.scope === "channel" ? `channel:${channel}` : `workspace:${workspace}`;
  await store.saveBudgetLimits(scope, wishedLimits(wish, await store.budgetLimits(scope)));
}
