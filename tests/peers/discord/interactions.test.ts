import {
  ActionRowBuilder,
  StringSelectMenuBuilder,
  ButtonBuilder,
  ButtonStyle,
  Events,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import { expect, test } from "vitest";
import { COMMANDS, createBench, sendable } from "./bench.ts";

const { startPeer, login, loginWithCommands } = createBench();

test("a slash command is deferred and its original edited", async () => {
  const peer = await startPeer();
  await loginWithCommands(peer, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    await interaction.editReply({
      content: `Briefing ${interaction.options.getString("url")}`,
      allowedMentions: { parse: [] },
    });
  });
  const used = peer.slash({
    channel: peer.channels.news,
    user: peer.users.member,
    command: "brief",
    options: { url: "https://example.org/a" },
  });
  expect(await used.acked).toMatchObject({ type: "defer", ephemeral: false });
  expect(await used.waitForReply()).toMatchObject({
    content: "Briefing https://example.org/a",
    edits: 0,
    pinged: [],
  });
  expect(peer.messages(peer.channels.news)).toHaveLength(1);
  expect(peer.violations).toEqual([]);
});

test("a subcommand arrives nested, and is shown only to those who may use it", async () => {
  const peer = await startPeer();
  await loginWithCommands(peer, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const text = `${interaction.options.getSubcommand()} ${interaction.options.getString("query")}`;
    await interaction.reply({ content: text, flags: MessageFlags.Ephemeral });
  });
  const use = { channel: peer.channels.news, command: "topic add", options: { query: "floods" } };
  const used = peer.slash({ ...use, user: peer.users.moderator });
  expect(await used.acked).toMatchObject({ type: "reply", ephemeral: true });
  expect(used.reply).toMatchObject({ content: "add floods", ephemeralFor: peer.users.moderator.id });
  expect(peer.messages(peer.channels.news)).toEqual([]);
  expect(() => peer.slash({ ...use, user: peer.users.member })).toThrow("does not show");
  expect(() => peer.slash({ ...use, user: peer.users.moderator, command: "topic drop" })).toThrow(
    "no subcommand",
  );
});

test("autocomplete offers choices", async () => {
  const peer = await startPeer();
  await loginWithCommands(peer, async (interaction) => {
    if (interaction.isAutocomplete())
      await interaction.respond([{ name: `like ${interaction.options.getFocused()}`, value: "x" }]);
  });
  const typing = {
    channel: peer.channels.news,
    user: peer.users.member,
    command: "brief",
    options: { topic: "flo" },
    focused: "topic",
  };
  expect(await peer.autocomplete(typing)).toEqual([{ name: "like flo", value: "x" }]);
  expect(peer.violations).toEqual([]);
});

test("a message command carries the message with its text, which the gateway withheld", async () => {
  const peer = await startPeer();
  const client = await login(peer, { intents: ["Guilds", "GuildMessages"] }, async (interaction) => {
    if (interaction.isMessageContextMenuCommand())
      await interaction.reply(`Read: ${interaction.targetMessage.content}`);
  });
  await client.application.commands.set(COMMANDS);
  const seen: string[] = [];
  client.on(Events.MessageCreate, (message) => seen.push(message.content));
  const message = peer.userMessage({
    channel: peer.channels.news,
    user: peer.users.member,
    content: "https://example.org/b",
  });
  const used = peer.messageCommand({ name: "Brief this", message, user: peer.users.member });
  expect(await used.waitForReply()).toMatchObject({ content: "Read: https://example.org/b", type: 23 });
  expect(seen[0]).toBe("");
  expect(peer.violations).toEqual([]);
});

test("a pressed button answers one person, and may update its message", async () => {
  const peer = await startPeer();
  const client = await loginWithCommands(peer, async (interaction) => {
    if (!interaction.isButton()) return;
    if (interaction.customId === "why")
      await interaction.reply({ content: "Because.", flags: MessageFlags.Ephemeral });
    else await interaction.update({ content: "Updated", components: [] });
  });
  const channel = await sendable(client, peer.channels.news.id);
  const buttons = ["Why", "Redo"].map((label) =>
    new ButtonBuilder().setStyle(ButtonStyle.Secondary).setLabel(label).setCustomId(label.toLowerCase()),
  );
  const sent = await channel.send({
    content: "Brief",
    components: [new ActionRowBuilder<ButtonBuilder>().addComponents(...buttons)],
  });
  const why = peer.pressButton({ message: sent, customId: "why", user: peer.users.member });
  expect(await why.acked).toMatchObject({ type: "reply", ephemeral: true });
  expect(why.reply).toMatchObject({ content: "Because.", ephemeralFor: peer.users.member.id });
  const redo = peer.pressButton({ message: sent, customId: /^re/, user: peer.users.member });
  expect(await redo.waitForReply((message) => message.content === "Updated")).toMatchObject({
    id: sent.id,
    edits: 1,
  });
  expect(() => peer.pressButton({ message: sent, customId: "why", user: peer.users.member })).toThrow(
    "Nothing to press",
  );
  expect(peer.messages(channel)).toHaveLength(1);
  expect(peer.violations).toEqual([]);
});

