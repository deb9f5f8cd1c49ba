import { afterEach, beforeEach, expect, test } from "vitest";
import {
  everywhere,
  FIRE,
  FIRE_TITLE,
  fireAt,
  HOUR_MS,
  MINUTE_MS,
  onDiscord,
  onSlack,
  openTwoOutlets,
  SECOND_FIRE,
  sentEntry,
  subscribe,
  subscribeBoth,
} from "./desk.ts";
import type { Newsroom } from "./newsroom.ts";
import type { Outlet, Published } from "./outlets.ts";

let newsroom: Newsroom;
let times: Outlet;
let post: Outlet;

beforeEach(async () => {
  ({ newsroom, times, post } = await openTwoOutlets());
});
afterEach(async () => {
  await newsroom.close();
});

test("what is published is posted on both platforms, once, and corrected, joined and taken back there", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire("9"));
  await newsroom.pass(10 * MINUTE_MS);
  for (const { edits, text } of everywhere(newsroom)) {
    expect(text).toContain(FIRE_TITLE);
    expect(text).toContain("9 people");
    expect(edits).toBe(0);
  }
  expect(everywhere(newsroom)).toHaveLength(2);

  times.correctQuietly(fire("11"));
  await newsroom.pass(30 * MINUTE_MS);
  for (const { text } of everywhere(newsroom)) expect(text).toMatch(/Updated.*9 → 11/s);
  expect(everywhere(newsroom)).toHaveLength(2);

  post.publish({ ...fire("11"), slug: "blaze", paragraphs: SECOND_FIRE });
  await newsroom.pass(10 * MINUTE_MS);
  expect(everywhere(newsroom)).toHaveLength(2);
  for (const { text } of everywhere(newsroom)) expect(text).toContain("Also: City Post");

  times.remove("fire");
  await newsroom.pass(9 * HOUR_MS, 15 * MINUTE_MS);
  for (const { text } of everywhere(newsroom)) {
    expect(text).toMatch(/Harbour Times withdrew its article\s.*This brief now rests on City Post\./s);
    expect(text).not.toContain("Updated");
  }

  post.remove("blaze");
  await newsroom.pass(24 * HOUR_MS, 15 * MINUTE_MS);
  expect(everywhere(newsroom)).toHaveLength(2);
  for (const { text } of everywhere(newsroom)) {
    expect(text).toContain("Harbour Times and City Post took their articles back");
    expect(text).toContain(`Withdrawn: ${FIRE_TITLE}`);
    expect(text).not.toContain("people");
  }
});

test("a trivial change edits nothing", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire("9"));
  await newsroom.pass(10 * MINUTE_MS);
  const [first = "", ...rest] = FIRE("9");
  times.correctQuietly({
    ...fire("9"),
    paragraphs: [first.replace("the fire service", "the Fire Service"), ...rest],
  });
  await newsroom.pass(3 * HOUR_MS, 15 * MINUTE_MS);
  expect(everywhere(newsroom).map(({ edits }) => edits)).toEqual([0, 0]);
});

test("a page that comes after its feed is posted once it is there", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire("9"));
  times.remove("fire");
  times.publish(story(0, "Concert"));
  await newsroom.pass(6 * MINUTE_MS, MINUTE_MS);
  times.correctQuietly(fire("9"));
  await newsroom.pass(15 * MINUTE_MS, MINUTE_MS);
  const text = everywhere(newsroom).map((message) => message.text);
  expect(text.filter((one) => one.includes(FIRE_TITLE))).toHaveLength(2);
  expect(text.filter((one) => one.includes("Concert"))).toHaveLength(2);
});

test("what was there before the subscription is never posted", async () => {
  times.publish(fire("9"));
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.pass(HOUR_MS);
  expect(everywhere(newsroom)).toEqual([]);
});

test("a second outlet's new facts go into the post's thread", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire("11"));
  await newsroom.pass(10 * MINUTE_MS);
  post.publish({ ...fire("11"), slug: "blaze", paragraphs: SECOND_FIRE });
  await newsroom.pass(10 * MINUTE_MS);
  const { discord, slack } = newsroom;
  const [onTheOne] = onDiscord(newsroom, discord.channels.news.id);
  expect(onDiscord(newsroom, onTheOne?.id ?? "").map(({ text }) => text)).toEqual([
    expect.stringMatching(/City Post adds:.*14 million/s),
  ]);
  const inThread = slack.messages(slack.channels.news).filter(({ thread_ts: thread }) => thread !== null);
  expect(JSON.stringify(inThread)).toMatch(/City Post adds:.*14 million/s);
});

