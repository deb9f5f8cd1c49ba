import type OpenAI from "openai";
import { NO_USAGE, type Usage } from "#src/core/brief.ts";
import type { Message } from "./openai-prompt.ts";

export type ApiName = "responses" | "chat";

/** How the answer's form is asked for, best first. On the last two the schema stands in the prompt. */
export const RUNGS = ["strict-schema", "schema", "json-mode", "text"] as const;
export type Rung = (typeof RUNGS)[number];

/** Parameters a server may do without: one that refuses them is asked again without. */
export const EXTRAS = [
  "temperature",
  "max_tokens",
  "reasoning",
  "prompt_cache_options",
  "prompt_cache_key",
  "store",
] as const;
export type Extra = (typeof EXTRAS)[number];

/** The way a model is asked that is known, or hoped, to work. */
export interface Way {
  api: ApiName;
  rung: Rung;
  without: readonly Extra[];
}

/** What is known of a model before it is asked. */
export interface ModelTraits {
  model: string;
  /** OpenAI's own host, where its newer parameters are understood. */
  official: boolean;
  /** Such a model refuses a temperature and takes an effort. */
  reasoning: boolean;
  /** Since GPT-5.6 a cache write costs more than a read saves on a text used once; explicit mode writes only what is marked. */
  explicitCache: boolean;
}

export interface ModelCall {
  traits: ModelTraits;
  way: Way;
  messages: readonly Message[];
  temperature: number | null;
  maxOutputTokens: number | null;
  /** Names the shared prefix for the provider's cache. */
  cacheKey: string;
}

/** What a model said, whichever API carried it. */
export interface Answer {
  kind: "text" | "refused" | "filtered" | "cut-off" | "server-error" | "not-an-api";
  text: string;
  usage: Usage;
}

export type SendCall = (client: OpenAI, call: ModelCall, signal: AbortSignal) => Promise<Answer>;

export function traitsOf(model: string, official: boolean): ModelTraits {
  const version = /^gpt-(\d+)(?:\.(\d+))?/.exec(model);
  const major = Number(version?.[1] ?? 0);
  const minor = Number(version?.[2] ?? 0);
  return {
    model,
    official,
    reasoning: official && (/^o\d/.test(model) || (major >= 5 && !model.includes("chat"))),
    explicitCache: official && (major > 5 || (major === 5 && minor >= 6)),
  };
}

export function allows({ without }: Way, extra: Extra): boolean {
  return !without.includes(extra);
}

/** Where the form is not enforced by the server, the schema has to be read by the model. */
export function needsSchemaInPrompt(rung: Rung): boolean {
  return rung === "json-mode" || rung === "text";
}

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    calls: a.calls + b.calls,
  };
}

export const ONE_CALL: Usage = { ...NO_USAGE, calls: 1 };
