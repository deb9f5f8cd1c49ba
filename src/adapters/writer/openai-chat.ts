import type OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";
import { z } from "zod";
import { WireDraft } from "./draft-output.ts";
import { allows, type Answer, type ModelCall, ONE_CALL, type Rung } from "./openai-call.ts";

const { name, schema } = zodResponseFormat(WireDraft, "brief_draft").json_schema;

const FORMATS: Record<Rung, ChatCompletionCreateParamsNonStreaming["response_format"]> = {
  "strict-schema": { type: "json_schema", json_schema: { name, schema, strict: true } },
  schema: { type: "json_schema", json_schema: { name, schema } },
  "json-mode": { type: "json_object" },
  text: undefined,
};

const ChatBody = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: z.int().min(0),
      completion_tokens: z.int().min(0),
      prompt_tokens_details: z.object({ cached_tokens: z.int().min(0).nullish() }).nullish(),
    })
    .nullish(),
});
type ChatBody = z.infer<typeof ChatBody>;

/** One request to the Chat Completions API, which every compatible server has. Throws the client's errors. */
export async function sendChat(client: OpenAI, call: ModelCall, signal: AbortSignal): Promise<Answer> {
  return readChat(await client.chat.completions.create(requestBody(call), { signal }));
}

/** `max_tokens` and not its successor, which compatible servers do not know. */
function requestBody({ traits, way, messages, ...call }: ModelCall): ChatCompletionCreateParamsNonStreaming {
  return {
    model: traits.model,
    messages: [...messages],
    response_format: FORMATS[way.rung],
    max_tokens: allows(way, "max_tokens") ? (call.maxOutputTokens ?? undefined) : undefined,
    temperature:
      !traits.reasoning && allows(way, "temperature") ? (call.temperature ?? undefined) : undefined,
  };
}

function readChat(raw: unknown): Answer {
  const parsed = ChatBody.safeParse(raw);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || choice === undefined) return { kind: "not-an-api", text: "", usage: ONE_CALL };
  return { kind: kindOf(choice), text: choice.message.content ?? "", usage: usageOf(parsed.data) };
}

function kindOf({ message, finish_reason }: ChatBody["choices"][number]): Answer["kind"] {
  if (typeof message.refusal === "string" && message.refusal !== "") return "refused";
  if (finish_reason === "content_filter") return "filtered";
  return finish_reason === "length" ? "cut-off" : "text";
}

function usageOf({ usage }: ChatBody): Answer["usage"] {
  return {
    inputTokens: usage?.prompt_tokens ?? 0,
    cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
    outputTokens: usage?.completion_tokens ?? 0,
    calls: 1,
  };
}
