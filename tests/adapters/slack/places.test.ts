import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { COMMANDS } from "#commands";
import type { Caller } from "#src/core/command.ts";
import type { Inbound } from "#src/ports.ts";
import { makeInbound } from "#tests/inbound.ts";
import type { JsonObject } from "#tests/peers/slack/json.ts";
import type { PeerUser } from "#tests/peers/slack/state.ts";
import { channelOf, closeSlack, type Opened, openSlack } from "./newsroom.ts";

type Place = Parameters<Inbound["removed"]>[0];

let opened: Opened;
let removed: Place[];

beforeEach(async () => {
  opened = await openSlack({ redeliverAfterMs: 400 });
  removed = [];
});

afterEach(() => closeSlack(opened));

function start(gone: Inbound["removed"] = note): Promise<void> {
  return opened.platform.start(makeInbound({ commands: COMMANDS, removed: gone }));
}

function note(place: Place): Promise<void> {
  removed.push(place);
  return Promise.resolve();
}

function callerOf(user: string): Caller {
  return { platform: "slack", user, channel: opened.channel, moderator: false, stranger: false, roles: [] };
}

function asked(method: string): number {
  return opened.peer.requests.filter((request) => request.method === method).length;
}

const signal = () => AbortSignal.timeout(20_000);

const lately = () => ({ fresh: false, signal: signal() });
const now = () => ({ fresh: true, signal: signal() });

async function roleOf(user: string, asked = lately()): Promise<string> {
  return (await opened.platform.standing(callerOf(user), asked)).role;
}

describe("what somebody is", () => {
  test.for<[string, Partial<PeerUser>]>([
    ["workspace moderator", { isOwner: true }],
    ["workspace moderator", { isPrimaryOwner: true }],
    ["workspace moderator", { isAdmin: true }],
    ["member", {}],
    ["member", { teamId: "T0SISTER01", organisation: ["T0SISTER01", "T0LEDETEAM"] }],
    ["guest", { isRestricted: true }],
    ["guest", { isUltraRestricted: true }],
    ["stranger", { isStranger: true }],
    ["stranger", { deleted: true, isAdmin: true }],
    ["stranger", { teamId: "T0FOREIGN1", isOwner: true }],
  ])("is a %s by %o", async ([role, is]) => {
    const { id } = opened.peer.addUser({ name: "kim", ...is });
    expect(await roleOf(id)).toBe(role);
  });

  it("is a channel moderator where they made the channel, unless they are a guest", async () => {
    const { peer } = opened;
    peer.channel(peer.channels.news).creator = peer.people.member;
    expect(await roleOf(peer.people.member)).toBe("channel moderator");
    const guest = peer.addUser({ name: "kim", isRestricted: true });
    peer.channel(peer.channels.news).creator = guest.id;
    expect(await roleOf(guest.id)).toBe("guest");
  });

  it("is asked for once in a while, and anew where something hangs on it", async () => {
    const { peer } = opened;
    for (let time = 0; time < 3; time += 1)
      expect(await roleOf(peer.people.admin)).toBe("workspace moderator");
    expect(asked("users.info")).toBe(1);
    peer.user(peer.people.admin).isAdmin = false;
    peer.channel(peer.channels.news).creator = peer.people.member;
    expect(await roleOf(peer.people.admin)).toBe("workspace moderator");
    expect(await roleOf(peer.people.admin, now())).toBe("member");
  });

  it("is kept of those asked for last, not of none when there are many", async () => {
    const { peer } = opened;
    await roleOf(peer.people.admin);
    for (let batch = 0; batch < 10; batch += 1) {
      const people = Array.from({ length: 100 }, () => peer.addUser({ name: "kim" }));
      await Promise.all(people.map(({ id }) => roleOf(id)));
      await roleOf(peer.people.admin);
    }
    const before = asked("users.info");
    await roleOf(peer.people.admin);
    expect(asked("users.info")).toBe(before);
  });

  it("is unknown without the scope to look people up, and while Slack fails to say", async () => {
    const { peer } = opened;
    peer.fail({ method: "users.info", how: { kind: "status", status: 503 } });
    await expect(roleOf(peer.people.admin)).rejects.toMatchObject({ code: "platform/unavailable" });
    expect(await roleOf(peer.people.admin)).toBe("workspace moderator");
    peer.scopes.delete("users:read");
    await expect(roleOf(peer.people.member)).rejects.toMatchObject({ code: "platform/unavailable" });
  });
});

describe("a user group", () => {
  it("has those who are in it, asked for once in a while or anew", async () => {
    const { peer, platform } = opened;
    const { desk } = peer.groups;
    peer.join(desk, peer.people.member);
    expect(await platform.hasRole(callerOf(peer.people.member), desk, lately())).toBe(true);
    expect(await platform.hasRole(callerOf(peer.people.admin), desk, lately())).toBe(false);
    expect(asked("usergroups.users.list")).toBe(1);
    peer.leave(desk, peer.people.member);
    expect(await platform.hasRole(callerOf(peer.people.member), desk, lately())).toBe(true);
    expect(await platform.hasRole(callerOf(peer.people.member), desk, now())).toBe(false);
  });

  it("has nobody where Slack does not tell", async () => {
    const { peer, platform } = opened;
    expect(await platform.hasRole(callerOf(peer.people.member), "S0NONE0001", lately())).toBe(false);
    peer.scopes.delete("usergroups:read");
    expect(await platform.hasRole(callerOf(peer.people.member), peer.groups.desk, lately())).toBe(false);
  });
});

describe("the end of a place", () => {
  test.for(["archive", "delete", "remove"] as const)("is told when somebody %ss it", async (how) => {
    const { peer, channel } = opened;
    await start();
    const events = peer.endChannel(peer.channels.news, how);
    for (const { acked } of events) expect(await acked).toMatchObject({ ok: true, attempts: 1 });
    expect(new Set(removed.map((place) => JSON.stringify(place)))).toEqual(
      new Set([JSON.stringify({ platform: "slack", workspace: peer.team.id, channel })]),
    );
  });

  it("is told for a private channel", async () => {
    const { peer } = opened;
    await start();
    const { id } = peer.addChannel({ name: "desk", isPrivate: true });
    const [event] = peer.endChannel(id, "archive");
    expect(event?.payload["event"]).toMatchObject({ type: "group_archive" });
    await event?.acked;
    expect(removed).toMatchObject([{ channel: channelOf(peer, id) }]);
  });

  it("is told again when it could not be kept", async () => {
    let failures = 1;
    await start((place) => {
      failures -= 1;
      return failures >= 0 ? Promise.reject(new Error("disk")) : note(place);
    });
    const [event] = opened.peer.endChannel(opened.peer.channels.news, "archive");
    expect(await event?.acked).toMatchObject({ ok: true, attempts: 2 });
    expect(removed).toHaveLength(1);
  });

  test.for<[string, JsonObject]>([
    ["somebody else leaves", { type: "member_left_channel", user: "U0ADMIN001", channel: "C0NEWS0001" }],
    ["a person takes back their own token", { type: "tokens_revoked", tokens: { oauth: ["U0ADMIN001"] } }],
    ["a channel gets a new name", { type: "channel_rename", channel: { id: "C0NEWS0001" } }],
  ])("is not told when %s", async ([, event]) => {
    await start();
    expect(await opened.peer.event(event).acked).toMatchObject({ ok: true, attempts: 1 });
    await vi.waitFor(() => expect(removed).toEqual([]));
  });
});
