import { afterEach, beforeEach, expect, test } from "vitest";
import type { Edit } from "#src/core/moderation.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import {
  FIRE,
  FIRE_TITLE,
  fireAt,
  HOUR_MS,
  MINUTE_MS,
  onDiscord,
  openTwoOutlets,
  SECOND_FIRE,
  sentEntry,
  subscribe,
  type Wish,
} from "./desk.ts";
import type { Newsroom } from "./newsroom.ts";
import type { Outlet, Published } from "./outlets.ts";
import { onDiscordAs } from "./people.ts";

const DAILY = { kind: "digest", cron: "0 8 * * *", zone: "UTC" } as const;

let newsroom: Newsroom;
let times: Outlet;
let post: Outlet;

beforeEach(async () => {
  ({ newsroom, times, post } = await openTwoOutlets());
});
afterEach(() => newsroom.close());

test("a story that waited for outlets is not posted once nobody wants it", async () => {
  await subscribeNews({ query: "harbour", subscription: { minOutlets: 2 } });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire());
  await newsroom.pass(10 * MINUTE_MS);
  await decideAll(() => null);
  post.publish(blaze());
  await newsroom.pass(HOUR_MS);
  expect(shown()).toEqual([]);
});

test("a story that waited for outlets is not posted while its topic is paused", async () => {
  await subscribeNews({ query: "harbour", subscription: { minOutlets: 2 } });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire());
  await newsroom.pass(10 * MINUTE_MS);
  await decideAll((subscription) => ({ ...subscription, paused: "by a moderator" }));
  post.publish(blaze());
  await newsroom.pass(HOUR_MS);
  expect(shown()).toEqual([]);
});

test.for([
  ["removed", (): null => null],
  ["paused", <Old extends object>(old: Old) => ({ ...old, paused: "by a moderator" })],
] as const)("what waits for a digest is not posted once its topic is %s", async ([, decide]) => {
  await subscribeNews({ query: "harbour", subscription: { cadence: DAILY } });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire());
  await newsroom.pass(10 * MINUTE_MS);
  await decideAll(decide);
  await newsroom.pass(26 * HOUR_MS, 15 * MINUTE_MS);
  expect(shown()).toEqual([]);
});

test("a story that waits for a digest is posted at once when a topic without one wants it", async () => {
  await subscribeNews({ query: "harbour", subscription: { cadence: DAILY } });
  await subscribeNews({ query: "inquiry" });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire());
  await newsroom.pass(10 * MINUTE_MS);
  expect(shown()).toEqual([]);
  post.publish({ ...blaze(), title: "Inquiry begun: fire at the harbour injures dock workers" });
  await newsroom.pass(10 * MINUTE_MS);
  expect(shown()).toEqual([expect.stringContaining(FIRE_TITLE)]);
  await newsroom.pass(26 * HOUR_MS, 15 * MINUTE_MS);
  expect(shown()).toHaveLength(1);
});

test("a post keeps its style when its topic is removed and the article is corrected", async () => {
  await subscribeNews({ query: "harbour", subscription: { style: "compact" } });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire());
  await newsroom.pass(10 * MINUTE_MS);
  expect(shown()[0]).not.toContain("340 people");
  await decideAll(() => null);
  times.correctQuietly({ ...fire(), paragraphs: FIRE("11") });
  await newsroom.pass(HOUR_MS);
  expect(shown()[0]).toMatch(/Updated.*9 → 11/s);
  expect(shown()[0]).not.toContain("340 people");
});

test("nothing is posted in quiet hours, also not what the hour was too full for", async () => {
  const at = (minutes: number) =>
    new Date(newsroom.clock().getTime() + minutes * MINUTE_MS).toISOString().slice(11, 16);
  const quiet = { from: at(25), to: at(4 * 60), zone: "UTC" };
  await subscribeNews({ query: "harbour", subscription: { maxAnHour: 1, quiet } });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire());
  times.publish(other());
  await newsroom.pass(10 * MINUTE_MS);
  expect(shown()).toHaveLength(1);
  await newsroom.pass(3 * HOUR_MS);
  expect(shown()).toHaveLength(1);
  await newsroom.pass(2 * HOUR_MS);
  expect(shown()).toHaveLength(2);
});

