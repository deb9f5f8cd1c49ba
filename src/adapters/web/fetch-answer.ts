import { errors } from "undici";
import { AppError } from "#src/core/errors.ts";

/** Longest wait taken from a header: a day. */
const MAX_WAIT_SECONDS = 86_400;

/** Seconds of `max-age`, 0 for `no-cache` and `no-store`, null when neither is there. */
export function parseCacheControl(header: string | string[] | undefined): number | null {
  const value = Array.isArray(header) ? header.join(",") : (header ?? "");
  if (/(?:^|[,\s])no-(?:cache|store)\b/i.test(value)) return 0;
  const seconds = /(?:^|[,\s])max-age\s*=\s*"?(\d{1,10})/i.exec(value)?.[1];
  return seconds === undefined ? null : Number(seconds);
}

/** Seconds of a `Retry-After` header in either of its forms (RFC 9110 section 10.2.3), at most a day. */
export function parseRetryAfter(header: string | string[] | undefined): number | null {
  const value = (Array.isArray(header) ? header[0] : header)?.trim() ?? "";
  if (value === "") return null;
  const seconds = /^\d{1,10}$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(MAX_WAIT_SECONDS, Math.max(0, Math.ceil(seconds))) : null;
}

/** What the client, the socket or the resolver threw, as the table's code. */
export function toFetchError(error: unknown, url: URL): AppError {
  const known = findAppError(error);
  if (known !== null) return known;
  const details = { host: url.host, reason: reasonOf(error) };
  if (isTimeout(error)) return new AppError("fetch/timeout", { details, cause: error });
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    return new AppError("fetch/too-large", { details, cause: error });
  }
  return new AppError("fetch/unreachable", { details, cause: error });
}

/** An error of ours comes back from the socket wrapped, once more with several addresses. */
function findAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof AggregateError)
    return error.errors.map(findAppError).find((found) => found !== null) ?? null;
  return error instanceof Error && error.cause !== undefined ? findAppError(error.cause) : null;
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError ||
    (error instanceof DOMException && error.name === "TimeoutError") ||
    reasonOf(error) === "ETIMEDOUT"
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.name : "unknown";
}
