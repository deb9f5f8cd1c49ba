import { z } from "zod";

/** OpenAI's request bodies as its reference describes them, reduced to what a writer without tools may send. */

const Temperature = z.number().min(0).max(2).nullable();
const SchemaName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
const ServiceTier = z.enum(["auto", "default", "flex", "priority"]);
const Effort = z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"]);
const JsonObject = z.record(z.string(), z.unknown());

const TextPart = z.strictObject({
  type: z.literal("input_text"),
  text: z.string().min(1),
  prompt_cache_breakpoint: z
    .strictObject({ mode: z.literal("explicit"), ttl: z.enum(["30m", "12h"]).optional() })
    .optional(),
});

const ResponsesRequest = z.strictObject({
  model: z.string().min(1),
  input: z
    .array(
      z.strictObject({
        role: z.enum(["system", "developer", "user", "assistant"]),
        content: z.union([z.string().min(1), z.array(TextPart).min(1)]),
      }),
    )
    .min(1),
  text: z.strictObject({
    format: z.discriminatedUnion("type", [
      z.strictObject({ type: z.literal("text") }),
      z.strictObject({ type: z.literal("json_object") }),
      z.strictObject({
        type: z.literal("json_schema"),
        name: SchemaName,
        schema: JsonObject,
        strict: z.boolean().optional(),
      }),
    ]),
  }),
  // An article is not to be kept at the provider.
  store: z.literal(false),
  max_output_tokens: z.int().min(16),
  temperature: Temperature.optional(),
  reasoning: z.strictObject({ effort: Effort }).optional(),
  prompt_cache_key: z.string().min(1).max(64).optional(),
  prompt_cache_options: z
    .strictObject({ mode: z.enum(["implicit", "explicit"]), ttl: z.enum(["30m", "12h"]).optional() })
    .optional(),
  service_tier: ServiceTier.optional(),
  stream: z.boolean().optional(),
});
type ResponsesRequest = z.infer<typeof ResponsesRequest>;

const ChatRequest = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(["system", "developer", "user", "assistant"]),
        content: z.string().min(1),
      }),
    )
    .min(1),
  response_format: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("text") }),
      z.strictObject({ type: z.literal("json_object") }),
      z.strictObject({
        type: z.literal("json_schema"),
        json_schema: z.strictObject({
          name: SchemaName,
          schema: JsonObject,
          strict: z.boolean().optional(),
        }),
      }),
    ])
    .optional(),
  max_tokens: z.int().min(1).optional(),
  reasoning_effort: Effort.optional(),
  temperature: Temperature.optional(),
  service_tier: ServiceTier.optional(),
  stream: z.boolean().optional(),
  stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
  // OpenRouter's own; others ignore it or refuse it.
  provider: z.strictObject({ require_parameters: z.boolean() }).optional(),
});

/** One request in the words of neither API. */
export interface AskedFor {
  model: string;
  messages: { role: string; content: string }[];
  format: "strict-schema" | "schema" | "json_object" | "text";
  /** Names of the parameters that were sent. */
  parameters: string[];
  stream: boolean;
  tier: string | null;
  effort: string | null;
}

type ReadRequest = { asked: AskedFor | null; violations: string[] };

export function readResponsesRequest(body: unknown): ReadRequest {
  const parsed = ResponsesRequest.safeParse(body);
  if (!parsed.success) return { asked: null, violations: toLines(parsed.error) };
  const { model, input, text } = parsed.data;
  const { format } = text;
  const messages = input.map(({ role, content }) => ({
    role,
    content: typeof content === "string" ? content : content.map((part) => part.text).join(""),
  }));
  const asked = {
    model,
    messages,
    format: nameFormat(format.type, format.type === "json_schema" && format.strict === true),
    parameters: Object.keys(parsed.data),
    stream: parsed.data.stream === true,
    tier: parsed.data.service_tier ?? null,
    effort: parsed.data.reasoning?.effort ?? null,
  };
  const schema = format.type === "json_schema" ? format.schema : null;
  return { asked, violations: [...judgeSchema(asked, schema), ...judgeCache(parsed.data)] };
}

