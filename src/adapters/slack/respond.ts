import { digest } from "#src/core/article.ts";
import type { RespondRequest } from "#src/ports.ts";
import { slackError, toPlatformError } from "./errors.ts";
import { type FileDeps, sendFiles } from "./files.ts";
import { type FilesAt, formatHandle, type Handle, parseHandle } from "./handle.ts";
import { editMessage, findOwn, REPLIED, sendNew } from "./post.ts";
import { renderSlack, type Shape } from "./render.ts";
import { sendToUrl } from "./send.ts";

/** Where Lede is no member it may still answer through the response_url, or to the asker alone. */
const NOT_A_MEMBER = new Set(["not_in_channel", "channel_not_found", "user_not_in_channel"]);

export interface RespondDeps extends FileDeps {
  /** True once for a call that this process received and has not answered: nothing can stand for it yet. */
  takeFresh: (callId: string) => boolean;
  /** Where the files of calls went whose reply does not stand yet: they are not sent a second time for it. */
  sentFiles: Map<string, FilesAt>;
}

/** Shows the one reply to a call. Returns the call's handle. Throws AppError `platform/*`. */
export async function showReply(deps: RespondDeps, request: RespondRequest): Promise<string> {
  const { call, stage } = request;
  const handle = parseHandle(call.handle);
  const isFresh = deps.takeFresh(call.id);
  const files = stage === "final" ? await bringFiles(deps, request, handle) : null;
  const showing = { ...request, deps, handle, isFresh, shape: { files } };
  // What stands in the channel already can only be edited there.
  const isPrivate = handle.private || (request.audience === "asker" && handle.ts === null);
  const ts = isPrivate ? await answerAsker(showing) : await answerChannel(showing);
  deps.sentFiles.delete(call.id);
  const isSame = ts === handle.ts && files === handle.files;
  return isSame ? call.handle : formatHandle({ ...handle, ts, files });
}

/** Files go before the reply, which says where they are. */
async function bringFiles(
  deps: RespondDeps,
  { call, reply, signal }: RespondRequest,
  handle: Handle,
): Promise<FilesAt | null> {
  const known = handle.files ?? deps.sentFiles.get(call.id);
  if (known !== undefined) return known;
  const files = await sendFiles(deps, { reply, place: handle, signal });
  if (files !== null) deps.sentFiles.set(call.id, files);
  return files;
}

interface Showing extends RespondRequest {
  deps: RespondDeps;
  handle: Handle;
  isFresh: boolean;
  shape: Shape;
}

/** Only the last word goes to one person: what they were shown can not be edited, and a response_url is good for five answers. */
async function answerAsker(showing: Showing): Promise<null> {
  const { handle, reply, shape, stage, signal } = showing;
  if (stage !== "final") return null;
  if (handle.responseUrl === null) return whisper(showing);
  try {
    await sendToUrl({ url: handle.responseUrl, reply, shape, audience: "ephemeral", signal });
    return null;
  } catch (thrown) {
    const error = toPlatformError(thrown);
    if (error.code !== "platform/message-gone") throw error;
    return whisper(showing);
  }
}

/** A message in the channel for the asker alone; in their direct messages where Lede may not write in the channel. */
async function whisper({ deps, call, handle, reply, shape, signal }: Showing): Promise<null> {
  const { channel, user, threadTs } = handle;
  const thread = threadTs === null ? {} : { thread_ts: threadTs };
  const message = { channel, user, ...thread, ...renderSlack(reply, shape) };
  try {
    await deps.api.call((slack) => slack.chat.postEphemeral(message), signal);
  } catch (thrown) {
    const error = toPlatformError(thrown);
    if (!NOT_A_MEMBER.has(slackError(error) ?? "")) throw error;
    const place = { channel: user, threadTs: null };
    await sendNew(deps.api, { place, event: REPLIED, key: digest(call.id), reply, shape, signal });
  }
  return null;
}

/** The reply's `ts` in the channel; null where only the response_url reaches it. */
async function answerChannel(showing: Showing): Promise<string | null> {
  const { deps, handle, reply, shape, stage, signal } = showing;
  if (handle.ts !== null) {
    await editMessage(deps.api, { channel: handle.channel, ts: handle.ts, reply, shape, signal });
    return handle.ts;
  }
  try {
    return await showFirst(showing);
  } catch (thrown) {
    const error = toPlatformError(thrown);
    if (handle.responseUrl === null || !NOT_A_MEMBER.has(slackError(error) ?? "")) throw error;
    if (stage === "final")
      await sendToUrl({ url: handle.responseUrl, reply, shape, audience: "in_channel", signal });
    return null;
  }
}

/** After a crash or a lost answer the reply may stand already: it is looked for before a new one is posted. */
async function showFirst({ deps, call, handle, reply, shape, isFresh, signal }: Showing): Promise<string> {
  const search = { place: handle, event: REPLIED, key: digest(call.id), signal } as const;
  const since = handle.askedAt === null ? call.receivedAt : new Date(handle.askedAt);
  const standing = isFresh ? null : await findOwn(deps.api, { ...search, since });
  if (standing === null) return sendNew(deps.api, { ...search, reply, shape });
  await editMessage(deps.api, { channel: handle.channel, ts: standing, reply, shape, signal });
  return standing;
}