test("figures that differ between outlets are flagged with both", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire("9"));
  await newsroom.pass(10 * MINUTE_MS);
  post.publish({ ...fire("11"), slug: "blaze", paragraphs: SECOND_FIRE });
  await newsroom.pass(10 * MINUTE_MS);
  for (const { text } of everywhere(newsroom)) expect(text).toMatch(/Figures differ.*9.*11.*City Post/s);
});

test("an embargo holds until its time, over a restart, and an unpublished article becomes a tombstone", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  const releaseAt = new Date(newsroom.clock().getTime() + 2 * HOUR_MS);
  await newsroom.send("m1", sentEntry({ releaseAt }));
  await newsroom.pass(HOUR_MS);
  await newsroom.restart();
  await newsroom.pass(30 * MINUTE_MS);
  expect(everywhere(newsroom)).toEqual([]);
  await newsroom.pass(45 * MINUTE_MS);
  expect(everywhere(newsroom).map(({ text }) => text)).toEqual([
    expect.stringContaining("9 people"),
    expect.stringContaining("9 people"),
  ]);
  await newsroom.send("m2", sentEntry({ event: "unpublish", content: null, updatedAt: newsroom.clock() }));
  for (const { text } of everywhere(newsroom)) expect(text).toContain("Withdrawn");
  expect(everywhere(newsroom)).toHaveLength(2);
});

test("an article taken back before it is posted is never posted", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  const at = newsroom.clock();
  await newsroom.send("m1", sentEntry({ event: "unpublish", content: null, updatedAt: at }));
  await newsroom.send("m2", sentEntry({ updatedAt: new Date(at.getTime() - HOUR_MS) }));
  await newsroom.pass(HOUR_MS);
  expect(everywhere(newsroom)).toEqual([]);
});

test("members-only text goes to cleared channels and to no other", async () => {
  const { discord, slack } = newsroom;
  const cleared = newsroom.discordChannel(discord.channels.news.id);
  await subscribe(newsroom, cleared, { query: "harbour", subscription: { clearance: "members" } });
  await subscribe(newsroom, newsroom.slackChannel(slack.channels.news), { query: "harbour" });
  await newsroom.send("m1", sentEntry({ visibility: "members" }));
  await newsroom.pass(10 * MINUTE_MS);
  expect(onDiscord(newsroom, discord.channels.news.id)).toHaveLength(1);
  expect(onSlack(newsroom, slack.channels.news)).toEqual([]);
  const reasons = (await newsroom.store().counts()).deliveries;
  expect(reasons).toMatchObject({ sent: 1, skipped: 1 });
  expect(JSON.stringify(slack.requests)).not.toContain("Brandt Logistics");
});

test("more than the most an hour comes together in one message", async () => {
  await subscribeBoth(newsroom, { query: "harbour", subscription: { maxAnHour: 1 } });
  await newsroom.pass(10 * MINUTE_MS);
  for (const [index, subject] of SUBJECTS.entries()) times.publish(story(index, subject));
  await newsroom.pass(20 * MINUTE_MS);
  expect(everywhere(newsroom)).toHaveLength(2);
  await newsroom.pass(HOUR_MS);
  const shown = everywhere(newsroom);
  expect(shown).toHaveLength(4);
  const text = shown.map((message) => message.text).join("\n");
  for (const subject of SUBJECTS) expect(text.split(`${subject} at the harbour`)).toHaveLength(3);
});

test("a story waits for the outlets a channel asks for", async () => {
  await subscribeBoth(newsroom, { query: "harbour", subscription: { minOutlets: 2 } });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire("11"));
  await newsroom.pass(10 * MINUTE_MS);
  expect(everywhere(newsroom)).toEqual([]);
  post.publish({ ...fire("11"), slug: "blaze", paragraphs: SECOND_FIRE });
  await newsroom.pass(10 * MINUTE_MS);
  expect(everywhere(newsroom).map(({ text }) => text)).toEqual([
    expect.stringContaining("Also: City Post"),
    expect.stringContaining("Also: City Post"),
  ]);
});