test("an article somebody asked about before it was published joins its story and is looked at again", async () => {
  await subscribeNews({ query: "harbour" });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire());
  await newsroom.pass(10 * MINUTE_MS);
  expect(shown()).toHaveLength(1);
  post.publish(blaze());
  const { channels, users } = newsroom.discord;
  newsroom.discord.slash({
    channel: channels.news,
    user: users.member,
    command: "brief",
    options: { link: post.url("blaze") },
  });
  await newsroom.answered(() => (shown().length === 2 ? true : undefined));
  await newsroom.pass(HOUR_MS);
  expect(shown()).toHaveLength(2);
  expect(shown()[0]).toContain("Also: City Post");
});

test("an article taken back while its post is on the way leaves a tombstone", async () => {
  await subscribeNews({ query: "harbour" });
  newsroom.discord.fail({
    match: { method: "POST", path: /\/messages$/ },
    how: { kind: "cut", when: "after" },
  });
  await newsroom.send("m1", sentEntry({}));
  const { deliveries } = await newsroom.store().counts();
  expect(deliveries).toMatchObject({ uncertain: 1 });
  await newsroom.send("m2", sentEntry({ event: "unpublish", content: null, updatedAt: newsroom.clock() }));
  await newsroom.pass(10 * MINUTE_MS);
  expect(shown()).toEqual([expect.stringContaining("Withdrawn")]);
});

test("an article taken back while its post is on the way, and not made, is never posted", async () => {
  await subscribeNews({ query: "harbour" });
  newsroom.discord.fail({
    match: { method: "POST", path: /\/messages$/ },
    how: { kind: "cut", when: "before" },
  });
  await newsroom.send("m1", sentEntry({}));
  await newsroom.send("m2", sentEntry({ event: "unpublish", content: null, updatedAt: newsroom.clock() }));
  await newsroom.pass(10 * MINUTE_MS);
  expect(shown()).toEqual([]);
  const state = (await newsroom.store().counts()).deliveries;
  expect(state).toMatchObject({ skipped: 1, due: 0, uncertain: 0 });
});

test("a topic that takes a renamed one's old name leaves the renamed one as it is", async () => {
  const person = onDiscordAs(newsroom, "moderator");
  await person.type("topics add", { query: "harbour", name: "Harbour" });
  await person.type("topics edit", { topic: "Harbour", name: "Port" });
  await person.type("topics add", { query: "regatta", name: "Harbour" });
  const listed = await person.type("topics list");
  expect(listed.text).toContain("2 topics");
  expect(listed.text).toMatch(/Port.*harbour/s);
});

function subscribeNews(wish: Wish): Promise<void> {
  return subscribe(newsroom, newsroom.discordChannel(newsroom.discord.channels.news.id), wish);
}

function shown(): string[] {
  return onDiscord(newsroom, newsroom.discord.channels.news.id).map(({ text }) => text);
}

type Subscribed = Extract<Edit, { kind: "subscription" }>["value"];

/** Changes or removes (null) every subscription of the server. */
async function decideAll(change: (old: NonNullable<Subscribed>) => Subscribed): Promise<void> {
  const workspace = workspaceOf(newsroom.discordChannel(newsroom.discord.channels.news.id));
  const { subscriptions } = await newsroom.store().decisions(workspace);
  const edits = subscriptions.map((one): Edit => ({ kind: "subscription", id: one.id, value: change(one) }));
  await newsroom.decide({
    workspace,
    by: "test",
    at: newsroom.clock(),
    summary: "Decided",
    seen: null,
    edits,
  });
}

function fire(): Published {
  return fireAt(newsroom.clock());
}

function blaze(): Published {
  const paragraphs = SECOND_FIRE.map((text) => text.replace("11 people", "9 people"));
  return { ...fire(), slug: "blaze", paragraphs };
}

function other(): Published {
  return {
    slug: "regatta",
    title: "Regatta at the harbour draws visitors from Norhaven",
    at: newsroom.clock(),
    paragraphs: [
      "The regatta at the harbour drew 1,250 people from Norhaven on Sunday, its organisers said.",
      "Ada Voss, who runs the regatta, called it a windy afternoon and thanked the volunteers.",
      "Next year's regatta is planned for the first week of June.",
      "Tickets will cost 12 crowns, and sailors get in free.",
    ],
  };
}
