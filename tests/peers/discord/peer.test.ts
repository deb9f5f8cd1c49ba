import { Events, GatewayIntentBits } from "discord.js";
import { expect, test } from "vitest";
import { COMMANDS, createBench, sendable } from "./bench.ts";
import type { DiscordPeer } from "./peer.ts";
import { snowflakeAt } from "./snowflake.ts";

const { startPeer, login } = createBench();

test("a client logs in, sees the guild and its own identity", async () => {
  const peer = await startPeer();
  const client = await login(peer);
  expect(client.user.id).toBe(peer.users.bot.id);
  expect(client.guilds.cache.map((guild) => guild.name)).toEqual(["Newsroom"]);
  expect((await client.application.fetch()).id).toBe(peer.applicationId);
  expect(peer.violations).toEqual([]);
});

test("commands are registered, keep their ids on an overwrite, and can be read back", async () => {
  const peer = await startPeer();
  const client = await login(peer);
  const first = await client.application.commands.set(COMMANDS);
  const second = await client.application.commands.set(COMMANDS);
  expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  expect((await client.application.commands.fetch()).size).toBe(3);
  expect(peer.commands().map(({ name }) => name)).toEqual(["brief", "topic", "Brief this"]);
  expect(peer.violations).toEqual([]);
});

test("text of people reaches the bot when it is mentioned, in a direct message, or with the intent", async () => {
  const peer = await startPeer({ privilegedIntents: GatewayIntentBits.MessageContent });
  const seen = { without: [] as string[], with: [] as string[], none: [] as string[] };
  const without = await login(peer, {
    intents: ["Guilds", "GuildMessages", "DirectMessages"],
    partials: [1],
  });
  const withIntent = await login(peer, { intents: ["Guilds", "GuildMessages", "MessageContent"] });
  const none = await login(peer);
  without.on(Events.MessageCreate, (message) => seen.without.push(message.content));
  withIntent.on(Events.MessageCreate, (message) => seen.with.push(message.content));
  none.on(Events.MessageCreate, (message) => seen.none.push(message.content));
  const { news } = peer.channels;
  const { member } = peer.users;
  peer.userMessage({ channel: news, user: member, content: "plain" });
  peer.userMessage({ channel: news, user: member, content: "hello", mentionsBot: true });
  peer.userMessage({ channel: peer.directChannel(member), user: member, content: "direct" });
  await expect.poll(() => seen.without).toHaveLength(3);
  await expect.poll(() => seen.with).toHaveLength(2);
  expect(seen.without).toEqual(["", `<@${peer.users.bot.id}> hello`, "direct"]);
  expect(seen.with[0]).toBe("plain");
  expect(seen.none).toEqual([]);
});

test("one nonce makes one message, until its window closes", async () => {
  const peer = await startPeer();
  const channel = await sendable(await login(peer), peer.channels.news.id);
  const once = { content: "One", nonce: "a".repeat(24), enforceNonce: true };
  const [first, second] = [await channel.send(once), await channel.send(once)];
  expect(second.id).toBe(first.id);
  expect(peer.messages(channel)).toHaveLength(1);
  peer.settings.nonceWindowMs = -1;
  await channel.send(once);
  expect(peer.messages(channel)).toHaveLength(2);
});

test("messages are edited, deleted and read back by time", async () => {
  const peer = await startPeer();
  const channel = await sendable(await login(peer), peer.channels.news.id);
  const old = await channel.send("old");
  const startedAt = Date.now() + 1;
  await expect.poll(() => Date.now()).toBeGreaterThan(startedAt);
  for (const text of ["a", "b", "c"]) await channel.send({ content: text, nonce: `nonce-${text}` });
  await old.edit("older");
  expect(peer.messages(channel)[0]).toMatchObject({
    content: "older",
    edits: 1,
    versions: [{ content: "old" }],
  });
  const after = await channel.client.rest.get(`/channels/${channel.id}/messages`, {
    query: new URLSearchParams({ after: snowflakeAt(startedAt), limit: "2" }),
  });
  expect(after).toMatchObject([{ content: "b" }, { content: "a" }]);
  // History does not give nonces back, so read-back cannot rest on them.
  expect(JSON.stringify(after)).not.toContain("nonce");
  const before = await channel.messages.fetch({ before: snowflakeAt(startedAt), limit: 5, cache: false });
  expect([...before.values()].map(({ content }) => content)).toEqual(["older"]);
  await old.delete();
  expect(peer.deletedMessages(channel)).toMatchObject([{ id: old.id, deleted: true }]);
  await expect(old.edit("gone")).rejects.toMatchObject({ code: 10_008 });
  expect(peer.violations).toEqual([]);
});

