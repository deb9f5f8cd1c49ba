import { afterEach, expect, test } from "vitest";
import type { Channel } from "#src/core/channel.ts";
import type { LaneOptions } from "#src/pipeline/platform-lane.ts";
import { FIRE, HOUR_MS, MINUTE_MS, onDiscord, onSlack, sentEntry, subscribeBoth } from "./desk.ts";
import { openSite } from "#tests/sites.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";

/** The machine may be busy. */
const WAIT_MS = 45_000;
const MESSAGES = 12;
/** The newsroom's clock stands still by itself: each look lets it go on. */
const TICK_MS = 100;
const POSTS = { method: "POST", path: /\/channels\/\d+\/messages$/ };

let newsroom: Newsroom;
let stop: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stop?.();
  stop = null;
  await newsroom.close();
});

/** Deliveries that go out by themselves, in the time of the platforms. */
async function open(lane: Partial<LaneOptions>): Promise<{ discord: Channel; slack: Channel }> {
  newsroom = await openNewsroom({
    outlets: [],
    aheadMs: 0,
    lane: { monotonic: () => performance.now(), tryAfterMs: 300, ...lane },
  });
  return {
    discord: newsroom.discordChannel(newsroom.discord.channels.news.id),
    slack: newsroom.slackChannel(newsroom.slack.channels.news),
  };
}

/** Owes a channel numbered messages. */
async function owe(channel: Channel, count = MESSAGES): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const view = { kind: "notice" as const, tone: "info" as const, title: `Message ${number}.`, lines: [] };
    await newsroom.store().notify({ channel, slot: `n${number}`, view, now: newsroom.clock() });
  }
}

const inOrder = Array.from({ length: MESSAGES }, (_, index) => index + 1);

function numbers(shown: readonly { text: string }[]): number[] {
  return shown.map(({ text }) => Number(/Message (\d+)\./.exec(text)?.[1]));
}

/** What stands on Discord, a moment later by Lede's clock. */
function discordNumbers(): number[] {
  newsroom.tick(TICK_MS);
  return numbers(onDiscord(newsroom, newsroom.discord.channels.news.id));
}

function slackNumbers(): number[] {
  newsroom.tick(TICK_MS);
  return numbers(onSlack(newsroom, newsroom.slack.channels.news));
}

test("a platform that hangs holds up nobody on the other one, and has all of it once it is back, once and in order", async () => {
  const channels = await open({ gapMs: 0 });
  const hang = newsroom.discord.fail({ match: POSTS, times: 10_000, how: { kind: "hang" } });
  await owe(channels.discord);
  await owe(channels.slack);
  stop = newsroom.work();
  await expect.poll(slackNumbers, { timeout: 10_000 }).toEqual(inOrder);
  expect(discordNumbers()).toEqual([]);
  expect(hang.hits).toBeGreaterThan(0);
  hang.remove();
  // What hangs now ends when the client's patience does.
  await expect.poll(() => discordNumbers().length, { timeout: WAIT_MS }).toBe(MESSAGES);
  expect(discordNumbers()).toEqual(inOrder);
});

test("the other way round: Slack hangs, and Discord has its posts", async () => {
  const channels = await open({ gapMs: 0 });
  const hang = newsroom.slack.fail({ method: "chat.postMessage", times: 10_000, how: { kind: "hang" } });
  await owe(channels.slack);
  await owe(channels.discord, 5);
  stop = newsroom.work();
  await expect.poll(() => discordNumbers().length, { timeout: 10_000 }).toBe(5);
  expect(slackNumbers()).toEqual([]);
  hang.cancel();
  await expect.poll(() => slackNumbers().length, { timeout: WAIT_MS }).toBe(MESSAGES);
  expect(slackNumbers()).toEqual(inOrder);
});

test.for([{ gapMs: 1_000 }, { gapMs: 0 }])(
  "posts of one Slack channel that takes one a second come in order ($gapMs ms apart by Lede), and no refusal counts as an attempt",
  async ({ gapMs }) => {
    const channels = await open({ gapMs });
    let lastAt = -Infinity;
    const limit = newsroom.slack.fail({
      method: "chat.postMessage",
      times: 10_000,
      how: { kind: "ratelimited", retryAfterSeconds: 1 },
      when: () => {
        const now = performance.now();
        // Half of a second's leeway: the two clocks see a request at different moments.
        if (now - lastAt < 950) return true;
        lastAt = now;
        return false;
      },
    });
    await owe(channels.slack, 6);
    stop = newsroom.work();
    await expect.poll(() => slackNumbers().length, { timeout: WAIT_MS }).toBe(6);
    expect(slackNumbers()).toEqual(inOrder.slice(0, 6));
    // By Lede's own distance none is refused; told by the platform alone, one for each post.
    expect(limit.hits).toBeLessThanOrEqual(gapMs === 0 ? 6 : 0);
  },
);

const MUSEUM = [
  "The harbour museum shows 60 paintings by Oskar Lindqvist from Saturday on, its curator said.",
  "Most of them were lent by families in Denmark who had never shown them before.",
  "Tickets cost twelve euros; children pay nothing on the first weekend of the exhibition.",
];
const LIBRARY = [
  "The school at the harbour opened a library with 4,000 books on Monday, head teacher Amira Haddad said.",
  "Parents had collected 30,000 euros for it over three years.",
  "Pupils may borrow five books at a time; the reading room is open until six in the evening.",
];
const STORIES = [
  { title: "Fire at the harbour injures dock workers", text: FIRE("9") },
  { title: "School at the harbour opens a library", text: LIBRARY },
  { title: "Harbour museum shows paintings by Lindqvist", text: MUSEUM },
] as const;

