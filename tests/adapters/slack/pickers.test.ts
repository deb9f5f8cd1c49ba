import { describe, expect, it, test } from "vitest";
import type { Form } from "#src/core/form.ts";
import { WATCH_FORM } from "#tests/contracts/platform-watch.ts";
import { objectAt, objectsIn } from "#tests/peers/slack/json.ts";
import { startWatching } from "./watching.ts";

describe("a field for a user group", () => {
  function group(value: string | null = null): Form {
    const field = { kind: "mention" as const, name: "call", label: "Call", hint: null, required: false };
    return { ...WATCH_FORM, fields: [{ ...field, value }] };
  }

  it("offers the workspace's groups, everyone, and nobody", async () => {
    const { peer, calls, type, send } = await startWatching({
      form: () => Promise.resolve(group("S0GONE0001")),
    });
    type();
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
    await send();
    expect(await calls.next()).toMatchObject({ input: { values: { call: "S0GONE0001" } } });
  });

  it("offers nobody to hold a role who can not be in it", async () => {
    const [field] = group().fields;
    if (field?.kind !== "mention") throw new Error("Another field");
    const toHold: Form = { ...group(), fields: [{ ...field, kind: "role" }] };
    const { peer, type } = await startWatching({ form: () => Promise.resolve(toHold) });
    type();
    const { view } = await peer.waitForView(() => true);
    const [block = {}] = objectsIn(view["blocks"]);
    const options = objectsIn(objectAt(block, "element")["options"]);
    expect(options.map(({ value }) => value)).toEqual(["-", peer.groups.desk]);
  });

  it("is left out when nobody is chosen", async () => {
    const { calls, type, send } = await startWatching({ form: () => Promise.resolve(group("here")) });
    type();
    await send({ call: "-" });
    expect((await calls.next()).input).toMatchObject({ values: {} });
  });

  test.for<[string, Record<string, string>]>([
    ["S0DESK0001", { call: "S0DESK0001" }],
    ["<!subteam^S0DESK0001|@desk>", { call: "S0DESK0001" }],
    ["@here", { call: "here" }],
    ["", {}],
  ])("is typed without the scope for groups: %s", async ([typed, values]) => {
    const { peer, calls, type, send } = await startWatching({ form: () => Promise.resolve(group()) });
    peer.scopes.delete("usergroups:read");
    type();
    await send({ call: typed });
    const { input } = await calls.next();
    expect(input).toEqual({ kind: "form", text: "edit:7", values });
  });

  it("is refused in its place when it is no group", async () => {
    const { peer, calls, type, send } = await startWatching({ form: () => Promise.resolve(group()) });
    peer.scopes.delete("usergroups:read");
    type();
    const { body } = await (await send({ call: "@desk" })).acked;
    expect(body).toMatchObject({ errors: { call: expect.stringContaining("id of a user group") } });
    expect(calls.ids()).toEqual([]);
  });

  it("does not make the form wait for a slow list of groups", async () => {
    const { peer, calls, type, send } = await startWatching(
      { form: () => Promise.resolve(group()) },
      { triggerValidMs: 2_500 },
    );
    peer.fail({ method: "usergroups.list", how: { kind: "delay", ms: 3_000 } });
    type();
    await send({ call: "here" });
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
    const { calls, type } = await startWatching({ form: () => Promise.resolve(null) });
    type(typed);
    expect((await calls.next()).input).toEqual({ kind: "line", text });
  });

  it("gives names to a command that takes no ids", async () => {
    const { peer, calls } = await startWatching();
    const place = { channel: peer.channels.news, user: peer.people.member };
    peer.slash({ ...place, command: "/brief", text: "what #news and @ada say" });
    expect((await calls.next()).input).toEqual({ kind: "line", text: "what #news and @ada say" });
  });
});
