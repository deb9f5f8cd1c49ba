import { APIConnectionError, APIError, APIUserAbortError } from "openai";
import { type ErrorCode } from "#src/core/error-table.ts";
import { AppError } from "#src/core/errors.ts";

/** Why a model gave no draft, in one word. */
export type FailReason =
  | "timeout"
  | "no-key"
  | "bad-key"
  | "quota"
  | "rate-limited"
  | "server-error"
  | "unreachable"
  | "no-model"
  | "not-an-api"
  | "rejected"
  | "too-long"
  | "over-budget"
  | "refused"
  | "filtered"
  | "cut-off"
  | "invalid";

/** A call that brought no answer. `text` is for decisions only: servers echo keys and articles in it. */
export interface Failure {
  reason: FailReason;
  /** Trying the same request again may help. */
  retry: boolean;
  /** As the server told us to wait; null when it did not. */
  retryAfterMs: number | null;
  status: number | null;
  param: string | null;
  text: string;
  /** What the operator's log may hold. */
  details: Record<string, string | number | null>;
}

const CODES: Record<FailReason, ErrorCode> = {
  timeout: "writer/unavailable",
  "no-key": "writer/unavailable",
  "bad-key": "writer/unavailable",
  quota: "writer/unavailable",
  "rate-limited": "writer/unavailable",
  "server-error": "writer/unavailable",
  unreachable: "writer/unavailable",
  "no-model": "writer/no-model",
  "not-an-api": "writer/unavailable",
  rejected: "writer/unavailable",
  "too-long": "writer/refused",
  "over-budget": "writer/over-budget",
  refused: "writer/refused",
  filtered: "writer/refused",
  "cut-off": "writer/invalid",
  invalid: "writer/invalid",
};

const QUOTA = /insufficient_quota|billing_(?:not_active|hard_limit)|insufficient (?:credits|balance)/i;
const CONTEXT = /context[_ ](?:length|size|window)|maximum context|exceed_context|prompt is too long/i;
const FILTERED = /content_filter|content_policy|invalid_prompt|ResponsibleAIPolicy/i;
const NO_MODEL = /model/i;
const MAX_TEXT_CHARS = 2_000;

export function writerError(reason: FailReason, details: Record<string, unknown>): AppError {
  return new AppError(CODES[reason], { details: { reason, ...details } });
}

/** Reads what the client threw. The vendor's error goes no further: its message may hold the key or the article. */
export function readFailure(error: unknown, now: Date): Failure {
  if (error instanceof APIUserAbortError) return failure("timeout");
  if (error instanceof APIConnectionError) return { ...failure("unreachable"), retry: true };
  // An error that comes as a piece of a stream has no status of its own.
  if (error instanceof APIError && error.status === undefined) return streamFailure(error);
  // Thrown by the client's own reading of an answer that is no JSON, such as a web page.
  if (!(error instanceof APIError) || typeof error.status !== "number") return failure("not-an-api");
  const { status } = error;
  const { code, type, param } = error;
  const text = [code, type, error.message].join(" ").slice(0, MAX_TEXT_CHARS);
  const headers = error.headers instanceof Headers ? error.headers : new Headers();
  const reason = reasonOf(status, text);
  return {
    reason,
    retry: isPassing(status, reason) && headers.get("x-should-retry") !== "false",
    retryAfterMs: readRetryAfter(headers, now),
    status,
    param: param ?? null,
    text,
    details: {
      status,
      code: word(code),
      type: word(type),
      param: word(param),
      requestId: word(error.requestID),
    },
  };
}

function streamFailure({ code, type, message }: APIError): Failure {
  const text = [code, type, message].join(" ").slice(0, MAX_TEXT_CHARS);
  const reason = reasonOf(QUOTA.test(text) || CONTEXT.test(text) || FILTERED.test(text) ? 400 : 500, text);
  return {
    ...failure(reason),
    retry: reason === "server-error",
    text,
    details: { code: word(code), type: word(type) },
  };
}

export function failure(reason: FailReason): Failure {
  return { reason, retry: false, retryAfterMs: null, status: null, param: null, text: "", details: {} };
}

function reasonOf(status: number, text: string): FailReason {
  if (status === 402 || (QUOTA.test(text) && status < 500)) return "quota";
  if (status === 401 || status === 403) return "bad-key";
  if (status === 429) return "rate-limited";
  if (status === 408 || status === 409 || status >= 500) return "server-error";
  if (status === 413 || CONTEXT.test(text)) return "too-long";
  if (FILTERED.test(text)) return "filtered";
  if (status === 404) return NO_MODEL.test(text) ? "no-model" : "not-an-api";
  return "rejected";
}

function isPassing(status: number, reason: FailReason): boolean {
  // 501 says the server can not do it at all.
  return (reason === "rate-limited" || reason === "server-error") && status !== 501;
}

function readRetryAfter(headers: Headers, now: Date): number | null {
  const ms = Number.parseFloat(headers.get("retry-after-ms") ?? "");
  if (Number.isFinite(ms)) return Math.max(0, ms);
  const value = headers.get("retry-after") ?? "";
  const seconds = /^\d+(?:\.\d+)?$/.test(value) ? Number.parseFloat(value) : Number.NaN;
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now.getTime();
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

/** A code of the server's is logged only if it looks like one. */
function word(value: unknown): string | null {
  return typeof value === "string" && /^[\w.:-]{1,64}$/.test(value) ? value : null;
}

/** Why a writer gave up, if it was one that asks a model. */
export function failReason(error: unknown): string | null {
  const reason = error instanceof AppError ? error.details["reason"] : null;
  return typeof reason === "string" ? reason : null;
}
