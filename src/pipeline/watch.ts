import { digest } from "#src/core/article.ts";
import { type BudgetNotice, moneyText } from "#src/core/budget.ts";
import type { PlatformName } from "#src/core/channel.ts";
import type { Feed } from "#src/core/feed.ts";
import { GONE_MODELS, readModels } from "#src/core/gone-models.ts";
import { backModelNotice, budgetNotice, concerns, feedNotice, goneModelNotice } from "#src/core/notices.ts";
import type { PostView } from "#src/core/post-view.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Platform } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { tellOfConnections } from "./connections.ts";
import type { Directory } from "./directory.ts";

export interface WatchDeps {
  store: Store;
  directory: Directory;
  platforms: ReadonlyMap<PlatformName, Platform>;
  clock: Clock;
  log: Log;
}

/** Names the moment up to which budgets were told of. */
const BUDGETS_TOLD = "budgets.toldUntil";
/** Names the models that were told to be gone. */
const MODELS_TOLD = "models.goneTold";

/**
 * Tells each workspace's moderators what is new about their sources, budgets, models and platforms: one message a trouble, edited
 * when it is over. Returns false when there was nothing.
 */
export async function watchNext(deps: WatchDeps): Promise<boolean> {
  const feeds = await deps.store.feedNews();
  for (const feed of feeds) await tellOfFeed(deps, feed);
  const budgets = await tellOfBudgets(deps);
  const models = await tellOfModels(deps);
  const connections = await tellOfConnections(deps);
  return feeds.length > 0 || budgets > 0 || models + connections > 0;
}

async function tellOfFeed(deps: WatchDeps, feed: Feed): Promise<void> {
  const { clock, directory, store } = deps;
  for (const workspace of await directory.workspaces()) {
    const { settings, sources } = await directory.decisions(workspace);
    const source = sources.find(({ url }) => url === feed.url);
    const channel = settings.moderatorsChannel;
    const view = feedNotice(feed, settings.zone);
    if (source === undefined || channel === null || view === null) continue;
    await store.notify({ channel, slot: `feed:${feed.id}`, view, now: clock() });
  }
  // Stored after the messages are owed: a crash between the two tells twice, which edits one message to the same.
  await store.saveFeedTold(feed.id, feed.health);
}

const OPERATORS_TEXT: Record<BudgetNotice["level"], string> = {
  near: "budget of all of Lede nearly used up: raise LEDE_BUDGET_* or expect the built-in writer",
  reached: "budget of all of Lede used up: the built-in writer writes until the period ends",
};

/** Amounts as `LEDE_BUDGET_*` takes them: tokens, or money in the price list's currency. */
function shown({ limit, period, used, most }: BudgetNotice): object {
  const amount = (units: number): number | string => (limit.endsWith("Money") ? moneyText(units) : units);
  return { limit, period, used: amount(used), most: amount(most) };
}

async function tellOfBudgets({ clock, directory, log, store }: WatchDeps): Promise<number> {
  const until = await store.setting(BUDGETS_TOLD);
  const notices = await store.budgetNotices(new Date(until ?? 0));
  const fresh = until === null ? notices : notices.filter(({ at }) => at > new Date(until));
  for (const notice of fresh) {
    // No workspace's own: it is the operator's.
    if (notice.scope === "all") log.warn(shown(notice), OPERATORS_TEXT[notice.level]);
    for (const workspace of await directory.workspaces()) {
      const { settings } = await directory.decisions(workspace);
      if (settings.moderatorsChannel === null || !concerns(notice, workspace)) continue;
      const slot = `budget:${digest(`${notice.scope}|${notice.limit}|${notice.period}`)}`;
      const view = budgetNotice(notice);
      await store.notify({ channel: settings.moderatorsChannel, slot, view, now: clock() });
    }
  }
  const last = fresh.at(-1);
  if (last !== undefined) await store.saveSetting(BUDGETS_TOLD, last.at.toISOString());
  return fresh.length;
}

async function tellOfModels(deps: WatchDeps): Promise<number> {
  const { log, store } = deps;
  const gone = readModels(await store.setting(GONE_MODELS));
  const told = readModels(await store.setting(MODELS_TOLD));
  const lost = gone.filter((model) => !told.includes(model));
  const back = told.filter((model) => !gone.includes(model));
  for (const model of lost) {
    log.error({ model }, "model gone: set another in OPENAI_MODEL or OPENAI_FALLBACK_MODEL");
    await tellOfModel(deps, model, goneModelNotice(model));
  }
  for (const model of back) await tellOfModel(deps, model, backModelNotice(model));
  if (lost.length + back.length > 0) await store.saveSetting(MODELS_TOLD, JSON.stringify(gone));
  return lost.length + back.length;
}

async function tellOfModel(
  { clock, directory, store }: WatchDeps,
  model: string,
  view: PostView,
): Promise<void> {
  for (const workspace of await directory.workspaces()) {
    const { moderatorsChannel: channel } = (await directory.decisions(workspace)).settings;
    if (channel !== null) await store.notify({ channel, slot: `model:${digest(model)}`, view, now: clock() });
  }
}
