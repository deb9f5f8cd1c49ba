import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { Reply } from "#src/core/reply.ts";
import type { Inbound } from "#src/ports.ts";
import { type Calls, createCalls } from "#tests/contracts/platform-bench.ts";
import { watch, WATCH_FORM } from "#tests/contracts/platform-watch.ts";
import { makeInbound } from "#tests/inbound.ts";
import type { Fault } from "#tests/peers/discord/faults.ts";
import type { InteractionHandle } from "#tests/peers/discord/interactions.ts";
import { closeDiscord, openDiscord, type Opened, ownMessages } from "./newsroom.ts";
import { rule } from "./rule.ts";

const CALLBACK = { method: "POST", path: /\/callback$/ };

let opened: Opened;
let calls: Calls;
let form: Inbound["form"];
let suggest: Inbound["suggest"];
let storing: () => Promise<void>;

beforeEach(async () => {
  opened = await openDiscord();
  calls = createCalls();
  form = () => Promise.resolve(null);
  suggest = () => Promise.resolve([]);
  storing = () => Promise.resolve();
  await opened.platform.start(inbound());
});
afterEach(() => closeDiscord(opened));

function inbound(): Inbound {
  return makeInbound({
    commands: [watch, rule],
    form: (call) => form(call),
    suggest: (call, option) => suggest(call, option),
    received: async (call) => {
      await storing();
      return calls.received(call);
    },
  });
}

function edit(): InteractionHandle {
  const { peer } = opened;
  const who = { channel: peer.channels.news, user: peer.users.member };
  return peer.slash({ ...who, command: "watch edit", options: { watch: "7" } });
}

describe("a form", () => {
  beforeEach(() => {
    form = () => Promise.resolve(WATCH_FORM);
  });

  it("is opened once although the answer to it was lost", async () => {
    opened.peer.fail({ match: CALLBACK, how: { kind: "status", status: 500, when: "after" } });
    const asked = edit();
    expect(await asked.acked).toMatchObject({ type: "modal" });
    const sent = opened.peer.submitModal({ from: asked, values: {} });
    expect((await calls.next()).id).toBe(sent.id);
    expect(calls.ids()).toEqual([sent.id]);
  });

  it("ends in a log line when it comes too late, and the next one opens", async () => {
    opened.peer.fail({ match: CALLBACK, how: { kind: "status", status: 404, code: 10_062 } });
    const late = edit();
    const next = edit();
    expect(await next.acked).toMatchObject({ type: "modal" });
    expect(late.modal).toBeUndefined();
    expect(calls.ids()).toEqual([]);
  });

  it("gives way to the command itself when Discord would not show it", async () => {
    opened.peer.fail({ match: CALLBACK, how: { kind: "status", status: 400, code: 50_035 } });
    const asked = edit();
    expect((await calls.next()).id).toBe(asked.id);
    await expect(asked.acked).resolves.toMatchObject({ type: "defer", ephemeral: true });
  });

  it("and a store that are both slow still leave time to acknowledge", async () => {
    form = () => new Promise(() => undefined);
    const { promise, resolve } = Promise.withResolvers<void>();
    storing = () => promise;
    const asked = edit();
    await expect(asked.acked).resolves.toMatchObject({ type: "defer" });
    resolve();
    expect((await calls.next()).id).toBe(asked.id);
  });

  it("of a command that Lede no longer has is refused, to the asker alone", async () => {
    form = () => Promise.resolve({ ...WATCH_FORM, id: "retired:7" });
    const asked = edit();
    await asked.acked;
    const reply = await opened.peer.submitModal({ from: asked, values: {} }).waitForReply();
    expect(reply).toMatchObject({ ephemeralFor: opened.peer.users.member.id });
    expect(reply.content).toContain("no such command");
  });

  test.for<[string, Fault]>([
    ["a server error", { kind: "status", status: 500, when: "before" }],
    ["a lost connection", { kind: "cut", when: "before" }],
  ])("is opened at the second try after %s", async ([, how]) => {
    opened.peer.fail({ match: CALLBACK, how });
    expect(await edit().acked).toMatchObject({ type: "modal" });
  });
});

describe("completions", () => {
  function offered(): Promise<{ name: string; value: string | number }[]> {
    const { peer } = opened;
    const who = { channel: peer.channels.news, user: peer.users.member };
    return peer.autocomplete({ ...who, command: "watch add", options: { query: "f" }, focused: "query" });
  }

  it("are at most 25, and never without a label", async () => {
    const choices = Array.from({ length: 40 }, (_, index) => ({ value: `v${index}`, label: " " }));
    suggest = () => Promise.resolve(choices);
    const names = (await offered()).map(({ name }) => name);
    expect(names).toEqual(choices.slice(0, 25).map(({ value }) => value));
  });

  it("are none when looking for them throws at once", async () => {
    suggest = () => {
      throw new Error("no");
    };
    expect(await offered()).toEqual([]);
  });

  it("are numbers where a number is typed", async () => {
    const { peer } = opened;
    suggest = () => Promise.resolve([{ value: "3", label: "Three" }]);
    const who = { channel: peer.channels.news, user: peer.users.moderator };
    const typing = { ...who, command: "rule", options: { count: 3 }, focused: "count" };
    expect(await peer.autocomplete(typing)).toEqual([{ name: "Three", value: 3 }]);
  });
});

describe("menus", () => {
  it("of a command that Lede no longer has are refused, to the asker alone", async () => {
    const { peer, platform, channel } = opened;
    const choices = [{ value: "7", label: "Ferry" }];
    const reply: Reply = {
      title: "Old",
      blocks: [{ kind: "select", id: "retired:1", label: "Which", choices }],
    };
    await platform.post({ channel, key: "k".repeat(24), reply, signal: AbortSignal.timeout(5_000) });
    const [message] = ownMessages(peer, peer.channels.news);
    const chosen = peer.select({
      message: message?.id ?? "",
      customId: "retired:1",
      user: peer.users.member,
      values: ["7"],
    });
    expect((await chosen.waitForReply()).content).toContain("no such command");
  });
});
