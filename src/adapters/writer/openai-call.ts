import type OpenAI from "openai";
import { NO_USAGE, type Usage } from "#src/core/brief.ts";
import type { AnswerForm } from "./openai-form.ts";
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
  "reasoning_effort",
  "prompt_cache_options",
  "prompt_cache_key",
  "store",
  "stream_options",
  "stream",
  "service_tier",
  "provider",
] as const;
export type Extra = (typeof EXTRAS)[number];

/** How long a model may think before it answers, least first. */
export const EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
export type Effort = (typeof EFFORTS)[number];

/** The way a model is asked that is known, or hoped, to work. */
export interface Way {
  api: ApiName;
  rung: Rung;
  without: readonly Extra[];
  /** The least effort that the model is known to take. */
  leastEffort: Effort;
  /** The server once took a schema and did not keep to it: the model is shown it as well. */
  showSchema: boolean;
}

/** What is known of a model before it is asked. */
export interface ModelTraits {
  model: string;
  /** OpenAI's own host, where its newer parameters are understood. */
  official: boolean;
  /** Routes to many servers, and drops what the chosen one does not know unless told otherwise. */
  router: boolean;
  /** Such a model refuses a temperature and takes an effort. */
  reasoning: boolean;
  /** The least effort that a model of this name takes. */
  leastEffort: Effort;
  /** Takes a name for what requests have in common, so that the cache finds it. */
  cacheKey: boolean;
  /** Since GPT-5.6 a cache write costs more than a read saves on a text used once; explicit mode writes only what is marked. */
  explicitCache: boolean;
}

export const SERVICE_TIERS = ["auto", "default", "flex", "priority"] as const;
export type ServiceTier = (typeof SERVICE_TIERS)[number];

export interface ModelCall {
  traits: ModelTraits;
  way: Way;
  form: AnswerForm;
  messages: readonly Message[];
  temperature: number | null;
  maxOutputTokens: number | null;
  effort: Effort;
  /** Names the shared prefix for the provider's cache. */
  cacheKey: string;
  tier: ServiceTier | null;
  /** Gets all that was said so far, as it comes; null asks for the answer in one piece. */
  hear: ((text: string) => void) | null;
}

/** What a model said, whichever API carried it. */
export interface Answer {
  kind: "text" | "refused" | "filtered" | "cut-off" | "server-error" | "not-an-api";
  text: string;
  usage: Usage;
  cacheWriteTokens: number;
  /** The tier that served it, which is the one that is billed. */
  tier: string | null;
  /** Whether the server told the tokens it used. */
  metered: boolean;
}

export type SendCall = (client: OpenAI, call: ModelCall, signal: AbortSignal) => Promise<Answer>;

const OFFICIAL_HOST = /(?:^|\.)openai\.com$/;
const AZURE_HOST = /\.(?:openai\.azure\.com|services\.ai\.azure\.com|cognitiveservices\.azure\.com)$/;
const ROUTER_HOST = /(?:^|\.)openrouter\.ai$/;

/** The model's own name within the one it is served under: `openai/gpt-6-luna`, `newsroom-gpt-6-luna-eu`. */
const GPT_VERSION = /(?<![a-z0-9])gpt-?(\d+)(?:\.(\d+))?(?!\d)/i;
const O_SERIES = /(?<![a-z0-9])o\d(?![a-z0-9])/i;

/** What a model's name and its server's host tell: a model is the same wherever it is served. */
export function traitsOf(model: string, hostname: string): ModelTraits {
  const official = OFFICIAL_HOST.test(hostname);
  const version = GPT_VERSION.exec(model);
  const major = Number(version?.[1] ?? 0);
  const minor = Number(version?.[2] ?? 0);
  const marksCache = major > 5 || (major === 5 && minor >= 6);
  const azure = isAzure(hostname);
  return {
    model,
    official,
    router: ROUTER_HOST.test(hostname),
    reasoning: O_SERIES.test(model) || (major >= 5 && !model.includes("chat")),
    leastEffort: leastEffortOf({ major, minor }),
    cacheKey: official || (azure && marksCache),
    explicitCache: (official || azure) && marksCache,
  };
}

/** Models before GPT-5.1 always think; GPT-5 a little, the o-series more. */
function leastEffortOf({ major, minor }: { major: number; minor: number }): Effort {
  if (major === 0) return "low";
  return major === 5 && minor === 0 ? "minimal" : "none";
}

/** What is asked for: as much as is wished, and no less than the model takes. */
export function effortOf({ effort, traits, way }: ModelCall): Effort {
  const least = [effort, traits.leastEffort, way.leastEffort].map((one) => EFFORTS.indexOf(one));
  return EFFORTS[Math.max(...least)] ?? effort;
}

/** Responses on OpenAI's and Azure's hosts; servers that copy it often do not keep to the form there. */
export function apiOf(hostname: string): ApiName {
  return OFFICIAL_HOST.test(hostname) || isAzure(hostname) ? "responses" : "chat";
}

export function isAzure(hostname: string): boolean {
  return AZURE_HOST.test(hostname);
}

export function allows({ without }: Way, extra: Extra): boolean {
  return !without.includes(extra);
}

/** Where the form is not enforced by the server, the schema has to be read by the model. */
export function needsSchemaInPrompt({ rung, showSchema }: Way): boolean {
  return showSchema || rung === "json-mode" || rung === "text";
}

/** Whether the call is to be answered piece by piece. */
export function isStreamed({ hear, way }: ModelCall): boolean {
  return hear !== null && allows(way, "stream");
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

export const NOT_AN_API: Answer = {
  kind: "not-an-api",
  text: "",
  usage: ONE_CALL,
  cacheWriteTokens: 0,
  tier: null,
  metered: false,
};
