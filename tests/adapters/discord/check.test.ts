import { afterEach, beforeEach, expect, it } from "vitest";
import { COMMANDS } from "#commands";
import { toChannel } from "#src/core/channel.ts";
import { createCalls } from "#tests/contracts/platform-bench.ts";
import { channelOf, closeDiscord, openDiscord, type Opened } from "./newsroom.ts";
import { makeInbound } from "#tests/inbound.ts";

let opened: Opened;
beforeEach(async () => {
  opened = await openDiscord();
});
afterEach(() => closeDiscord(opened));

const CONSOLE = "console:local:main";

it("names the bot, the missing commands and the link that adds it to a server", async () => {
  const { peer, platform } = opened;
  const findings = await platform.check([CONSOLE]);
  const texts = findings.map(({ text }) => text).join("\n");
  expect(texts).toContain("Signed in as lede");
  expect(texts).toContain(`https://discord.com/oauth2/authorize?client_id=${peer.applicationId}`);
  expect(texts).toContain("scope=bot+applications.commands&permissions=309237730304");
  expect(findings).toContainEqual(
    expect.objectContaining({ level: "warning", text: "No commands are registered yet." }),
  );
});

it("lists where Lede can post, as LEDE_CHANNELS wants it, when no channel is configured", async () => {
  const { peer, platform } = opened;
  peer.deny(peer.channels.general, "SendMessages");
  const advice = (await platform.check([])).flatMap((finding) => finding.advice ?? []).join("\n");
  expect(advice).toContain(`LEDE_CHANNELS=${channelOf(peer, peer.channels.news)}`);
  expect(advice).toContain(`LEDE_CHANNELS=${channelOf(peer, peer.channels.announcements)}`);
  expect(advice).not.toContain(peer.channels.general.id);
  expect(advice).toContain(`LEDE_CHANNELS=${channelOf(peer, peer.channels.forum)}`);
});

it("is content with a channel it can post in, and names the registered commands", async () => {
  const { platform, channel } = opened;
  await platform.start(makeInbound({ commands: COMMANDS, received: createCalls().received }));
  const findings = await platform.check([channel]);
  expect(findings.every(({ level }) => level === "ok")).toBe(true);
  expect(findings).toContainEqual({
    level: "ok",
    about: channel,
    text: "Lede can post in #news in Newsroom.",
    advice: null,
  });
  const names = findings.map(({ text }) => text).find((text) => text.startsWith("Commands registered: "));
  expect(names).toMatch(/: (?=.*\/brief\b)(?=.*“Brief this”)(?=.*\/lede\b)/);
});

it("names the permissions that are missing, in the words of Discord's settings", async () => {
  const { peer, platform, channel } = opened;
  peer.deny(peer.channels.news, "EmbedLinks", "ReadMessageHistory");
  const finding = (await platform.check([channel])).at(-1);
  expect(finding).toMatchObject({ level: "error", about: channel });
  expect(finding?.text).toContain("Embed Links, Read Message History");
  expect(finding?.advice).toContain("Permissions");
});

it("asks of a channel and of a thread only what each needs", async () => {
  const { peer, platform, channel } = opened;
  const { news, general } = peer.channels;
  const thread = peer.addChannel({
    name: "late",
    type: peer.channelTypes.publicThread,
    parentId: general.id,
  });
  thread.thread = {
    ownerId: "",
    archived: false,
    locked: false,
    autoArchiveMinutes: 60,
    appliedTags: [],
    startedFrom: undefined,
  };
  peer.deny(news, "SendMessagesInThreads");
  peer.deny(general, "SendMessages");
  const findings = (await platform.check([channel, channelOf(peer, thread)])).slice(-2);
  expect(findings.map(({ level, text }) => [level, text])).toEqual([
    ["ok", "Lede can post in #news in Newsroom."],
    ["ok", "Lede can post in #late in Newsroom."],
  ]);
});

it("asks of a forum what its posts need, in the words a forum's settings have", async () => {
  const { peer, platform } = opened;
  const { forum } = peer.channels;
  const channel = channelOf(peer, forum);
  const check = async () => (await platform.check([channel])).at(-1);
  expect(await check()).toMatchObject({ level: "ok", text: "Lede can post in #stories in Newsroom." });
  peer.deny(forum, "SendMessagesInThreads");
  expect(await check()).toMatchObject({
    level: "warning",
    about: channel,
    text: expect.stringContaining("Send Messages in Posts"),
  });
  peer.deny(forum, "SendMessages");
  expect(await check()).toMatchObject({ level: "error", text: expect.stringContaining("Create Posts") });
});

it("tells of a channel that is not there and of a server that Lede is not in", async () => {
  const { peer, platform } = opened;
  const nowhere = toChannel({
    platform: "discord",
    workspace: peer.guilds.main.id,
    id: "100000000000000001",
  });
  const elsewhere = toChannel({
    platform: "discord",
    workspace: "100000000000000002",
    id: "100000000000000003",
  });
  const findings = (await platform.check([nowhere, elsewhere])).slice(-2);
  for (const finding of findings) {
    expect(finding).toMatchObject({ level: "error", text: "There is no such channel that Lede can see." });
    expect(finding.advice).toContain("LEDE_CHANNELS");
  }
});

it("says what to do about a refused token", async () => {
  const wrong = await openDiscord({ wrongToken: "MTAw.bad.token" });
  const findings = await wrong.platform.check([]);
  await closeDiscord(wrong);
  expect(findings).toMatchObject([{ level: "error", text: "Discord refused DISCORD_TOKEN." }]);
  expect(findings[0]?.advice).toContain("Reset Token");
});

it("says so when Discord does not answer", async () => {
  const { peer, platform } = opened;
  peer.fail({ match: { path: /^\/users\/@me$/ }, how: { kind: "status", status: 503 } });
  expect(await platform.check([])).toMatchObject([{ level: "error" }]);
});
