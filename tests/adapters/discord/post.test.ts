import { afterEach, beforeEach, expect, it, test } from "vitest";
import { COMMANDS } from "#commands";
import type { Outcome } from "#src/core/delivery.ts";
import { createCalls } from "#tests/contracts/platform-bench.ts";
import { briefOf, KEY } from "#tests/contracts/platform-replies.ts";
import type { Fault } from "#tests/peers/discord/faults.ts";
import { channelOf, closeDiscord, connectTo, openDiscord, type Opened, ownMessages } from "./newsroom.ts";
import { makeInbound } from "#tests/inbound.ts";

const POSTS = { method: "POST", path: /\/messages$/ };
const HOUR_MS = 3_600_000;

let opened: Opened;
beforeEach(async () => {
  opened = await openDiscord();
});
afterEach(() => closeDiscord(opened));

function post(signal = AbortSignal.timeout(20_000)): Promise<Outcome> {
  const { platform, channel } = opened;
  return platform.post({ channel, key: KEY, reply: briefOf(), signal });
}

function find(since = new Date(Date.now() - 60_000)) {
  const { platform, channel } = opened;
  return platform.find({ channel, key: KEY, since, signal: AbortSignal.timeout(20_000) });
}

function copies(): number {
  return ownMessages(opened.peer, opened.peer.channels.news).length;
}

it("sends a request once, whatever comes back", async () => {
  const { peer } = opened;
  peer.fail({ match: POSTS, how: { kind: "status", status: 500, when: "after" } });
  await post();
  expect(peer.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
});

it("makes no second message of a second post with the same key", async () => {
  expect(await post()).toEqual(await post());
  expect(copies()).toBe(1);
});

test.for<[string, Fault]>([
  ["a server error", { kind: "status", status: 500, when: "after" }],
  ["a lost connection", { kind: "cut", when: "after" }],
  ["a reset connection", { kind: "reset", when: "after" }],
])("leaves one message when it is repeated at once after %s", async ([, how]) => {
  opened.peer.fail({ match: POSTS, how });
  expect(await post()).toMatchObject({ kind: "uncertain", code: "platform/uncertain" });
  expect(await post()).toMatchObject({ kind: "sent" });
  expect(copies()).toBe(1);
});

it("does not know whether it posted when the time is up", async () => {
  opened.peer.fail({ match: POSTS, how: { kind: "hang", when: "after" } });
  expect(await post(AbortSignal.timeout(300))).toMatchObject({ kind: "uncertain" });
  expect(await find()).toEqual({
    channel: opened.channel,
    id: ownMessages(opened.peer, opened.peer.channels.news)[0]?.id,
  });
});

it("surely did not post when nobody answers at Discord's address", async () => {
  const elsewhere = await openDiscord();
  const gone = connectTo(elsewhere.peer);
  await closeDiscord(elsewhere);
  const { channel } = opened;
  const outcome = await gone.post({
    channel,
    key: KEY,
    reply: briefOf(),
    signal: AbortSignal.timeout(5_000),
  });
  expect(outcome).toEqual({ kind: "retry", code: "platform/unavailable", afterMs: null });
});

it("waits out a short rate limit by itself", async () => {
  opened.peer.fail({ match: POSTS, how: { kind: "rateLimit", retryAfterMs: 300 } });
  expect(await post()).toMatchObject({ kind: "sent" });
  expect(copies()).toBe(1);
});

test.for(["route", "shared", "global"] as const)(
  "hands a long rate limit on, with its time (%s)",
  async (scope) => {
    opened.peer.fail({ match: POSTS, how: { kind: "rateLimit", retryAfterMs: 9_000, scope } });
    const outcome = await post();
    expect(outcome).toMatchObject({ kind: "retry", code: "platform/rate-limited" });
    expect(outcome.kind === "retry" ? outcome.afterMs : 0).toBeGreaterThan(8_000);
    expect(copies()).toBe(0);
  },
);

it("keeps the token after a single refusal of it", async () => {
  opened.peer.fail({ match: POSTS, how: { kind: "status", status: 401 } });
  expect(await post()).toEqual({ kind: "retry", code: "platform/bad-token", afterMs: null });
  expect(await post()).toMatchObject({ kind: "sent" });
});

it("is gone when the thread was archived and locked", async () => {
  const { peer, platform } = opened;
  await post();
  const thread = peer.addChannel({
    name: "old",
    type: peer.channelTypes.publicThread,
    parentId: peer.channels.news.id,
  });
  thread.thread = {
    ownerId: "",
    archived: true,
    locked: true,
    autoArchiveMinutes: 60,
    appliedTags: [],
    startedFrom: undefined,
  };
  const channel = channelOf(peer, thread);
  const outcome = await platform.post({
    channel,
    key: KEY.toUpperCase(),
    reply: briefOf(),
    signal: AbortSignal.timeout(5_000),
  });
  expect(outcome).toEqual({ kind: "failed", code: "platform/gone" });
});

it("is forbidden after Lede was removed from the server", async () => {
  opened.peer.kickBot();
  expect(await post()).toEqual({ kind: "failed", code: "platform/forbidden" });
});

it("finds a post behind hundreds of other messages", async () => {
  const { peer } = opened;
  const { news } = peer.channels;
  for (let index = 0; index < 230; index += 1)
    peer.userMessage({ channel: news, user: peer.users.member, content: `talk ${index}` });
  const outcome = await post();
  for (let index = 0; index < 30; index += 1)
    peer.userMessage({ channel: news, user: peer.users.member, content: `more ${index}` });
  expect(await find()).toEqual(outcome.kind === "sent" ? outcome.message : null);
});

it("does not take for its own what another bot posted with the same key", async () => {
  const { peer } = opened;
  await post();
  const [own] = ownMessages(peer, peer.channels.news);
  // Of what others write Discord shows the buttons only where it mentions the bot.
  const { member: user } = peer.users;
  const copy = { channel: peer.channels.news, user, content: "copied", mentionsBot: true };
  const other = peer.userMessage(copy);
  other.components = own?.components ?? [];
  peer.deleteMessage(own?.id ?? "");
  expect(other.components).not.toEqual([]);
  expect(await find()).toBeNull();
});

it("does not take an unreadable history for an empty one", async () => {
  const { peer, platform } = opened;
  await platform.start(makeInbound({ commands: COMMANDS, received: createCalls().received }));
  await post();
  peer.deny(peer.channels.news, "ReadMessageHistory");
  const error = await findUntilRefused();
  expect(error).toMatchObject({
    code: "platform/uncertain",
    say: expect.stringContaining("Read Message History"),
  });
});

/** The gateway tells of the permission a moment after it was taken. */
async function findUntilRefused(): Promise<unknown> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      await find(new Date(Date.now() + HOUR_MS));
    } catch (thrown) {
      return thrown;
    }
  }
  return null;
}

it("tells what can not be read back as unknown when the channel's history does not answer", async () => {
  const { peer } = opened;
  peer.fail({ match: { method: "GET", path: /\/messages$/ }, how: { kind: "status", status: 503 } });
  await expect(find()).rejects.toMatchObject({ code: "platform/uncertain" });
});
