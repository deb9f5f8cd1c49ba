import { z } from "zod";
import type { Problem } from "./judge-spec.ts";

type Path = readonly PropertyKey[];

const Choice = z.looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) });

export const CommandOption = z.looseObject({
  type: z.number(),
  name: z.string(),
  description: z.string().default(""),
  required: z.boolean().nullish(),
  autocomplete: z.boolean().nullish(),
  choices: z.array(Choice).nullish(),
  min_value: z.number().nullish(),
  max_value: z.number().nullish(),
  min_length: z.number().nullish(),
  max_length: z.number().nullish(),
  channel_types: z.array(z.number()).nullish(),
  get options() {
    return z.array(CommandOption).nullish();
  },
});
export type CommandOption = z.output<typeof CommandOption>;

export const CommandBody = z.looseObject({
  name: z.string(),
  type: z.number().nullish(),
  description: z.string().nullish(),
  options: z.array(CommandOption).nullish(),
  default_member_permissions: z.union([z.string(), z.number()]).nullish(),
});
export type CommandBody = z.output<typeof CommandBody>;

export const CHAT_INPUT = 1;
export const SUBCOMMAND = 1;
export const SUBCOMMAND_GROUP = 2;
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MAX_CHARACTERS = 8000;
/** How many of each kind one application may have: slash, user and message commands. */
const MAX_PER_TYPE: Record<number, number> = { 1: 100, 2: 15, 3: 15 };

/** Judges a whole set, as the bulk overwrite sends it. */
export function judgeCommandSet(commands: readonly CommandBody[]): Problem[] {
  const problems = commands.flatMap((command, index) => judgeCommand(command, [index]));
  const seen = new Set<string>();
  for (const [index, command] of commands.entries()) {
    const key = `${command.type ?? CHAT_INPUT}:${command.name}`;
    if (seen.has(key)) {
      problems.push(
        problem(
          [index, "name"],
          "APPLICATION_COMMANDS_DUPLICATE_NAME",
          "Application command names must be unique",
        ),
      );
    }
    seen.add(key);
  }
  for (const [type, max] of Object.entries(MAX_PER_TYPE)) {
    const count = commands.filter((command) => String(command.type ?? CHAT_INPUT) === type).length;
    if (count > max)
      problems.push(
        problem([], "APPLICATION_COMMANDS_MAX", `${count} commands of type ${type}; ${max} are allowed`),
      );
  }
  return problems;
}

export function judgeCommand(command: CommandBody, path: Path): Problem[] {
  if ((command.type ?? CHAT_INPUT) !== CHAT_INPUT) return judgeContextCommand(command, path);
  const problems = [...judgeName(command.name, path), ...judgeOptions(command.options ?? [], path, 0)];
  if (!command.description?.trim())
    problems.push(problem([...path, "description"], "BASE_TYPE_REQUIRED", "This field is required"));
  const size =
    (command.description ?? "").length + command.name.length + optionsLength(command.options ?? []);
  if (size > MAX_CHARACTERS)
    problems.push(problem(path, "APPLICATION_COMMAND_TOO_LARGE", `${size} characters; 8000 are allowed`));
  return problems;
}

function judgeContextCommand(command: CommandBody, path: Path): Problem[] {
  const problems: Problem[] = [];
  if (command.description) {
    problems.push(
      problem(
        [...path, "description"],
        "APPLICATION_COMMAND_DESCRIPTION",
        "Context menu commands cannot have a description",
      ),
    );
  }
  if (command.options?.length) {
    problems.push(
      problem(
        [...path, "options"],
        "APPLICATION_COMMAND_OPTIONS",
        "Context menu commands cannot have options",
      ),
    );
  }
  return problems;
}

function judgeOptions(options: readonly CommandOption[], path: Path, depth: number): Problem[] {
  const problems: Problem[] = [];
  const isNested = (option: CommandOption) => option.type === SUBCOMMAND || option.type === SUBCOMMAND_GROUP;
  if (options.some(isNested) && !options.every(isNested)) {
    problems.push(
      problem(
        [...path, "options"],
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        "Sub-command and ordinary options cannot be mixed",
      ),
    );
  }
  const names = options.map((option) => option.name);
  if (new Set(names).size < names.length) {
    problems.push(
      problem(
        [...path, "options"],
        "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED",
        "Option names must be unique",
      ),
    );
  }
  const firstOptional = options.findIndex((option) => !isNested(option) && !option.required);
  if (firstOptional >= 0 && options.slice(firstOptional).some((option) => option.required)) {
    problems.push(
      problem(
        [...path, "options"],
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        "Required options must be placed before non-required options",
      ),
    );
  }
  return [
    ...problems,
    ...options.flatMap((option, index) => judgeOption(option, [...path, "options", index], depth)),
  ];
}

function judgeOption(option: CommandOption, path: Path, depth: number): Problem[] {
  const problems = judgeName(option.name, path);
  if (!option.description.trim())
    problems.push(problem([...path, "description"], "BASE_TYPE_REQUIRED", "This field is required"));
  if (option.autocomplete && option.choices?.length) {
    problems.push(
      problem(
        [...path, "autocomplete"],
        "APPLICATION_COMMAND_AUTOCOMPLETE",
        "autocomplete and choices exclude each other",
      ),
    );
  }
  if (
    (option.min_value ?? -Infinity) > (option.max_value ?? Infinity) ||
    (option.min_length ?? 0) > (option.max_length ?? Infinity)
  ) {
    problems.push(problem(path, "BASE_TYPE_BAD", "The minimum is above the maximum"));
  }
  const choices = option.choices ?? [];
  if (new Set(choices.map((choice) => choice.name)).size < choices.length) {
    problems.push(
      problem(
        [...path, "choices"],
        "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATED",
        "Choice names must be unique",
      ),
    );
  }
  const isMisplaced =
    (option.type === SUBCOMMAND_GROUP && depth > 0) || (option.type === SUBCOMMAND && depth > 1);
  if (isMisplaced)
    problems.push(problem([...path, "type"], "BASE_TYPE_CHOICES", "Sub-commands are nested too deep"));
  return [...problems, ...judgeOptions(option.options ?? [], path, depth + 1)];
}

function judgeName(name: string, path: Path): Problem[] {
  if (NAME.test(name) && name === name.toLowerCase()) return [];
  return [
    problem([...path, "name"], "APPLICATION_COMMAND_INVALID_NAME", `Command name "${name}" is invalid`),
  ];
}

function optionsLength(options: readonly CommandOption[]): number {
  return options.reduce((sum, option) => {
    const choices = (option.choices ?? []).reduce(
      (total, choice) => total + choice.name.length + String(choice.value).length,
      0,
    );
    return (
      sum + option.name.length + option.description.length + choices + optionsLength(option.options ?? [])
    );
  }, 0);
}

function problem(path: Path, code: string, message: string): Problem {
  return { path, code, message };
}
