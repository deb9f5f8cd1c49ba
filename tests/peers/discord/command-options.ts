import { SUBCOMMAND, SUBCOMMAND_GROUP, type CommandOption } from "./judge-commands.ts";
import type { JsonObject } from "./model.ts";
import { need, permissionsIn, type PeerState, type RegisteredCommand } from "./state.ts";
import { rolesJson } from "./wire-guild.ts";
import { attachmentJson } from "./wire-message.ts";
import { channelJson, memberJson, userJson } from "./wire.ts";

type OptionValue = string | number | boolean;
export type OptionValues = Readonly<Record<string, OptionValue | undefined>>;

/** What a person typed after the slash: the command's own name first, then group and subcommand. */
type Typed = {
  readonly command: RegisteredCommand;
  readonly words: readonly string[];
  readonly options: OptionValues;
};

const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;
const USER = 6;
const CHANNEL_OPTION = 7;
const ROLE = 8;
const MENTIONABLE = 9;
const NUMBER = 10;
const ATTACHMENT = 11;

/** The `data` of a slash command as Discord builds it; refuses what Discord's own client would not let a person send. */
export function slashData(state: PeerState, typed: Typed, focused: string | undefined): JsonObject {
  const { leaf, wrap } = descend(typed);
  checkNames(leaf, typed.options);
  const given = leaf.flatMap((option): JsonObject[] => {
    const value = typed.options[option.name];
    const isFocused = option.name === focused;
    if (value === undefined) {
      if (option.required && focused === undefined)
        throw new Error(`Discord asks for the option "${option.name}" first`);
      return isFocused ? [{ name: option.name, type: option.type, value: "", focused: true }] : [];
    }
    if (focused === undefined) {
      checkValue(option, value);
      checkPicked(state, option, String(value));
    }
    // While a person is still typing, Discord sends text, whatever the option's type.
    return [
      {
        name: option.name,
        type: option.type,
        value: isFocused ? String(value) : value,
        ...(isFocused ? { focused: true } : {}),
      },
    ];
  });
  const resolved = resolve(state, leaf, typed);
  const { command } = typed;
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guildId ? { guild_id: command.guildId } : {}),
    options: wrap(given),
    ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
  };
}

/** The options at the place that was typed, and how to nest their values again. */
function descend(typed: Typed): {
  leaf: readonly CommandOption[];
  wrap: (values: JsonObject[]) => JsonObject[];
} {
  let leaf: readonly CommandOption[] = typed.command.options ?? [];
  const nesting: { name: string; type: number }[] = [];
  for (const word of typed.words) {
    const option: CommandOption | undefined = leaf.find(
      ({ name, type }) => name === word && (type === SUBCOMMAND || type === SUBCOMMAND_GROUP),
    );
    if (!option)
      throw new Error(`/${typed.command.name} has no subcommand "${word}"; it has: ${namesOf(leaf)}`);
    nesting.push({ name: option.name, type: option.type });
    leaf = option.options ?? [];
  }
  if (leaf.some(({ type }) => type === SUBCOMMAND || type === SUBCOMMAND_GROUP)) {
    throw new Error(`/${typed.command.name} needs a subcommand: ${namesOf(leaf)}`);
  }
  const wrap = (values: JsonObject[]) =>
    nesting.reduceRight<JsonObject[]>((inner, { name, type }) => [{ name, type, options: inner }], values);
  return { leaf, wrap };
}

function checkNames(options: readonly CommandOption[], given: OptionValues): void {
  const unknown = Object.keys(given).filter(
    (name) => given[name] !== undefined && !options.some((option) => option.name === name),
  );
  if (unknown.length > 0) throw new Error(`No option ${unknown.join(", ")}; there are: ${namesOf(options)}`);
}

function checkValue(option: CommandOption, value: OptionValue): void {
  const refuse = (why: string) => {
    throw new Error(`Discord does not take ${JSON.stringify(value)} for "${option.name}": ${why}`);
  };
  const choices = option.choices ?? [];
  if (choices.length > 0 && !choices.some((choice) => choice.value === value))
    refuse(`choose one of ${choices.map(({ value }) => value).join(", ")}`);
  if (option.type === BOOLEAN && typeof value !== "boolean") refuse("it is yes or no");
  if (option.type === INTEGER && !Number.isInteger(value)) refuse("it is a whole number");
  if (option.type === NUMBER && typeof value !== "number") refuse("it is a number");
  if (
    typeof value === "number" &&
    (value < (option.min_value ?? -Infinity) || value > (option.max_value ?? Infinity))
  )
    refuse("out of bounds");
  if (option.type !== STRING) return;
  if (typeof value !== "string") refuse("it is text");
  const { length } = String(value);
  if (length < (option.min_length ?? 0) || length > (option.max_length ?? Infinity)) refuse("its length");
}

/** What a picker offers: what there is, and of channels only the kinds asked for. */
function checkPicked(state: PeerState, option: CommandOption, id: string): void {
  if (option.type === USER) need(state.users, id, "user");
  if (option.type === ROLE) need(state.roles, id, "role");
  if (option.type === ATTACHMENT) need(state.files, id, "file");
  if (option.type !== CHANNEL_OPTION) return;
  const channel = need(state.channels, id, "channel");
  if (option.channel_types && !option.channel_types.includes(channel.type))
    throw new Error(`Discord does not offer #${channel.name} for "${option.name}"`);
}

/** The users, roles, channels and files that were named, which Discord sends along. */
function resolve(
  state: PeerState,
  options: readonly CommandOption[],
  { options: given, command }: Typed,
): JsonObject {
  const users: JsonObject = {};
  const members: JsonObject = {};
  const roles: JsonObject = {};
  const channels: JsonObject = {};
  const attachments: JsonObject = {};
  for (const { name, type } of options) {
    const id = String(given[name] ?? "");
    if (id === "") continue;
    const isRole = type === ROLE || (type === MENTIONABLE && state.roles.has(id));
    if (isRole)
      roles[id] = rolesJson(state, need(state.roles, id, "role").guildId).find((role) => role["id"] === id);
    if (type === ATTACHMENT) attachments[id] = attachmentJson(state, need(state.files, id, "file"));
    if (type === CHANNEL_OPTION) channels[id] = resolvedChannel(state, id);
    if (type !== USER && (type !== MENTIONABLE || isRole)) continue;
    users[id] = userJson(state, id);
    const guild = [...state.guilds.values()].find(
      (candidate) => candidate.members.has(id) && (command.guildId ?? candidate.id) === candidate.id,
    );
    if (guild) members[id] = { ...memberJson(state, guild.id, id), user: undefined, permissions: "0" };
  }
  return Object.fromEntries(
    Object.entries({ users, members, roles, channels, attachments }).filter(
      ([, found]) => Object.keys(found).length > 0,
    ),
  );
}

function resolvedChannel(state: PeerState, id: string): JsonObject {
  const channel = need(state.channels, id, "channel");
  return {
    ...channelJson(state, channel),
    permissions: permissionsIn(state, channel, state.botId).toString(),
  };
}

function namesOf(options: readonly CommandOption[]): string {
  return options.map(({ name }) => name).join(", ") || "none";
}
