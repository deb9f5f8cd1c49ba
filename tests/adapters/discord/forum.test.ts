import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { Channel } from "#src/core/channel.ts";
import type { MessageRef, Outcome } from "#src/core/delivery.ts";
import { briefOf, KEY, OTHER_KEY } from "#tests/contracts/platform-replies.ts";
import { makeInbound } from "#tests/inbound.ts";
import type { Fault } from "#tests/peers/discord/faults.ts";
import type { PeerChannel } from "#tests/peers/discord/model.ts";
import { channelOf, closeDiscord, connectTo, openDiscord, type Opened } from "./newsroom.ts";

const MINUTE_MS = 60_000;
const STARTS = { method: "POST", path: /\/threads$/ };

let opened: Opened;
let forum: PeerChannel;
let channel: Channel;
let now: number;

beforeEach(async () => {
  now = Date.now();
  opened = await openDiscord({ now: () => now });
  ({ forum } = opened.peer.channels);
  channel = channelOf(opened.peer, forum);
});
afterEach(() => closeDiscord(opened));

function post(key = KEY, where = channel): Promise<Outcome> {
  return opened.platform.post({ channel: where, key, reply: briefOf({ key }), signal: timeout() });
}

function find(key = KEY, { since = new Date(now - MINUTE_MS), platform = opened.platform } = {}) {
  return platform.find({ channel, key, since, signal: timeout() });
}

describe("a post in a forum", () => {
  it("is a thread of its own, whose first message can be edited", async () => {
    const { peer, platform } = opened;
    const message = sent(await post());
    const [thread] = peer.threads(forum);
    expect(thread?.name).toBe("Ferry runs aground off Port Sable; nine injured");
    expect(message).toEqual({ channel: channelOf(peer, thread?.id ?? ""), id: thread?.id });
    expect(peer.messages(message.id)).toMatchObject([{ id: message.id, pinged: [] }]);
    const reply = briefOf({ title: "Corrected" });
    expect(await platform.update({ message, reply, signal: timeout() })).toEqual({ kind: "sent", message });
    expect(peer.messages(message.id)[0]?.content).toContain("Corrected");
  });

  it("takes what belongs below it into its thread", async () => {
    const { peer, platform } = opened;
    const thread = sent(await post());
    const reply = briefOf({ key: OTHER_KEY });
    const below = sent(await platform.post({ channel, key: OTHER_KEY, reply, thread, signal: timeout() }));
    expect(below.channel).toBe(thread.channel);
    expect(peer.messages(thread.id)).toHaveLength(2);
    expect(
      await platform.find({ channel, key: OTHER_KEY, thread, since: new Date(0), signal: timeout() }),
    ).toEqual(below);
  });

  it.each([true, false])("carries a tag where the forum wants one (connected: %s)", async (isConnected) => {
    const { peer } = opened;
    const strict = peer.addChannel({
      name: "strict",
      type: peer.channelTypes.forum,
      tags: ["world", "science"],
      requiresTag: true,
    });
    if (isConnected) await opened.platform.start(makeInbound({}));
    sent(await post(KEY, channelOf(peer, strict)));
    expect(peer.threads(strict)).toMatchObject([{ thread: { appliedTags: [strict.tags[0]?.id] } }]);
    sent(await post(OTHER_KEY));
    expect(peer.threads(forum)).toMatchObject([{ thread: { appliedTags: [] } }]);
  });

  it("fails for good where a tag is wanted and there is none", async () => {
    const { peer } = opened;
    const bare = peer.addChannel({ name: "bare", type: peer.channelTypes.forum, requiresTag: true });
    expect(await post(KEY, channelOf(peer, bare))).toEqual({ kind: "failed", code: "platform/forbidden" });
  });

  it("is made in a media channel in the same way", async () => {
    const { peer } = opened;
    const media = peer.addChannel({ name: "pictures", type: peer.channelTypes.media });
    sent(await post(KEY, channelOf(peer, media)));
    expect(peer.threads(media)).toHaveLength(1);
  });

  it("asks Discord once what kind of channel it is", async () => {
    await post();
    await post(OTHER_KEY);
    const reads = opened.peer.requests.filter(
      ({ method, path }) => method === "GET" && path === `/channels/${forum.id}`,
    );
    expect(reads).toHaveLength(1);
  });

  it("surely was not made when that could not be asked", async () => {
    opened.peer.fail({
      match: { method: "GET", path: /^\/channels\/\d+$/ },
      how: { kind: "status", status: 503 },
    });
    expect(await post()).toEqual({ kind: "retry", code: "platform/unavailable", afterMs: null });
  });
});

