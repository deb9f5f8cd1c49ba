import type { Channel } from "#src/core/channel.ts";
import type { PostStyle, Subscription } from "#src/core/subscription.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import { onDiscord, onSlack, subscribe } from "./desk.ts";
import type { Newsroom } from "./newsroom.ts";
import type { Plan } from "./week-plan.ts";
import type { Topic } from "./week-words.ts";

/** When what matches may appear: at once, at set hours, outside quiet hours, or few an hour. */
export type Rhythm = "instant" | "digest" | "quiet" | "capped";

/** A channel with what it asked for. */
export interface Desk {
  name: string;
  platform: "discord" | "slack";
  /** By the platform's own id. */
  id: string;
  channel: Channel;
  /** Each line is a subscription of its own. */
  topics: readonly (readonly Topic[])[];
  style: PostStyle;
  rhythm: Rhythm;
  /** Hour of the day (UTC) of its digest. */
  digestHour: number | null;
  minOutlets: number;
  isCleared: boolean;
  /** Steps from and in which it is subscribed. */
  from: number;
  pause: { from: number; to: number } | null;
}

const PLAIN = {
  style: "full",
  rhythm: "instant",
  digestHour: null,
  minOutlets: 1,
  isCleared: false,
  from: 0,
  pause: null,
} as const;

export const QUIET = { from: 22, to: 6 };
export const MOST_AN_HOUR = 1;

/** The channels of both platforms; those that no peer starts with are made. */
export function openDesks(newsroom: Newsroom, plan: Plan): Desk[] {
  const { discord, slack } = newsroom;
  const onDiscordIn = (id: string) => ({
    platform: "discord" as const,
    id,
    channel: newsroom.discordChannel(id),
    ...PLAIN,
  });
  const onSlackIn = (id: string) => ({
    platform: "slack" as const,
    id,
    channel: newsroom.slackChannel(id),
    ...PLAIN,
  });
  const text = (name: string) => onDiscordIn(discord.addChannel({ name }).id);
  const talk = (name: string) => onSlackIn(slack.addChannel({ name }).id);
  const all: Topic[] = ["ferry", "hospital", "orchard", "glacier", "tramway"];
  const pause = { from: plan.paused, to: plan.resumed };
  return [
    { ...onDiscordIn(discord.channels.news.id), name: "overlap", topics: [["ferry"], ["orchard"]] },
    { ...text("night"), name: "night", topics: [["hospital"]], style: "compact", rhythm: "quiet" },
    { ...text("daily"), name: "daily", topics: [["ferry", "glacier"]], rhythm: "digest", digestHour: 8 },
    { ...text("members"), name: "members", topics: [["hospital", "tramway"]], isCleared: true },
    { ...text("added"), name: "added", topics: [["glacier"]], style: "headline", from: plan.added },
    { ...text("capped"), name: "capped", topics: [["ferry", "tramway"]], style: "compact", rhythm: "capped" },
    { ...onSlackIn(slack.channels.news), name: "headlines", topics: [["ferry"]], style: "headline" },
    { ...onSlackIn(slack.channels.tech), name: "slack-full", topics: [["orchard"], ["glacier", "orchard"]] },
    { ...talk("two"), name: "two-outlets", topics: [all], minOutlets: 2 },
    {
      ...talk("evening"),
      name: "evening",
      topics: [["hospital", "tramway"]],
      rhythm: "digest",
      digestHour: 18,
    },
    { ...talk("paused"), name: "paused", topics: [["hospital", "tramway"]], style: "compact", pause },
  ];
}

/** Subscribes what begins in the step, and pauses and resumes what is due. */
export async function decideAt(newsroom: Newsroom, desks: readonly Desk[], step: number): Promise<void> {
  for (const desk of desks) {
    if (desk.from === step) await subscribeDesk(newsroom, desk);
    if (desk.pause?.from === step) await pauseDesk(newsroom, desk, "by a moderator");
    if (desk.pause?.to === step) await pauseDesk(newsroom, desk, null);
  }
}

async function subscribeDesk(newsroom: Newsroom, desk: Desk): Promise<void> {
  const { channel, digestHour, isCleared, minOutlets, rhythm, style } = desk;
  const subscription: Partial<Subscription> = {
    style,
    minOutlets,
    clearance: isCleared ? "members" : "public",
    maxAnHour: rhythm === "capped" ? MOST_AN_HOUR : null,
    quiet: rhythm === "quiet" ? { from: `${QUIET.from}:00`, to: `0${QUIET.to}:00`, zone: "UTC" } : null,
    ...(digestHour === null
      ? {}
      : { cadence: { kind: "digest", cron: `0 ${digestHour} * * *`, zone: "UTC" } }),
  };
  for (const topics of desk.topics)
    await subscribe(newsroom, channel, { query: topics.join(" OR "), subscription });
}

/** As `/topics pause` and `/topics resume` do. */
async function pauseDesk(newsroom: Newsroom, { channel }: Desk, paused: string | null): Promise<void> {
  const workspace = workspaceOf(channel);
  const { subscriptions } = await newsroom.store().decisions(workspace);
  const at = newsroom.clock();
  const edits = subscriptions
    .filter((one) => one.channel === channel)
    .map((one) => ({ kind: "subscription" as const, id: one.id, value: { ...one, paused, since: at } }));
  await newsroom.decide({ workspace, by: "test", at, summary: "Paused or resumed", edits, seen: null });
}

/** What is shown in a desk's channel, oldest first. */
export function shownAt(newsroom: Newsroom, { id, platform }: Desk): ShownMessage[] {
  return platform === "discord" ? onDiscord(newsroom, id) : onSlack(newsroom, id);
}

/** How many messages stand there, which costs less than reading them. */
export function countAt({ discord, slack }: Newsroom, { id, platform }: Desk): number {
  if (platform === "discord") return discord.messages(id).length;
  return slack.messages(id).filter(({ thread_ts: thread, ts }) => thread === null || thread === ts).length;
}
