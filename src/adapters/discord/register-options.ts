import { ApplicationCommandOptionType, ChannelType } from "discord.js";
import { z } from "zod";
import { describeActions, describeOptions, type OptionSpec } from "#src/core/options.ts";
import { fitPlain } from "#src/core/visible-text.ts";

const MAX_DESCRIPTION = 100;
const MAX_CHOICES = 25;

const OPTION_TYPES = {
  string: ApplicationCommandOptionType.String,
  integer: ApplicationCommandOptionType.Integer,
  number: ApplicationCommandOptionType.Number,
  boolean: ApplicationCommandOptionType.Boolean,
} as const;

const PICKERS = {
  channel: ApplicationCommandOptionType.Channel,
  role: ApplicationCommandOptionType.Role,
  user: ApplicationCommandOptionType.User,
  file: ApplicationCommandOptionType.Attachment,
} as const;

/** Channels that a post can be made in. A media channel can be posted in as well, but Discord offers none to choose. */
export const POSTABLE_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.GuildForum,
] as const;

const Choice = z.object({ name: z.string(), value: z.union([z.string(), z.number()]) });

/** What Lede sets of a command's option; reading a registered one through it drops what only Discord sets. */
export const RegisteredOption = z.object({
  type: z.number(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().optional(),
  autocomplete: z.boolean().optional(),
  choices: z.array(Choice).optional(),
  channel_types: z.array(z.number()).optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  get options() {
    return z.array(RegisteredOption).optional();
  },
});
export type RegisteredOption = z.infer<typeof RegisteredOption>;

/** A command's options, or one sub-command for each of its actions. */
export function toOptions(options: z.ZodType): RegisteredOption[] {
  const actions = describeActions(options);
  if (actions === null) return describeOptions(options).map(toOption);
  return actions.map((action) => ({
    type: ApplicationCommandOptionType.Subcommand,
    name: action.name,
    description: toDescription(action.description),
    options: action.options.map(toOption),
  }));
}

/** The option with everything said that Discord may leave unsaid, for comparing. */
export function comparable(option: RegisteredOption): object {
  const { required = false, autocomplete = false, channel_types: types, options = [], ...rest } = option;
  return { ...rest, required, autocomplete, types: ascending(types), options: options.map(comparable) };
}

export function ascending(numbers: readonly number[] | null | undefined): number[] {
  return [...(numbers ?? [])].sort((a, b) => a - b);
}

export function toDescription(text: string): string {
  return fitPlain(text, MAX_DESCRIPTION);
}

function toOption(spec: OptionSpec): RegisteredOption {
  const { name, required } = spec;
  const common = { name, description: toDescription(spec.description), required };
  if (spec.pick === null) return { ...common, ...typed(spec) };
  const channels = spec.pick === "channel" ? { channel_types: [...POSTABLE_TYPES] } : {};
  return { ...common, type: PICKERS[spec.pick], ...channels };
}

function typed({
  type,
  choices,
  min,
  max,
  suggest,
}: OptionSpec): Omit<RegisteredOption, "name" | "description"> {
  const isNumber = type === "integer" || type === "number";
  // Discord takes completions or fixed choices, and completes neither yes nor no.
  const completes = suggest && choices === null && type !== "boolean";
  return {
    type: OPTION_TYPES[type],
    ...(completes ? { autocomplete: true } : {}),
    ...(choices === null
      ? {}
      : { choices: choices.slice(0, MAX_CHOICES).map((value) => ({ name: value, value })) }),
    ...(isNumber && min !== null ? { min_value: min } : {}),
    ...(isNumber && max !== null ? { max_value: max } : {}),
  };
}
