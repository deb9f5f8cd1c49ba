import type { AskedFor } from "./shapes.ts";

export type ProfileName =
  | "openai"
  | "openai-unverified"
  | "azure"
  | "thinks"
  | "thinks-always"
  | "thinks-as-it-will"
  | "ollama"
  | "ollama-old"
  | "ollama-cloud"
  | "vllm"
  | "vllm-small"
  | "llamacpp"
  | "llamacpp-grammar"
  | "lmstudio"
  | "openrouter"
  | "json-mode-only"
  | "text-only"
  | "gateway";

export interface HttpError {
  status: number;
  body: string;
  type: "application/json" | "text/plain" | "text/html";
}

/** How a server differs from OpenAI's. */
export interface Profile {
  hasResponses: boolean;
  /** The error with which it refuses this request; null when it takes it. */
  refuse: (asked: AskedFor) => HttpError | null;
  /** Takes any format and answers as if none had been asked for: everywhere, or by one API. */
  ignoresFormat: boolean | "/v1/responses";
  /** Answers in one piece whatever is asked. */
  ignoresStream: boolean;
  /** Says which tokens were used. */
  tellsUsage: boolean;
  /** Names the tier that served a request. */
  hasTiers: boolean;
  /** Takes files and batches. */
  hasBatches: boolean;
  /** Sent for a route it does not have. */
  noRoute: HttpError;
}

export function jsonError(status: number, error: object): HttpError {
  return { status, body: JSON.stringify({ error }), type: "application/json" };
}

const TAKES_ALL = (): null => null;

const OPENAI: Profile = {
  hasResponses: true,
  refuse: TAKES_ALL,
  ignoresFormat: false,
  ignoresStream: false,
  tellsUsage: true,
  hasTiers: true,
  hasBatches: true,
  noRoute: jsonError(404, {
    message: "Invalid URL (POST /v1/other)",
    type: "invalid_request_error",
    param: null,
    code: null,
  }),
};

const PLAIN_404: HttpError = { status: 404, body: "404 page not found", type: "text/plain" };
const COPY: Profile = {
  ...OPENAI,
  hasResponses: false,
  hasTiers: false,
  hasBatches: false,
  noRoute: PLAIN_404,
};
const LLAMACPP: Profile = { ...COPY, noRoute: jsonError(404, notFound()) };

export const PROFILES: Record<ProfileName, Profile> = {
  openai: OPENAI,
  "openai-unverified": { ...OPENAI, refuse: refuseStream },
  thinks: { ...OPENAI, refuse: (asked) => refuseThinking(asked, []) },
  "thinks-always": { ...OPENAI, refuse: (asked) => refuseThinking(asked, ["none", "minimal"]) },
  "thinks-as-it-will": { ...OPENAI, refuse: (asked) => refuseThinking(asked, null) },
  azure: { ...OPENAI, refuse: refuseReasoningExtras },
  // Responses without memory since 0.13.3; both APIs keep to a schema by grammar.
  ollama: { ...COPY, hasResponses: true },
  "ollama-old": COPY,
  "ollama-cloud": { ...COPY, hasResponses: true, ignoresFormat: true },
  vllm: { ...COPY, hasResponses: true, noRoute: detail(404, "Not Found") },
  "vllm-small": { ...COPY, refuse: refuseRoom, noRoute: detail(404, "Not Found") },
  llamacpp: { ...LLAMACPP, ignoresFormat: true },
  "llamacpp-grammar": { ...LLAMACPP, refuse: refuseGrammar, tellsUsage: false },
  lmstudio: {
    ...COPY,
    hasResponses: true,
    ignoresFormat: "/v1/responses",
    refuse: refuseJsonObject,
    noRoute: {
      status: 404,
      body: JSON.stringify({ error: "Unexpected endpoint or method. (POST /v1/responses)" }),
      type: "application/json",
    },
  },
  openrouter: { ...COPY, refuse: refuseUnrouted },
  "json-mode-only": { ...COPY, refuse: refuseSchema },
  "text-only": { ...COPY, refuse: refuseAnyFormat, ignoresStream: true },
  gateway: { ...COPY, refuse: refuseStrictAndLimits },
};

function notFound(): object {
  return { code: 404, message: "File Not Found", type: "not_found_error" };
}

/** FastAPI's form of an error: no `error` key at all. */
function detail(status: number, detail: unknown): HttpError {
  return { status, body: JSON.stringify({ detail }), type: "application/json" };
}

