import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { COMMANDS } from "#commands";
import type { Form } from "#src/core/form.ts";
import type { Inbound } from "#src/ports.ts";
import { type Calls, createCalls } from "#tests/contracts/platform-bench.ts";
import { watch, WATCH_FORM } from "#tests/contracts/platform-watch.ts";
import { makeInbound } from "#tests/inbound.ts";
import type { Interaction } from "#tests/peers/slack/interactions.ts";
import { objectAt, objectsIn } from "#tests/peers/slack/json.ts";
import type { SlackPeerOptions } from "#tests/peers/slack/peer.ts";
import { closeSlack, type Opened, openSlack } from "./newsroom.ts";

let opened: Opened;
let calls: Calls;

beforeEach(() => {
  calls = createCalls();
});

afterEach(() => closeSlack(opened));

/** Started with a command that has a form, unless a test gives another inbound side. */
async function start(changes: Partial<Inbound> = {}, options: SlackPeerOptions = {}): Promise<Opened> {
  opened = await openSlack(options);
  const form = () => Promise.resolve(WATCH_FORM);
  const commands = [...COMMANDS, watch];
  await opened.platform.start(makeInbound({ commands, received: calls.received, form, ...changes }));
  return opened;
}

function type({ peer }: Opened, text = "edit watch:7"): Interaction {
  return peer.slash({ channel: peer.channels.news, user: peer.people.member, command: "/watch", text });
}

async function sendForm({ peer }: Opened, values: Record<string, string> = {}): Promise<Interaction> {
  const view = await peer.waitForView(() => true);
  return peer.fillForm({ view, user: peer.people.member, values });
}

describe("a field for a user group", () => {
  function group(value: string | null = null): Form {
    const field = { kind: "mention" as const, name: "call", label: "Call", hint: null, required: false };
    return { ...WATCH_FORM, fields: [{ ...field, value }] };
  }

  it("offers the workspace's groups, everyone, and nobody", async () => {
    const { peer } = await start({ form: () => Promise.resolve(group("S0GONE0001")) });
    type(opened);
    const { view } = await peer.waitForView(() => true);
    const [block = {}] = objectsIn(view["blocks"]);
    const options = objectsIn(objectAt(block, "element")["options"]);
    expect(options.map(({ value }) => value)).toEqual([
      "-",
      "here",
      "channel",
      peer.groups.desk,
      "S0GONE0001",
    ]);
    await sendForm(opened);
    expect(await calls.next()).toMatchObject({ input: { values: { call: "S0GONE0001" } } });
  });

  it("offers nobody to hold a role who can not be in it", async () => {
    const [field] = group().fields;
    if (field?.kind !== "mention") throw new Error("Another field");
    const toHold: Form = { ...group(), fields: [{ ...field, kind: "role" }] };
    const { peer } = await start({ form: () => Promise.resolve(toHold) });
    type(opened);
    const { view } = await peer.waitForView(() => true);
    const [block = {}] = objectsIn(view["blocks"]);
    const options = objectsIn(objectAt(block, "element")["options"]);
    expect(options.map(({ value }) => value)).toEqual(["-", peer.groups.desk]);
  });

  it("is left out when nobody is chosen", async () => {
    await start({ form: () => Promise.resolve(group("here")) });
    type(opened);
    await sendForm(opened, { call: "-" });
    expect((await calls.next()).input).toMatchObject({ values: {} });
  });

  test.for<[string, Record<string, string>]>([
    ["S0DESK0001", { call: "S0DESK0001" }],
    ["<!subteam^S0DESK0001|@desk>", { call: "S0DESK0001" }],
    ["@here", { call: "here" }],
    ["", {}],
  ])("is typed without the scope for groups: %s", async ([typed, values]) => {
    const { peer } = await start({ form: () => Promise.resolve(group()) });
    peer.scopes.delete("usergroups:read");
    type(opened);
    await sendForm(opened, { call: typed });
    const { input } = await calls.next();
    expect(input).toEqual({ kind: "form", text: "edit:7", values });
  });

  it("is refused in its place when it is no group", async () => {
    const { peer } = await start({ form: () => Promise.resolve(group()) });
    peer.scopes.delete("usergroups:read");
    type(opened);
    const { body } = await (await sendForm(opened, { call: "@desk" })).acked;
    expect(body).toMatchObject({ errors: { call: expect.stringContaining("id of a user group") } });
    expect(calls.ids()).toEqual([]);
  });

  it("does not make the form wait for a slow list of groups", async () => {
    const { peer } = await start({ form: () => Promise.resolve(group()) }, { triggerValidMs: 2_500 });
    peer.fail({ method: "usergroups.list", how: { kind: "delay", ms: 3_000 } });
    type(opened);
    await sendForm(opened, { call: "here" });
    expect(await calls.next()).toMatchObject({ input: { values: { call: "here" } } });
  });
});

describe("a typed line", () => {
  test.for<[string, string]>([
    ["add query:x into:#outside", "add query:x into:C0OUTSIDE1"],
    ["edit watch:7 owner:@ada", "edit watch:7 owner:U0ADMIN001"],
    ["add query:“ferry strike” into:#outside", 'add query:"ferry strike" into:C0OUTSIDE1'],
    ["add query:a&b <c> https://a.example/?x=1&y=2", "add query:a&b <c> https://a.example/?x=1&y=2"],
    // The command takes no group by id.
    ["add query:@desk and @here", "add query:@desk and @here"],
  ])("gives bare ids where the command takes them: %s", async ([typed, text]) => {
    await start({ form: () => Promise.resolve(null) });
    type(opened, typed);
    expect((await calls.next()).input).toEqual({ kind: "line", text });
  });

  it("gives names to a command that takes no ids", async () => {
    const { peer } = await start();
    const place = { channel: peer.channels.news, user: peer.people.member };
    peer.slash({ ...place, command: "/brief", text: "what #news and @ada say" });
    expect((await calls.next()).input).toEqual({ kind: "line", text: "what #news and @ada say" });
  });
});
