import type OpenAI from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import type {
  EasyInputMessage,
  ResponseCreateParamsNonStreaming,
  ResponseFormatTextConfig,
} from "openai/resources/responses/responses";
import { z } from "zod";
import { WireDraft } from "./draft-output.ts";
import { allows, type Answer, type ModelCall, ONE_CALL, type Rung } from "./openai-call.ts";
import type { Message } from "./openai-prompt.ts";

const { type, name, schema } = zodTextFormat(WireDraft, "brief_draft");

const FORMATS: Record<Rung, ResponseFormatTextConfig> = {
  "strict-schema": { type, name, schema, strict: true },
  schema: { type, name, schema, strict: false },
  "json-mode": { type: "json_object" },
  text: { type: "text" },
};

const Part = z.object({
  type: z.string(),
  text: z.string().optional(),
  refusal: z.string().optional(),
});

/** Only what is read; servers that copy this API leave much of the rest out. */
const ResponseBody = z.object({
  status: z.string().nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  output: z.array(z.object({ type: z.string(), content: z.array(Part).nullish() })),
  usage: z
    .object({
      input_tokens: z.int().min(0),
      output_tokens: z.int().min(0),
      input_tokens_details: z.object({ cached_tokens: z.int().min(0).nullish() }).nullish(),
    })
    .nullish(),
});
type ResponseBody = z.infer<typeof ResponseBody>;

/** One request to the Responses API. Throws the client's errors. */
export async function sendResponses(client: OpenAI, call: ModelCall, signal: AbortSignal): Promise<Answer> {
  return readResponse(await client.responses.create(requestBody(call), { signal }));
}

/** Kept out: tools, because nothing may be done for an article, and `truncation`, whose default refuses what is too long. */
function requestBody(call: ModelCall): ResponseCreateParamsNonStreaming {
  const { traits, way } = call;
  const explicit = traits.explicitCache && allows(way, "prompt_cache_options");
  return {
    model: traits.model,
    input: call.messages.map((message) => toInput(message, explicit)),
    text: { format: FORMATS[way.rung] },
    max_output_tokens: call.maxOutputTokens ?? undefined,
    store: allows(way, "store") ? false : undefined,
    temperature:
      !traits.reasoning && allows(way, "temperature") ? (call.temperature ?? undefined) : undefined,
    reasoning: traits.reasoning && allows(way, "reasoning") ? { effort: "low" } : undefined,
    prompt_cache_key: traits.official && allows(way, "prompt_cache_key") ? call.cacheKey : undefined,
    prompt_cache_options: explicit ? { mode: "explicit" } : undefined,
  };
}

function toInput({ role, content }: Message, explicit: boolean): EasyInputMessage {
  if (role !== "system" || !explicit) return { role, content };
  const breakpoint = { mode: "explicit" } as const;
  return { role, content: [{ type: "input_text", text: content, prompt_cache_breakpoint: breakpoint }] };
}

function readResponse(raw: unknown): Answer {
  const parsed = ResponseBody.safeParse(raw);
  if (!parsed.success) return { kind: "not-an-api", text: "", usage: ONE_CALL };
  const body = parsed.data;
  const parts = body.output.flatMap((item) => (item.type === "message" ? (item.content ?? []) : []));
  const text = parts.map((part) => (part.type === "output_text" ? (part.text ?? "") : "")).join("");
  return { kind: kindOf(body, parts), text, usage: usageOf(body) };
}

function kindOf(body: ResponseBody, parts: readonly z.infer<typeof Part>[]): Answer["kind"] {
  if (parts.some((part) => part.type === "refusal")) return "refused";
  if (body.status === "failed" || body.status === "cancelled") return "server-error";
  if (body.status !== "incomplete") return "text";
  return body.incomplete_details?.reason === "content_filter" ? "filtered" : "cut-off";
}

function usageOf({ usage }: ResponseBody): Answer["usage"] {
  return {
    inputTokens: usage?.input_tokens ?? 0,
    cachedTokens: usage?.input_tokens_details?.cached_tokens ?? 0,
    outputTokens: usage?.output_tokens ?? 0,
    calls: 1,
  };
}
