import { z } from "zod";
import { channelParts, CONSOLE_CHANNEL } from "#src/core/channel.ts";
import type { Command } from "#src/core/command.ts";
import type { Choice } from "#src/core/form.ts";
import { describeActions, describeOptions, type OptionSpec } from "#src/core/options.ts";

const LONGEST_LINE = 4_096;

/** A line that is being typed, and where in it. */
export const CompleteInput = z.strictObject({
  line: z.string().max(LONGEST_LINE),
  at: z.int().min(0).max(LONGEST_LINE),
});
export type CompleteInput = z.infer<typeof CompleteInput>;

export interface CompletionItem {
  /** What is put into the line. */
  text: string;
  /** What is sent for it: a menu's choice is read by its label and meant by its value. */
  value: string;
  label: string;
  detail: string;
  /** What is put in is a file, to be chosen first. */
  file: boolean;
}

/** What may stand between `from` and `to` in the line. */
export interface Completion {
  from: number;
  to: number;
  items: CompletionItem[];
  /** Whether Enter takes the first item: what stands there now is only the beginning of a word. */
  eager: boolean;
  /** What is being typed, and what it means. */
  help: { usage: string; text: string } | null;
}

/** Asks a command for what a person may mean by an option. */
type Suggest = (asked: { command: Command; text: string; name: string; typed: string }) => Promise<Choice[]>;

const MOST_ITEMS = 25;
/** The word the line ends in, a value in open quotation marks as one. */
const LAST_WORD = /(?<=^|\s)(?:[a-z_]+:"[^"]*|\S*)$/;
const GIVEN = /(?<=^|\s)([a-z_]+):(?:"[^"]*"|\S+)/g;

/** Completions of commands, actions, options and their values, and a line of help. */
export async function complete(
  commands: readonly Command[],
  { line, at }: CompleteInput,
  suggest: Suggest,
): Promise<Completion> {
  const before = line.slice(0, at);
  const [, indent = "", name = "", gap = "", rest = ""] = /^(\s*)\/?(\S*)(\s*)([\s\S]*)$/.exec(before) ?? [];
  const to = before.length;
  if (gap === "") return { from: indent.length, to, ...ofCommands(commands, name) };
  const command = commands.find((one) => one.name === name);
  if (command === undefined) return { from: to, to, items: [], eager: false, help: null };
  const actions = describeActions(command.options);
  if (actions !== null && !/\s/.test(rest))
    return { from: to - rest.length, to, ...ofActions(command, rest) };
  const [word = "", ...words] = actions === null ? ["", rest] : rest.split(/(?<=^\S*)\s/);
  const action = actions?.find((one) => one.name === word);
  const specs = actions === null ? describeOptions(command.options) : (action?.options ?? []);
  const about = {
    command,
    specs,
    typed: words.join(" "),
    usage: action === undefined ? `/${name}` : `/${name} ${action.name}`,
    text: action?.description ?? command.description,
    prefix: action === undefined ? "" : `${action.name} `,
  };
  return { to, ...(await ofOptions(about, to, suggest)) };
}

type Found = Omit<Completion, "from" | "to">;

function ofCommands(commands: readonly Command[], typed: string): Found {
  const typable = commands.filter(({ surfaces }) => surfaces.includes("typed"));
  const fitting = typable.filter(({ name }) => name.startsWith(typed.toLowerCase()));
  const exact = fitting.find(({ name }) => name === typed);
  return {
    items: fitting.map(({ name, description }) => item(`/${name}`, description)),
    eager: typed !== "" && exact === undefined,
    help: exact === undefined ? null : { usage: `/${exact.name}`, text: exact.description },
  };
}

function ofActions(command: Command, typed: string): Found {
  const actions = describeActions(command.options) ?? [];
  const fitting = actions.filter(({ name }) => name.startsWith(typed.toLowerCase()));
  const exact = fitting.find(({ name }) => name === typed);
  return {
    items: fitting.map(({ name, description }) => item(name, description)),
    eager: typed !== "" && exact === undefined,
    help:
      exact === undefined
        ? { usage: `/${command.name}`, text: command.description }
        : { usage: `/${command.name} ${exact.name}`, text: exact.description },
  };
}

interface About {
  command: Command;
  specs: readonly OptionSpec[];
  /** The part of the line that holds the options. */
  typed: string;
  usage: string;
  text: string;
  /** The action, as it stands before the options. */
  prefix: string;
}

async function ofOptions(
  about: About,
  to: number,
  suggest: Suggest,
): Promise<Found & Pick<Completion, "from">> {
  const { specs, typed } = about;
  const [word = ""] = LAST_WORD.exec(typed) ?? [];
  const from = to - word.length;
  const [, name, begun = ""] = /^([a-z_]+):"?(.*)$/.exec(word) ?? [];
  const named = specs.find((spec) => spec.name === name);
  const rest = typed.slice(0, typed.length - word.length);
  if (named !== undefined) {
    const items = await valuesOf(about, { spec: named, typed: begun, rest }, suggest);
    return { from, items, eager: false, help: { usage: `${named.name}:`, text: named.description } };
  }
  const given = new Set([...rest.matchAll(GIVEN)].map((match) => match[1]));
  const open = specs.filter((spec) => !given.has(spec.name));
  const [first] = specs;
  const values =
    first === undefined || given.has(first.name)
      ? []
      : await valuesOf(about, { spec: first, typed: word, rest }, suggest);
  const names = open
    .filter((spec) => spec.name.startsWith(word.toLowerCase()))
    .map((spec) => ({ ...item(`${spec.name}:`, spec.description), label: spec.name }));
  const items = [...values, ...names].slice(0, MOST_ITEMS);
  return { from, items, eager: false, help: { usage: about.usage, text: about.text } };
}

/** Values of an option that can be told beforehand. */
async function valuesOf(
  { command, prefix }: About,
  { spec, typed, rest }: { spec: OptionSpec; typed: string; rest: string },
  suggest: Suggest,
): Promise<CompletionItem[]> {
  const fits = (value: string): boolean => value.toLowerCase().startsWith(typed.toLowerCase());
  if (spec.pick === "file")
    return [{ ...item(`${spec.name}:`, spec.description), label: "Choose a file…", file: true }];
  if (spec.suggest) {
    const choices = await suggest({ command, text: `${prefix}${rest}`, name: spec.name, typed });
    return choices.slice(0, MOST_ITEMS).map((choice) => valueItem(spec, choice));
  }
  return knownValues(spec)
    .filter(fits)
    .map((value) => valueItem(spec, { value, label: value }));
}

function knownValues({ choices, pick, type }: OptionSpec): readonly string[] {
  if (choices !== null) return choices;
  if (type === "boolean") return ["yes", "no"];
  return pick === "channel" ? [channelParts(CONSOLE_CHANNEL).id] : [];
}

function item(text: string, detail: string): CompletionItem {
  return { text, value: text, label: text, detail, file: false };
}

function valueItem({ name }: OptionSpec, { label, value }: Choice): CompletionItem {
  return { text: token(name, label), value: token(name, value), label, detail: name, file: false };
}

/** An option as it is typed; a quotation mark can not stand inside of one. */
function token(name: string, value: string): string {
  const bare = value.replaceAll('"', "'").trim();
  return /\s/.test(bare) || bare === "" ? `${name}:"${bare}"` : `${name}:${bare}`;
}
