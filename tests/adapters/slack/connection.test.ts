import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { COMMANDS } from "#commands";
import { createWebServer } from "#src/adapters/web/server.ts";
import { type Calls, createCalls } from "#tests/contracts/platform-bench.ts";
import { briefOf, KEY, SOURCE } from "#tests/contracts/platform-replies.ts";
import { AppError } from "#src/core/errors.ts";
import type { Platform } from "#src/ports.ts";
import type { SlackPeer } from "#tests/peers/slack/peer.ts";
import { channelOf, closeSlack, connectTo, type Opened, openSlack, SILENT } from "./newsroom.ts";
import { makeInbound } from "#tests/inbound.ts";
import { keepConnected } from "#src/pipeline/connect.ts";

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

describe("posting", () => {
  test.for<[string, object]>([
    ["is_archived", { kind: "failed", code: "platform/gone" }],
    ["missing_scope", { kind: "failed", code: "platform/forbidden" }],
    ["token_revoked", { kind: "retry", code: "platform/bad-token", afterMs: null }],
    ["msg_too_long", { kind: "failed", code: "platform/rejected" }],
    ["fatal_error", { kind: "uncertain", code: "platform/uncertain" }],
    ["ratelimited", { kind: "retry", code: "platform/rate-limited" }],
  ])("tells what Slack means by %s", async ([error, outcome]) => {
    const { peer, platform, channel } = opened;
    peer.fail({ method: "chat.postMessage", how: { kind: "error", error } });
    const signal = AbortSignal.timeout(20_000);
    expect(await platform.post({ channel, key: KEY, reply: briefOf(), signal })).toMatchObject(outcome);
  });

  it("hands on how long Slack asks to wait", async () => {
    const { peer, platform, channel } = opened;
    peer.fail({ method: "chat.postMessage", how: { kind: "ratelimited", retryAfterSeconds: 7 } });
    const outcome = await platform.post({
      channel,
      key: KEY,
      reply: briefOf(),
      signal: AbortSignal.timeout(20_000),
    });
    expect(outcome).toEqual({ kind: "retry", code: "platform/rate-limited", afterMs: 7_000 });
  });

  it("tries again later when nobody listens at Slack's address", async () => {
    const closed = await openSlack();
    await closeSlack(closed);
    const signal = AbortSignal.timeout(20_000);
    const outcome = await closed.platform.post({
      channel: closed.channel,
      key: KEY,
      reply: briefOf(),
      signal,
    });
    expect(outcome).toMatchObject({ kind: "retry", code: "platform/unavailable" });
  });
});

describe("starting", () => {
  it("fails with a remedy when Slack refuses the bot token", async () => {
    const { peer } = opened;
    const wrong = connectTo(peer, { kind: "socket", appToken: peer.appToken }, "xoxb-wrong");
    const started = wrong.start(makeInbound({ commands: COMMANDS, received: calls.received }));
    await expect(started).rejects.toMatchObject({
      code: "platform/bad-token",
      say: expect.stringContaining("SLACK_BOT_TOKEN"),
    });
  });

  it("fails with a remedy when Slack refuses the app token", async () => {
    const wrong = connectTo(opened.peer, { kind: "socket", appToken: "xapp-wrong" });
    const started = wrong.start(makeInbound({ commands: COMMANDS, received: calls.received }));
    await expect(started).rejects.toMatchObject({
      code: "platform/bad-token",
      say: expect.stringContaining("SLACK_APP_TOKEN"),
    });
  });

  it("waits out an outage", async () => {
    opened.peer.fail({ method: "auth.test", how: { kind: "status", status: 503 } });
    await start();
    void opened.peer.slash({
      channel: opened.peer.channels.news,
      user: opened.peer.people.member,
      command: "/brief",
      text: SOURCE,
    });
    expect(await calls.next()).toMatchObject({ command: "brief" });
  });
});

describe("staying connected", () => {
  it("comes back after a cut and a refusal, and hears what is said then", async () => {
    const { peer } = opened;
    await start();
    peer.fail({ method: "apps.connections.open", how: { kind: "status", status: 503 } });
    peer.socket.dropAll();
    await peer.socket.waitForConnection(2, 20_000);
    void peer.slash({
      channel: peer.channels.news,
      user: peer.people.member,
      command: "/brief",
      text: SOURCE,
    });
    expect(await calls.next()).toMatchObject({ command: "brief" });
  }, 30_000);
});

