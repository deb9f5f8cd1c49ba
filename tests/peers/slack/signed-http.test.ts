import { createServer, type AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createJudge } from "./judge.ts";
import { startSlackPeer, type SlackPeer } from "./peer.ts";
import type { SigningOptions } from "./signed-http.ts";

const WARM_UP_MS = 60_000;
const news = "C0NEWS0001";
const member = "U0MEMBER01";

let peer: SlackPeer;
let app: App;
let url: string;
let isDeaf: boolean;
const retries: string[] = [];

beforeAll(async () => {
  await createJudge();
}, WARM_UP_MS);

beforeEach(async () => {
  peer = await startSlackPeer({ redeliverAfterMs: 1_000 });
  isDeaf = false;
  retries.length = 0;
  const receiver = new HTTPReceiver({
    signingSecret: peer.signingSecret,
    logLevel: LogLevel.ERROR,
    customPropertiesExtractor: (request) => ({ retry: request.headers["x-slack-retry-num"] }),
  });
  app = new App({
    token: peer.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: peer.apiUrl },
  });
  app.use(async ({ next, context }) => {
    retries.push(String(context["retry"] ?? "first"));
    await next();
  });
  app.command("/brief", async ({ ack, respond, command }) => {
    if (isDeaf) return;
    await ack("Working on it");
    await respond({ text: command.text, replace_original: true });
  });
  app.event("app_mention", async ({ say }) => {
    await say("On it");
  });
  const port = await freePort();
  await app.start({ port, host: "127.0.0.1" });
  url = `http://127.0.0.1:${port}/slack/events`;
  peer.deliverTo(url);
});

afterEach(async () => {
  await app.stop();
  await peer.close();
});

test("commands and events reach a signed HTTP receiver", async () => {
  const call = peer.slash({ channel: news, user: member, command: "/brief", text: "a link" });
  expect(await call.acked).toMatchObject({ ok: true, body: { text: "Working on it" } });
  await call.waitFor((reply) => reply.action === "replace" && reply.text === "a link");
  const mention = peer.mention({ channel: news, user: member, text: "hello" });
  expect(await mention.acked).toMatchObject({ ok: true, attempts: 1 });
  await peer.waitForMessage(news, ({ text }) => text === "On it");
  expect(peer.violations).toEqual([]);
});

const SIGNATURES: readonly (readonly [string, SigningOptions, number])[] = [
  ["a good signature", {}, 200],
  ["one almost too old", { ageSeconds: 290 }, 200],
  ["a stale one", { ageSeconds: 310 }, 401],
  ["one made with another secret", { secret: "someone else's" }, 401],
  ["one of another body", { isTampered: true }, 401],
];

test.for(SIGNATURES)("%s is answered as it deserves", async ([, options, status]) => {
  const body = { json: { type: "url_verification", challenge: "c", token: "t" } };
  const event = { json: { type: "event_callback", event: { type: "app_home_opened", user: member } } };
  const verification = await peer.postSigned(url, body, options);
  expect(verification.status).toBe(status);
  expect(verification.body.includes('"c"')).toBe(status === 200);
  expect((await peer.postSigned(url, event, options)).status).toBe(status);
});

test("an event that the receiver does not take comes again and says so", async () => {
  await app.stop();
  const delivery = peer.event({ type: "app_home_opened", user: member, channel: news, tab: "home" });
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
  const { port } = new URL(url);
  await app.start({ port: Number(port), host: "127.0.0.1" });
  const ack = await delivery.acked;
  expect(ack).toMatchObject({ ok: true, failure: null });
  expect(ack.attempts).toBeGreaterThan(1);
  expect(retries).toEqual([String(ack.attempts - 1)]);
});

test("a command that nobody acknowledges is given up after the time that Slack gives", async () => {
  await peer.close();
  peer = await startSlackPeer({ ackTimeoutMs: 200 });
  peer.deliverTo(url);
  isDeaf = true;
  const call = peer.slash({ channel: news, user: member, command: "/brief", text: "" });
  expect(await call.acked).toMatchObject({ ok: false, attempts: 1, failure: "http_timeout" });
});

/** Bolt needs the port before it listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
