import { budgetLine, limitsText, wishedLimits, wishesLimits } from "#src/core/budget-lines.ts";
import { type BudgetLimits, type BudgetScope, payerOf } from "#src/core/budget.ts";
import type { Channel } from "#src/core/channel.ts";
import type { BudgetLine, BudgetWish } from "#src/core/moderator-app.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";

export interface BudgetLineDeps {
  store: Pick<Store, "budgetLimits" | "budgetState" | "change">;
  clock: Clock;
  /** What holds for all of Lede. */
  budgetLimits: BudgetLimits;
  currency: string;
}

interface BudgetQuestion {
  workspace: Workspace;
  channel: Channel;
  wish: BudgetWish;
  /** The platform's id of who asks. */
  by: string;
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
  { clock, currency, store }: BudgetLineDeps,
  { by, channel, wish, workspace }: BudgetQuestion,
): Promise<void> {
  if (!wishesLimits(wish)) return;
  const scope: BudgetScope = wish.scope === "channel" ? `channel:${channel}` : `workspace:${workspace}`;
  const value = wishedLimits(wish, await store.budgetLimits(scope));
  const whose = wish.scope === "channel" ? "a channel's budget" : "the workspace's budget";
  const summary = `Set ${whose}: ${limitsText(value, currency)}`;
  await store.change({
    workspace,
    by,
    at: clock(),
    summary,
    edits: [{ kind: "budget", id: scope, value }],
    seen: null,
  });
}