describe("a connection that ends", () => {
  const ask = ({ peer }: Opened) =>
    peer.slash({
      channel: peer.channels.news,
      user: peer.people.member,
      command: "/brief",
      text: SOURCE,
    });

  test.for(["warning", "refresh_requested"] as const)(
    "after a %s is replaced before it goes, and no command is lost",
    { timeout: 30_000 },
    async (reason) => {
      const { peer } = opened;
      await start();
      peer.socket.disconnect(reason);
      for (let asked = 0; asked < 8; asked += 1) {
        expect(peer.socket.connections).toBeGreaterThan(0);
        expect(await ask(opened).acked).toMatchObject({ ok: true, attempts: 1 });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await peer.socket.waitForConnection(2);
      await expect.poll(() => peer.socket.connections, { timeout: 10_000 }).toBe(1);
      expect(await ask(opened).acked).toMatchObject({ ok: true });
      expect(new Set(calls.ids()).size).toBe(9);
      expect(peer.socket.greeted).toBe(2);
    },
  );

  it("is not given up because the process stood still", async () => {
    const { peer } = opened;
    await start();
    // Long enough that pongs were heard before.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_600);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await ask(opened).acked).toMatchObject({ ok: true, attempts: 1 });
    expect(peer.socket.greeted).toBe(1);
  }, 30_000);

  it("and is refused anew says so, and is tried again", async () => {
    const { peer, platform } = opened;
    const stopping = new AbortController();
    const inbound = makeInbound({ commands: COMMANDS, received: calls.received });
    const refused: string[] = [];
    await keepConnected(platform, {
      inbound,
      log: SILENT,
      refused: (_, { say }) => void refused.push(say),
      signal: stopping.signal,
      againAfterMs: 500,
    });
    peer.fail({ method: "apps.connections.open", times: 2, how: { kind: "error", error: "invalid_auth" } });
    peer.socket.dropAll();
    await expect
      .poll(() => platform.connection())
      .toMatchObject({ state: "disconnected", why: expect.stringContaining("SLACK_APP_TOKEN") });
    await expect.poll(() => platform.connection().state, { timeout: 10_000 }).toBe("connected");
    expect(refused).toHaveLength(2);
    expect(await ask(opened).acked).toMatchObject({ ok: true });
    stopping.abort();
  }, 30_000);
});

describe("its state", () => {
  it("is connected while the socket stands, and says what was refused", async () => {
    const { peer, platform } = opened;
    expect(platform.connection().state).toBe("disconnected");
    await start();
    expect(platform.connection().state).toBe("connected");
    peer.fail({ method: "apps.connections.open", how: { kind: "status", status: 503 } });
    peer.socket.dropAll();
    await expect.poll(() => platform.connection().state).toBe("disconnected");
    await expect.poll(() => platform.connection().state, { timeout: 20_000 }).toBe("connected");

    const wrong = connectTo(peer, { kind: "socket", appToken: peer.appToken }, "xoxb-wrong");
    await wrong.start(makeInbound({})).catch(() => undefined);
    expect(wrong.connection()).toMatchObject({ why: expect.stringContaining("SLACK_BOT_TOKEN") });
  }, 30_000);
});

async function serve(
  peer: SlackPeer,
  received = calls.received,
): Promise<{ url: string; platform: Platform; close: () => Promise<void> }> {
  const platform = connectTo(peer, { kind: "http", signingSecret: peer.signingSecret });
  const app = new Hono().route("/", platform.routes ?? new Hono());
  await platform.start(makeInbound({ commands: COMMANDS, received }));
  const server = await createWebServer({ host: "127.0.0.1", port: 0, portTries: 1, log: SILENT }, app);
  const close = async (): Promise<void> => {
    await platform.stop();
    await server.close();
  };
  return { url: `http://127.0.0.1:${server.port}/slack/events`, platform, close };
}

describe("over signed HTTP", () => {
  it("commands and mentions arrive, and a wrong signature is refused", async () => {
    const { peer } = opened;
    const { url, platform, close } = await serve(peer);
    peer.deliverTo(url);
    await peer.postSigned(url, { json: { type: "event_callback" } }, { secret: "someone else's" });
    expect(platform.connection()).toEqual({ state: "listening", heardAt: null });
    const place = { channel: peer.channels.news, user: peer.people.member };
    expect(await peer.slash({ ...place, command: "/brief", text: SOURCE }).acked).toMatchObject({ ok: true });
    expect(await calls.next()).toMatchObject({ input: { kind: "line", text: SOURCE } });
    expect(await peer.mention({ ...place, text: SOURCE }).acked).toMatchObject({ ok: true, attempts: 1 });
    const body = { json: { type: "url_verification", challenge: "c", token: "t" } };
    expect(await peer.postSigned(url, body)).toMatchObject({ status: 200 });
    expect(await peer.postSigned(url, body, { secret: "someone else's" })).toMatchObject({ status: 401 });
    expect(platform.connection()).toEqual({ state: "listening", heardAt: expect.any(Date) });
    await close();
  });
});

describe("over signed HTTP, with a store that takes nothing", () => {
  it("an event is answered with 503 and when to come again, and a command with a sentence for its giver", async () => {
    const { peer } = opened;
    const { url, close } = await serve(peer, () => Promise.reject(new AppError("store/full")));
    const place = { channel: peer.channels.news, user: peer.people.member };
    peer.deliverTo(url);
    const slash = peer.slash({ ...place, command: "/brief", text: SOURCE });
    expect(await slash.acked).toMatchObject({ ok: true });
    expect(await slash.waitFor(() => true)).toMatchObject({
      isEphemeral: true,
      text: expect.stringContaining("full"),
    });
    const event = { type: "app_mention", user: place.user, channel: place.channel, text: SOURCE, ts: "1.0" };
    const json = { type: "event_callback", event_id: "Ev1", team_id: peer.team.id, event };
    const answer = await peer.postSigned(url, { json });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("30");
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: "store/full" } });
    await close();
  });
});

