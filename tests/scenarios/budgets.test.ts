import { afterEach, beforeEach, expect, test } from "vitest";
import { NO_LIMITS, payerOf } from "#src/core/budget.ts";
import type { Channel } from "#src/core/channel.ts";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";
import { everywhere, MINUTE_MS, sentEntry, subscribe, subscribeBoth } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onDiscordAs, onSlackAs } from "./people.ts";

let newsroom: Newsroom;
let openai: OpenAiPeer;

beforeEach(async () => {
  openai = await startOpenAiPeer();
});
afterEach(async () => {
  await newsroom.close();
  await openai.stop();
});

async function open(givesAll = false): Promise<void> {
  newsroom = await openNewsroom({ outlets: [], modelUrl: openai.url, givesAll });
}

const discordNews = (): Channel => newsroom.discordChannel(newsroom.discord.channels.news.id);
const slackNews = (): Channel => newsroom.slackChannel(newsroom.slack.channels.news);

/** Tokens spent today by all of Lede, the channel's workspace and the channel. */
async function spent(channel: Channel): Promise<number[]> {
  const states = await newsroom
    .store()
    .budgetState(payerOf(channel), { standing: NO_LIMITS, now: newsroom.clock() });
  return states.map(({ day }) => day.spent.tokens);
}

test("a story is paid for by the workspaces whose topics asked for it, each its half", async () => {
  await open();
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.send("m1", sentEntry({}));
  expect(openai.requests).toHaveLength(1);
  const [all = 0, ...onDiscord] = await spent(discordNews());
  const half = Math.ceil(all / 2);
  expect(all).toBeGreaterThan(1_000);
  expect(onDiscord).toEqual([half, half]);
  expect((await spent(slackNews())).slice(1)).toEqual([half, half]);
  expect((await spent(CONSOLE_CHANNEL)).slice(1)).toEqual([0, 0]);
});

test("what the operator's own channels are given is the operator's to pay", async () => {
  await open(true);
  await newsroom.send("m1", sentEntry({}));
  const [all = 0, ...own] = await spent(discordNews());
  expect(all).toBeGreaterThan(1_000);
  expect(own).toEqual([0, 0]);
});

test("a limit holds what is published, and the post says so", async () => {
  await open();
  await subscribe(newsroom, discordNews(), { query: "harbour" });
  await onDiscordAs(newsroom, "moderator").type("settings budget", { day: 1 });
  await newsroom.send("m1", sentEntry({}));
  expect(openai.requests).toHaveLength(0);
  expect(everywhere(newsroom).map(({ text }) => text)).toEqual([
    expect.stringContaining("this workspace's budget for today is used up"),
  ]);
  // Who can pay is not kept from it, and pays alone.
  await subscribe(newsroom, slackNews(), { query: "harbour" });
  await newsroom.send(
    "m2",
    sentEntry({ guid: "b", url: "https://press.example/b", title: "Harbour closed to ships" }),
  );
  expect(openai.requests.length).toBeGreaterThan(0);
  expect((await spent(discordNews())).slice(1)).toEqual([0, 0]);
});

test("moderators are warned when news have used four fifths of their budget", async () => {
  await open();
  const moderatorsChannel = newsroom.slackChannel(newsroom.slack.channels.tech);
  await subscribe(newsroom, slackNews(), { query: "harbour", settings: { moderatorsChannel } });
  await newsroom.send("m1", sentEntry({}));
  const [, used = 0] = await spent(slackNews());
  await onSlackAs(newsroom, "admin").type("settings budget", { day: Math.floor(used * 2.3) });
  await newsroom.send(
    "m2",
    sentEntry({ guid: "b", url: "https://press.example/b", title: "Harbour fire: an inquiry begins" }),
  );
  await newsroom.pass(5 * MINUTE_MS);
  const told = newsroom.slack
    .messages(newsroom.slack.channels.tech)
    .map((message) => JSON.stringify(message));
  expect(told.join()).toMatch(/budget/i);
});