describe("a post in a forum whose answer was lost", () => {
  test.for<[string, Fault, number]>([
    ["before Discord had it", { kind: "cut", when: "before" }, 0],
    ["after Discord had it", { kind: "reset", when: "after" }, 1],
    ["in an error of the server", { kind: "status", status: 502, when: "after" }, 1],
  ])("%s is found again, and not made twice", async ([, how, made]) => {
    const { peer } = opened;
    peer.fail({ match: STARTS, how });
    expect(await post()).toEqual({ kind: "uncertain", code: "platform/uncertain" });
    const found = await find();
    expect(found).toEqual(made === 0 ? null : firstMessage());
    if (found === null) await post();
    expect(peer.threads(forum)).toHaveLength(1);
    expect(await find()).toEqual(firstMessage());
  });

  it("is found among the archived ones, behind others", async () => {
    const { peer } = opened;
    await post();
    const wanted = firstMessage();
    peer.archiveThread(wanted.id);
    for (let index = 0; index < 120; index += 1) {
      now += 1_000;
      const other = peer.addChannel({
        name: `talk ${index}`,
        type: peer.channelTypes.publicThread,
        parentId: forum.id,
      });
      other.thread = {
        ownerId: peer.users.member.id,
        archived: true,
        archivedAt: new Date(now),
        locked: false,
        autoArchiveMinutes: 60,
        appliedTags: [],
        startedFrom: undefined,
      };
    }
    expect(await find(KEY, { since: new Date(now - 30 * MINUTE_MS) })).toEqual(wanted);
    expect(await find(OTHER_KEY, { since: new Date(now - 30 * MINUTE_MS) })).toBeNull();
  });

  it("is neither another one of Lede's, nor one made before, nor one whose first message is gone", async () => {
    const { peer } = opened;
    await post(OTHER_KEY);
    expect(await find()).toBeNull();
    await post();
    expect(await find(KEY, { since: new Date(now + MINUTE_MS) })).toBeNull();
    peer.deleteMessage(sent(await post("3".repeat(24))).id);
    expect(await find("3".repeat(24))).toBeNull();
  });

  it("is not looked for in another forum, nor in what people posted", async () => {
    const { peer } = opened;
    const other = peer.addChannel({ name: "elsewhere", type: peer.channelTypes.forum });
    await post(KEY, channelOf(peer, other));
    const theirs = sent(await post(OTHER_KEY)).id;
    const { thread } = peer.channel(theirs);
    if (thread !== undefined) thread.ownerId = peer.users.member.id;
    expect(await find()).toBeNull();
    expect(peer.requests.filter(({ path }) => path.startsWith(`/channels/${theirs}/`))).toEqual([]);
  });

  it("is found by another process, which is connected", async () => {
    await post();
    const platform = connectTo(opened.peer);
    await platform.start(makeInbound({}));
    expect(await find(KEY, { platform })).toEqual(firstMessage());
    await platform.stop();
  });

  it("is unknown when the forum can not be read", async () => {
    opened.peer.fail({
      match: { method: "GET", path: /threads\/active$/ },
      how: { kind: "status", status: 503 },
    });
    await expect(find()).rejects.toMatchObject({ code: "platform/uncertain" });
  });
});

/** Of the forum's first post. */
function firstMessage(): MessageRef {
  const [thread] = opened.peer.threads(forum);
  if (thread === undefined) throw new Error("The forum is empty");
  return { channel: channelOf(opened.peer, thread), id: thread.id };
}

function sent(outcome: Outcome): MessageRef {
  if (outcome.kind !== "sent") throw new Error(`Not sent: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

function timeout(): AbortSignal {
  return AbortSignal.timeout(20_000);
}
