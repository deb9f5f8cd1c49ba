import type OpenAI from "openai";
import { APIError } from "openai";
import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";
import { z } from "zod";
import { allows, type Answer, effortOf, isStreamed, type ModelCall, NOT_AN_API } from "./openai-call.ts";
import { brokenOff, noStream, piecesOf } from "./openai-stream.ts";

const ChatUsage = z
  .object({
    prompt_tokens: z.int().min(0),
    completion_tokens: z.int().min(0),
    prompt_tokens_details: z
      .object({ cached_tokens: z.int().min(0).nullish(), cache_write_tokens: z.int().min(0).nullish() })
      .nullish(),
  })
  .nullish()
  .catch(null);

const ChatBody = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  service_tier: z.string().nullish(),
  usage: ChatUsage,
});
type ChatBody = z.infer<typeof ChatBody>;

/** A piece of a streamed answer, as far as it is read. */
const ChatPiece = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
  service_tier: z.string().nullish(),
  usage: ChatUsage,
});

/** What OpenRouter sends with status 200 when the server it chose fails. */
const ErrorBody = z.object({
  error: z.object({ code: z.int().min(400).max(599), message: z.string().catch("") }),
});

/** One request to the Chat Completions API, which every compatible server has. Throws the client's errors. */
export async function sendChat(client: OpenAI, call: ModelCall, signal: AbortSignal): Promise<Answer> {
  const body = chatBody(call);
  if (isStreamed(call)) return hearChat(client, call, signal);
  return readChat(await client.chat.completions.create(body, { signal }));
}

async function hearChat(client: OpenAI, call: ModelCall, signal: AbortSignal): Promise<Answer> {
  const stream = await client.chat.completions.create(
    {
      ...chatBody(call),
      stream: true,
      stream_options: allows(call.way, "stream_options") ? { include_usage: true } : undefined,
    },
    { signal },
  );
  const heard = { content: "", refusal: "", finish: "", tier: "" };
  let usage: z.infer<typeof ChatUsage> = null;
  let events = 0;
  for await (const raw of piecesOf(stream)) {
    events += 1;
    throwIfError(raw);
    const piece = ChatPiece.safeParse(raw).data;
    const choice = piece?.choices?.[0];
    heard.content += choice?.delta?.content ?? "";
    heard.refusal += choice?.delta?.refusal ?? "";
    heard.finish = choice?.finish_reason ?? heard.finish;
    heard.tier = piece?.service_tier ?? heard.tier;
    // The usage comes in a piece of its own, after the last words.
    usage = piece?.usage ?? usage;
    call.hear?.(heard.content);
  }
  if (events === 0) throw noStream();
  if (heard.finish === "") throw brokenOff();
  return readChat({
    choices: [{ finish_reason: heard.finish, message: { content: heard.content, refusal: heard.refusal } }],
    service_tier: heard.tier === "" ? null : heard.tier,
    usage,
  });
}

/** `max_tokens` and not its successor, which compatible servers do not know. */
export function chatBody(call: ModelCall): ChatCompletionCreateParamsNonStreaming {
  const { traits, way, messages, tier } = call;
  // OpenRouter's own: without it, a server that does not know the format is asked without the format.
  const routing = traits.router && allows(way, "provider") ? { provider: { require_parameters: true } } : {};
  return {
    ...routing,
    model: traits.model,
    messages: [...messages],
    response_format: formatOf(call),
    max_tokens: allows(way, "max_tokens") ? (call.maxOutputTokens ?? undefined) : undefined,
    temperature:
      !traits.reasoning && allows(way, "temperature") ? (call.temperature ?? undefined) : undefined,
    reasoning_effort: traits.reasoning && allows(way, "reasoning_effort") ? effortOf(call) : undefined,
    service_tier: allows(way, "service_tier") ? (tier ?? undefined) : undefined,
  };
}

function formatOf({
  way,
  form: { name, schema },
}: ModelCall): ChatCompletionCreateParamsNonStreaming["response_format"] {
  switch (way.rung) {
    case "strict-schema":
      return { type: "json_schema", json_schema: { name, schema, strict: true } };
    case "schema":
      return { type: "json_schema", json_schema: { name, schema } };
    case "json-mode":
      return { type: "json_object" };
    case "text":
      return undefined;
    default:
      return way.rung satisfies never;
  }
}

/** An answer of Chat Completions, however it came. Throws the client's errors for a failure that came as an answer. */
export function readChat(raw: unknown): Answer {
  throwIfError(raw);
  const parsed = ChatBody.safeParse(raw);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || choice === undefined) return NOT_AN_API;
  return { kind: kindOf(choice), text: choice.message.content ?? "", ...billOf(parsed.data) };
}

/** A failure that came as an answer is treated as the failure it is. */
function throwIfError(raw: unknown): void {
  const failed = ErrorBody.safeParse(raw).data;
  if (failed === undefined) return;
  const { code, message } = failed.error;
  throw APIError.generate(code, { error: { message, code } }, message, new Headers());
}

function kindOf({ message, finish_reason }: ChatBody["choices"][number]): Answer["kind"] {
  if (typeof message.refusal === "string" && message.refusal !== "") return "refused";
  if (finish_reason === "content_filter") return "filtered";
  if (finish_reason === "error") return "server-error";
  return finish_reason === "length" ? "cut-off" : "text";
}

function billOf({ usage, service_tier: tier }: ChatBody): Omit<Answer, "kind" | "text"> {
  return {
    usage: {
      inputTokens: usage?.prompt_tokens ?? 0,
      cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
      outputTokens: usage?.completion_tokens ?? 0,
      calls: 1,
    },
    cacheWriteTokens: usage?.prompt_tokens_details?.cache_write_tokens ?? 0,
    tier: tier ?? null,
    metered: usage !== null && usage !== undefined,
  };
}
