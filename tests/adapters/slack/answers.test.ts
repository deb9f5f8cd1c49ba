import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COMMANDS } from "#commands";
import { AppError } from "#src/core/errors.ts";
import { sentence } from "#src/core/reply.ts";
import type { CommandCall } from "#src/core/command.ts";
import type { RespondRequest } from "#src/ports.ts";
import { type Calls, createCalls } from "#tests/contracts/platform-bench.ts";
import { briefOf, SOURCE } from "#tests/contracts/platform-replies.ts";
import type { Interaction } from "#tests/peers/slack/interactions.ts";
import { closeSlack, connectTo, type Opened, openSlack, ownMessages, shownMessage } from "./newsroom.ts";
import { makeInbound } from "#tests/inbound.ts";

let opened: Opened;
let calls: Calls;

beforeEach(async () => {
  opened = await openSlack({ redeliverAfterMs: 500 });
  calls = createCalls();
});

afterEach(() => closeSlack(opened));

function start(received = calls.received): Promise<void> {
  return opened.platform.start(makeInbound({ commands: COMMANDS, received }));
}

/** A member gives the command; in the news channel, with a link, unless told. */
function giveBrief({ channel, text = SOURCE }: { channel?: string; text?: string } = {}): Interaction {
  const { channels, people, slash } = opened.peer;
  return slash({ channel: channel ?? channels.news, user: people.member, command: "/brief", text });
}

function show(call: CommandCall, request: Pick<RespondRequest, "reply" | "stage">): Promise<string> {
  return opened.platform.respond({ call, ...request, signal: AbortSignal.timeout(20_000) });
}

describe("what arrives", () => {
  it("is read from a message's menu, links unwrapped", async () => {
    const { peer, channel } = opened;
    await start();
    const said = peer.say({
      channel: peer.channels.news,
      user: peer.people.member,
      text: `see <${SOURCE}|this &amp; that>`,
    });
    const message = said.message?.ts ?? "";
    const menu = peer.messageShortcut({
      callbackId: "brief",
      channel: peer.channels.news,
      message,
      user: peer.people.member,
    });
    expect(await menu.acked).toMatchObject({ ok: true, body: {} });
    expect(await calls.next()).toMatchObject({
      command: "brief",
      input: { kind: "text", text: `see ${SOURCE}` },
      caller: { user: peer.people.member, channel },
    });
  });

  it("is one call when an event is sent again", async () => {
    const { peer } = opened;
    await start();
    const mention = peer.mention({ channel: peer.channels.news, user: peer.people.member, text: SOURCE });
    expect(await mention.acked).toMatchObject({ ok: true });
    expect(await mention.deliverAgain()).toMatchObject({ ok: true });
    expect(calls.ids()).toEqual([mention.eventId]);
  });

  it("is not acknowledged before it is stored: an event comes again", async () => {
    const { peer } = opened;
    let failures = 1;
    await start(async (call) => {
      failures -= 1;
      if (failures >= 0) throw new AppError("store/full");
      return calls.received(call);
    });
    const mention = peer.mention({ channel: peer.channels.news, user: peer.people.member, text: SOURCE });
    expect(await mention.acked).toMatchObject({ ok: true, attempts: 2 });
    expect(calls.ids()).toEqual([mention.eventId]);
  });

  it("is excused to the asker alone when it can not be stored", async () => {
    await start(() => Promise.reject(new AppError("store/full")));
    const slash = giveBrief();
    const reply = await slash.waitFor(() => true);
    expect(reply).toMatchObject({ isEphemeral: true, text: expect.stringContaining("disk is full") });
  });
});

describe("answers", () => {
  it("to a mention stand in its thread", async () => {
    const { peer } = opened;
    await start();
    const { message } = peer.mention({ channel: peer.channels.news, user: peer.people.member, text: SOURCE });
    await show(await calls.next(), { reply: briefOf(), stage: "final" });
    expect(ownMessages(peer, peer.channels.news)).toMatchObject([{ thread_ts: message?.ts }]);
  });

  it("reach a channel Lede is not in, once and last", async () => {
    await start();
    const slash = giveBrief({ channel: opened.peer.channels.outside });
    const call = await calls.next();
    await show(call, { reply: sentence("Reading the page…"), stage: "progress" });
    await show(call, { reply: briefOf(), stage: "final" });
    expect(slash.replies).toMatchObject([{ via: "response_url", isEphemeral: false, links: [SOURCE] }]);
  });

  it("that are private show no progress", async () => {
    await start();
    const slash = giveBrief({ text: "help" });
    const call = await calls.next();
    const handle = JSON.stringify({ ...JSON.parse(call.handle), private: true });
    await show({ ...call, handle }, { reply: sentence("Reading…"), stage: "progress" });
    await show({ ...call, handle }, { reply: sentence("Only for you."), stage: "final" });
    expect(slash.replies).toMatchObject([{ isEphemeral: true, text: "Only for you." }]);
  });

  it("are found again by another process that only has the call", async () => {
    const { peer } = opened;
    await start();
    void giveBrief();
    const call = await calls.next();
    await show(call, { reply: sentence("Reading the page…"), stage: "progress" });
    const other = connectTo(peer, { kind: "socket", appToken: peer.appToken });
    await other.respond({ call, reply: briefOf(), stage: "final", signal: AbortSignal.timeout(20_000) });
    const [only, ...more] = ownMessages(peer, peer.channels.news).map(shownMessage);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ edits: 1, links: [SOURCE] });
  });
});
