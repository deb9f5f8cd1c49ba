import { afterEach, expect, it, test } from "vitest";
import { COMMANDS } from "#commands";
import { AppError } from "#src/core/errors.ts";
import { keepConnected } from "#src/pipeline/connect.ts";
import type { Inbound, Platform } from "#src/ports.ts";
import { createCalls } from "#tests/contracts/platform-bench.ts";
import type { DiscordPeer } from "#tests/peers/discord/peer.ts";
import { closeDiscord, connectTo, openDiscord, type Opened, SILENT } from "./newsroom.ts";
import { makeInbound } from "#tests/inbound.ts";

const open: Opened[] = [];

afterEach(async () => {
  for (const made of open.splice(0)) await closeDiscord(made);
});

async function opened(...setup: Parameters<typeof openDiscord>): Promise<Opened> {
  const made = await openDiscord(...setup);
  open.push(made);
  return made;
}

const quiet = (): Inbound => makeInbound({ commands: COMMANDS, received: createCalls().received });

function puts(peer: DiscordPeer): number {
  return peer.requests.filter(({ method, path }) => method === "PUT" && path.endsWith("/commands")).length;
}

it("registers the typed commands and the message's menu entry, with one request", async () => {
  const { peer, platform } = await opened();
  await platform.start(quiet());
  expect(puts(peer)).toBe(1);
  expect(peer.commands().map(({ name, type }) => [name, type])).toEqual(
    COMMANDS.flatMap(({ name, surfaces, messageLabel }) => [
      ...(surfaces.includes("typed") ? [[name, 1]] : []),
      ...(surfaces.includes("message") ? [[messageLabel, 3]] : []),
    ]),
  );
  const options = peer.commands().find(({ name }) => name === "brief")?.options ?? [];
  const [link, length] = ["link", "length"].map((wanted) => options.find(({ name }) => name === wanted));
  expect(link).toMatchObject({ type: 3 });
  expect(length).toMatchObject({
    type: 3,
    choices: [{ value: "short" }, { value: "standard" }, { value: "long" }],
  });
});

it("registers nothing when the commands are as they were", async () => {
  const { peer, platform } = await opened();
  await platform.start(quiet());
  await platform.stop();
  const again = connectTo(peer);
  await again.start(quiet());
  expect(puts(peer)).toBe(1);
  await again.stop();
});

it("starts although commands can not be registered, and registers them later", async () => {
  const { peer, platform } = await opened();
  peer.fail({ match: { method: "GET", path: /\/commands$/ }, how: { kind: "status", status: 503 } });
  await platform.start(quiet());
  expect(puts(peer)).toBe(0);
  await peer.waitForCommand("brief");
});

it("waits an outage of Discord out", async () => {
  const { peer, platform } = await opened();
  peer.fail({ match: { path: /^\/gateway\/bot$/ }, times: 6, how: { kind: "status", status: 503 } });
  await platform.start(quiet());
  expect(peer.gateway.isConnected()).toBe(true);
  expect(peer.gateway.sessionCount()).toBe(1);
});

it("says which variable is wrong when the token is refused", async () => {
  const { platform } = await opened({ wrongToken: "MTAw.bad.token" });
  const error = await platform.start(quiet()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: "platform/bad-token", say: expect.stringContaining("DISCORD_TOKEN") });
});

test.for<[string, (peer: DiscordPeer) => void]>([
  ["a lost connection", (peer) => peer.gateway.dropAll()],
  ["a requested reconnect", (peer) => peer.gateway.requestReconnect()],
  ["an invalid session", (peer) => peer.gateway.invalidateSession(true)],
])("answers after %s what was asked meanwhile, once", async ([, disturb]) => {
  const { peer, platform } = await opened();
  const calls = createCalls();
  await platform.start(makeInbound({ commands: COMMANDS, received: calls.received }));
  peer.gateway.refuseConnections(true);
  disturb(peer);
  await peer.waitUntil(() => !peer.gateway.isConnected() || undefined);
  const { news } = peer.channels;
  const asked = peer.slash({ channel: news, user: peer.users.member, command: "lede help" });
  peer.gateway.refuseConnections(false);
  await expect(asked.acked).resolves.toMatchObject({ type: "defer", ephemeral: true });
  expect((await calls.next()).id).toBe(asked.id);
  expect(calls.ids()).toEqual([asked.id]);
});

it("says whether it is connected, since when, and why not", async () => {
  const { peer, platform } = await opened();
  expect(platform.connection()).toMatchObject({ state: "disconnected", why: null });
  await platform.start(quiet());
  const { since } = expectState(platform, "connected");
  peer.gateway.refuseConnections(true);
  peer.gateway.dropAll();
  await expect.poll(() => platform.connection().state, { timeout: 10_000 }).toBe("disconnected");
  expect(expectState(platform, "disconnected").since.getTime()).toBeGreaterThanOrEqual(since.getTime());
  peer.gateway.refuseConnections(false);
  await expect.poll(() => platform.connection().state, { timeout: 10_000 }).toBe("connected");

  const refused = await opened({ wrongToken: "MTAw.bad.token" });
  await refused.platform.start(quiet()).catch(() => undefined);
  expect(refused.platform.connection()).toMatchObject({ why: expect.stringContaining("DISCORD_TOKEN") });
});

test.for([
  [4004, "DISCORD_TOKEN"],
  [4014, "gateway intents"],
] as const)("closed for good with %i says why, and is tried again", async ([code, words]) => {
  const { peer, platform } = await opened();
  const stopping = new AbortController();
  const refused: string[] = [];
  await keepConnected(platform, {
    inbound: quiet(),
    log: SILENT,
    refused: (_, { say }) => void refused.push(say),
    signal: stopping.signal,
    againAfterMs: 1_000,
  });
  expectState(platform, "connected");
  peer.gateway.closeAll(code);
  await expect
    .poll(() => platform.connection(), { timeout: 10_000 })
    .toMatchObject({ state: "disconnected", why: expect.stringContaining(words) });
  await expect.poll(() => platform.connection().state, { timeout: 10_000 }).toBe("connected");
  expect(refused).toEqual([expect.stringContaining(words)]);
  stopping.abort();
});

function expectState(platform: Platform, state: "connected" | "disconnected"): { since: Date } {
  const connection = platform.connection();
  if (connection.state !== state) throw new Error(`It is ${connection.state}.`);
  return connection;
}

it("stops while it is still trying to connect, and connects no more", async () => {
  const { peer, platform } = await opened();
  peer.gateway.refuseConnections(true);
  const starting = platform.start(quiet()).catch((thrown: unknown) => thrown);
  await peer.waitUntil(() => peer.requests.some(({ path }) => path === "/gateway/bot") || undefined);
  await platform.stop();
  expect(await starting).toMatchObject({ code: "platform/unavailable" });
  peer.gateway.refuseConnections(false);
  // discord.js tries again 500 ms after a connection failed, also when it was destroyed meanwhile.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(peer.gateway.isConnected()).toBe(false);
});
