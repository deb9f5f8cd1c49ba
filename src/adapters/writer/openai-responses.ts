import type OpenAI from "openai";
import type {
  EasyInputMessage,
  ResponseCreateParamsNonStreaming,
  ResponseFormatTextConfig,
} from "openai/resources/responses/responses";
import { z } from "zod";
import { estimateTokens } from "#src/core/budget.ts";
import { allows, type Answer, effortOf, isStreamed, type ModelCall, NOT_AN_API } from "./openai-call.ts";
import type { Message } from "./openai-prompt.ts";
import { brokenOff, noStream, piecesOf } from "./openai-stream.ts";

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
  service_tier: z.string().nullish(),
  usage: z
    .object({
      input_tokens: z.int().min(0),
      output_tokens: z.int().min(0),
      input_tokens_details: z
        .object({ cached_tokens: z.int().min(0).nullish(), cache_write_tokens: z.int().min(0).nullish() })
        .nullish(),
    })
    .nullish(),
});
type ResponseBody = z.infer<typeof ResponseBody>;

/** One request to the Responses API. Throws the client's errors. */
export async function sendResponses(client: OpenAI, call: ModelCall, signal: AbortSignal): Promise<Answer> {
  const body = responsesBody(call);
  if (!isStreamed(call)) return readResponse(await client.responses.create(body, { signal }));
  let text = "";
  let events = 0;
  const stream = await client.responses.create({ ...body, stream: true }, { signal });
  for await (const event of piecesOf(stream)) {
    events += 1;
    if (event.type === "response.output_text.delta") {
      text += event.delta;
      call.hear?.(text);
    }
    const ends = event.type === "response.completed" || event.type === "response.incomplete";
    // Some copies of this API leave the last event's output empty.
    if (ends || event.type === "response.failed") return withText(readResponse(event.response), text);
  }
  throw events === 0 ? noStream() : brokenOff();
}

function withText(answer: Answer, text: string): Answer {
  return answer.kind === "text" && answer.text === "" ? { ...answer, text } : answer;
}

/** Kept out: tools, because nothing may be done for an article, and `truncation`, whose default refuses what is too long. */
export function responsesBody(call: ModelCall): ResponseCreateParamsNonStreaming {
  const { traits, way, tier } = call;
  const explicit = traits.explicitCache && allows(way, "prompt_cache_options");
  return {
    model: traits.model,
    input: call.messages.map((message) => toInput(message, explicit)),
    text: { format: formatOf(call) },
    max_output_tokens: call.maxOutputTokens ?? undefined,
    store: allows(way, "store") ? false : undefined,
    temperature:
      !traits.reasoning && allows(way, "temperature") ? (call.temperature ?? undefined) : undefined,
    reasoning: traits.reasoning && allows(way, "reasoning") ? { effort: effortOf(call) } : undefined,
    prompt_cache_key: traits.cacheKey && allows(way, "prompt_cache_key") ? call.cacheKey : undefined,
    prompt_cache_options: explicit ? { mode: "explicit" } : undefined,
    service_tier: allows(way, "service_tier") ? (tier ?? undefined) : undefined,
  };
}

function formatOf({ way, form: { name, schema } }: ModelCall): ResponseFormatTextConfig {
  switch (way.rung) {
    case "strict-schema":
      return { type: "json_schema", name, schema, strict: true };
    case "schema":
      return { type: "json_schema", name, schema, strict: false };
    case "json-mode":
      return { type: "json_object" };
    case "text":
      return { type: "text" };
    default:
      return way.rung satisfies never;
  }
}

/** OpenAI caches no prefix under 1,024 tokens; the estimate is on the high side, so it has to show a quarter more. */
const CACHEABLE_TOKENS = 1024 * 1.25;

/** In explicit mode what is not marked is not written to the cache, so that an unmarked request costs nothing extra. */
function toInput({ role, content }: Message, explicit: boolean): EasyInputMessage {
  if (role !== "system" || !explicit || estimateTokens(content) < CACHEABLE_TOKENS) return { role, content };
  const breakpoint = { mode: "explicit" } as const;
  return { role, content: [{ type: "input_text", text: content, prompt_cache_breakpoint: breakpoint }] };
}

/** An answer of the Responses API, however it came. */
export function readResponse(raw: unknown): Answer {
  const parsed = ResponseBody.safeParse(raw);
  if (!parsed.success) return NOT_AN_API;
  const body = parsed.data;
  const parts = body.output.flatMap((item) => (item.type === "message" ? (item.content ?? []) : []));
  const text = parts.map((part) => (part.type === "output_text" ? (part.text ?? "") : "")).join("");
  return { kind: kindOf(body, parts), text, ...billOf(body) };
}

function kindOf(body: ResponseBody, parts: readonly z.infer<typeof Part>[]): Answer["kind"] {
  if (parts.some((part) => part.type === "refusal")) return "refused";
  if (body.status === "failed" || body.status === "cancelled") return "server-error";
  if (body.status !== "incomplete") return "text";
  return body.incomplete_details?.reason === "content_filter" ? "filtered" : "cut-off";
}

function billOf({ usage, service_tier: tier }: ResponseBody): Omit<Answer, "kind" | "text"> {
  return {
    usage: {
      inputTokens: usage?.input_tokens ?? 0,
      cachedTokens: usage?.input_tokens_details?.cached_tokens ?? 0,
      outputTokens: usage?.output_tokens ?? 0,
      calls: 1,
    },
    cacheWriteTokens: usage?.input_tokens_details?.cache_write_tokens ?? 0,
    tier: tier ?? null,
    metered: typeof usage === "object" && usage !== null,
  };
}
