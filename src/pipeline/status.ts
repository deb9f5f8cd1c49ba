import { budgetLine } from "#src/core/budget-lines.ts";
import { type BudgetLimits, NOBODY, payerOf } from "#src/core/budget.ts";
import type { Grant } from "#src/core/authority.ts";
import { type Channel, isDirect } from "#src/core/channel.ts";
import type { Caller } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import { healthText } from "#src/core/feed-health.ts";
import type { Reply } from "#src/core/reply.ts";
import { retriedReply, statusReply } from "#src/core/status-reply.ts";
import type { Status } from "#src/core/status.ts";
import { type Workspace, workspaceOf } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";
import { channelName, type ModerationDeps } from "./moderation.ts";
import { readReadiness, type ReadinessDeps } from "./readiness.ts";

export interface StatusDeps
  extends ReadinessDeps, Pick<ModerationDeps, "platforms" | "directory" | "currency"> {
  store: Store;
  budgetLimits: BudgetLimits;
}

interface Asking {
  caller: Pick<Caller, "channel">;
  grant: Grant;
}

const ENDINGS_SHOWN = 5;
const DAYS_SHOWN = 7;
const DAY_MS = 86_400_000;

/** How it goes, as far as it is the caller's business. */
export async function showStatus(deps: StatusDeps, asking: Asking, signal: AbortSignal): Promise<Reply> {
  const status = await readStatus(deps, asking);
  const channels = new Set([...status.dead, ...status.last].map(({ channel }) => channel));
  const names = new Map<Channel, string>();
  for (const channel of channels) names.set(channel, await channelName(deps.platforms, channel, signal));
  return statusReply(status, (channel) => names.get(channel) ?? channel);
}

/** Owes again what was given up, as far as it is the caller's business. */
export async function retryDead({ clock, store }: StatusDeps, asking: Asking): Promise<Reply> {
  return retriedReply(await store.retryDead(seenBy(asking), clock()));
}

/** The only place that says whose state somebody sees: their own workspace's, or all for whoever runs Lede. */
function seenBy({ caller, grant }: Asking): Workspace | null {
  if (grant.role === "operator") return null;
  return workspaceOf(placeOf(caller));
}

function placeOf({ channel }: Asking["caller"]): Channel {
  if (channel === null || isDirect(channel)) throw new AppError("command/needs-workspace");
  return channel;
}

async function readStatus(deps: StatusDeps, asking: Asking): Promise<Status> {
  const { clock, currency, store } = deps;
  const of = seenBy(asking);
  const { models, platforms } = await readReadiness(deps);
  const now = clock();
  return {
    of,
    platforms: platforms.filter(({ name }) => of === null || of.startsWith(`${name}:`)),
    models,
    queue: await store.queue(of, now),
    ...(await feedsOf(deps, of)),
    dead: await store.endings({ of, states: ["dead"], limit: ENDINGS_SHOWN }),
    last: await store.endings({ of, states: ["sent", "skipped", "dead"], limit: ENDINGS_SHOWN }),
    budget: await budgetOf(deps, of, asking),
    costs: await store.costs(of, new Date(now.getTime() - (DAYS_SHOWN - 1) * DAY_MS)),
    currency,
  };
}

async function feedsOf(
  { directory, store }: StatusDeps,
  of: Workspace | null,
): Promise<Pick<Status, "feeds" | "feedTroubles">> {
  const decisions = of === null ? null : await directory.decisions(of);
  const urls = decisions === null ? null : new Set(decisions.sources.map(({ url }) => url));
  const feeds = (await store.feeds()).filter(({ url }) => urls === null || urls.has(url));
  const troubled = feeds.filter(({ health }) => health !== "ok");
  return {
    feeds: feeds.length,
    feedTroubles: troubled.map((feed) => healthText(feed, decisions?.settings.zone)),
  };
}

/** What all of Lede spends is the sum of what others do. */
async function budgetOf(
  { budgetLimits, clock, currency, store }: StatusDeps,
  of: Workspace | null,
  { caller }: Asking,
): Promise<Status["budget"]> {
  const payer = of === null ? NOBODY : payerOf(placeOf(caller));
  const states = await store.budgetState(payer, { standing: budgetLimits, now: clock() });
  const own = states.filter(({ scope }) => of === null || scope !== "all");
  return own.map((state) => budgetLine(state, currency));
}
