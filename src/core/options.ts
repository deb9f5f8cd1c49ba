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
}

/** The part of JSON Schema that an option may use; anything else is refused by the command's own test. */
const OptionSchema = z.object({
  type: z.enum(["string", "integer", "number", "boolean"]),
  description: z.string(),
  enum: z.array(z.string()).optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

const ObjectSchema = z.object({
  type: z.literal("object"),
  properties: z.record(z.string(), OptionSchema).default({}),
  required: z.array(z.string()).default([]),
});

/** The options of a command, required ones first as Discord demands, read through the schema's JSON Schema. */
export function describeOptions(options: z.ZodType): OptionSpec[] {
  const schema = ObjectSchema.parse(z.toJSONSchema(options, { io: "input" }));
  const specs = Object.entries(schema.properties).map(([name, property]) => ({
    name,
    description: property.description,
    type: property.type,
    required: schema.required.includes(name),
    choices: property.enum ?? null,
    default: property.default,
    min: property.minimum ?? null,
    max: property.maximum ?? null,
  }));
  return specs.sort((a, b) => Number(b.required) - Number(a.required));
}

/**
 * Options from a typed line: `name:value` and `name:"two words"` anywhere, everything else joined in order is the
 * first option's value. Values stay strings, numbers and booleans are read by type.
 */
export function parseLine(line: string, specs: readonly OptionSpec[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const rest = line.replaceAll(
    /(?<=^|\s)([a-z_]+):(?:"([^"]*)"|(\S+))/g,
    (whole, name: string, quoted?: string, bare?: string) => {
      const spec = specs.find((candidate) => candidate.name === name);
      if (spec === undefined) return whole;
      values[name] = readValue(quoted ?? bare ?? "", spec);
      return "";
    },
  );
  const [first] = specs;
  const text = rest.trim();
  if (first !== undefined && text !== "" && values[first.name] === undefined)
    values[first.name] = readValue(text, first);
  return values;
}

function readValue(text: string, spec: OptionSpec): unknown {
  if (spec.type === "boolean") return ["yes", "true", "on", "1"].includes(text.toLowerCase());
  if (spec.type === "string") return text;
  return text.trim() === "" ? text : Number(text);
}

/** How a command is typed: `/brief [link] [length:short|standard|long]`. */
export function usage(name: string, specs: readonly OptionSpec[]): string {
  const parts = specs.map((spec, index) => {
    const shown = index === 0 ? spec.name : `${spec.name}:${spec.choices?.join("|") ?? spec.type}`;
    return spec.required ? `<${shown}>` : `[${shown}]`;
  });
  return [`/${name}`, ...parts].join(" ");
}