test("history without the permission to read it is an empty page", async () => {
  const peer = await startPeer();
  const channel = await sendable(await login(peer), peer.channels.news.id);
  await channel.send("x");
  peer.deny(channel, "ReadMessageHistory");
  expect((await channel.messages.fetch({ cache: false })).size).toBe(0);
});

test.for([
  {
    name: "cannot see",
    arrange: (peer: DiscordPeer) => peer.deny(peer.channels.news, "ViewChannel"),
    status: 403,
    code: 50_001,
  },
  {
    name: "cannot write",
    arrange: (peer: DiscordPeer) => peer.deny(peer.channels.news, "SendMessages"),
    status: 403,
    code: 50_013,
  },
  {
    name: "deleted",
    arrange: (peer: DiscordPeer) => peer.deleteChannel(peer.channels.news),
    status: 404,
    code: 10_003,
  },
  { name: "kicked from", arrange: (peer: DiscordPeer) => peer.kickBot(), status: 403, code: 50_001 },
])("a channel the bot $name answers $code", async ({ arrange, status, code }) => {
  const peer = await startPeer();
  const client = await login(peer);
  const channel = await sendable(client, peer.channels.news.id);
  arrange(peer);
  await expect(channel.send("x")).rejects.toMatchObject({ status, code });
  expect(peer.violations).toEqual([]);
});

test("threads and crossposts happen once per message", async () => {
  const peer = await startPeer();
  const channel = await sendable(await login(peer), peer.channels.announcements.id);
  const sent = await channel.send("News");
  const thread = await sent.startThread({ name: "Updates" });
  expect(peer.messages(channel)[0]).toMatchObject({ thread: sent.id });
  await thread.send("More");
  expect(peer.messages(thread)).toHaveLength(1);
  await expect(sent.startThread({ name: "Again" })).rejects.toBeDefined();
  await sent.crosspost();
  await expect(sent.crosspost()).rejects.toMatchObject({ code: 40_033 });
  peer.archiveThread(thread, { locked: true });
  await expect(thread.send("late")).rejects.toMatchObject({ code: 50_083 });
  expect(peer.violations).toEqual([]);
});

test("a forum takes posts, not messages", async () => {
  const peer = await startPeer();
  const client = await login(peer);
  const forum = await client.channels.fetch(peer.channels.forum.id);
  if (!forum?.isThreadOnly()) throw new Error("no forum");
  const [world] = forum.availableTags;
  const post = await forum.threads.create({
    name: "Flood",
    appliedTags: world ? [world.id] : [],
    message: { content: "First", embeds: [{ title: "Flood" }] },
  });
  expect(peer.messages(post)).toMatchObject([{ id: post.id, content: "First" }]);
  expect(peer.threads(peer.channels.forum)).toMatchObject([
    { name: "Flood", thread: { appliedTags: [world?.id] } },
  ]);
  expect((await forum.threads.fetchActive()).threads.size).toBe(1);
  expect(peer.violations).toEqual([]);
});

test("a person can be written to, unless they closed their door", async () => {
  const peer = await startPeer();
  const client = await login(peer);
  const moderator = await client.users.fetch(peer.users.moderator.id);
  await moderator.send("A source broke");
  expect(peer.messages(peer.directChannel(peer.users.moderator))).toMatchObject([
    { content: "A source broke" },
  ]);
  peer.users.moderator.dmsClosed = true;
  await expect(moderator.send("Again")).rejects.toMatchObject({ code: 50_007 });
});

test("channels, people and guilds can be added while a client is connected", async () => {
  const peer = await startPeer();
  const client = await login(peer);
  const { guild, channel } = peer.addGuild("Second newsroom");
  const added = peer.addChannel({ name: "members-only" });
  await expect
    .poll(() => client.guilds.cache.has(guild.id) && client.channels.cache.has(added.id))
    .toBe(true);
  await (await sendable(client, channel.id)).send("x");
  expect(peer.messages(channel)).toHaveLength(1);
  const reader = peer.addUser("rita", { roles: [peer.roles.moderator] });
  expect(
    (await client.guilds.cache.get(peer.guilds.main.id)?.members.fetch(reader.id))?.permissions.has(
      "ManageGuild",
    ),
  ).toBe(true);
  peer.kickBot(guild);
  await expect.poll(() => client.guilds.cache.has(guild.id)).toBe(false);
  expect(peer.violations).toEqual([]);
});
