import { type ErrorCode, ERRORS } from "./error-table.ts";

interface AppErrorOptions {
  /** For the operator's log: ids, status, sizes. Never shown in a channel, never a secret. */
  details?: Record<string, unknown>;
  /** Replaces the table's sentence where only the place of the failure knows what to say (a field's name, a variable). */
  say?: string;
  cause?: unknown;
}

/** The one error class. Adapters translate vendor errors to it at the edge. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;
  readonly say: string;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(`${code}: ${options.say ?? ERRORS[code].say}`, { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
    this.say = options.say ?? ERRORS[code].say;
  }
}

/** Failures that pass: an outage ends, and the next version mends a bug. */
export const PASSING: ReadonlySet<string> = new Set(
  Object.entries(ERRORS).flatMap(([code, { retry }]) => (retry || code === "bug" ? [code] : [])),
);

/** Anything thrown, as an AppError: what is not one already is a bug. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError("bug", { cause: error });
}

/** A code of the table that was kept as text; null for what is none, or none any more. */
export function asErrorCode(text: string | null | undefined): ErrorCode | null {
  return isErrorCode(text) ? text : null;
}

function isErrorCode(text: string | null | undefined): text is ErrorCode {
  return text != null && Object.hasOwn(ERRORS, text);
}
