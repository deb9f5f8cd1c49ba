import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Channel } from "#src/core/channel.ts";
import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import { articleMessage } from "#tests/peers/openai/draft.ts";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";
import {
  everywhere,
  FIRE,
  onDiscord,
  onSlack,
  sentEntry,
  subscribe,
  subscribeBoth,
  type Wish,
} from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onDiscordAs, onSlackAs } from "./people.ts";

const WAIT_MS = 150;
const MEANWHILE = "until the model's brief is there";
const HARBOUR: Wish = { query: "harbour" };
const [, , CAUSED = ""] = FIRE("9");

let newsroom: Newsroom;
let openai: OpenAiPeer;
let stop: () => Promise<void>;

beforeEach(async () => {
  openai = await startOpenAiPeer();
  newsroom = await openNewsroom({ outlets: [], modelUrl: openai.url, modelWaitMs: WAIT_MS });
  stop = () => Promise.resolve();
});
afterEach(async () => {
  await stop();
  await newsroom.close();
  await openai.stop();
  const [first] = openai.violations;
  if (first !== undefined) throw new Error(`OpenAI would complain: ${first}`);
});

/** Takes an entry in while Lede works by itself. */
async function publish(id: string, changes: Parameters<typeof sentEntry>[0] = {}): Promise<void> {
  await take(id, changes);
  stop = newsroom.work();
}

async function take(id: string, changes: Parameters<typeof sentEntry>[0]): Promise<void> {
  const entry = sentEntry(changes);
  await newsroom.store().addWebhook({ source: "webhook", id, bodyHash: id, entry, now: newsroom.clock() });
}

/** Until both platforms' news channels show so many messages, and each of them the words. */
async function shown(words: string, count = 2): Promise<ShownMessage[]> {
  await expect
    .poll(() => everywhere(newsroom).filter(({ text }) => text.includes(words)).length, { timeout: 8_000 })
    .toBe(count);
  return everywhere(newsroom);
}

const announcements = (): Channel => newsroom.discordChannel(newsroom.discord.channels.announcements.id);

