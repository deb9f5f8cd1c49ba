import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { MessageRef, Outcome } from "#src/core/delivery.ts";
import type { PostRequest } from "#src/ports.ts";
import { briefOf, KEY, OTHER_KEY } from "#tests/contracts/platform-replies.ts";
import { makeInbound } from "#tests/inbound.ts";
import type { Fault } from "#tests/peers/discord/faults.ts";
import { channelOf, closeDiscord, openDiscord, type Opened, ownMessages } from "./newsroom.ts";

const THREADS = { method: "POST", path: /\/threads$/ };

let opened: Opened;
let first: MessageRef;
beforeEach(async () => {
  opened = await openDiscord();
  first = sent(await post({}));
});
afterEach(() => closeDiscord(opened));

function post(changes: Partial<PostRequest>): Promise<Outcome> {
  const { platform, channel } = opened;
  return platform.post({ channel, key: KEY, reply: briefOf(), signal: timeout(), ...changes });
}

function follow(): Promise<Outcome> {
  return post({ key: OTHER_KEY, reply: briefOf({ key: OTHER_KEY }), thread: first });
}

function asked(): number {
  return opened.peer.requests.filter(({ method, path }) => method === "POST" && THREADS.path.test(path))
    .length;
}

it("starts the thread under the name of what is posted, cut to what Discord takes", async () => {
  await post({ key: OTHER_KEY, reply: briefOf({ title: `Ferry ${"very ".repeat(40)}late` }), thread: first });
  const { peer, channel } = opened;
  const [thread] = peer.threads(peer.channels.news);
  expect(thread).toMatchObject({ id: first.id, name: expect.stringMatching(/^Ferry very .*…$/) });
  expect(thread?.name.length).toBeLessThanOrEqual(90);
  expect(channel).toBe(channelOf(peer, peer.channels.news));
});

it("calls a thread for something that has no title Updates", async () => {
  await post({ key: OTHER_KEY, reply: { ...briefOf({ key: OTHER_KEY }), title: null }, thread: first });
  expect(opened.peer.threads(opened.peer.channels.news)).toMatchObject([{ name: "Updates" }]);
});

it("tells the thread as the channel of the message, so that it can be edited there", async () => {
  const { peer } = opened;
  const message = sent(await follow());
  expect(message).toEqual({ channel: channelOf(peer, first.id), id: peer.messages(first.id)[0]?.id });
});

test.for<[string, Fault, number]>([
  ["before Discord had it", { kind: "cut", when: "before" }, 0],
  ["after Discord had it", { kind: "reset", when: "after" }, 1],
  ["with an error of the server", { kind: "status", status: 500, when: "after" }, 1],
])(
  "surely posted nothing when starting the thread was cut %s, and one of each is left",
  async ([, how, threads]) => {
    const { peer } = opened;
    peer.fail({ match: THREADS, how });
    expect(await follow()).toMatchObject({ kind: "retry", code: "platform/unavailable" });
    expect(peer.threads(peer.channels.news)).toHaveLength(threads);
    expect(await follow()).toMatchObject({ kind: "sent" });
    expect(peer.threads(peer.channels.news)).toHaveLength(1);
    expect(ownMessages(peer, first.id)).toHaveLength(1);
  },
);

it("is not found in a thread that was never started", async () => {
  const { peer, platform, channel } = opened;
  peer.fail({ match: THREADS, how: { kind: "cut", when: "before" } });
  await follow();
  const since = new Date(Date.now() - 60_000);
  const finding = platform.find({ channel, key: OTHER_KEY, since, thread: first, signal: timeout() });
  expect(await finding).toBeNull();
});

it("does not ask for a thread that the gateway told of", async () => {
  await opened.platform.start(makeInbound({}));
  await follow();
  expect(await follow()).toMatchObject({ kind: "sent" });
  expect(asked()).toBe(1);
});

describe("an archived thread", () => {
  it("is opened again by a post and by an edit", async () => {
    const { peer, platform } = opened;
    const message = sent(await follow());
    peer.archiveThread(first.id);
    const reply = briefOf({ title: "Corrected", key: OTHER_KEY });
    expect(await platform.update({ message, reply, signal: timeout() })).toEqual({ kind: "sent", message });
    expect(ownMessages(peer, first.id)[0]?.content).toContain("Corrected");
    peer.archiveThread(first.id);
    expect(await post({ key: "3".repeat(24), thread: first })).toMatchObject({ kind: "sent" });
    expect(peer.channel(first.id).thread?.archived).toBe(false);
  });

  it("that is locked fails for good, for a post and for an edit", async () => {
    const { peer, platform } = opened;
    const message = sent(await follow());
    peer.archiveThread(first.id, { locked: true });
    const failed = { kind: "failed", code: expect.stringMatching(/^platform\/(gone|forbidden)$/) };
    expect(await post({ key: "3".repeat(24), thread: first })).toEqual(failed);
    expect(await platform.update({ message, reply: briefOf(), signal: timeout() })).toEqual(failed);
  });

  it("that is locked and open takes no post either", async () => {
    const { peer } = opened;
    await follow();
    peer.archiveThread(first.id, { locked: true });
    const { thread } = peer.channel(first.id);
    if (thread !== undefined) thread.archived = false;
    expect(await post({ key: "3".repeat(24), thread: first })).toEqual({
      kind: "failed",
      code: "platform/forbidden",
    });
  });
});

it("fails for good where it may not start threads", async () => {
  opened.peer.deny(opened.peer.channels.news, "CreatePublicThreads");
  expect(await follow()).toEqual({ kind: "failed", code: "platform/forbidden" });
});

it("answers a message that stands in a thread in that thread", async () => {
  const { peer } = opened;
  const inner = sent(await follow());
  const next = sent(await post({ key: "3".repeat(24), thread: inner }));
  expect(next.channel).toBe(inner.channel);
  expect(peer.threads(peer.channels.news)).toHaveLength(1);
  expect(ownMessages(peer, first.id)).toHaveLength(2);
});

it("answers a direct message in the conversation, which has no threads", async () => {
  const { peer } = opened;
  const channel = channelOf(peer, peer.directChannel(peer.users.member));
  const thread = sent(await post({ channel }));
  expect(await post({ channel, key: OTHER_KEY, thread })).toMatchObject({ message: { channel } });
});

function sent(outcome: Outcome): MessageRef {
  if (outcome.kind !== "sent") throw new Error(`Not sent: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

function timeout(): AbortSignal {
  return AbortSignal.timeout(20_000);
}