function refuseStream({ stream }: AskedFor): HttpError | null {
  if (!stream) return null;
  return jsonError(400, {
    message: "Your organization must be verified to stream this model.",
    type: "invalid_request_error",
    param: "stream",
    code: "unsupported_value",
  });
}

/** A model that takes no temperature and not every effort; null for none at all. */
function refuseThinking(
  { effort, parameters }: AskedFor,
  refused: readonly string[] | null,
): HttpError | null {
  const param = parameters.includes("reasoning") ? "reasoning.effort" : "reasoning_effort";
  const refusal = { type: "invalid_request_error", param };
  if (parameters.includes("temperature"))
    return jsonError(400, {
      message: "Unsupported parameter: 'temperature' is not supported with this model.",
      ...refusal,
      param: "temperature",
      code: "unsupported_parameter",
    });
  if (effort !== null && refused === null)
    return jsonError(400, {
      message: `Unsupported parameter: '${param}' is not supported with this model.`,
      ...refusal,
      code: "unsupported_parameter",
    });
  if (effort === null || refused?.includes(effort) !== true) return null;
  return jsonError(400, {
    message: `Unsupported value: '${effort}' is not supported with this model. Supported values are: 'low', 'medium', and 'high'.`,
    ...refusal,
    code: "unsupported_value",
  });
}

/** An older API version that does not know the cache key, on a deployment of a reasoning model. */
function refuseReasoningExtras({ parameters }: AskedFor): HttpError | null {
  const refused = parameters.find((name) => name === "temperature" || name === "prompt_cache_key");
  if (refused === undefined) return null;
  return jsonError(400, {
    message: `Unsupported parameter: '${refused}' is not supported with this model.`,
    type: "invalid_request_error",
    param: refused,
    code: "unsupported_parameter",
  });
}

/** A model served with a small window: the room for the answer counts in. vLLM's error is not wrapped. */
function refuseRoom({ parameters }: AskedFor): HttpError | null {
  if (!parameters.includes("max_tokens")) return null;
  const body = JSON.stringify({
    object: "error",
    message:
      "This model's maximum context length is 8192 tokens. However, you requested 11000 tokens (3000 in the messages, 8000 in the completion). Please reduce the length of the messages or completion.",
    type: "BadRequestError",
    param: null,
    code: 400,
  });
  return { status: 400, body, type: "application/json" };
}

function refuseGrammar({ format }: AskedFor): HttpError | null {
  if (format === "json_object" || format === "text") return null;
  return jsonError(400, { code: 400, message: "Failed to parse grammar", type: "invalid_request_error" });
}

function refuseJsonObject({ format }: AskedFor): HttpError | null {
  if (format !== "json_object") return null;
  const body = JSON.stringify({ error: "'response_format.type' must be 'json_schema' or 'text'" });
  return { status: 400, body, type: "application/json" };
}

/** Told to require all parameters, it finds nobody that takes a schema; left alone, it would drop the schema. */
function refuseUnrouted({ format, parameters }: AskedFor): HttpError | null {
  const required = parameters.includes("provider");
  if (!required || format === "json_object" || format === "text") return null;
  return jsonError(404, {
    message:
      "No endpoints found that can handle the requested parameters. To learn more about provider routing, visit: https://openrouter.ai/docs/provider-routing",
    code: 404,
  });
}

function refuseSchema({ format }: AskedFor): HttpError | null {
  if (format === "json_object" || format === "text") return null;
  return jsonError(400, {
    message: "This response_format type is unavailable now",
    type: "invalid_request_error",
    param: null,
    code: "invalid_request_error",
  });
}

function refuseAnyFormat({ format }: AskedFor): HttpError | null {
  if (format === "text") return null;
  return detail(422, [
    { type: "extra_forbidden", loc: ["body", "response_format"], msg: "Extra inputs are not permitted" },
  ]);
}

function refuseStrictAndLimits({ format, parameters }: AskedFor): HttpError | null {
  const refused = parameters.find((name) => name === "max_tokens" || name === "stream_options");
  if (refused !== undefined) {
    return jsonError(400, {
      message: `Unsupported parameter: '${refused}' is not supported with this model.`,
      type: "invalid_request_error",
      param: refused,
      code: "unsupported_parameter",
    });
  }
  if (format !== "strict-schema") return null;
  return jsonError(400, { message: "json_schema.strict: true is not supported by this provider", code: 400 });
}
