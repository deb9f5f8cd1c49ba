import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createConsole } from "#src/adapters/console/platform.ts";
import type { Channel } from "#src/core/channel.ts";
import { SILENT } from "#tests/adapters/console/newsdesk.ts";
import { servePage } from "#tests/adapters/console/page.ts";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";
import { HOUR_MS, MINUTE_MS, onDiscord, onSlack, subscribe } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";

const MODEL = "gpt-5-mini";

let newsroom: Newsroom;
let openai: OpenAiPeer;

beforeEach(async () => {
  openai = await startOpenAiPeer();
  newsroom = await openNewsroom({ outlets: ["Harbour Times"], modelUrl: openai.url });
  const { discord, slack } = newsroom;
  const set = (channel: Channel, moderatorsChannel: Channel): Promise<void> =>
    subscribe(newsroom, channel, { query: "harbour", settings: { moderatorsChannel } });
  await set(
    newsroom.discordChannel(discord.channels.news.id),
    newsroom.discordChannel(discord.channels.general.id),
  );
  await set(newsroom.slackChannel(slack.channels.news), newsroom.slackChannel(slack.channels.tech));
  await newsroom.pass(10 * MINUTE_MS);
});
afterEach(async () => {
  await newsroom.close();
  await openai.stop();
});

const WORDS = ["concert", "regatta", "auction", "strike"];

/** Publishes another story, and lets time pass until it is written. */
async function publish(number: number): Promise<void> {
  const word = WORDS[number] ?? "";
  newsroom.outlets[0]?.publish({
    slug: word,
    title: `Harbour ${word} opens in Halvern`,
    at: newsroom.clock(),
    paragraphs: [
      `The harbour ${word} of Halvern opened on Tuesday before ${number + 310} guests, the council said.`,
      `Mayor Tomas Reiner said that the ${word} had cost ${number + 7} million crowns.`,
      `The next ${word} will be held at the end of March, the council of Halvern added.`,
      `Residents of Halvern had asked for the ${word} since the old hall was closed, and its organiser expects many of them to come.`,
    ],
  });
  await newsroom.pass(20 * MINUTE_MS);
}

/** What both moderators' channels show. */
function told(): string[] {
  const { discord, slack } = newsroom;
  return [...onDiscord(newsroom, discord.channels.general.id), ...onSlack(newsroom, slack.channels.tech)].map(
    ({ text }) => text,
  );
}

async function pageNotes(): Promise<string[]> {
  const console = createConsole({
    store: newsroom.store(),
    clock: newsroom.clock,
    out: new PassThrough().resume(),
    color: false,
    log: SILENT,
  });
  const server = await servePage(console, 0);
  const answer = await fetch(`${server.url}/api/posts`);
  const { notes } = (await answer.json()) as { notes: string[] };
  await console.stop();
  await server.close();
  return notes;
}

const GONE = expect.stringContaining(`There is no model ${MODEL}`);
const OVER = expect.stringContaining(`Over: there was no model ${MODEL}`);

test("a model that is gone is told once, everywhere, over restarts; and so is its return", async () => {
  await publish(0);
  expect(told()).toEqual([]);
  expect(await pageNotes()).toEqual([]);

  openai.gone.add(MODEL);
  await publish(1);
  expect(told()).toEqual([GONE, GONE]);
  expect(await pageNotes()).toEqual([GONE]);
  await newsroom.restart();
  expect(await pageNotes()).toEqual([GONE]);
  const asked = openai.requests.length;
  await publish(2);
  expect(openai.requests.length).toBeGreaterThan(asked);
  expect(told()).toEqual([GONE, GONE]);
  expect(newsroom.errors.filter((line) => line.includes(MODEL))).toHaveLength(1);

  openai.gone.delete(MODEL);
  await publish(3);
  expect(told()).toEqual([OVER, OVER]);
  expect(await pageNotes()).toEqual([]);
  expect(newsroom.errors.filter((line) => line.includes(MODEL))).toHaveLength(1);
});

test("it is over when another model is set", async () => {
  openai.gone.add(MODEL);
  await publish(0);
  expect(told()).toEqual([GONE, GONE]);
  await newsroom.restart({}, { model: "gpt-6-luna" });
  await publish(1);
  expect(told()).toEqual([OVER, OVER]);
  expect(await pageNotes()).toEqual([]);
});

test("a model that is out of reach is not said to be gone", async () => {
  openai.fail({ status: 401, times: 3 });
  await publish(0);
  await newsroom.pass(HOUR_MS);
  expect(openai.requests.length).toBeGreaterThan(0);
  expect(told()).toEqual([]);
  expect(newsroom.errors).toEqual([]);
});
