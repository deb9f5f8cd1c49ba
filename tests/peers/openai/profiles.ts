import type { AskedFor } from "./shapes.ts";

export type ProfileName =
  | "openai"
  | "azure"
  | "ollama"
  | "lmstudio"
  | "llamacpp"
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
  /** Takes any format and answers as if none had been asked for. */
  ignoresFormat: boolean;
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
  noRoute: jsonError(404, {
    message: "Invalid URL (POST /v1/other)",
    type: "invalid_request_error",
    param: null,
    code: null,
  }),
};

const PLAIN_404: HttpError = { status: 404, body: "404 page not found", type: "text/plain" };

export const PROFILES: Record<ProfileName, Profile> = {
  openai: OPENAI,
  azure: { ...OPENAI, refuse: refuseReasoningExtras },
  ollama: { ...OPENAI, hasResponses: false, noRoute: PLAIN_404 },
  lmstudio: {
    ...OPENAI,
    hasResponses: false,
    refuse: refuseJsonObject,
    noRoute: {
      status: 404,
      body: JSON.stringify({ error: "Unexpected endpoint or method. (POST /v1/responses)" }),
      type: "application/json",
    },
  },
  llamacpp: { ...OPENAI, hasResponses: false, ignoresFormat: true, noRoute: jsonError(404, notFound()) },
  "json-mode-only": { ...OPENAI, hasResponses: false, refuse: refuseSchema, noRoute: PLAIN_404 },
  "text-only": { ...OPENAI, hasResponses: false, refuse: refuseAnyFormat, noRoute: PLAIN_404 },
  gateway: { ...OPENAI, hasResponses: false, refuse: refuseStrictAndLimits, noRoute: PLAIN_404 },
};

function notFound(): object {
  return { code: 404, message: "File Not Found", type: "not_found_error" };
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

function refuseJsonObject({ format }: AskedFor): HttpError | null {
  if (format !== "json_object") return null;
  const body = JSON.stringify({ error: "'response_format.type' must be 'json_schema' or 'text'" });
  return { status: 400, body, type: "application/json" };
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

/** FastAPI's form of an error: no `error` key at all. */
function refuseAnyFormat({ format }: AskedFor): HttpError | null {
  if (format === "text") return null;
  const body = JSON.stringify({
    detail: [
      { type: "extra_forbidden", loc: ["body", "response_format"], msg: "Extra inputs are not permitted" },
    ],
  });
  return { status: 422, body, type: "application/json" };
}

function refuseStrictAndLimits({ format, parameters }: AskedFor): HttpError | null {
  if (parameters.includes("max_tokens")) {
    return jsonError(400, {
      message:
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      type: "invalid_request_error",
      param: "max_tokens",
      code: "unsupported_parameter",
    });
  }
  if (format !== "strict-schema") return null;
  return jsonError(400, { message: "json_schema.strict: true is not supported by this provider", code: 400 });
}
