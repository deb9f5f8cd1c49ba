import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  RequestMethod,
  Routes,
} from "discord.js";
import { z } from "zod";
import { isForModerators } from "#src/core/authority.ts";
import type { Command } from "#src/core/command.ts";
import type { Api } from "./api.ts";
import { ascending, comparable, RegisteredOption, toDescription, toOptions } from "./register-options.ts";

/** What Lede sets of a command; reading a registered one through it drops what only Discord sets. */
const Registered = z.object({
  type: z.enum(ApplicationCommandType),
  name: z.string(),
  description: z.string().default(""),
  options: z.array(RegisteredOption).default([]),
  default_member_permissions: z.string().nullable().default(null),
  integration_types: z.array(z.number()).nullish(),
  contexts: z.array(z.number()).nullish(),
});
type Registered = z.infer<typeof Registered>;

/**
 * Makes Discord's commands those of the definitions, with one request and only when they differ: an application may
 * create 200 commands a day. Returns whether anything was changed. Throws AppError `platform/*`.
 */
export async function registerCommands(
  api: Api,
  commands: readonly Command[],
  signal: AbortSignal,
): Promise<boolean> {
  const wanted = toRegistrations(commands);
  if (fingerprint(wanted) === fingerprint(await registeredCommands(api, signal))) return false;
  const { id } = await api.me(signal);
  const route = Routes.applicationCommands(id);
  await api.call({
    method: RequestMethod.Put,
    route,
    body: wanted.map(toBody),
    answer: z.array(Registered),
    signal,
  });
  return true;
}

/** The commands Discord knows. Throws AppError `platform/*`. */
export async function registeredCommands(api: Api, signal: AbortSignal): Promise<Registered[]> {
  // An application's id is that of its bot, for every application made since 2016.
  const { id } = await api.me(signal);
  return api.call({
    method: RequestMethod.Get,
    route: Routes.applicationCommands(id),
    answer: z.array(Registered),
    signal,
  });
}

/** The slash commands and message-menu entries of the definitions. */
function toRegistrations(commands: readonly Command[]): Registered[] {
  return commands.flatMap((command) => {
    const typed = command.surfaces.includes("typed") ? [toSlash(command)] : [];
    const menu = command.surfaces.includes("message") ? toMenu(command) : [];
    return [...typed, ...menu];
  });
}

function toSlash(command: Command): Registered {
  return {
    ...common(command),
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: toDescription(command.description),
    options: toOptions(command.options),
  };
}

function toMenu(command: Command): Registered[] {
  if (command.messageLabel === null) return [];
  return [
    {
      ...common(command),
      type: ApplicationCommandType.Message,
      name: command.messageLabel,
      description: "",
      options: [],
    },
  ];
}

/** A moderator's command is hidden from others and needs a server; all others also work in a direct message. */
function common(
  command: Command,
): Pick<Registered, "default_member_permissions" | "integration_types" | "contexts"> {
  const forModerators = isForModerators(command);
  const contexts = [InteractionContextType.Guild, ...(forModerators ? [] : [InteractionContextType.BotDM])];
  return {
    default_member_permissions: forModerators ? String(PermissionFlagsBits.ManageGuild) : null,
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts,
  };
}

/** A menu entry may carry neither description nor options. */
function toBody(command: Registered): Partial<Registered> {
  if (command.type === ApplicationCommandType.ChatInput) return command;
  const { description: _description, options: _options, ...body } = command;
  return body;
}

function fingerprint(commands: readonly Registered[]): string {
  const sorted = commands
    .map((command) => Registered.parse(command))
    .map((command) => ({
      ...command,
      options: command.options.map(comparable),
      contexts: ascending(command.contexts),
      integration_types: ascending(command.integration_types),
    }))
    .sort((a, b) => `${a.type} ${a.name}`.localeCompare(`${b.type} ${b.name}`));
  return JSON.stringify(sorted);
}
