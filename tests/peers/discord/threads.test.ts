import { AttachmentBuilder, type Client } from "discord.js";
import { expect, test } from "vitest";
import { createBench, sendable } from "./bench.ts";
import type { DiscordPeer } from "./peer.ts";

const { startPeer, login } = createBench();

async function startThread(peer: DiscordPeer) {
  const channel = await sendable(await login(peer), peer.channels.news.id);
  const sent = await channel.send("News");
  const thread = await sent.startThread({ name: "Updates" });
  return { thread, message: await thread.send("More") };
}

async function forumOf(client: Client, peer: DiscordPeer) {
  const forum = await client.channels.fetch(peer.channels.forum.id);
  if (!forum?.isThreadOnly()) throw new Error("no forum");
  return forum;
}

test("an archived thread takes no edit until it is opened again, which a post does by itself", async () => {
  const peer = await startPeer();
  const { thread, message } = await startThread(peer);
  peer.archiveThread(thread);
  await expect(message.edit("x")).rejects.toMatchObject({ code: 50_083 });
  await thread.setArchived(false);
  await message.edit("x");
  peer.archiveThread(thread);
  await thread.send("Again");
  expect(peer.channel(thread).thread?.archived).toBe(false);
});

test("a locked thread is opened and written in by nobody but those who manage threads", async () => {
  const peer = await startPeer();
  const { thread } = await startThread(peer);
  peer.archiveThread(thread, { locked: true });
  await expect(thread.setArchived(false)).rejects.toMatchObject({ code: 50_013 });
  await expect(thread.send("x")).rejects.toMatchObject({ code: 50_083 });
  peer.allow(peer.channels.news, "ManageThreads");
  await thread.send("x");
  expect(peer.violations).toEqual([]);
  peer.deny(peer.channels.news, "ManageThreads");
  await expect(thread.send("y")).rejects.toMatchObject({ code: 160_005 });
});

test("another's thread may be opened again, and nothing else in it changed", async () => {
  const peer = await startPeer();
  const { thread } = await startThread(peer);
  const info = peer.channel(thread).thread;
  if (info) info.ownerId = peer.users.member.id;
  peer.archiveThread(thread);
  await thread.setArchived(false);
  await expect(thread.setName("Mine")).rejects.toMatchObject({ code: 50_013 });
});

test("archived posts of a forum are listed by when they were archived, in pages", async () => {
  let now = Date.now();
  const peer = await startPeer({ now: () => now });
  const client = await login(peer);
  const forum = await forumOf(client, peer);
  const names = ["a", "b", "c"];
  for (const name of names) {
    const post = await forum.threads.create({ name, message: { content: name } });
    now += 1_000;
    peer.archiveThread(post);
  }
  const page = await forum.threads.fetchArchived({ limit: 2 });
  expect(page.threads.map(({ name }) => name)).toEqual(["c", "b"]);
  expect(page.hasMore).toBe(true);
  const before = page.threads.last()?.archivedAt ?? undefined;
  const next = await forum.threads.fetchArchived({ limit: 2, ...(before ? { before } : {}) });
  expect(next.threads.map(({ name }) => name)).toEqual(["a"]);
  expect(next.hasMore).toBe(false);
  expect((await forum.threads.fetchActive()).threads.size).toBe(0);
  expect(peer.violations).toEqual([]);
});

test("a media channel takes posts like a forum", async () => {
  const peer = await startPeer();
  const client = await login(peer);
  const added = peer.addChannel({ name: "pictures", type: peer.channelTypes.media });
  const media = await client.channels.fetch(added.id);
  if (!media?.isThreadOnly()) throw new Error("no media channel");
  await media.threads.create({ name: "One", message: { content: "x" } });
  expect(peer.threads(added)).toHaveLength(1);
  expect(peer.violations).toEqual([]);
});

test("files come with a message, stay while an edit names them, and go when it does not", async () => {
  const peer = await startPeer();
  const channel = await sendable(await login(peer), peer.channels.news.id);
  const file = (words: string) => new AttachmentBuilder(Buffer.from(words), { name: `${words}.txt` });
  const sent = await channel.send({ content: "x", files: [file("one"), file("two")] });
  const [one] = [...sent.attachments.values()];
  if (!one) throw new Error("no file came back");
  expect(await (await fetch(one.url)).text()).toBe("one");
  const shown = () => peer.messages(channel)[0]?.attachments.map(({ filename }) => filename);
  await sent.edit({ attachments: [{ id: one.id }], files: [file("three")] });
  expect(shown()).toEqual(["one.txt", "three.txt"]);
  await sent.edit({ content: "y" });
  expect(shown()).toEqual(["one.txt", "three.txt"]);
  await sent.edit({ attachments: [] });
  expect(shown()).toEqual([]);
  expect(peer.violations).toEqual([]);
});

test("files need a permission of their own", async () => {
  const peer = await startPeer();
  const channel = await sendable(await login(peer), peer.channels.news.id);
  peer.deny(channel, "AttachFiles");
  const files = [new AttachmentBuilder(Buffer.from("x"), { name: "x.txt" })];
  await expect(channel.send({ files })).rejects.toMatchObject({ code: 50_013 });
});
