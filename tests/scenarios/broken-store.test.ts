import { open } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Channel } from "#src/core/channel.ts";
import { onDiscord, onSlack, subscribe } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";

const PAGE_BYTES = 4_096;

let newsroom: Newsroom;

beforeEach(async () => {
  newsroom = await openNewsroom({ outlets: [] });
  const { discord, slack } = newsroom;
  const set = (channel: Channel, moderatorsChannel: Channel): Promise<void> =>
    subscribe(newsroom, channel, { query: "harbour", settings: { moderatorsChannel } });
  await set(
    newsroom.discordChannel(discord.channels.news.id),
    newsroom.discordChannel(discord.channels.general.id),
  );
  await set(newsroom.slackChannel(slack.channels.news), newsroom.slackChannel(slack.channels.tech));
});
afterEach(() => newsroom.close());

test("moderators on both platforms are told of a damaged store once, also where Lede is started again and again", async () => {
  await damage(newsroom.file);
  for (const start of [1, 2]) {
    await newsroom.restart();
    await newsroom.store().check();
    const stop = newsroom.work();
    await expect.poll(() => newsroom.errors.length, { timeout: 20_000 }).toBe(start);
    await expect.poll(() => told().length, { timeout: 20_000 }).toBe(2);
    await stop();
  }
  const words = expect.stringMatching(/stands still.*damaged.*restore/s);
  expect(told()).toEqual([words, words]);
});

/** What both moderators' channels show. */
function told(): string[] {
  const { discord, slack } = newsroom;
  return [...onDiscord(newsroom, discord.channels.general.id), ...onSlack(newsroom, slack.channels.tech)].map(
    ({ text }) => text,
  );
}

/** Empties the first page of the articles, as a disk may. */
async function damage(file: string): Promise<void> {
  // The journal is carried over into the file when it is closed.
  await newsroom.restart();
  await newsroom.store().close();
  const database = new DatabaseSync(file, { readOnly: true });
  const row = database.prepare("select rootpage from sqlite_schema where name = 'articles'").get();
  database.close();
  const handle = await open(file, "r+");
  await handle.write(Buffer.alloc(PAGE_BYTES), 0, PAGE_BYTES, (Number(row?.["rootpage"]) - 1) * PAGE_BYTES);
  await handle.close();
}
