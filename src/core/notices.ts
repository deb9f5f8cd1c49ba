import { type BudgetNotice, moneyText } from "./budget.ts";
import { healthNews } from "./feed-health.ts";
import type { Feed } from "./feed.ts";
import type { PostView } from "./post-view.ts";
import type { Workspace } from "./workspace.ts";

type NoticeView = Extract<PostView, { kind: "notice" }>;

/** Tells moderators what is new about a feed, in their time zone; null where nothing is. */
export function feedNotice(feed: Feed, zone: string): NoticeView | null {
  const news = healthNews(feed, zone);
  if (news === null) return null;
  const name = feed.title ?? new URL(feed.url).hostname;
  return feed.health === "ok"
    ? { kind: "notice", tone: "info", title: `${name} works again`, lines: [news] }
    : { kind: "notice", tone: "warning", title: `Trouble with ${name}`, lines: [news] };
}

/** Whether a workspace's moderators are told of a budget: their workspace's, or one of its channels'. */
export function concerns({ scope }: BudgetNotice, workspace: Workspace): boolean {
  return scope === `workspace:${workspace}` || scope.startsWith(`channel:${workspace}:`);
}

/** Tells moderators that a budget is nearly, or all, used up. */
export function budgetNotice({ level, limit, most, period, used }: BudgetNotice): NoticeView {
  const share = Math.round((used / most) * 100);
  const amount = (units: number): string =>
    limit.endsWith("Money") ? moneyText(units) : `${units.toLocaleString("en")} tokens`;
  const then =
    level === "reached"
      ? "The built-in writer writes until the period ends; /settings budget raises the limit."
      : "At the limit the built-in writer writes; /settings budget raises it.";
  return {
    kind: "notice",
    tone: "warning",
    title:
      level === "reached"
        ? `The model's budget for ${period} is used up`
        : `${share} % of the model's budget for ${period} is used`,
    lines: [`${amount(used)} of ${amount(most)}. ${then}`],
  };
}

/** Tells of a model that its server does not know. */
export function goneModelNotice(model: string): NoticeView {
  return {
    kind: "notice",
    tone: "warning",
    title: `There is no model ${model} any more`,
    lines: [
      "Its server does not know it: it was shut down, or its name is wrong. Briefs are written without it; nothing is lost.",
      "Whoever runs Lede has to set another: OPENAI_MODEL or OPENAI_FALLBACK_MODEL.",
    ],
  };
}

/** Tells that what `goneModelNotice` told is over. */
export function backModelNotice(model: string): NoticeView {
  return {
    kind: "notice",
    tone: "info",
    title: `Over: there was no model ${model}`,
    lines: ["It answers again, or another one is set."],
  };
}

/** Tells moderators elsewhere that a platform refuses Lede; `say` is what whoever runs it can do. */
export function refusedNotice(platform: string, say: string): NoticeView {
  return {
    kind: "notice",
    tone: "warning",
    title: `Lede can not connect to ${platform}`,
    lines: [
      say,
      "It is tried again every few minutes. Commands are not heard there until then; posts wait if it refuses them too, and nothing is lost.",
    ],
  };
}

/** Tells that what `refusedNotice` told is over. */
export function connectedNotice(platform: string): NoticeView {
  return {
    kind: "notice",
    tone: "info",
    title: `Over: Lede could not connect to ${platform}`,
    lines: ["It is connected again."],
  };
}

/** Tells moderators that Lede stands still until its store is restored. */
export function brokenStoreNotice({ say }: { say: string }): NoticeView {
  return {
    kind: "notice",
    tone: "warning",
    title: "Lede stands still: its store is broken",
    lines: [
      say,
      "Nothing is taken in or posted until then. What came in before waits and is not lost by this.",
    ],
  };
}

/** Tells moderators that Lede was shut out of a channel; `name` as a person knows it, `why` as part of a sentence. */
export function lostChannelNotice(name: string, why: string): NoticeView {
  return {
    kind: "notice",
    tone: "warning",
    title: `Lede no longer posts in ${name}`,
    lines: [
      `${why[0]?.toUpperCase() ?? ""}${why.slice(1)}. Its topics are paused; nothing is lost.`,
      "Let Lede in again, then resume each topic there: /topics resume topic:…",
    ],
  };
}

/** Tells moderators that members-only articles wait for the operator. */
export function heldNotice(workspace: Workspace, channels: number): NoticeView {
  const where = channels === 1 ? "One channel asks" : `${channels} channels ask`;
  return {
    kind: "notice",
    tone: "warning",
    title: "Members-only posts are held",
    lines: [
      `${where} for members-only text, and whoever runs Lede has not let it in here. What was posted stays and is kept correct; nothing is lost.`,
      `Ask them to add ${workspace} to LEDE_MEMBERS_WORKSPACES: what is held is posted then.`,
    ],
  };
}

export function clearedNotice(): NoticeView {
  return {
    kind: "notice",
    tone: "info",
    title: "Members-only posts are let in",
    lines: ["Whoever runs Lede has cleared this server or workspace. What was held is posted now."],
  };
}

/** Tells moderators that their platform took nothing for so long that posts were given up. */
export function givenUpNotice(): NoticeView {
  return {
    kind: "notice",
    tone: "warning",
    title: "Posts came to nothing for a day",
    lines: [
      "Nothing could be posted here for a whole day, so Lede stopped trying each post.",
      "What was missed comes in one message a channel once posting works again; nothing is lost.",
    ],
  };
}