export function readChatRequest(body: unknown): ReadRequest {
  const parsed = ChatRequest.safeParse(body);
  if (!parsed.success) return { asked: null, violations: toLines(parsed.error) };
  const { model, messages, response_format: format } = parsed.data;
  const asked = {
    model,
    messages,
    format: nameFormat(
      format?.type ?? "text",
      format?.type === "json_schema" && format.json_schema.strict === true,
    ),
    parameters: Object.keys(parsed.data),
    stream: parsed.data.stream === true,
    tier: parsed.data.service_tier ?? null,
    effort: parsed.data.reasoning_effort ?? null,
  };
  const schema = format?.type === "json_schema" ? format.json_schema.schema : null;
  const loose = parsed.data.stream_options !== undefined && !asked.stream;
  return {
    asked,
    violations: [
      ...judgeSchema(asked, schema),
      ...(loose ? ["stream_options: only allowed when stream is true"] : []),
    ],
  };
}

function nameFormat(type: "text" | "json_object" | "json_schema", strict: boolean): AskedFor["format"] {
  if (type !== "json_schema") return type;
  return strict ? "strict-schema" : "schema";
}

function judgeSchema(asked: AskedFor, schema: Record<string, unknown> | null): string[] {
  if (asked.format === "strict-schema") return judgeStrict(schema, "schema");
  const words = asked.messages.map((message) => message.content).join("\n");
  if (asked.format === "json_object" && !words.includes("JSON")) {
    return ["messages: must contain the word JSON when the format is json_object"];
  }
  return [];
}

/** OpenAI's reference: what is shorter is not cached. A token of English prose has about four and a half characters. */
const SHORTEST_CACHED_CHARS = 1024 * 4.5;

function judgeCache({ input }: ResponsesRequest): string[] {
  const marked = input.filter(({ content }) =>
    typeof content === "string" ? false : content.some((part) => part.prompt_cache_breakpoint !== undefined),
  );
  if (marked.some(({ content }) => JSON.stringify(content).length < SHORTEST_CACHED_CHARS))
    return ["input: a cache breakpoint on a prefix that is too short to be cached"];
  return marked.length > 4 ? ["input: more than four cache breakpoints"] : [];
}

/** What OpenAI's strict mode takes without complaint on every model. */
const STRICT_KEYWORDS = new Set([
  "$schema",
  "$ref",
  "$defs",
  "definitions",
  "type",
  "description",
  "title",
  "enum",
  "const",
  "anyOf",
  "items",
  "properties",
  "required",
  "additionalProperties",
]);

function judgeStrict(schema: unknown, at: string): string[] {
  const parsed = JsonObject.safeParse(schema);
  if (!parsed.success) return [`${at}: not a schema`];
  const node = parsed.data;
  const found = Object.keys(node)
    .filter((keyword) => !STRICT_KEYWORDS.has(keyword))
    .map((keyword) => `${at}: '${keyword}' is not permitted`);
  if (node["items"] !== undefined) found.push(...judgeStrict(node["items"], `${at}.items`));
  const branches = z.array(z.unknown()).catch([]).parse(node["anyOf"]);
  for (const [index, branch] of branches.entries())
    found.push(...judgeStrict(branch, `${at}.anyOf.${index}`));
  if (node["type"] === "object") found.push(...judgeStrictObject(node, at));
  return found;
}

function judgeStrictObject(node: Record<string, unknown>, at: string): string[] {
  const properties = JsonObject.catch({}).parse(node["properties"]);
  const required = new Set(z.array(z.string()).catch([]).parse(node["required"]));
  const found = node["additionalProperties"] === false ? [] : [`${at}: additionalProperties must be false`];
  for (const [name, child] of Object.entries(properties)) {
    if (!required.has(name)) found.push(`${at}: '${name}' must be required`);
    found.push(...judgeStrict(child, `${at}.${name}`));
  }
  return found;
}

function toLines(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}
