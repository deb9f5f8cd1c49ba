import { expect, test } from "vitest";
import { createBench, sendable } from "./bench.ts";

const { startPeer, login } = createBench();

test.for([
  {
    name: "500 after the commit, with a nonce",
    how: { kind: "status", status: 500, when: "after" },
    hasNonce: true,
    copies: 1,
    throws: false,
  },
  {
    name: "500 after the commit, without",
    how: { kind: "status", status: 500, when: "after" },
    hasNonce: false,
    copies: 2,
    throws: false,
  },
  {
    name: "500 before the commit, without",
    how: { kind: "status", status: 500 },
    hasNonce: false,
    copies: 1,
    throws: false,
  },
  {
    name: "hang after the commit, without",
    how: { kind: "hang", when: "after" },
    hasNonce: false,
    copies: 2,
    throws: false,
  },
  {
    name: "cut after the commit",
    how: { kind: "cut", when: "after" },
    hasNonce: true,
    copies: 1,
    throws: true,
  },
  { name: "cut before the commit", how: { kind: "cut" }, hasNonce: true, copies: 0, throws: true },
  {
    name: "reset after the commit, without",
    how: { kind: "reset", when: "after" },
    hasNonce: false,
    copies: 2,
    throws: false,
  },
  {
    name: "429 for the route",
    how: { kind: "rateLimit", retryAfterMs: 100 },
    hasNonce: false,
    copies: 1,
    throws: false,
  },
  {
    name: "429 for everything",
    how: { kind: "rateLimit", retryAfterMs: 100, scope: "global" },
    hasNonce: false,
    copies: 1,
    throws: false,
  },
  {
    name: "429 as a page",
    how: { kind: "rateLimit", retryAfterMs: 100, html: true },
    hasNonce: false,
    copies: 1,
    throws: false,
  },
  { name: "403", how: { kind: "status", status: 403 }, hasNonce: false, copies: 0, throws: true },
  { name: "delay", how: { kind: "delay", ms: 50 }, hasNonce: false, copies: 1, throws: false },
] as const)("the real client meets $name: $copies copies", async ({ how, hasNonce, copies, throws }) => {
  const peer = await startPeer();
  const channel = await sendable(
    await login(peer, { rest: { api: peer.apiUrl, timeout: 300 } }),
    peer.channels.news.id,
  );
  const fault = peer.fail({ match: { method: "POST", path: /\/messages$/ }, how });
  const outcome = await channel
    .send(hasNonce ? { content: "x", nonce: "n1", enforceNonce: true } : { content: "x" })
    .then(
      () => "sent",
      () => "threw",
    );
  expect(outcome).toBe(throws ? "threw" : "sent");
  expect(fault.hits).toBe(1);
  expect(peer.messages(channel)).toHaveLength(copies);
  expect(peer.violations).toEqual([]);
});

test("a bucket's headers make the client wait before it meets a 429", async () => {
  const peer = await startPeer({ rateLimit: { limit: 2, windowMs: 200 } });
  const channel = await sendable(await login(peer), peer.channels.news.id);
  await Promise.all([1, 2, 3, 4, 5].map((n) => channel.send(`${n}`)));
  expect(peer.messages(channel)).toHaveLength(5);
  expect(peer.requests.map(({ status }) => status)).not.toContain(429);
});

test("one 401 silences the real client, and the state outlives it", async () => {
  const peer = await startPeer();
  const channel = await sendable(await login(peer), peer.channels.news.id);
  await channel.send("kept");
  peer.fail({ match: { method: "POST", path: /messages/ }, how: { kind: "status", status: 401 } });
  await expect(channel.send("lost")).rejects.toMatchObject({ status: 401 });
  await expect(channel.send("lost too")).rejects.toThrow("Expected token to be set");
  const again = await sendable(await login(peer), peer.channels.news.id);
  expect((await again.messages.fetch()).map(({ content }) => content)).toEqual(["kept"]);
});

test("a pause lets a test act between the commit and the answer", async () => {
  const peer = await startPeer();
  const channel = await sendable(await login(peer), peer.channels.news.id);
  const seen: number[] = [];
  peer.fail({
    match: { method: "POST", path: /messages/ },
    how: { kind: "pause", when: "after", until: () => void seen.push(peer.messages(channel).length) },
  });
  await channel.send("x");
  expect(seen).toEqual([1]);
});
