import { type Deed, DEEDS, type Grant, grantOf, mayEdit, needsWorkspace } from "#src/core/authority.ts";
import { isSharedBeyond, MEMBERS_ONLY, receivedIn, refusedIn } from "#src/core/channel-authority.ts";
import type { BudgetLimits } from "#src/core/budget.ts";
import { type Channel, channelParts, isDirect, type PlatformName } from "#src/core/channel.ts";
import type { Caller, Lane } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import { healthText } from "#src/core/feed-health.ts";
import { type Changed, type Decisions, type Edit, LEDE } from "#src/core/moderation.ts";
import type { FoundFeed, ModeratorApp, SourceHealth } from "#src/core/moderator-app.ts";
import type { Feed } from "#src/core/feed.ts";
import { mayShowMembers } from "#src/core/operator.ts";
import { type Workspace, workspaceOf } from "#src/core/workspace.ts";
import type { Platform } from "#src/ports.ts";
import { type BacktestDeps, runBacktest } from "./backtest.ts";
import { type BackfillDeps, backfillSubscription } from "./backfill.ts";
import { budgetLines } from "./budget-lines.ts";
import type { PublishDeps } from "./publish.ts";
import { publishStory } from "./publish-story.ts";

/** Reads and writes lists of feeds. */
export interface OpmlPort {
  /** Throws AppError `feed/unreadable`. */
  readOpml: (bytes: Uint8Array) => { feeds: FoundFeed[]; notes: string[] };
  writeOpml: (title: string, feeds: readonly FoundFeed[]) => string;
}

export interface ModerationDeps extends PublishDeps, BackfillDeps, BacktestDeps {
  platforms: ReadonlyMap<PlatformName, Platform>;
  opml: OpmlPort;
  /** What holds where nobody decided otherwise. */
  budgetLimits: BudgetLimits;
  /** Code of the price list's currency, such as USD. */
  currency: string;
  /** Told when something is to be polled or posted at once. */
  wake: (job: "feeds" | "entries" | "stories" | "deliveries" | "cases" | "batches" | `${Lane} calls`) => void;
}

/**
 * What a moderator may do by the grant, in the workspace the call came from: whatever a command tries, nothing beyond
 * its deed and its scope is changed. Throws AppError `command/needs-workspace`.
 */
export function moderatorApp(
  deps: ModerationDeps,
  { caller, grant }: { caller: Caller; grant: Grant },
  signal: AbortSignal,
): ModeratorApp {
  const { channel } = caller;
  if (channel === null || isDirect(channel)) throw new AppError("command/needs-workspace");
  within(grant, ...DEEDS.filter(needsWorkspace));
  const workspace = workspaceOf(channel);
  const { directory } = deps;
  const isCleared = mayShowMembers(directory.grants, workspace);
  const isLimited = grant.scope !== "workspace";
  const all = () => directory.decisions(workspace);
  const desk: Desk = { deps, caller, grant, signal, channel, workspace, isLimited, all };
  return {
    workspace,
    isCleared,
    needClearance: () => {
      if (isCleared) return;
      throw new AppError("command/not-cleared", {
        say: `Only whoever runs Lede can let members-only text in here. Ask them to add ${workspace} to LEDE_MEMBERS_WORKSPACES.`,
      });
    },
    now: deps.clock,
    may: (deed) => grantOf(deed, grant.role) !== null,
    decisions: async () => (isLimited ? receivedIn(channel, await all()) : all()),
    isShared: async (topicId) => isLimited && isSharedBeyond(channel, await all(), topicId),
    channelName: async (named) => {
      if (!knownIn(await all(), channel).has(named)) await checkChannel(deps.platforms, named, signal);
      return channelName(deps.platforms, named, signal);
    },
    budget: (wish) => {
      within(grant, "settings budget");
      return budgetLines(deps, { workspace, channel, wish, by: caller.user });
    },
    ...changesBy(desk),
    ...topicsBy(desk),
    ...sourcesBy(desk),
  };
}

/** What a moderator's call works with. */
interface Desk {
  deps: ModerationDeps;
  caller: Caller;
  grant: Grant;
  signal: AbortSignal;
  channel: Channel;
  workspace: Workspace;
  /** Whether the grant ends at the channel. */
  isLimited: boolean;
  all: () => Promise<Decisions>;
}

function changesBy(desk: Desk): Pick<ModeratorApp, "change" | "undo" | "log"> {
  const { all, caller, channel, deps, grant, signal, workspace } = desk;
  const { directory, platforms, store } = deps;
  return {
    change: async ({ edits, seen, summary }) => {
      const before = await all();
      checkEdits(before, { edits, grant, channel });
      const known = knownIn(before, channel);
      for (const named of edits.map(channelOf))
        if (named !== null && !known.has(named)) await checkChannel(platforms, named, signal);
      const at = deps.clock();
      stand(await store.change({ workspace, by: caller.user, at, summary, edits, seen }));
      await directory.changed(workspace);
      if (edits.some(({ kind }) => kind === "source")) deps.wake("feeds");
    },
    undo: async () => {
      within(grant, "settings undo");
      const undone = await store.undo({ workspace, by: caller.user, at: deps.clock() });
      if (undone === null) return null;
      stand(undone);
      await directory.changed(workspace);
      if (undone.kind === "changed")
        for (const storyId of undone.stories) await publishStory(deps, storyId, signal);
      deps.wake("deliveries");
      const [last] = await store.changeLog(workspace, 1);
      return last?.summary.replace(/^Undid: /, "") ?? null;
    },
    log: (limit) => {
      within(grant, "settings log");
      return store.changeLog(workspace, limit);
    },
  };
}

