import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type BaseInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type Message,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from "discord.js";
import { isForModerators } from "#src/core/authority.ts";
import type { Command, CommandCall } from "#src/core/command.ts";
import { findLinks } from "#src/core/url.ts";
import { toCaller } from "./caller.ts";
import { formatHandle } from "./handle.ts";
import { readValues } from "./modal.ts";

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
  if (interaction.isChatInputCommand() || interaction.isAutocomplete()) return readSlash(interaction, deps);
  if (interaction.isMessageContextMenuCommand()) return readMenu(interaction, deps);
  if (interaction.isButton()) return readButton(interaction, deps);
  if (interaction.isStringSelectMenu()) return readSelect(interaction, deps);
  return interaction.isModalSubmit() ? readModal(interaction, deps) : null;
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
  const { author: user, guildId, channelId, member } = message;
  const call: CommandCall = {
    id: message.id,
    command: command.name,
    input: { kind: "text", text: message.content.replaceAll(mention, "").trim() },
    caller: toCaller({ user, guildId, channelId, member, permissions: member?.permissions ?? null }),
    handle: formatHandle({ kind: "mention", channel: message.channelId, source: message.id, reply: null }),
    receivedAt: now,
  };
  return { call, command };
}

/** A typed command, or one that is still being typed. */
function readSlash(
  interaction: ChatInputCommandInteraction | AutocompleteInteraction,
  deps: ReadDeps,
): Arrived | null {
  const command = deps.commands.find(
    (one) => one.name === interaction.commandName && one.surfaces.includes("typed"),
  );
  if (command === undefined) return null;
  const options = readOptions(interaction.options.data);
  return arrived(interaction, command, { deps, input: { kind: "options", options } });
}

function readOptions(data: readonly CommandInteractionOption[]): Record<string, unknown> {
  const [first] = data;
  if (first?.type === ApplicationCommandOptionType.Subcommand)
    return { action: first.name, ...readOptions(first.options ?? []) };
  // Of a file Discord gives an id and, apart, where it can be read.
  return Object.fromEntries(data.map(({ name, value, attachment }) => [name, attachment?.url ?? value]));
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

function readButton(interaction: ButtonInteraction, deps: ReadDeps): Arrived | null {
  const { name, text } = splitId(interaction.customId);
  const command = deps.commands.find((one) => one.name === name && one.surfaces.includes("button"));
  return command === undefined
    ? null
    : arrived(interaction, command, { deps, input: { kind: "text", text } });
}

function readSelect(interaction: StringSelectMenuInteraction, deps: ReadDeps): Arrived | null {
  const { name, text } = splitId(interaction.customId);
  const command = deps.commands.find((one) => one.name === name && one.surfaces.includes("button"));
  if (command === undefined) return null;
  const [choice] = interaction.values;
  const values: Record<string, string> = choice === undefined ? {} : { choice };
  return arrived(interaction, command, { deps, input: { kind: "form", text, values } });
}

function readModal(interaction: ModalSubmitInteraction, deps: ReadDeps): Arrived | null {
  const { name, text } = splitId(interaction.customId);
  const command = deps.commands.find((one) => one.name === name && one.form !== undefined);
  if (command === undefined) return null;
  const values = readValues(interaction);
  return arrived(interaction, command, { deps, input: { kind: "form", text, values } });
}

/** `<command>:<text>`, as buttons, menus and forms are called. */
function splitId(customId: string): { name: string; text: string } {
  const [name = "", ...rest] = customId.split(":");
  return { name, text: rest.join(":") };
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
  const { user, guildId, channelId, member, memberPermissions: permissions } = interaction;
  const caller = toCaller({ user, guildId, channelId, member, permissions });
  // The server's settings may let others give a moderators' command; Discord shows it to nobody else.
  const wasLet = isForModerators(command) && guildId !== null && interaction.isCommand();
  const call: CommandCall = {
    id: interaction.id,
    command: command.name,
    input,
    caller: { ...caller, moderator: caller.moderator || wasLet },
    handle: formatHandle({
      kind: "interaction",
      application: interaction.applicationId,
      token: interaction.token,
    }),
    receivedAt: deps.now,
  };
  return { call, command };
}