test("after an outage of hours the channel gets what it missed in one message, a correction of what stands first", async () => {
  newsroom = await openNewsroom({ outlets: [] });
  await subscribeBoth(newsroom, { query: "harbour" });
  const send = async (at: 0 | 1 | 2, id: string, text = STORIES[at].text): Promise<void> => {
    const { title } = STORIES[at];
    const url = `https://press.example/${at}`;
    const times = { publishedAt: newsroom.clock(), updatedAt: newsroom.clock() };
    await newsroom.send(
      id,
      sentEntry({ guid: url, url, title, content: { type: "text", body: text.join("\n\n") }, ...times }),
    );
  };
  await send(0, "m0");
  expect(onSlack(newsroom, newsroom.slack.channels.news)).toHaveLength(1);
  const down = { kind: "status", status: 503 } as const;
  const onDiscordDown = newsroom.discord.fail({ match: { path: /\/channels\// }, times: 1e6, how: down });
  const onSlackDown = newsroom.slack.fail({ method: "*", times: 1e6, how: down });
  await send(0, "m1", FIRE("11"));
  await send(1, "m2");
  await send(2, "m3");
  await newsroom.pass(3 * HOUR_MS, 20 * MINUTE_MS);
  onDiscordDown.remove();
  onSlackDown.cancel();
  await newsroom.pass(20 * MINUTE_MS);
  for (const shown of [
    onDiscord(newsroom, newsroom.discord.channels.news.id),
    onSlack(newsroom, newsroom.slack.channels.news),
  ]) {
    expect(shown).toHaveLength(2);
    expect(shown[0]?.text).toContain("11");
    expect(shown[1]?.text).toContain("library");
    expect(shown[1]?.text).toContain("Lindqvist");
  }
});

test("after Lede was away the newest comes first", async () => {
  newsroom = await openNewsroom({ outlets: [] });
  await subscribeBoth(newsroom, { query: "harbour" });
  const queue = async (at: number): Promise<void> => {
    const { text, title } = STORIES[at] ?? STORIES[0];
    const url = `https://press.example/${at}`;
    const content = { type: "text" as const, body: text.join("\n\n") };
    const entry = sentEntry({ guid: url, url, title, content, publishedAt: newsroom.clock() });
    await newsroom.store().addEntry(entry, newsroom.clock());
    newsroom.tick(MINUTE_MS);
  };
  const order = (): number[] =>
    onSlack(newsroom, newsroom.slack.channels.news).map(({ text }) =>
      STORIES.findIndex(({ title }) => text.includes(title)),
    );
  for (const at of [0, 1, 2]) await queue(at);
  newsroom.tick(3 * MINUTE_MS);
  await newsroom.settle();
  expect(order()).toEqual([2, 1, 0]);
});

test("what a publisher sends is posted at once, however many pages of a feed do not answer", async () => {
  const letGo = Promise.withResolvers<void>();
  const site = await openSite((_, response) => void letGo.promise.then(() => response.writeHead(404).end()));
  newsroom = await openNewsroom({ outlets: [], allow: [site.host] });
  await subscribeBoth(newsroom, { query: "harbour" });
  for (let page = 0; page < 20; page += 1) {
    const url = `${site.url}/${page}`;
    const entry = sentEntry({ guid: url, url, content: null, via: "feed", publishedAt: newsroom.clock() });
    await newsroom.store().addEntry(entry, newsroom.clock());
  }
  stop = newsroom.work();
  await expect.poll(() => site.requests.length, { timeout: WAIT_MS }).toBeGreaterThan(0);
  await newsroom.store().addWebhook({
    source: "webhook",
    id: "m1",
    bodyHash: "m1",
    entry: sentEntry({ publishedAt: newsroom.clock() }),
    now: newsroom.clock(),
  });
  const posted = (): number => onSlack(newsroom, newsroom.slack.channels.news).length;
  await expect.poll(posted, { timeout: 10_000 }).toBe(1);
  letGo.resolve();
});

test("sites whose pages hang do not hold the articles of other sites, and a hung one is asked for one page", async () => {
  const asked: string[] = [];
  const hanging = await Promise.all(
    Array.from({ length: 12 }, () =>
      openSite((request) => void asked.push(`${request.headers.host}${request.url}`)),
    ),
  );
  const page = (title: string, text: readonly string[]): string =>
    `<html lang="en"><head><title>${title}</title></head><body><article><h1>${title}</h1>${text.map((one) => `<p>${one}</p>`).join("")}</article></body></html>`;
  const well = await openSite((request, response) => {
    const story = STORIES[Number(request.url?.slice(1))] ?? STORIES[0];
    response.writeHead(200, { "content-type": "text/html" }).end(page(story.title, story.text));
  });
  newsroom = await openNewsroom({
    outlets: [],
    aheadMs: 0,
    allow: [...hanging, well].map(({ host }) => host),
    asideBounds: { slowMs: 100, most: 64 },
  });
  await subscribeBoth(newsroom, { query: "harbour" });
  const queue = async (site: string, path: number): Promise<void> => {
    const url = `${site}/${path}`;
    const entry = sentEntry({ guid: url, url, content: null, via: "webhook", publishedAt: newsroom.clock() });
    await newsroom.store().addEntry(entry, newsroom.clock());
    newsroom.tick(1);
  };
  for (const { url } of hanging) for (const path of [0, 1]) await queue(url, path);
  for (const path of [0, 1, 2]) await queue(well.url, path);
  stop = newsroom.work();
  const posted = (): number => onSlack(newsroom, newsroom.slack.channels.news).length;
  await expect.poll(posted, { timeout: WAIT_MS }).toBe(3);
  expect((await newsroom.store().counts()).entries).toMatchObject({ leased: 12, due: 12, done: 3 });
  expect(asked.toSorted()).toEqual(hanging.map(({ host }) => `${host}/0`).toSorted());
});