test("a digest comes at its time, with what was corrected meanwhile", async () => {
  const zone = "UTC";
  const cadence = { kind: "digest", cron: "0 8 * * *", zone } as const;
  await subscribeBoth(newsroom, { query: "harbour", subscription: { cadence } });
  await newsroom.pass(10 * MINUTE_MS);
  times.publish(fire("9"));
  times.publish(story(1, "Concert"));
  await newsroom.pass(10 * MINUTE_MS);
  times.correctQuietly(fire("11"));
  await newsroom.pass(24 * HOUR_MS, 15 * MINUTE_MS);
  const shown = everywhere(newsroom);
  expect(shown).toHaveLength(2);
  for (const { text } of shown) {
    expect(text).toContain("2 stories");
    expect(text).toContain("11 people");
    expect(text).not.toContain("9 people");
  }
});

test("a channel that is gone pauses its topics and tells the moderators", async () => {
  const { discord } = newsroom;
  const reports = newsroom.discordChannel(discord.channels.general.id);
  const channel = newsroom.discordChannel(discord.channels.news.id);
  await subscribe(newsroom, channel, { query: "harbour", settings: { moderatorsChannel: reports } });
  await newsroom.pass(10 * MINUTE_MS);
  discord.deny(discord.channels.news, "SendMessages");
  times.publish(fire("9"));
  await newsroom.pass(10 * MINUTE_MS);
  const { subscriptions } = await newsroom
    .store()
    .decisions(("discord:" + discord.guilds.main.id) as `discord:${string}`);
  expect(subscriptions[0]?.paused).toMatch(/may not post/);
  expect(onDiscord(newsroom, discord.channels.general.id).map(({ text }) => text)).toEqual([
    expect.stringContaining("no longer posts in"),
  ]);
});

test("a feed that fails for long is told once, and its recovery edits that message", async () => {
  const { discord } = newsroom;
  const reports = newsroom.discordChannel(discord.channels.general.id);
  const channel = newsroom.discordChannel(discord.channels.news.id);
  await subscribe(newsroom, channel, { query: "harbour", settings: { moderatorsChannel: reports } });
  await newsroom.pass(HOUR_MS);
  times.down(true);
  await newsroom.pass(2 * HOUR_MS, 15 * MINUTE_MS);
  const told = () => onDiscord(newsroom, discord.channels.general.id);
  expect(told()).toEqual([]);
  await newsroom.pass(36 * HOUR_MS, HOUR_MS);
  expect(told().map(({ text }) => text)).toEqual([expect.stringContaining("Trouble with")]);
  times.down(false);
  // Only news is recovery: an unchanged feed may be a server that answers from its cache.
  times.publish(story(0, "Concert"));
  await newsroom.pass(24 * HOUR_MS, HOUR_MS);
  expect(told().map(({ text }) => text)).toEqual([expect.stringContaining("works again")]);
});

const SUBJECTS = ["Concert", "Regatta", "Auction", "Strike"];

function fire(injured: string): Published {
  return fireAt(newsroom.clock(), injured);
}

function story(index: number, subject: string): Published {
  const word = `${subject.toLowerCase()}${index}`;
  return {
    slug: word,
    title: `${subject} at the harbour draws visitors from ${NAMES[index] ?? "Norhaven"}`,
    at: newsroom.clock(),
    paragraphs: [
      `The ${subject.toLowerCase()} at the harbour drew ${(index + 3) * 417} people from ${NAMES[index] ?? "Norhaven"} on day ${index + 2} of the month, its organisers said.`,
      `${NAMES[index + 4] ?? "Ada Voss"}, who runs the ${subject.toLowerCase()}, called it a ${["loud", "windy", "costly", "bitter"][index]} afternoon and thanked the volunteers.`,
      `Next year's ${subject.toLowerCase()} is planned for the ${["first", "second", "third", "last"][index]} week of ${["March", "June", "August", "October"][index]}.`,
      `Tickets will cost ${index * 7 + 12} crowns, and ${["bakers", "sailors", "dealers", "pilots"][index]} get in free.`,
    ],
  };
}

const NAMES = ["Ostrand", "Veldmar", "Quilby", "Tarn", "Ada Voss", "Bruno Hale", "Cleo Marsh", "Dario Finch"];
