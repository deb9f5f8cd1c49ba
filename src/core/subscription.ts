import { Cron } from "croner";
import { z } from "zod";
import { Visibility } from "./article.ts";
import { BriefLength } from "./brief.ts";
import { Channel } from "./channel.ts";
import { Language, Workspace, Zone } from "./workspace.ts";

/** A cron expression of five fields, such as `0 8 * * 1-5`. */
export const CronTimes = z.string().max(100).refine(isCron, {
  error: "is not a schedule; use five fields such as 0 8 * * 1-5 (weekdays at eight)",
});

/** When a channel is given what matches: at once, or together at set times. */
export const Cadence = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("instant") }),
  z.strictObject({ kind: z.literal("digest"), cron: CronTimes, zone: Zone }),
]);
export type Cadence = z.infer<typeof Cadence>;

const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "is not a time of day such as 22:00" });

/** Hours in which nothing is posted; `from` later than `to` spans midnight. */
export const QuietHours = z.strictObject({ from: TimeOfDay, to: TimeOfDay, zone: Zone });
export type QuietHours = z.infer<typeof QuietHours>;

export const PostStyle = z.enum(["full", "compact", "headline"]);
export type PostStyle = z.infer<typeof PostStyle>;

/** A channel that receives a topic, and how. */
export const Subscription = z.strictObject({
  id: z.string(),
  workspace: Workspace,
  channel: Channel,
  topicId: z.string(),
  cadence: Cadence,
  style: PostStyle,
  /** How much each brief says; rows from before there was a choice have none. */
  length: BriefLength.default("standard"),
  /** Language to write in; null keeps each article's own. */
  language: Language.nullable(),
  quiet: QuietHours.nullable(),
  /** One role (Discord) or user group (Slack) to call with each new post. */
  mention: z.string().nullable(),
  /** "thread" posts the headline and puts the brief into its thread; a forum channel makes a post of each story anyway. */
  placement: z.enum(["channel", "thread"]),
  /** Hand posts of an announcement channel on to its followers. */
  crosspost: z.boolean(),
  /** Posts an hour; what is more comes together in one message at the hour's end. Null for no limit. */
  maxAnHour: z.int().min(1).max(60).nullable(),
  /** Outlets that have to carry a story before it is posted. */
  minOutlets: z.int().min(1).max(10),
  /** "members" lets members-only text in. */
  clearance: Visibility,
  /** Why nothing is posted at present; null while it works. */
  paused: z.string().nullable(),
  /** What was published before is never posted. */
  since: z.date(),
});
export type Subscription = z.infer<typeof Subscription>;

/** What a channel's moderators wish it to be shown: members' text where one of its subscriptions says so. */
export function clearanceOf(channel: Channel, subscriptions: readonly Subscription[]): Visibility {
  const isCleared = subscriptions.some((one) => one.channel === channel && one.clearance === "members");
  return isCleared ? "members" : "public";
}

/** Until when a post has to wait, by cadence and quiet hours; null for not at all. */
export function holdUntil(
  { cadence, quiet }: Pick<Subscription, "cadence" | "quiet">,
  now: Date,
): Date | null {
  const next = cadence.kind === "digest" ? nextTime(cadence.cron, cadence.zone, now) : null;
  return quietEnd(quiet, next ?? now) ?? next;
}

/** The end of the quiet hours that the moment lies in; null outside them. */
export function quietEnd(quiet: QuietHours | null, at: Date): Date | null {
  if (quiet === null || quiet.from === quiet.to) return null;
  const { from, to, zone } = quiet;
  const time = timeOfDay(at, zone);
  const inside = from < to ? from <= time && time < to : time >= from || time < to;
  if (!inside) return null;
  const left = (minutesOf(to) - minutesOf(time) + MINUTES_A_DAY) % MINUTES_A_DAY;
  const end = new Date(at.getTime() - (at.getTime() % MINUTE_MS) + left * MINUTE_MS);
  // Where the clocks change on the way; asked always, a schedule would leave out an hour that comes twice.
  return timeOfDay(end, zone) === to
    ? end
    : nextTime(`${minutesOf(to) % 60} ${Math.floor(minutesOf(to) / 60)} * * *`, zone, at);
}

const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 1_440;

function timeOfDay(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(at);
}

function minutesOf(time: string): number {
  const [hour = "0", minute = "0"] = time.split(":");
  return Number(hour) * 60 + Number(minute);
}

function nextTime(cron: string, zone: string, after: Date): Date | null {
  return new Cron(cron, { timezone: zone, paused: true }).nextRun(after);
}

function isCron(text: string): boolean {
  if (text.trim().split(/\s+/).length !== 5) return false;
  try {
    // An expression that never comes, such as 30 February, would hold posts for ever.
    return new Cron(text, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}
