import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { COMMANDS } from "#commands";
import type { Caller } from "#src/core/command.ts";
import type { Inbound } from "#src/ports.ts";
import { makeInbound } from "#tests/inbound.ts";
import type { JsonObject } from "#tests/peers/slack/json.ts";
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
  return { platform: "slack", user, channel: opened.channel, moderator: false, roles: [] };
}

function asked(method: string): number {
  return opened.peer.requests.filter((request) => request.method === method).length;
}

const signal = () => AbortSignal.timeout(20_000);

describe("a moderator", () => {
  it("is not who made the channel", async () => {
    const { peer, platform } = opened;
    peer.channel(peer.channels.news).creator = peer.people.member;
    expect(await platform.isModerator(callerOf(peer.people.member), signal())).toBe(false);
  });

  it("is asked for once in a while, not every time", async () => {
    const { peer, platform } = opened;
    for (let time = 0; time < 3; time += 1) {
      await platform.isModerator(callerOf(peer.people.member), signal());
      await platform.channelName(opened.channel, signal());
    }
    expect([asked("users.info"), asked("conversations.info")]).toEqual([1, 1]);
  });

  it("is nobody without the scope to look people up", async () => {
    const { peer, platform } = opened;
    peer.scopes.delete("users:read");
    expect(await platform.isModerator(callerOf(peer.people.admin), signal())).toBe(false);
    expect(asked("users.info")).toBe(1);
  });

  it("is asked for again after Slack failed to say", async () => {
    const { peer, platform } = opened;
    peer.fail({ method: "users.info", how: { kind: "status", status: 503 } });
    const caller = { ...callerOf(peer.people.admin), channel: channelOf(peer, peer.channels.tech) };
    expect(await platform.isModerator(caller, signal())).toBe(false);
    expect(await platform.isModerator(caller, signal())).toBe(true);
  });
});

describe("a user group", () => {
  it("has those who are in it, asked for once in a while", async () => {
    const { peer, platform } = opened;
    const { desk } = peer.groups;
    peer.join(desk, peer.people.member);
    expect(await platform.hasRole(callerOf(peer.people.member), desk, signal())).toBe(true);
    expect(await platform.hasRole(callerOf(peer.people.admin), desk, signal())).toBe(false);
    expect(asked("usergroups.users.list")).toBe(1);
  });

  it("has nobody where Slack does not tell", async () => {
    const { peer, platform } = opened;
    expect(await platform.hasRole(callerOf(peer.people.member), "S0NONE0001", signal())).toBe(false);
    peer.scopes.delete("usergroups:read");
    expect(await platform.hasRole(callerOf(peer.people.member), peer.groups.desk, signal())).toBe(false);
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
