import { AppError } from "#src/core/errors.ts";
import type { Reply } from "#src/core/reply.ts";
import { toPlatformError } from "./errors.ts";
import { renderSlack, type Shape } from "./render.ts";

const RESPONSE_TIMEOUT_MS = 10_000;
const SERVER_ERROR = 500;
/** A response_url that was used up, or is older than 30 minutes. */
const SPENT = new Set([404, 410]);

export type Audience = "ephemeral" | "in_channel";

interface UrlMessage {
  url: string;
  reply: Reply;
  shape?: Shape;
  audience: Audience;
  signal: AbortSignal;
}

/** Answers through a response_url. Throws AppError `platform/*`; `message-gone` when the address is spent. */
export async function sendToUrl({ url, reply, shape, audience, signal }: UrlMessage): Promise<void> {
  const body = { ...renderSlack(reply, shape), response_type: audience, replace_original: false };
  let status: number;
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(RESPONSE_TIMEOUT_MS)]),
    });
    ({ status } = answer);
    await answer.body?.cancel();
    if (answer.ok) return;
  } catch (thrown) {
    throw toPlatformError(thrown);
  }
  if (status >= SERVER_ERROR) throw new AppError("platform/uncertain", { details: { status } });
  throw new AppError(SPENT.has(status) ? "platform/message-gone" : "platform/rejected", {
    details: { status },
  });
}