describe("a model that is slow", () => {
  test("holds no post: the built-in brief goes out, and its own takes that one's place once, silently", async () => {
    const role = newsroom.discord.roles.moderator.id;
    const { discord, slack } = newsroom;
    const at = {
      discord: newsroom.discordChannel(discord.channels.news.id),
      slack: newsroom.slackChannel(slack.channels.news),
    };
    await subscribe(newsroom, at.discord, { ...HARBOUR, subscription: { mention: role } });
    await subscribe(newsroom, at.slack, { ...HARBOUR, subscription: { mention: "here" } });
    const release = openai.hold();
    await publish("m1");
    const first = await shown(MEANWHILE);
    expect(first.map(({ edits }) => edits)).toEqual([0, 0]);
    expect(first.map(({ pinged }) => pinged.length)).toEqual([1, 1]);
    release();
    const final = await shown("Written by gpt-5-mini");
    expect(final.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    for (const { edits, text } of final) {
      expect(edits).toBe(1);
      expect(text).not.toContain("Updated");
      expect(text).not.toContain(MEANWHILE);
    }
    // What was written is neither paid for twice nor put a second time.
    expect(openai.requests).toHaveLength(1);
    await expect.poll(() => newsroom.store().claimWaiting(new Date(8e15), () => new Date(8e15))).toBeNull();
  });

  test("is waited for where it is quick enough", async () => {
    await subscribeBoth(newsroom, HARBOUR);
    await publish("m1");
    const posts = await shown("Written by gpt-5-mini");
    expect(posts.map(({ edits }) => edits)).toEqual([0, 0]);
  });

  test("hands followers of a channel what stays alone", async () => {
    await subscribe(newsroom, announcements(), { ...HARBOUR, subscription: { crosspost: true } });
    const release = openai.hold();
    await publish("m1");
    const { channels } = newsroom.discord;
    const messages = () => onDiscord(newsroom, channels.announcements.id);
    const crossposts = () =>
      newsroom.discord.requests.filter(({ path }) => path.endsWith("/crosspost")).length;
    await expect.poll(() => messages()[0]?.text).toContain(MEANWHILE);
    expect(crossposts()).toBe(0);
    release();
    await expect.poll(() => messages()[0]?.text).toContain("Written by gpt-5-mini");
    await expect.poll(crossposts).toBe(1);
  });

  test("lets a digest and a translation wait for their words", async () => {
    const { discord, slack } = newsroom;
    const instant = newsroom.discordChannel(discord.channels.news.id);
    const german = newsroom.slackChannel(slack.channels.tech);
    const digest = newsroom.slackChannel(slack.channels.news);
    const cadence = { kind: "digest", cron: "0 8 * * *", zone: "UTC" } as const;
    await subscribe(newsroom, instant, HARBOUR);
    await subscribe(newsroom, german, { ...HARBOUR, subscription: { language: "de" } });
    await subscribe(newsroom, digest, { ...HARBOUR, subscription: { cadence } });
    const release = openai.hold();
    await publish("m1");
    await expect.poll(() => onDiscord(newsroom, discord.channels.news.id)[0]?.text).toContain(MEANWHILE);
    expect(onSlack(newsroom, slack.channels.tech)).toEqual([]);
    release();
    await expect.poll(() => onSlack(newsroom, slack.channels.tech)[0]?.text).toContain("[de]");
    await expect.poll(() => onDiscord(newsroom, discord.channels.news.id)[0]?.text).toContain("gpt-5-mini");
    await stop();
    stop = () => Promise.resolve();
    await newsroom.pass(24 * 3_600_000, 3_600_000);
    expect(onSlack(newsroom, slack.channels.news)).toHaveLength(1);
  });

  test("does not hold the article's own language where it translates slowly", async () => {
    const { discord, slack } = newsroom;
    await subscribe(newsroom, newsroom.slackChannel(slack.channels.news), {
      ...HARBOUR,
      subscription: { language: "de" },
    });
    await subscribe(newsroom, newsroom.discordChannel(discord.channels.news.id), HARBOUR);
    const release = openai.hold((asked) => articleMessage(asked).includes("(de)"));
    await publish("m1");
    await expect.poll(() => onDiscord(newsroom, discord.channels.news.id)[0]?.text).toContain("gpt-5-mini");
    expect(onSlack(newsroom, slack.channels.news)).toEqual([]);
    release();
    await expect.poll(() => onSlack(newsroom, slack.channels.news)[0]?.text).toContain("[de]");
  });

  test("keeps the promise over a crash between the two", async () => {
    await subscribeBoth(newsroom, HARBOUR);
    const release = openai.hold();
    await publish("m1");
    const first = await shown(MEANWHILE);
    await stop();
    await newsroom.restart();
    release();
    newsroom.tick(200_000);
    stop = newsroom.work();
    const final = await shown("Written by gpt-5-mini");
    expect(final.map(({ id, edits }) => [id, edits])).toEqual(first.map(({ id }) => [id, 1]));
  });

  test("brings back nothing that was taken back meanwhile", async () => {
    await subscribeBoth(newsroom, HARBOUR);
    const release = openai.hold();
    await publish("m1");
    const posts = await shown(MEANWHILE);
    const [onOne, onTwo] = posts;
    if (onOne === undefined || onTwo === undefined) throw new Error("Nothing was posted");
    const people = [onDiscordAs(newsroom, "moderator"), onSlackAs(newsroom, "admin")];
    for (const [index, post] of [onOne, onTwo].entries()) {
      const wrong = await people[index]?.press(
        post,
        post.actions.find((id) => id.startsWith("wrong:")) ?? "",
      );
      const [menu] = wrong?.menus ?? [];
      const choice = menu?.choices.find(({ label }) => label.includes("short circuit"));
      if (wrong === undefined || menu === undefined || choice === undefined) throw new Error("No such fact");
      await people[index]?.choose(wrong, menu.id, choice.value);
    }
    release();
    const final = await shown("Written by gpt-5-mini");
    for (const { text } of final) {
      expect(text).not.toContain(CAUSED);
      expect(text).toContain("A moderator took back one fact.");
    }
  });

  test("does not bring back an article that was unpublished meanwhile", async () => {
    await subscribeBoth(newsroom, HARBOUR);
    const release = openai.hold();
    await publish("m1");
    await shown(MEANWHILE);
    newsroom.tick(60_000);
    await take("m2", { event: "unpublish", updatedAt: newsroom.clock() });
    await shown("Withdrawn");
    release();
    await expect.poll(() => newsroom.store().claimWaiting(new Date(8e15), () => new Date(0))).toBeNull();
    expect(everywhere(newsroom).map(({ text }) => text)).toEqual([
      expect.stringContaining("Withdrawn"),
      expect.stringContaining("Withdrawn"),
    ]);
  });
});
