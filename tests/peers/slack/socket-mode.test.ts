import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createJudge } from "./judge.ts";
import { startSlackPeer, type SlackPeer } from "./peer.ts";

const WARM_UP_MS = 60_000;
/** Also the wait before a reconnect; shorter than this, a busy machine makes clients give up on live sockets. */
const PING_TIMEOUT_MS = 1_000;
const news = "C0NEWS0001";
const member = "U0MEMBER01";
const homeOpened = { type: "app_home_opened", user: member, tab: "home" };

let peer: SlackPeer;
const running: { stop: () => Promise<unknown> }[] = [];

// The first run on a machine generates the schemas, which takes seconds.
beforeAll(async () => {
  await createJudge();
}, WARM_UP_MS);

beforeEach(async () => {
  peer = await startSlackPeer({ redeliverAfterMs: 500 });
});

afterEach(async () => {
  for (const client of running.splice(0)) await client.stop();
  await peer.close();
});

function createReceiver(clientPingTimeout?: number): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: peer.appToken,
    ...(clientPingTimeout === undefined ? {} : { clientPingTimeout }),
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: peer.apiUrl } },
  });
}

async function startApp(): Promise<void> {
  const app = new App({
    token: peer.botToken,
    receiver: createReceiver(PING_TIMEOUT_MS),
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: peer.apiUrl },
  });
  app.command("/ping", async ({ ack }) => ack("pong"));
  await app.start();
  running.push(app);
}

/** A connected client that notes events and acknowledges from the `hearsFrom`-th on. */
async function startListener(hearsFrom: number): Promise<{
  readonly seen: (readonly [string, number])[];
  readonly stop: () => Promise<unknown>;
}> {
  const seen: (readonly [string, number])[] = [];
  const receiver = createReceiver();
  // Without an app behind it the receiver acknowledges nothing by itself.
  receiver.client.on("slack_event", ({ ack, body, retry_num }) => {
    seen.push([String(body.event_id), Number(retry_num)]);
    if (seen.length >= hearsFrom) void ack();
  });
  await receiver.start();
  const listener = { seen, stop: () => receiver.stop() };
  running.push(listener);
  return listener;
}

test("the client comes back after a polite disconnect and after a cut", async () => {
  await startApp();
  peer.socket.disconnect("refresh_requested");
  await peer.socket.waitForConnection(2);
  peer.socket.dropAll();
  await peer.socket.waitForConnection(3);
  const call = peer.slash({ channel: news, user: member, command: "/ping", text: "" });
  expect(await call.acked).toMatchObject({ ok: true, body: { text: "pong" } });
});

test("the client comes back although Slack refuses new sockets for a while", async () => {
  await startApp();
  const refusal = peer.fail({
    method: "apps.connections.open",
    times: 2,
    how: { kind: "status", status: 503 },
  });
  peer.socket.dropAll();
  await peer.socket.waitForConnection(2, 20_000);
  expect(refusal.hits).toBe(2);
});

test("an event comes again when it was not acknowledged, and twice when asked", async () => {
  const listener = await startListener(2);
  const delivery = peer.event(homeOpened);
  const ack = await delivery.acked;
  expect(ack.ok).toBe(true);
  expect(ack.attempts).toBeGreaterThan(1);
  expect((await delivery.deliverAgain()).ok).toBe(true);
  expect(listener.seen.slice(0, 2)).toEqual([
    [delivery.eventId, 0],
    [delivery.eventId, 1],
  ]);
  expect(listener.seen.at(-1)).toEqual([delivery.eventId, 1]);
  expect(listener.seen.length).toBeGreaterThan(2);
});

test("an event that a dying client did not acknowledge reaches its successor", async () => {
  await peer.close();
  peer = await startSlackPeer({ redeliverAfterMs: 500, maxRedeliveries: 40 });
  const dying = await startListener(Infinity);
  const delivery = peer.event(homeOpened);
  await expect.poll(() => dying.seen.length).toBe(1);
  await dying.stop();
  const successor = await startListener(1);
  expect((await delivery.acked).ok).toBe(true);
  expect(successor.seen[0]?.[0]).toBe(delivery.eventId);
  expect(successor.seen[0]?.[1]).toBeGreaterThan(0);
});

test("an event that is never acknowledged is given up", async () => {
  await startListener(Infinity);
  expect(await peer.event(homeOpened).acked).toMatchObject({ ok: false, attempts: 4, failure: "timeout" });
});

test("a ticket opens one socket only, and an app token is needed for it", async () => {
  const open = (token: string) =>
    fetch(`${peer.apiUrl}apps.connections.open`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
    });
  expect(await (await open(peer.botToken)).json()).toMatchObject({ error: "not_allowed_token_type" });
  const { url } = (await (await open(peer.appToken)).json()) as { url: string };
  const first = new WebSocket(url);
  await new Promise((resolve) => {
    first.addEventListener("message", resolve, { once: true });
  });
  const second = new WebSocket(url);
  const code = await new Promise((resolve) => {
    second.addEventListener("close", (event) => resolve(event.code), { once: true });
  });
  expect(code).toBe(1008);
  first.close();
});
