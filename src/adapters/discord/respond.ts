import { MessageFlags, RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import { isDirect } from "#src/core/channel.ts";
import type { Clock, RespondRequest } from "#src/ports.ts";
import type { Api } from "./api.ts";
import { DISCORD_ERROR, discordCode, toPlatformError } from "./errors.ts";
import { renderFiles } from "./files.ts";
import { formatHandle, type Handle, parseHandle } from "./handle.ts";
import { findOwnMessage } from "./history.ts";
import { renderDiscord } from "./render.ts";

/** As long as Discord surely still knows a nonce ("the past few minutes"), in milliseconds. */
const NONCE_WINDOW_MS = 120_000;

const Shown = z.object({ id: z.string() });

export interface RespondDeps {
  api: Api;
  clock: Clock;
  /** Resolves once the call's deferral, if it is under way, has ended. */
  acknowledged: (callId: string) => Promise<void>;
}

/** Shows the one reply to a call; safe to repeat. Returns the call's handle. Throws AppError `platform/*`. */
export async function showReply(deps: RespondDeps, request: RespondRequest): Promise<string> {
  const handle = parseHandle(request.call.handle);
  if (handle.kind === "mention") {
    if (request.audience === "asker" && (await answerDirectly(deps.api, request, handle)))
      return request.call.handle;
    return formatHandle(await answerMention(deps, request, handle));
  }
  await deps.acknowledged(request.call.id);
  if (request.audience === "asker") {
    await answerAsker(deps.api, request, handle);
    return request.call.handle;
  }
  await deps.api.call({
    method: RequestMethod.Patch,
    route: Routes.webhookMessage(handle.application, handle.token, "@original"),
    body: renderDiscord(request.reply),
    files: renderFiles(request.reply),
    answer: Shown,
    anonymous: true,
    signal: request.signal,
  });
  return request.call.handle;
}

/**
 * What was deferred for everyone stays so: it is taken away, and what follows is for one person alone. Repeated after a
 * lost answer it may be shown to them twice.
 */
async function answerAsker(
  api: Api,
  { reply, signal }: RespondRequest,
  { application, token }: Extract<Handle, { kind: "interaction" }>,
): Promise<void> {
  const given = { answer: z.unknown(), anonymous: true, signal };
  try {
    await api.call({
      ...given,
      method: RequestMethod.Delete,
      route: Routes.webhookMessage(application, token, "@original"),
    });
  } catch (thrown) {
    if (discordCode(toPlatformError(thrown)) !== DISCORD_ERROR.unknownMessage) throw thrown;
  }
  await api.call({
    ...given,
    method: RequestMethod.Post,
    route: Routes.webhook(application, token),
    body: { ...renderDiscord(reply), flags: MessageFlags.Ephemeral },
  });
}

/** A reply to a mention can not be shown to one person alone, a direct message can; false where they take none. */
async function answerDirectly(
  api: Api,
  { call, reply, signal }: RespondRequest,
  { reply: standing }: Mention,
): Promise<boolean> {
  if (standing !== null || (call.caller.channel !== null && isDirect(call.caller.channel))) return false;
  try {
    const { id } = await api.call({
      method: RequestMethod.Post,
      route: Routes.userChannels(),
      body: { recipient_id: call.caller.user },
      answer: Shown,
      signal,
    });
    await api.call({
      method: RequestMethod.Post,
      route: Routes.channelMessages(id),
      body: { ...renderDiscord(reply), nonce: call.id, enforce_nonce: true },
      answer: z.unknown(),
      signal,
    });
    return true;
  } catch (thrown) {
    if (toPlatformError(thrown).code === "platform/forbidden") return false;
    throw thrown;
  }
}

type Mention = Extract<Handle, { kind: "mention" }>;

async function answerMention(deps: RespondDeps, request: RespondRequest, handle: Mention): Promise<Mention> {
  const standing = handle.reply ?? (await lostReply(deps, request, handle));
  const reply = standing ?? (await postReply(deps.api, request, handle));
  if (standing !== null) await editReply(deps.api, request, { channel: handle.channel, id: reply });
  return { ...handle, reply };
}

async function editReply(
  api: Api,
  { reply, signal }: RespondRequest,
  message: { channel: string; id: string },
): Promise<void> {
  await api.call({
    method: RequestMethod.Patch,
    route: Routes.channelMessage(message.channel, message.id),
    body: renderDiscord(reply),
    files: renderFiles(reply),
    answer: Shown,
    signal,
  });
}

/** A reply whose id was lost: within the nonce's window posting again yields it, later it is found by what it replies to. */
async function lostReply(
  { api, clock }: RespondDeps,
  { call, signal }: RespondRequest,
  handle: Mention,
): Promise<string | null> {
  if (clock().getTime() - call.receivedAt.getTime() < NONCE_WINDOW_MS) return null;
  return findOwnMessage(api, {
    channel: handle.channel,
    after: handle.source,
    matches: (message) => message.message_reference?.message_id === handle.source,
    signal,
  });
}

async function postReply(api: Api, request: RespondRequest, { channel, source }: Mention): Promise<string> {
  const payload = renderDiscord(request.reply);
  const { id, content } = await api.call({
    method: RequestMethod.Post,
    route: Routes.channelMessages(channel),
    body: {
      ...payload,
      nonce: request.call.id,
      enforce_nonce: true,
      message_reference: { message_id: source, fail_if_not_exists: false },
    },
    files: renderFiles(request.reply),
    answer: Shown.extend({ content: z.string() }),
    signal: request.signal,
  });
  // Known by its nonce, an earlier reply whose answer was lost comes back as it was then.
  if (content !== payload.content) await editReply(api, request, { channel, id });
  return id;
}
