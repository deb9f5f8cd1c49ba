import {
  type BaseInteraction,
  type ChatInputCommandInteraction,
  type Message,
  type MessageContextMenuCommandInteraction,
  PermissionFlagsBits,
  type PermissionsBitField,
} from "discord.js";
import { type Channel, toChannel } from "#src/core/channel.ts";
import type { Command, CommandCall } from "#src/core/command.ts";
import { findLinks } from "#src/core/url.ts";
import { formatHandle } from "./handle.ts";

/** A call that arrived, with the command it names. */
export interface Arrived {
  call: CommandCall;
  command: Command;
}

export interface ReadDeps {
  commands: readonly Command[];
  now: Date;
}

/** What a person did, as a call; null when it names no command Lede has. */
export function readInteraction(interaction: BaseInteraction, deps: ReadDeps): Arrived | null {
  if (interaction.isChatInputCommand()) return readSlash(interaction, deps);
  if (interaction.isMessageContextMenuCommand()) return readMenu(interaction, deps);
  if (!interaction.isButton()) return null;
  const [name = "", ...rest] = interaction.customId.split(":");
  const command = deps.commands.find((one) => one.name === name && one.surfaces.includes("button"));
  return command === undefined
    ? null
    : arrived(interaction, command, { deps, input: { kind: "text", text: rest.join(":") } });
}

/** A message that speaks to Lede: one that mentions it, or any from a person in a direct conversation. Else null. */
export function readMessage(message: Message, me: string, { commands, now }: ReadDeps): Arrived | null {
  if (message.author.bot || message.system) return null;
  const mention = new RegExp(`<@!?${me}>`, "g");
  // An answer to one of Lede's posts also counts as a mention of it; only a written one asks for something.
  if (message.guildId !== null && message.content.match(mention) === null) return null;
  // A reply in a channel can not be shown to one person alone.
  const command = commands.find((one) => one.surfaces.includes("mention") && one.visibility === "public");
  if (command === undefined) return null;
  const call: CommandCall = {
    id: message.id,
    command: command.name,
    input: { kind: "text", text: message.content.replaceAll(mention, "").trim() },
    caller: {
      platform: "discord",
      user: message.author.id,
      channel: channelOf(message),
      moderator: isModerator(message.member?.permissions ?? null),
    },
    handle: formatHandle({ kind: "mention", channel: message.channelId, source: message.id, reply: null }),
    receivedAt: now,
  };
  return { call, command };
}

function readSlash(interaction: ChatInputCommandInteraction, deps: ReadDeps): Arrived | null {
  const command = deps.commands.find(
    (one) => one.name === interaction.commandName && one.surfaces.includes("typed"),
  );
  if (command === undefined) return null;
  const options = Object.fromEntries(interaction.options.data.map(({ name, value }) => [name, value]));
  return arrived(interaction, command, { deps, input: { kind: "options", options } });
}

function readMenu(interaction: MessageContextMenuCommandInteraction, deps: ReadDeps): Arrived | null {
  const command = deps.commands.find(
    (one) => one.messageLabel === interaction.commandName && one.surfaces.includes("message"),
  );
  if (command === undefined) return null;
  return arrived(interaction, command, {
    deps,
    input: { kind: "text", text: wordsOf(interaction.targetMessage) },
  });
}

/** A message's own text, or that of what it forwards; with the link of its card where the text has none. */
function wordsOf(message: Message): string {
  const forwarded = message.messageSnapshots.map((snapshot) => snapshot.content).join("\n");
  const said = message.content.trim() || forwarded.trim();
  const cards = message.embeds.map(({ url, title, description }) => ({
    url,
    words: `${title ?? ""}\n${description ?? ""}`.trim(),
  }));
  const [link] = cards.flatMap(({ url, words }) => url ?? findLinks(words));
  if (findLinks(said).length > 0 || (link === undefined && said !== "")) return said;
  return [said, link ?? cards[0]?.words].filter(Boolean).join("\n");
}

interface Given {
  deps: ReadDeps;
  input: CommandCall["input"];
}

function arrived(interaction: BaseInteraction, command: Command, { deps, input }: Given): Arrived {
  const call: CommandCall = {
    id: interaction.id,
    command: command.name,
    input,
    caller: {
      platform: "discord",
      user: interaction.user.id,
      channel: channelOf(interaction),
      moderator: isModerator(interaction.memberPermissions),
    },
    handle: formatHandle({
      kind: "interaction",
      application: interaction.applicationId,
      token: interaction.token,
    }),
    receivedAt: deps.now,
  };
  return { call, command };
}

function channelOf({
  guildId,
  channelId,
}: {
  guildId: string | null;
  channelId: string | null;
}): Channel | null {
  return channelId === null
    ? null
    : toChannel({ platform: "discord", workspace: guildId ?? "dm", id: channelId });
}

/** Whoever may manage the server may say what Lede posts in it. */
function isModerator(permissions: Readonly<PermissionsBitField> | null): boolean {
  return permissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
}
