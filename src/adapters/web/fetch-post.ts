import { request as sendRequest } from "undici";
import { AppError } from "#src/core/errors.ts";
import { ignoreLateError, parseRetryAfter, statusError, toFetchError } from "./fetch-answer.ts";
import { type Border, dispatcherFor, readableUrl } from "./fetch-border.ts";

/** Redirects that keep method and body. */
const REPEATING = new Set([307, 308]);

export interface Form {
  url: string;
  form: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

/** Posts a form to a public address, to where redirects that keep the method lead. Throws AppError `fetch/*`. */
export async function postForm(border: Border, { url: start, form, signal: caller }: Form): Promise<void> {
  const signal = AbortSignal.any([AbortSignal.timeout(border.limits.deadlineMs), caller]);
  let url = readableUrl(start, undefined, border);
  try {
    for (let hops = 0; hops <= border.limits.maxRedirects; hops += 1) {
      const { statusCode, headers, body } = await sendRequest(url, {
        dispatcher: dispatcherFor(border, url),
        signal,
        method: "POST",
        headers: {
          "user-agent": border.userAgent,
          "content-type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams(form).toString(),
      });
      body.on("error", ignoreLateError).destroy();
      if (statusCode >= 200 && statusCode < 300) return;
      if (!REPEATING.has(statusCode) || typeof headers.location !== "string")
        throw statusError({
          status: statusCode,
          url: url.href,
          retryAfter: parseRetryAfter(headers["retry-after"]),
        });
      url = readableUrl(headers.location, url, border);
    }
  } catch (error) {
    if (caller.aborted) throw caller.reason;
    throw toFetchError(error, url);
  }
  throw new AppError("fetch/redirects", { details: { url: start, limit: border.limits.maxRedirects } });
}
