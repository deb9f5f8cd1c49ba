import type { Entry } from "#src/core/article.ts";
import type { Channel } from "#src/core/channel.ts";
import { newSubscription } from "#src/core/subscription-options.ts";
import type { Subscription } from "#src/core/subscription.ts";
import { defaultSettings, type Settings, workspaceOf } from "#src/core/workspace.ts";
import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import {
  ownMessages as ownOnDiscord,
  shownMessage as shownOnDiscord,
} from "#tests/adapters/discord/newsroom.ts";
import { ownMessages as ownOnSlack, shownMessage as shownOnSlack } from "#tests/adapters/slack/newsroom.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import type { Outlet, Published } from "./outlets.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

interface TwoOutlets {
  newsroom: Newsroom;
  times: Outlet;
  post: Outlet;
}

/** A newsroom that two outlets publish for. */
export async function openTwoOutlets(): Promise<TwoOutlets> {
  const newsroom = await openNewsroom({ outlets: ["Harbour Times", "City Post"] });
  const [times, post] = newsroom.outlets;
  if (times === undefined || post === undefined) throw new Error("No outlets");
  return { newsroom, times, post };
}

/** What is shown in a Discord channel, oldest first. */
export function onDiscord({ discord }: Newsroom, channel: string): ShownMessage[] {
  return ownOnDiscord(discord, channel).map(shownOnDiscord);
}

/** What is shown in a Slack channel outside its threads, oldest first. */
export function onSlack({ slack }: Newsroom, channel: string): ShownMessage[] {
  return ownOnSlack(slack, channel)
    .filter(({ thread_ts: thread, ts }) => thread === null || thread === ts)
    .map(shownOnSlack);
}

/** The news channels of both platforms. */
export function everywhere(newsroom: Newsroom): ShownMessage[] {
  const { discord, slack } = newsroom;
  return [...onDiscord(newsroom, discord.channels.news.id), ...onSlack(newsroom, slack.channels.news)];
}

export interface Wish {
  query: string;
  subscription?: Partial<Subscription>;
  settings?: Partial<Settings>;
}

/** Subscribes the news channels of both platforms to a query over all outlets. */
export async function subscribeBoth(newsroom: Newsroom, wish: Wish): Promise<void> {
  await subscribe(newsroom, newsroom.discordChannel(newsroom.discord.channels.news.id), wish);
  await subscribe(newsroom, newsroom.slackChannel(newsroom.slack.channels.news), wish);
}

/** Subscribes a channel to a query over all outlets, as a moderator's command would. */
export async function subscribe(newsroom: Newsroom, channel: Channel, wish: Wish): Promise<void> {
  const workspace = workspaceOf(channel);
  const settings = { ...defaultSettings(workspace), ...wish.settings };
  const topicId = `topic-${workspace}-${wish.query}`;
  const now = newsroom.clock();
  const subscription = { ...newSubscription({ channel, topicId, now }, settings), ...wish.subscription };
  await newsroom.decide({
    workspace,
    by: "test",
    at: now,
    summary: "Set up",
    seen: null,
    edits: [
      { kind: "settings", id: workspace, value: settings },
      { kind: "topic", id: topicId, value: { id: topicId, workspace, name: wish.query, query: wish.query } },
      { kind: "subscription", id: subscription.id, value: subscription },
      ...newsroom.outlets.map(({ feed, name }) => ({
        kind: "source" as const,
        id: `${workspace}|${feed}`,
        value: { id: `${workspace}|${feed}`, workspace, url: feed, title: name, backfill: 0, addedAt: now },
      })),
    ],
  });
}

/** An entry as the webhook takes one in. */
export function sentEntry(changes: Partial<Entry>): Entry {
  return {
    guid: "https://press.example/a",
    url: "https://press.example/a",
    title: "Fire at the harbour injures dock workers",
    content: { type: "text", body: FIRE("9").join("\n\n") },
    byline: null,
    publishedAt: null,
    updatedAt: null,
    visibility: "public",
    event: "publish",
    releaseAt: null,
    via: "webhook",
    ...changes,
  };
}

export const FIRE_TITLE = "Fire at the harbour injures dock workers";

/** A fire at a harbour; the number of injured is what a correction corrects. */
export function FIRE(injured: string): string[] {
  return [
    `A fire at the harbour of Halvern injured ${injured} people on Tuesday night, the fire service said.`,
    "The blaze began in a warehouse on Pier 4 and spread to two cranes before 120 firefighters brought it under control at 3 a.m.",
    "Fire chief Ines Calloway said that a short circuit in a charging station was the likely cause.",
    "The port will stay closed until Thursday, and three ferries to Norhaven were cancelled.",
    "The warehouse belonged to the company Brandt Logistics, which employs 340 people in the city.",
  ];
}

/** That fire as an outlet publishes it. */
export function fireAt(at: Date, injured = "9"): Published {
  return { slug: "fire", title: FIRE_TITLE, at, paragraphs: FIRE(injured) };
}

/** The same fire in another outlet, with what the first did not have. */
export const SECOND_FIRE = [
  "A fire at the harbour of Halvern injured 11 people on Tuesday night, the fire service said.",
  "Flames spread from a warehouse on Pier 4 to two cranes; 120 firefighters fought the blaze until 3 a.m.",
  "Brandt Logistics, the owner of the warehouse, put the damage at 14 million crowns on Wednesday.",
  "Mayor Tomas Reiner announced an inquiry into the safety of charging stations in the port.",
  "The port stays closed until Thursday and three ferries to Norhaven were cancelled.",
];
