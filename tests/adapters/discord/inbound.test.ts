import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { COMMANDS } from "#commands";
import { AppError } from "#src/core/errors.ts";
import { sentence } from "#src/core/reply.ts";
import { type Calls, createCalls } from "#tests/contracts/platform-bench.ts";
import type { Embed } from "#tests/peers/discord/model.ts";
import { channelOf, closeDiscord, openDiscord, type Opened, ownMessages, shownMessage } from "./newsroom.ts";
import { makeInbound } from "#tests/inbound.ts";

const LINK = "https://courier.example/ferry";

let opened: Opened;
let calls: Calls;
/** What storing a call does before it ends. */
let storing: () => Promise<void>;

beforeEach(async () => {
  opened = await openDiscord();
  calls = createCalls();
  storing = () => Promise.resolve();
  const received = async (call: Parameters<Calls["received"]>[0]): Promise<boolean> => {
    await storing();
    return calls.received(call);
  };
  await opened.platform.start(makeInbound({ commands: COMMANDS, received }));
});

afterEach(() => closeDiscord(opened));

function slash(command: string, options: Record<string, string> = {}) {
  const { peer } = opened;
  return peer.slash({ channel: peer.channels.news, user: peer.users.member, command, options });
}

describe("what arrives", () => {
  it("is a typed command with its options, acknowledged for everyone", async () => {
    const asked = slash("brief", { link: LINK, length: "short" });
    expect(await calls.next()).toMatchObject({
      id: asked.id,
      command: "brief",
      input: { kind: "options", options: { link: LINK, length: "short" } },
      caller: {
        user: opened.peer.users.member.id,
        channel: opened.channel,
        moderator: false,
        stranger: false,
        roles: [],
      },
    });
    await expect(asked.acked).resolves.toMatchObject({ type: "defer", ephemeral: false });
  });

  it("knows a moderator by the permission to manage the server", async () => {
    const { peer } = opened;
    peer.slash({ channel: peer.channels.news, user: peer.users.moderator, command: "lede help" });
    expect((await calls.next()).caller.moderator).toBe(true);
    peer.userMessage({
      channel: peer.channels.news,
      user: peer.users.moderator,
      content: LINK,
      mentionsBot: true,
    });
    expect((await calls.next()).caller.moderator).toBe(true);
  });

  it("is the text of the message that “Brief this” was used on", async () => {
    const { peer } = opened;
    const { news } = peer.channels;
    const message = peer.userMessage({
      channel: news,
      user: peer.users.owner,
      content: `Have you read ${LINK}?`,
    });
    peer.messageCommand({ name: "Brief this", message, user: peer.users.member });
    expect((await calls.next()).input).toEqual({ kind: "text", text: `Have you read ${LINK}?` });
  });

  test.for<[string, string, Embed, string]>([
    ["has no text", "", { title: "Ferry", url: LINK, description: "A card" }, LINK],
    [
      "has a text without a link",
      "Ferry aground",
      { description: `Source: [x](${LINK})` },
      `Ferry aground\n${LINK}`,
    ],
    [
      "has no text and no link",
      "",
      { title: "Ferry", description: "It ran aground." },
      "Ferry\nIt ran aground.",
    ],
  ])("is what the card says where the message %s", async ([, content, embed, text]) => {
    const { peer } = opened;
    const message = peer.userMessage({ channel: peer.channels.news, user: peer.users.owner, content });
    message.embeds = [embed];
    peer.messageCommand({ name: "Brief this", message, user: peer.users.member });
    expect((await calls.next()).input).toEqual({ kind: "text", text });
  });

  test.for([
    ["<@BOT> LINK", "LINK"],
    ["<@!BOT>  LINK please", "LINK please"],
    ["look: LINK <@BOT>", "look: LINK"],
  ])("is a mention such as %s, without the mention", async ([written = "", read = ""]) => {
    const { peer } = opened;
    const content = written.replace("BOT", peer.users.bot.id).replace("LINK", LINK);
    peer.userMessage({ channel: peer.channels.news, user: peer.users.member, content });
    expect((await calls.next()).input).toEqual({ kind: "text", text: read.replace("LINK", LINK) });
  });

  it("is any message of a person in a direct conversation", async () => {
    const { peer } = opened;
    const channel = peer.directChannel(peer.users.member);
    peer.userMessage({ channel, user: peer.users.member, content: LINK });
    expect(await calls.next()).toMatchObject({
      command: "brief",
      input: { text: LINK },
      caller: { channel: channelOf(peer, channel), moderator: false, stranger: false, roles: [] },
    });
  });

  it("is not an answer to one of Lede's posts, nor what a bot writes", async () => {
    const { peer, platform, channel } = opened;
    await platform.post({
      channel,
      key: "k".repeat(24),
      reply: sentence("News"),
      signal: AbortSignal.timeout(5_000),
    });
    const [post] = peer.messages(peer.channels.news);
    if (post === undefined) throw new Error("Nothing was posted");
    const { news } = peer.channels;
    peer.userMessage({ channel: news, user: peer.users.member, content: "Great!", replyTo: post });
    peer.userMessage({ channel: news, user: peer.users.bot, content: `<@${peer.users.bot.id}> ${LINK}` });
    const last = peer.userMessage({
      channel: news,
      user: peer.users.member,
      content: LINK,
      mentionsBot: true,
    });
    expect((await calls.next()).id).toBe(last.id);
  });
});

