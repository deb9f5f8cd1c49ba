import { once } from "node:events";
import { Events, GatewayIntentBits } from "discord.js";
import { expect, test } from "vitest";
import { createBench } from "./bench.ts";
import type { DiscordPeer } from "./peer.ts";

const { startPeer, createClient, login, loginWithCommands } = createBench();

test("a bad token is refused by REST and by the gateway", async () => {
  const peer = await startPeer();
  const client = createClient(peer);
  await expect(client.login("MTAw.bad.token")).rejects.toMatchObject({ code: "TokenInvalid" });
});

test("a privileged intent that is not switched on closes with 4014", async () => {
  const peer = await startPeer();
  const client = createClient(peer, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent],
  });
  await expect(client.login(peer.token)).rejects.toThrow("Used disallowed intents");
});

test.for([
  { name: "a lost connection", disturb: (peer: DiscordPeer) => peer.gateway.dropAll() },
  { name: "a requested reconnect", disturb: (peer: DiscordPeer) => peer.gateway.requestReconnect() },
  {
    name: "an invalid but resumable session",
    disturb: (peer: DiscordPeer) => peer.gateway.invalidateSession(true),
  },
])("after $name the client resumes, and an interaction made meanwhile is replayed", async ({ disturb }) => {
  const peer = await startPeer();
  await loginWithCommands(peer, async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.reply("here");
  });
  peer.gateway.refuseConnections(true);
  disturb(peer);
  await peer.waitUntil(() => !peer.gateway.isConnected() || undefined);
  const used = peer.slash({
    channel: peer.channels.news,
    user: peer.users.member,
    command: "brief",
    options: { url: "https://example.org" },
  });
  peer.gateway.refuseConnections(false);
  expect(await used.waitForReply()).toMatchObject({ content: "here" });
  expect(peer.gateway.counts).toMatchObject({ identifies: 1, resumes: 1 });
});

test("a refused resume and missed heartbeats lead to a live session again", { timeout: 15_000 }, async () => {
  const peer = await startPeer({ heartbeatIntervalMs: 200 });
  const client = await login(peer);
  peer.gateway.missHeartbeats();
  await peer.waitUntil(() => peer.gateway.counts.resumes === 1 || undefined);
  peer.gateway.refuseResumes(1);
  peer.gateway.dropAll();
  // discord.js lets 5 s pass between two IDENTIFYs, and a client destroyed before READY connects again by itself.
  await once(client, Events.ShardReady);
  expect(peer.gateway.counts.identifies).toBe(2);
  expect(peer.gateway.counts.refusedResumes).toBe(1);
  expect(peer.violations).toEqual([]);
});

test("login fails after four failures of /gateway/bot, and works afterwards", async () => {
  const peer = await startPeer();
  peer.fail({ match: { path: /^\/gateway\/bot$/ }, times: 4, how: { kind: "status", status: 503 } });
  await expect(createClient(peer).login(peer.token)).rejects.toBeDefined();
  await login(peer);
  expect(peer.gateway.isConnected()).toBe(true);
});
