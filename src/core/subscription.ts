import { Cron } from "croner";
import { z } from "zod";
import { Visibility } from "./article.ts";
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

/** Until when a post has to wait, by cadence and quiet hours; null for not at all. */
export function holdUntil(
  { cadence, quiet }: Pick<Subscription, "cadence" | "quiet">,
  now: Date,
): Date | null {
  const next = cadence.kind === "digest" ? nextTime(cadence.cron, cadence.zone, now) : null;
  if (quiet === null) return next;
  const awake = next ?? now;
  const end = quietEnd(quiet, awake);
  return end ?? next;
}

/** The end of the quiet hours that the moment lies in; null outside them. */
function quietEnd({ from, to, zone }: QuietHours, at: Date): Date | null {
  if (from === to) return null;
  const time = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
  const inside = from < to ? from <= time && time < to : time >= from || time < to;
  if (!inside) return null;
  const [hour = "0", minute = "0"] = to.split(":");
  return nextTime(`${Number(minute)} ${Number(hour)} * * *`, zone, at);
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