describe("storing before acknowledging", () => {
  it("is given up for a store that is slow: the acknowledgement comes in time", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    storing = () => promise;
    const asked = slash("brief", { link: LINK });
    const ack = await asked.acked;
    expect(ack).toMatchObject({ type: "defer" });
    expect(calls.ids()).toEqual([]);
    resolve();
    expect((await calls.next()).id).toBe(asked.id);
  });

  it("tells the asker, and nobody else, when a call could not be stored", async () => {
    storing = () => Promise.reject(new AppError("store/full"));
    const reply = await slash("brief", { link: LINK }).waitForReply();
    expect(reply.ephemeralFor).toBe(opened.peer.users.member.id);
    expect(shownMessage(reply).text).toContain("The disk is full");
  });

  it("tells it also after a slow failure and under a mention", async () => {
    const { peer } = opened;
    const { promise, reject } = Promise.withResolvers<void>();
    storing = () => promise;
    const asked = slash("brief", { link: LINK });
    await asked.acked;
    reject(new AppError("store/full"));
    expect(shownMessage(await asked.waitForReply()).text).toContain("The disk is full");
    peer.userMessage({
      channel: peer.channels.news,
      user: peer.users.member,
      content: LINK,
      mentionsBot: true,
    });
    const told = await peer.waitForMessage(peer.channels.news, ({ repliesTo }) => repliesTo !== undefined);
    expect(shownMessage(told).text).toContain("The disk is full");
  });

  it("ends in a log line, not in a crash, when Discord no longer knows the interaction", async () => {
    const { peer, platform } = opened;
    const late = { kind: "status", status: 404, code: 10_062 } as const;
    peer.fail({ match: { method: "POST", path: /\/callback$/ }, how: late });
    slash("brief", { link: LINK });
    const call = await calls.next();
    peer.fail({
      match: { method: "PATCH", path: /@original$/ },
      how: { kind: "status", status: 404, code: 10_015 },
    });
    const respond = platform.respond({
      call,
      reply: sentence("x"),
      stage: "final",
      signal: AbortSignal.timeout(5_000),
    });
    await expect(respond).rejects.toMatchObject({ code: "platform/message-gone" });
    slash("lede help");
    expect((await calls.next()).command).toBe("lede");
  });

  test.for(["before", "after"] as const)(
    "is acknowledged although the first try failed %s Discord had it",
    async (when) => {
      const { peer, platform } = opened;
      peer.fail({
        match: { method: "POST", path: /\/callback$/ },
        how: { kind: "status", status: 500, when },
      });
      const asked = slash("brief", { link: LINK });
      const call = await calls.next();
      await platform.respond({
        call,
        reply: sentence("Done."),
        stage: "final",
        signal: AbortSignal.timeout(5_000),
      });
      expect((await asked.waitForReply()).content).toBe("Done.");
    },
  );

  it("refuses a command that Lede no longer has, to the asker alone", async () => {
    const { peer, platform, channel } = opened;
    const reply = {
      title: null,
      blocks: [{ kind: "actions" as const, actions: [{ id: "retired:1", label: "Old" }] }],
    };
    await platform.post({ channel, key: "k".repeat(24), reply, signal: AbortSignal.timeout(5_000) });
    const [message] = ownMessages(peer, peer.channels.news);
    if (message === undefined) throw new Error("Nothing was posted");
    const pressed = peer.pressButton({ message, customId: "retired:1", user: peer.users.member });
    const answer = await pressed.waitForReply();
    expect(answer.ephemeralFor).toBe(peer.users.member.id);
    expect(answer.content).toContain("no such command");
  });
});
