import { afterEach, beforeEach, expect, it } from "vitest";
import { COMMANDS } from "#commands";
import type { CommandCall } from "#src/core/command.ts";
import { type Reply, sentence } from "#src/core/reply.ts";
import type { Platform } from "#src/ports.ts";
import { type Calls, createCalls } from "#tests/contracts/platform-bench.ts";
import { briefOf, SOURCE } from "#tests/contracts/platform-replies.ts";
import { closeDiscord, connectTo, openDiscord, type Opened, ownMessages } from "./newsroom.ts";
import { makeInbound } from "#tests/inbound.ts";

const HOUR_MS = 3_600_000;
/** Longer than Discord remembers a nonce. */
const NONCE_FORGOTTEN_MS = 200_000;

let opened: Opened;
let calls: Calls;
let now: number;

beforeEach(async () => {
  now = Date.now();
  const clock = (): Date => new Date(now);
  opened = await openDiscord({ clock, now: () => now });
  calls = createCalls();
  await opened.platform.start(makeInbound({ commands: COMMANDS, received: calls.received }));
});
afterEach(() => closeDiscord(opened));

function mention(): Promise<CommandCall> {
  const { peer } = opened;
  peer.userMessage({
    channel: peer.channels.news,
    user: peer.users.member,
    content: SOURCE,
    mentionsBot: true,
  });
  return calls.next();
}

function show(call: CommandCall, reply: Reply, platform: Platform = opened.platform): Promise<string> {
  return platform.respond({ call, reply, stage: "final", signal: AbortSignal.timeout(10_000) });
}

function answers() {
  return ownMessages(opened.peer, opened.peer.channels.news);
}

it("answers a mention as a reply to it", async () => {
  const call = await mention();
  await show(call, sentence("Reading the page…"));
  expect(answers()).toMatchObject([{ repliesTo: call.id, content: "Reading the page…", pinged: [] }]);
});

it("still answers when the message that mentioned Lede is deleted", async () => {
  const call = await mention();
  opened.peer.deleteMessage(call.id);
  await show(call, briefOf());
  expect(answers()).toHaveLength(1);
});

it("finds its reply by what it replies to, after a crash and long after the nonce is forgotten", async () => {
  const call = await mention();
  await show(call, sentence("Reading the page…"));
  now += NONCE_FORGOTTEN_MS;
  const restarted = connectTo(opened.peer, () => new Date(now));
  const handle = await show(call, briefOf(), restarted);
  await restarted.stop();
  expect(answers()).toHaveLength(1);
  expect(answers()[0]?.content).toContain("Ferry runs aground");
  expect(handle).toContain(answers()[0]?.id);
});

it("shows the answer although the reply with the progress was lost on its way back", async () => {
  const { peer } = opened;
  const call = await mention();
  peer.fail({ match: { method: "POST", path: /\/messages$/ }, how: { kind: "cut", when: "after" } });
  await expect(show(call, sentence("Reading the page…"))).rejects.toMatchObject({
    code: "platform/uncertain",
  });
  await show(call, briefOf());
  expect(answers()).toHaveLength(1);
  expect(answers()[0]?.content).toContain("Ferry runs aground");
});

it("edits the one answer to a command, also from another process", async () => {
  const { peer } = opened;
  const asked = peer.slash({ channel: peer.channels.news, user: peer.users.member, command: "lede help" });
  const call = await calls.next();
  await show(call, sentence("Working…"));
  const restarted = connectTo(peer);
  await show(call, briefOf(), restarted);
  await restarted.stop();
  expect((await asked.waitForReply()).content).toContain("Ferry runs aground");
  expect(asked.followups).toEqual([]);
});

it("says that the answer can no longer be shown when the command is too old", async () => {
  const { peer } = opened;
  peer.slash({ channel: peer.channels.news, user: peer.users.member, command: "lede help" });
  const call = await calls.next();
  await show(call, sentence("Working…"));
  const expired = { kind: "status", status: 401, code: 50_027 } as const;
  peer.fail({ match: { method: "PATCH", path: /@original$/ }, how: expired });
  await expect(show(call, briefOf())).rejects.toMatchObject({ code: "platform/message-gone" });
  await expect(show({ ...call, receivedAt: new Date(now - HOUR_MS) }, briefOf())).resolves.toBe(call.handle);
});
