import { errors } from "undici";
import { AppError } from "#src/core/errors.ts";

/** Longest wait taken from a header: a day. */
const MAX_WAIT_SECONDS = 86_400;

/** Node's codes for a certificate that proves nothing (nodejs.org, tls, X509 certificate error codes). */
const CERTIFICATE =
  /^(?:ERR_TLS_CERT_ALTNAME_INVALID|CERT_\w+|UNABLE_TO_(?:GET_ISSUER_CERT\w*|VERIFY_LEAF_SIGNATURE|DECRYPT_CERT_SIGNATURE)|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|INVALID_(?:CA|PURPOSE)|HOSTNAME_MISMATCH)$/;

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
  if (CERTIFICATE.test(details.reason)) return new AppError("fetch/certificate", { details, cause: error });
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

/** An answer that is neither a page nor a redirect, as the table's code. */
export function statusError(details: { status: number; url: string; retryAfter: number | null }): AppError {
  const { status } = details;
  if (status === 401 || status === 402 || status === 403)
    return new AppError("fetch/needs-login", { details });
  if (status === 404 || status === 410) return new AppError("fetch/not-found", { details });
  return new AppError("fetch/status", { details });
}

/** A body that is thrown away may still fail; nobody is left to hear it. */
export function ignoreLateError(): void {}
