import { z } from "zod";
import { digest, Visibility } from "./article.ts";
import { BriefLength } from "./brief.ts";
import { cadenceText, parseCadence, parseQuiet } from "./cadence-text.ts";
import type { Channel } from "./channel.ts";
import { AppError } from "./errors.ts";
import { parseLanguage } from "./language.ts";
import { PostStyle, Subscription } from "./subscription.ts";
import type { Settings } from "./workspace.ts";

/** How a topic is posted, as a moderator types it; what is left out stays as it is. */
export const SUBSCRIPTION_OPTIONS = {
  channel: z
    .string()
    .optional()
    .describe("Channel to post in; this one when left out")
    .meta({ pick: "channel" }),
  style: PostStyle.optional().describe("full, compact or headline"),
  length: BriefLength.optional().describe("short, standard or long: how much a brief says"),
  cadence: z
    .string()
    .max(100)
    .optional()
    .describe("instant, hourly, daily 8:00, weekdays 8:00, or cron fields")
    .meta({ runsOn: true }),
  language: z
    .string()
    .max(35)
    .optional()
    .describe("Language to write in, such as de; none for the article's own"),
  mention: z.string().max(40).optional().describe("A role to call with each new post").meta({ pick: "role" }),
  placement: z.enum(["channel", "thread"]).optional().describe("thread puts the brief under its headline"),
  crosspost: z.boolean().optional().describe("Hand posts of an announcement channel on"),
  max: z.int().min(0).max(60).optional().describe("Posts an hour, the rest merged; 0 for no limit"),
  outlets: z.int().min(1).max(10).optional().describe("Outlets that must carry a story first"),
  clearance: Visibility.optional().describe("members lets members-only text in"),
  quiet: z.string().max(20).optional().describe("Quiet hours such as 22:00-07:00, or none"),
};

const Options = z.object(SUBSCRIPTION_OPTIONS);
export type SubscriptionOptions = z.infer<typeof Options>;

/** Words that take an option's value away. */
const NONE = /^(none|off|no|-)$/i;

/** The subscription of a channel to a topic that has none yet. */
export function newSubscription(
  place: { channel: Channel; topicId: string; now: Date },
  settings: Settings,
): Subscription {
  return {
    id: digest(`subscription|${place.channel}|${place.topicId}`),
    workspace: settings.workspace,
    channel: place.channel,
    topicId: place.topicId,
    cadence: { kind: "instant" },
    style: "full",
    length: "standard",
    language: settings.language,
    quiet: null,
    mention: null,
    placement: "channel",
    crosspost: false,
    maxAnHour: null,
    minOutlets: 1,
    clearance: settings.clearance,
    paused: null,
    since: place.now,
  };
}

/** The subscription with what was typed. Throws AppError `command/bad-options`. */
export function withOptions(
  subscription: Subscription,
  options: SubscriptionOptions,
  settings: Settings,
): Subscription {
  const { cadence, clearance, crosspost, language, length, max, mention, outlets, placement, quiet, style } =
    options;
  const { zone } = settings;
  const changed = Subscription.safeParse({
    ...subscription,
    ...(style === undefined ? {} : { style }),
    ...(length === undefined ? {} : { length }),
    ...(cadence === undefined ? {} : { cadence: parseCadence(cadence, zone) }),
    ...(language === undefined ? {} : { language: toLanguage(language) }),
    ...(mention === undefined ? {} : { mention: toMention(mention) }),
    ...(placement === undefined ? {} : { placement }),
    ...(crosspost === undefined ? {} : { crosspost }),
    ...(max === undefined ? {} : { maxAnHour: max === 0 ? null : max }),
    ...(outlets === undefined ? {} : { minOutlets: outlets }),
    ...(clearance === undefined ? {} : { clearance }),
    ...(quiet === undefined ? {} : { quiet: parseQuiet(quiet, zone) }),
  });
  if (changed.success) return changed.data;
  const [issue] = changed.error.issues;
  throw new AppError("command/bad-options", { say: `The ${String(issue?.path[0])} ${issue?.message}.` });
}

function toLanguage(text: string): string | null {
  const language = orNone(text);
  return language === null ? null : parseLanguage(language);
}

function orNone(text: string): string | null {
  return NONE.test(text.trim()) ? null : text.trim();
}

/** A role as the platforms' pickers give it: by its id, or by Slack's word for everyone. */
function toMention(text: string): string | null {
  const mention = orNone(text);
  if (mention === null || /^\w+$/.test(mention)) return mention;
  throw new AppError("command/bad-options", {
    say: `“${mention}” is no role that Lede can call. Choose one from the list, or none.`,
  });
}

function membersText(isCleared: boolean): string {
  return isCleared
    ? "members-only text too"
    : "members-only text waits for whoever runs Lede (LEDE_MEMBERS_WORKSPACES)";
}

/** How a topic is posted, in words: only what differs from the usual. `isCleared` as the operator says. */
export function subscriptionText(subscription: Subscription, isCleared: boolean): string {
  const { crosspost, language, length, maxAnHour, mention, minOutlets, placement, quiet, style } =
    subscription;
  const parts = [
    cadenceText(subscription.cadence),
    style,
    length === "standard" ? null : `${length} briefs`,
    language === null ? null : `in ${language}`,
    placement === "thread" ? "in threads" : null,
    mention === null ? null : "with a mention",
    crosspost ? "crossposted" : null,
    maxAnHour === null ? null : `at most ${maxAnHour} an hour`,
    minOutlets === 1 ? null : `from ${minOutlets} outlets on`,
    quiet === null ? null : `quiet ${quiet.from}-${quiet.to}`,
    subscription.clearance === "members" ? membersText(isCleared) : null,
    subscription.paused === null ? null : `paused: ${subscription.paused}`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}
