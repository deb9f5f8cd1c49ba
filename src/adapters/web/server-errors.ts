import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import { type ErrorCode, ERRORS } from "#src/core/error-table.ts";
import { AppError, toAppError } from "#src/core/errors.ts";
import { isStoreCode, STORE_RETRY_SECONDS } from "#src/core/store-trouble.ts";

interface Refusal {
  status: ContentfulStatusCode;
  /** For programs; where no AppError stands behind it, a name of HTTP's own. */
  code: string;
  message: string;
  field?: string;
}

const STATUS: Partial<Record<ErrorCode, ContentfulStatusCode>> = {
  "page/signed-out": 401,
  "page/no-token": 401,
  "webhook/unsigned": 401,
  "webhook/not-yours": 403,
  "webhook/conflict": 409,
  "webhook/too-large": 413,
  "config/invalid": 503,
  "platform/unavailable": 503,
};
const STATUS_BY_FAULT = { caller: 400, outside: 502, us: 500 } as const;

/** The one form of an error over HTTP: `{ error: { code, message, field? } }`. */
export function refuse(context: Context, { status, ...error }: Refusal): Response {
  return context.json({ error }, status);
}

/** Whatever a route threw, as an answer; what is our fault goes into the log. */
export function answerError(thrown: unknown, context: Context, log: Logger): Response {
  if (thrown instanceof HTTPException) return thrown.getResponse();
  const error = toAppError(thrown);
  const { fault } = ERRORS[error.code];
  // A client that hung up in the middle of its body is no fault of anyone's.
  if (fault === "us" && !context.req.raw.signal.aborted)
    log.error({ err: error, method: context.req.method, path: context.req.path }, "a request failed");
  // Senders drop what is answered otherwise.
  if (isStoreCode(error.code)) context.header("Retry-After", String(STORE_RETRY_SECONDS));
  return refuse(context, toRefusal(error));
}

function toRefusal({ code, say, details }: AppError): Refusal {
  const { field } = details;
  return { status: statusOf(code), code, message: say, ...(typeof field === "string" ? { field } : {}) };
}

function statusOf(code: ErrorCode): ContentfulStatusCode {
  if (isStoreCode(code)) return 503;
  return STATUS[code] ?? STATUS_BY_FAULT[ERRORS[code].fault];
}
