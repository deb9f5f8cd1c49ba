import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Inbound } from "#src/ports.ts";
import { type Calls, createCalls } from "#tests/contracts/platform-bench.ts";
import { watch, WATCH_FORM } from "#tests/contracts/platform-watch.ts";
import { makeInbound } from "#tests/inbound.ts";
import type { InteractionHandle } from "#tests/peers/discord/interactions.ts";
import { closeDiscord, connectTo, openDiscord, type Opened } from "./newsroom.ts";
import { rule } from "./rule.ts";

let opened: Opened;
let calls: Calls;
let form: Inbound["form"];

beforeEach(async () => {
  opened = await openDiscord();
  calls = createCalls();
  form = () => Promise.resolve(null);
  await opened.platform.start(inbound());
});
afterEach(() => closeDiscord(opened));

function inbound(): Inbound {
  return makeInbound({ commands: [watch, rule], form: (call) => form(call), received: calls.received });
}

describe("registered commands", () => {
  it("have their actions, completions and pickers as Discord's own", () => {
    const registered = opened.peer.commands();
    expect(registered.find(({ name }) => name === "watch")).toMatchObject({
      options: [
        {
          type: 1,
          name: "add",
          description: "Watch for something new",
          options: [
            { type: 3, name: "query", required: true, autocomplete: true },
            { type: 7, name: "into", channel_types: [0, 5, 10, 11, 12, 15] },
          ],
        },
        {
          type: 1,
          name: "edit",
          options: [{ name: "watch" }, {}, {}, { type: 7 }, { type: 6, name: "owner" }],
        },
      ],
    });
    expect(registered.find(({ name }) => name === "rule")).toMatchObject({
      default_member_permissions: "32",
      options: [
        { type: 11, name: "file", required: true },
        { type: 8, name: "role" },
        { type: 6, name: "user" },
        { type: 4, name: "count", autocomplete: true, min_value: 1, max_value: 9 },
      ],
    });
  });

  it("are not registered again when nothing changed", async () => {
    const { peer, platform } = opened;
    await platform.stop();
    const again = connectTo(peer);
    await again.start(inbound());
    await again.stop();
    expect(
      peer.requests.filter(({ method, path }) => method === "PUT" && path.endsWith("/commands")),
    ).toHaveLength(1);
  });
});

describe("what arrives of a moderators' command", () => {
  function ruled(user: "member" | "moderator"): InteractionHandle {
    const { peer } = opened;
    const { id: file } = peer.upload("topics.opml", "<opml/>");
    const { moderator: role } = peer.roles;
    const options = { file, role: role.id, user: peer.users.owner.id };
    const who = { channel: peer.channels.news, user: peer.users[user] };
    // The server's settings let everyone give it.
    return peer.slash({ ...who, command: "rule", options, isOverridden: true });
  }

  it("is a file's address, bare ids, and the caller's roles", async () => {
    const { peer, platform } = opened;
    ruled("moderator");
    const { input, caller } = await calls.next();
    const { moderator: role } = peer.roles;
    expect(caller).toMatchObject({ moderator: true, roles: [role.id] });
    expect(input).toMatchObject({ kind: "options", options: { role: role.id, user: peer.users.owner.id } });
    const { file } = z.object({ file: z.url() }).parse(input.kind === "options" ? input.options : {});
    const bytes = await platform.readFile(file, AbortSignal.timeout(5_000));
    expect(new TextDecoder().decode(bytes)).toBe("<opml/>");
  });

  it("is a moderator whom the server's settings let give it, also when the form is sent, once", async () => {
    ruled("member");
    expect((await calls.next()).caller).toMatchObject({ moderator: true, roles: [] });
    form = () => Promise.resolve({ ...WATCH_FORM, id: "rule:7" });
    const from = ruled("member");
    await from.acked;
    for (const moderator of [true, false]) {
      opened.peer.submitModal({ from, values: {} });
      expect(await calls.next()).toMatchObject({ command: "rule", caller: { moderator } });
    }
  });

  it("is not let send the form once a role is lost", async () => {
    const { peer } = opened;
    form = () => Promise.resolve({ ...WATCH_FORM, id: "rule:7" });
    const member = peer.guilds.main.members.get(peer.users.member.id);
    if (member === undefined) throw new Error("No member");
    member.roleIds = [peer.roles.moderator.id];
    const from = ruled("member");
    await from.acked;
    member.roleIds = [];
    peer.submitModal({ from, values: {} });
    expect((await calls.next()).caller).toMatchObject({ moderator: false, roles: [] });
  });

  it("is nobody's form in another channel or of another person", async () => {
    const { peer } = opened;
    form = () => Promise.resolve({ ...WATCH_FORM, id: "rule:7" });
    const from = ruled("member");
    await from.acked;
    peer.submitModal({ from, values: {}, user: peer.addUser("Sam") });
    expect((await calls.next()).caller.moderator).toBe(false);
  });
});