function topicsBy({
  deps,
  grant,
  isLimited,
  signal,
  workspace,
}: Desk): Pick<ModeratorApp, "backtest" | "backfill"> {
  return {
    backtest: (request) => {
      within(grant, "topics test", "topics add", "topics start");
      if (isLimited && request.clearance !== "public")
        throw new AppError("command/not-allowed", { say: MEMBERS_ONLY });
      return runBacktest(deps, workspace, request);
    },
    backfill: async (id, count) => {
      within(grant, "topics add");
      const backfilled = await backfillSubscription(deps, { workspace, id, count }, signal);
      if (backfilled.waiting > 0) deps.wake("batches");
      return backfilled;
    },
  };
}

function sourcesBy(desk: Desk): Pick<ModeratorApp, "findFeeds" | "health" | "readOpml" | "writeOpml"> {
  const { all, caller, deps, grant, signal } = desk;
  const { opml, platforms, reader, store } = deps;
  return {
    findFeeds: async (url) => {
      within(grant, "sources add");
      const found = await reader.findFeeds(url, signal);
      return found.map((feed) => ({ url: feed.url, title: feed.title }));
    },
    health: async () => {
      within(grant, "sources list", "sources health");
      return healthOf(await all(), await store.feeds());
    },
    readOpml: async (given) => {
      within(grant, "sources import");
      const platform = platforms.get(caller.platform);
      if ("text" in given) return opml.readOpml(new TextEncoder().encode(given.text));
      if (platform === undefined) throw new AppError("platform/unavailable");
      return opml.readOpml(await platform.readFile(given.file, signal));
    },
    writeOpml: (feeds) => opml.writeOpml("Lede's sources", feeds),
  };
}

/** A command that does something else than what it was allowed is a bug, and does nothing. */
export function within({ deed }: Grant, ...deeds: readonly Deed[]): void {
  if (!deeds.includes(deed)) throw new AppError("bug", { details: { reason: "beyond its deed", deed } });
}

/** Throws AppError `command/not-allowed` for an edit that is beyond the scope, `bug` for one beyond the deed. */
function checkEdits(
  decisions: Decisions,
  { channel, edits, grant }: { channel: Channel; edits: readonly Edit[]; grant: Grant },
): void {
  const { deed, scope } = grant;
  for (const edit of edits) {
    if (!mayEdit(deed, edit.kind))
      throw new AppError("bug", { details: { reason: "beyond its deed", deed, edit: edit.kind } });
    const say = scope === "workspace" ? null : refusedIn(channel, decisions, edit);
    if (say !== null) throw new AppError("command/not-allowed", { say });
  }
}

/** Channels that something was decided for, and where the caller is: those the platform vouched for before. */
function knownIn({ settings, subscriptions }: Decisions, here: Channel): ReadonlySet<Channel | null> {
  return new Set([here, settings.moderatorsChannel, ...subscriptions.map(({ channel }) => channel)]);
}

function channelOf(edit: Edit): Channel | null {
  if (edit.kind === "subscription") return edit.value?.channel ?? null;
  return edit.kind === "settings" ? (edit.value?.moderatorsChannel ?? null) : null;
}

/** Ids can be typed: a channel of somebody else's would be written into, and its name told. Throws AppError `command/bad-options`. */
async function checkChannel(
  platforms: ModerationDeps["platforms"],
  channel: Channel,
  signal: AbortSignal,
): Promise<void> {
  const platform = platforms.get(channelParts(channel).platform);
  if ((await platform?.isInWorkspace(channel, signal)) === true) return;
  throw new AppError("command/bad-options", {
    say: "Lede sees no such channel here. Choose one from the list, and let Lede into it first if it is private.",
  });
}

/** The name a person knows a channel by; its id where the platform does not tell. */
export async function channelName(
  platforms: ReadonlyMap<PlatformName, Platform>,
  channel: Channel,
  signal: AbortSignal,
): Promise<string> {
  const { id, platform } = channelParts(channel);
  return (await platforms.get(platform)?.channelName(channel, signal)) ?? id;
}

function stand(changed: Changed): void {
  if (changed.kind === "changed") return;
  const { by, summary } = changed.last;
  const who = by === LEDE ? "Lede" : "another moderator";
  throw new AppError("command/conflict", {
    say: `Meanwhile ${who} did this: ${summary}. Look at it again and repeat your change.`,
  });
}

function healthOf({ settings, sources }: Decisions, feeds: readonly Feed[]): SourceHealth[] {
  const byUrl = new Map(feeds.map((feed) => [feed.url, feed]));
  return sources.map((source): SourceHealth => {
    const feed = byUrl.get(source.url);
    if (feed === undefined || !feed.baselined) return { source, state: "new", text: null, lastEntryAt: null };
    return {
      source: { ...source, title: source.title ?? feed.title },
      state: feed.health,
      text: feed.health === "ok" ? null : healthText(feed, settings.zone),
      lastEntryAt: feed.lastEntryAt,
    };
  });
}
