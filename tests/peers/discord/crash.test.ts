import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { createBench, sendable } from "./bench.ts";

const { startPeer, login } = createBench();

const SENDER = `
import { Client } from "discord.js";
const { PEER, TOKEN, CHANNEL } = process.env;
const client = new Client({ intents: [1], rest: { api: PEER } });
await client.login(TOKEN);
const channel = await client.channels.fetch(CHANNEL);
await channel.send({ content: "brief", nonce: "key-1", enforceNonce: true });
`;

test("a client killed between the commit and the answer finds its message again", async () => {
  const peer = await startPeer();
  const { news } = peer.channels;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", SENDER], {
    env: { ...process.env, PEER: peer.apiUrl, TOKEN: peer.token, CHANNEL: news.id },
    stdio: "inherit",
  });
  peer.fail({
    match: { method: "POST", path: /\/messages$/ },
    how: { kind: "pause", when: "after", until: () => void child.kill("SIGKILL") },
  });
  await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  expect(peer.messages(news)).toHaveLength(1);
  await peer.waitUntil(() => (peer.gateway.isConnected() ? undefined : true));
  const channel = await sendable(await login(peer), news.id);
  await channel.send({ content: "brief", nonce: "key-1", enforceNonce: true });
  expect(peer.messages(news)).toHaveLength(1);
  expect(peer.violations).toEqual([]);
});