test("a modal is opened, filled in and answered", async () => {
  const peer = await startPeer();
  await loginWithCommands(peer, async (interaction) => {
    if (interaction.isChatInputCommand()) {
      const question = new TextInputBuilder().setCustomId("q").setStyle(TextInputStyle.Short);
      const label = new LabelBuilder().setLabel("Question").setTextInputComponent(question);
      await interaction.showModal(
        new ModalBuilder().setCustomId("ask").setTitle("Ask").addLabelComponents(label),
      );
    }
    if (interaction.isModalSubmit()) await interaction.reply(interaction.fields.getTextInputValue("q"));
  });
  const opened = peer.slash({
    channel: peer.channels.news,
    user: peer.users.member,
    command: "brief",
    options: { url: "https://example.org" },
  });
  expect(await opened.acked).toMatchObject({ type: "modal" });
  const sent = peer.submitModal({ from: opened, values: { q: "Where?" } });
  expect(await sent.waitForReply()).toMatchObject({ content: "Where?" });
  expect(peer.violations).toEqual([]);
});

test("late, repeated and impossible answers to an interaction are refused and recorded", async () => {
  const peer = await startPeer({ ackWindowMs: 50 });
  const codes: unknown[] = [];
  const client = await loginWithCommands(peer, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    if (interaction.options.getString("url") === "late")
      await new Promise((resolve) => setTimeout(resolve, 80));
    await interaction.reply("x").catch((error: { code: unknown }) => codes.push(error.code));
    const { id, token } = interaction;
    const repeat = { body: { type: 5 }, auth: false };
    await client.rest
      .post(`/interactions/${id}/${token}/callback`, repeat)
      .catch((error: { code: unknown }) => codes.push(error.code));
  });
  const use = { channel: peer.channels.news, user: peer.users.member, command: "brief" };
  const late = peer.slash({ ...use, options: { url: "late" } });
  await expect(late.acked).rejects.toThrow("did not respond");
  await expect.poll(() => codes).toEqual([10_062, 10_062]);
  peer.slash({ ...use, options: { url: "twice" } });
  await expect.poll(() => codes).toEqual([10_062, 10_062, 40_060]);
  expect(peer.violations.map(({ problem }) => problem)).toEqual([
    "Unknown interaction (10062)",
    "Unknown interaction (10062)",
    "Interaction has already been acknowledged. (40060)",
  ]);
});

test("a menu is chosen from, a button opens a modal, and an update can wait", async () => {
  const peer = await startPeer();
  const client = await login(peer, {}, async (interaction) => {
    if (interaction.isStringSelectMenu()) {
      await interaction.deferUpdate();
      await interaction.editReply({ content: `Chosen ${interaction.values.join()}` });
      await interaction.followUp({ content: "Only you", flags: MessageFlags.Ephemeral });
    }
    if (interaction.isButton()) {
      const question = new TextInputBuilder().setCustomId("q").setStyle(TextInputStyle.Short);
      const label = new LabelBuilder().setLabel("Why").setTextInputComponent(question);
      await interaction.showModal(
        new ModalBuilder().setCustomId("ask").setTitle("Ask").addLabelComponents(label),
      );
    }
    if (interaction.isModalSubmit() && interaction.isFromMessage()) {
      await interaction.update({ content: interaction.fields.getTextInputValue("q"), components: [] });
    }
  });
  const channel = await sendable(client, peer.channels.news.id);
  const menu = new StringSelectMenuBuilder()
    .setCustomId("cadence")
    .addOptions({ label: "Daily", value: "daily" });
  const button = new ButtonBuilder().setStyle(ButtonStyle.Danger).setLabel("Wrong").setCustomId("wrong");
  const sent = await channel.send({
    content: "Brief",
    components: [
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu),
      new ActionRowBuilder<ButtonBuilder>().addComponents(button),
    ],
  });
  const user = peer.users.member;
  const chosen = peer.select({ message: sent, customId: "cadence", user, values: ["daily"] });
  expect(await chosen.waitForFollowup()).toMatchObject({ content: "Only you", ephemeralFor: user.id });
  expect(await chosen.acked).toMatchObject({ type: "deferUpdate" });
  expect(peer.messages(channel)).toMatchObject([{ id: sent.id, content: "Chosen daily" }]);
  expect(() => peer.select({ message: sent, customId: "cadence", user, values: ["hourly"] })).toThrow(
    "does not offer",
  );
  const opened = peer.pressButton({ message: sent, customId: "wrong", user });
  await opened.acked;
  const submitted = peer.submitModal({ from: opened, values: { q: "9, not 11" } });
  expect(await submitted.waitForReply((message) => message.content.startsWith("9"))).toMatchObject({
    id: sent.id,
    components: [],
  });
  expect(peer.violations).toEqual([]);
});

test("the first follow-up takes the place of a deferred reply, and a direct message has its own commands", async () => {
  const peer = await startPeer();
  await loginWithCommands(peer, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.followUp(`In ${interaction.inGuild() ? "a guild" : "private"}`);
    await interaction.followUp("Second");
  });
  const channel = peer.directChannel(peer.users.member);
  const used = peer.slash({
    channel,
    user: peer.users.member,
    command: "brief",
    options: { url: "https://example.org" },
  });
  expect(await used.waitForFollowup()).toMatchObject({ content: "Second" });
  expect(used.reply).toMatchObject({ content: "In private", ephemeralFor: peer.users.member.id });
  expect(peer.violations).toEqual([]);
});