describe("the check", () => {
  it("is content with a workspace that is set up, and names channels to choose from", async () => {
    const { peer, platform, channel } = opened;
    const findings = await platform.check([]);
    expect(findings.filter(({ level }) => level !== "ok")).toEqual([]);
    expect(findings.map(({ advice }) => advice)).toContain(
      `To have news posted there, set LEDE_CHANNELS=${channel}`,
    );
    expect(await platform.check([channel])).toContainEqual(
      expect.objectContaining({ level: "ok", about: channel, text: "Lede can post in #news." }),
    );
    expect(peer.messages(peer.channels.news)).toEqual([]);
  });

  it("says in one sentence that a token is no bot's, and so does the start", async () => {
    const { peer, platform } = opened;
    peer.settings.isPersonsToken = true;
    const say = expect.stringMatching(/^SLACK_BOT_TOKEN is no bot's token\. .*xoxb-/);
    expect(await platform.check([])).toMatchObject([{ level: "error", advice: say }]);
    await expect(start()).rejects.toMatchObject({ code: "platform/bad-token", say });
  });

  it("tells what each missing wish costs, and no more", async () => {
    const { peer, platform } = opened;
    for (const scope of ["users:read", "files:write"]) peer.scopes.delete(scope);
    const findings = (await platform.check([])).filter(({ level }) => level !== "ok");
    expect(findings).toMatchObject([
      { level: "warning", text: expect.stringMatching(/^Without files:write .* Without users:read .*\.$/) },
    ]);
  });

  it("names missing scopes, and what to do about channels", async () => {
    const { peer, platform } = opened;
    peer.scopes.delete("groups:history");
    const { outside, archived } = peer.channels;
    const findings = await platform.check([outside, archived, "C404404404"].map((id) => channelOf(peer, id)));
    const errors = findings
      .filter(({ level }) => level === "error")
      .map(({ text, advice }) => `${text} ${advice}`);
    expect(errors).toEqual([
      expect.stringMatching(/lacks scopes: groups:history\..*api\.slack\.com/),
      expect.stringContaining("Write /invite @Lede in #outside."),
      expect.stringContaining("#archived is archived."),
      expect.stringContaining("There is no such channel"),
    ]);
  });
});
