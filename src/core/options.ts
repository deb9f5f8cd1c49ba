import { z } from "zod";

/** One option of a command, as a registration form, a help line or a parser needs it. */
export interface OptionSpec {
  name: string;
  description: string;
  type: "string" | "integer" | "number" | "boolean";
  required: boolean;
  choices: readonly string[] | null;
  default: unknown;
  min: number | null;
  max: number | null;
  /** Set by `.meta({ suggest: true })`: the command's `suggest` completes what is typed. */
  suggest: boolean;
  /** Set by `.meta({ pick: … })`: the platform's own picker; the value is its id. A "file" is an address to read it from. */
  pick: Pick | null;
  /** Set by `.meta({ runsOn: true })`: typed without quotation marks, its value is all words up to the next option. */
  runsOn: boolean;
}

const Pick = z.enum(["channel", "role", "user", "file"]);
export type Pick = z.infer<typeof Pick>;

/** One action of a command that has several: `/topics add`. */
export interface ActionSpec {
  name: string;
  description: string;
  options: OptionSpec[];
}

/** The part of JSON Schema that an option may use; anything else is refused by the command's own test. */
const OptionSchema = z.object({
  type: z.enum(["string", "integer", "number", "boolean"]),
  description: z.string(),
  enum: z.array(z.string()).optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  suggest: z.boolean().default(false),
  pick: Pick.optional(),
  runsOn: z.boolean().default(false),
});

const ObjectSchema = z.object({
  type: z.literal("object"),
  properties: z.record(z.string(), OptionSchema).default({}),
  required: z.array(z.string()).default([]),
});

const UnionSchema = z.object({
  oneOf: z.array(
    z.object({
      description: z.string(),
      properties: z.looseObject({ action: z.object({ const: z.string() }) }),
      required: z.array(z.string()),
    }),
  ),
});

/** The options of a command without actions, required ones first as Discord demands, read through the schema's JSON Schema. */
export function describeOptions(options: z.ZodType): OptionSpec[] {
  return toSpecs(z.toJSONSchema(options, { io: "input" }));
}

/**
 * The actions of a command whose options are a discriminated union on `action`, each described by `.describe()`; null
 * for a command without actions.
 */
export function describeActions(options: z.ZodType): ActionSpec[] | null {
  const union = UnionSchema.safeParse(z.toJSONSchema(options, { io: "input" }));
  if (!union.success) return null;
  return union.data.oneOf.map(({ description, properties: { action, ...properties }, required }) => ({
    name: action.const,
    description,
    options: toSpecs({ type: "object", properties, required: required.filter((name) => name !== "action") }),
  }));
}

function toSpecs(json: unknown): OptionSpec[] {
  const schema = ObjectSchema.parse(json);
  const specs = Object.entries(schema.properties).map(([name, property]) => ({
    name,
    description: property.description,
    type: property.type,
    required: schema.required.includes(name),
    choices: property.enum ?? null,
    default: property.default,
    min: property.minimum ?? null,
    max: property.maximum ?? null,
    suggest: property.suggest,
    pick: property.pick ?? null,
    runsOn: property.runsOn,
  }));
  return specs.sort((a, b) => Number(b.required) - Number(a.required));
}

/**
 * Options from a line typed after a command: for one with actions the first word is the action, and without one of its
 * names the first action is meant.
 */
export function parseTyped(line: string, options: z.ZodType): Record<string, unknown> {
  const actions = describeActions(options);
  if (actions === null) return parseLine(line, describeOptions(options));
  const [, word = "", rest = ""] = /^\s*(\S*)\s*([\s\S]*)$/.exec(line) ?? [];
  const named = actions.find(({ name }) => name === word.toLowerCase());
  const [first] = actions;
  const action = named ?? first;
  if (action === undefined) return {};
  return { action: action.name, ...parseLine(named === undefined ? line : rest, action.options) };
}

/**
 * Options from a typed line: `name:value` and `name:"two words"` anywhere, everything else joined in order is the
 * first option's value. The value of an option that runs on ends where the next option begins. Values stay strings,
 * numbers and booleans are read by type.
 */
export function parseLine(line: string, specs: readonly OptionSpec[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const marks = [...line.matchAll(/(?<=^|\s)([a-z_]+):/g)].flatMap((mark) => {
    const spec = specs.find(({ name }) => name === mark[1]);
    return spec === undefined || isQuoted(line, mark.index) ? [] : [{ spec, mark }];
  });
  const rest = [line.slice(0, marks[0]?.mark.index)];
  for (const [index, { mark, spec }] of marks.entries()) {
    const given = line.slice(mark.index + mark[0].length, marks[index + 1]?.mark.index);
    const [value, after] = spec.runsOn ? [given, ""] : firstValue(given);
    values[spec.name] = readValue(unquoted(value.trim()), spec);
    rest.push(after);
  }
  const [first] = specs;
  const text = rest
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(" ");
  if (first !== undefined && text !== "" && values[first.name] === undefined)
    values[first.name] = readValue(text, first);
  return values;
}

/** Whether the place lies inside quotation marks. */
function isQuoted(line: string, at: number): boolean {
  return (line.slice(0, at).split('"').length - 1) % 2 === 1;
}

/** A quoted value or a word, and what follows it. */
function firstValue(given: string): [string, string] {
  const [value = ""] = /^"[^"]*"|^\S+/.exec(given) ?? [];
  return [value, given.slice(value.length)];
}

function unquoted(value: string): string {
  return /^"[^"]*"$/.test(value) ? value.slice(1, -1) : value;
}

/** Values as a form gives them, all of them texts, read by their options' types. */
export function readValues(
  values: Readonly<Record<string, string>>,
  options: z.ZodType,
): Record<string, unknown> {
  const specs = describeActions(options)?.flatMap((action) => action.options) ?? describeOptions(options);
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => {
      const spec = specs.find((candidate) => candidate.name === name);
      return [name, spec === undefined ? text : readValue(text, spec)];
    }),
  );
}

function readValue(text: string, spec: OptionSpec): unknown {
  if (spec.type === "boolean") return ["yes", "true", "on", "1"].includes(text.toLowerCase());
  if (spec.type === "string") return text;
  return text.trim() === "" ? text : Number(text);
}

/** How a command is typed, one line for each action: `/brief [link] [length:short|standard|long]`. */
export function usages(name: string, options: z.ZodType): string[] {
  const actions = describeActions(options);
  if (actions === null) return [usage(name, describeOptions(options))];
  return actions.map((action) => usage(`${name} ${action.name}`, action.options));
}

/** What may follow a command, in one short line. */
export function usageHint(name: string, options: z.ZodType): string {
  const actions = describeActions(options);
  if (actions !== null) return actions.map((action) => action.name).join("|");
  return usage(name, describeOptions(options)).replace(/^\/\S+ ?/, "");
}

/** How a command, or one of its actions, is typed. */
export function usage(name: string, specs: readonly OptionSpec[]): string {
  const parts = specs.map((spec, index) => {
    const shown = index === 0 ? spec.name : `${spec.name}:${spec.choices?.join("|") ?? spec.type}`;
    return spec.required ? `<${shown}>` : `[${shown}]`;
  });
  return [`/${name}`, ...parts].join(" ");
}
