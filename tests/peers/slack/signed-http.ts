import { createHmac } from "node:crypto";
import type { JsonObject } from "./json.ts";

/** How a signed request deviates from a good one. */
export interface SigningOptions {
  /** Age of the signature in seconds; Slack's receivers refuse more than 300. */
  readonly ageSeconds?: number;
  /** Signs with another secret. */
  readonly secret?: string;
  /** Signs a body other than the one that is sent. */
  readonly isTampered?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** What to send: a form, as commands and interactions come, or JSON, as events do. */
export type SignedBody = { readonly form: Readonly<Record<string, string>> } | { readonly json: JsonObject };

export interface SignedAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

const REQUEST_TIMEOUT_MS = 10_000;

/** Posts a request with Slack's v0 signature to the app's address. */
export async function postSigned(
  url: string,
  body: SignedBody,
  { secret, ...options }: SigningOptions & { readonly secret: string },
): Promise<SignedAnswer> {
  const text = "json" in body ? JSON.stringify(body.json) : new URLSearchParams(body.form).toString();
  const timestamp = String(Math.floor(Date.now() / 1000) - (options.ageSeconds ?? 0));
  const signed = options.isTampered === true ? `${text} ` : text;
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${signed}`).digest("hex");
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "json" in body ? "application/json" : "application/x-www-form-urlencoded",
      // A connection kept open would hold up the app's own shutdown.
      connection: "close",
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${signature}`,
      ...options.headers,
    },
    body: text,
    redirect: "manual",
    signal: AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS),
  });
  return { status: response.status, body: await response.text(), headers: response.headers };
}
