import { digest } from "#src/core/article.ts";
import { AppError } from "#src/core/errors.ts";
import type { Reply } from "#src/core/reply.ts";
import type { RespondRequest } from "#src/ports.ts";
import type { Api } from "./api.ts";
import { slackError, toPlatformError } from "./errors.ts";
import { formatHandle, type Handle, parseHandle } from "./handle.ts";
import { editMessage, findOwn, REPLIED, sendNew } from "./post.ts";
import { renderSlack } from "./render.ts";

const RESPONSE_TIMEOUT_MS = 10_000;
const SERVER_ERROR = 500;

/** Where Lede is no member it may still answer through the response_url. */
const NOT_A_MEMBER = new Set(["not_in_channel", "channel_not_found"]);

export interface RespondDeps {
  api: Api;
  /** True once for a call that this process received and has not answered: nothing can stand for it yet. */
  takeFresh: (callId: string) => boolean;
}

/** Shows the one reply to a call. Returns the call's handle. Throws AppError `platform/*`. */
export async function showReply(deps: RespondDeps, request: RespondRequest): Promise<string> {
  const handle = parseHandle(request.call.handle);
  const isFresh = deps.takeFresh(request.call.id);
  if (handle.private && handle.responseUrl !== null) {
    await answerThroughUrl(request, handle.responseUrl, "ephemeral");
    return request.call.handle;
  }
  if (handle.ts !== null) {
    await editMessage(deps.api, {
      channel: handle.channel,
      ts: handle.ts,
      reply: request.reply,
      signal: request.signal,
    });
    return request.call.handle;
  }
  try {
    return formatHandle({ ...handle, ts: await showFirst(deps.api, request, { handle, isFresh }) });
  } catch (thrown) {
    const error = toPlatformError(thrown);
    if (handle.responseUrl === null || !NOT_A_MEMBER.has(slackError(error) ?? "")) throw error;
    await answerThroughUrl(request, handle.responseUrl, "in_channel");
    return request.call.handle;
  }
}

/** After a crash or a lost answer the reply may stand already: it is looked for before a new one is posted. */
async function showFirst(
  api: Api,
  { call, reply, signal }: RespondRequest,
  { handle, isFresh }: { handle: Handle; isFresh: boolean },
): Promise<string> {
  const search = { place: handle, event: REPLIED, key: digest(call.id), signal } as const;
  const standing = isFresh ? null : await findOwn(api, { ...search, since: call.receivedAt });
  if (standing === null) return sendNew(api, { ...search, reply });
  await editMessage(api, { channel: handle.channel, ts: standing, reply, signal });
  return standing;
}

/** Only the last word goes this way: a response_url is good for five answers. */
async function answerThroughUrl(
  { reply, stage, signal }: RespondRequest,
  url: string,
  audience: Audience,
): Promise<void> {
  if (stage === "final") await sendToUrl({ url, reply, audience, signal });
}

type Audience = "ephemeral" | "in_channel";

/** Throws AppError `platform/*`. */
export async function sendToUrl({
  url,
  reply,
  audience,
  signal,
}: {
  url: string;
  reply: Reply;
  audience: Audience;
  signal: AbortSignal;
}): Promise<void> {
  const body = { ...renderSlack(reply), response_type: audience, replace_original: false };
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
  throw new AppError(status === 404 ? "platform/message-gone" : "platform/rejected", { details: { status } });
}
