import { PermissionFlagsBits } from "discord.js";
import { NO_CONTENT, ok, refuse, type Answer } from "./answer.ts";
import { changeMessage, removeMessage, storeMessage, wireMessage } from "./messages.ts";
import { CHANNEL, FLAG, MessageBody, type PeerChannel, type PeerMessage } from "./model.ts";
import {
  channelFor,
  holdsMessages,
  messageFor,
  postingPermissions,
  type Call,
  type Handler,
} from "./rest-access.ts";
import { compareSnowflakes } from "./snowflake.ts";
import { announceChange, listOf, permissionsIn, type PeerState } from "./state.ts";
import { messageJson } from "./wire-message.ts";

const DEFAULT_PAGE = 50;

export const messageRoutes: Record<string, Handler> = {
  "POST /channels/{channel_id}/messages": createMessage,
  "GET /channels/{channel_id}/messages": listMessages,
  "GET /channels/{channel_id}/messages/{message_id}": getMessage,
  "PATCH /channels/{channel_id}/messages/{message_id}": editMessage,
  "DELETE /channels/{channel_id}/messages/{message_id}": deleteMessage,
  "POST /channels/{channel_id}/messages/{message_id}/crosspost": crosspost,
  "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": addReaction,
  "DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": removeReaction,
  "POST /channels/{channel_id}/typing": startTyping,
};

function createMessage({ ctx, params, body, attachments }: Call): Answer {
  const { state } = ctx;
  const message = MessageBody.parse(body);
  const { refusal, found: channel } = postable(state, params["channel_id"], message);
  if (refusal) return refusal;
  const known = message.enforce_nonce ? rememberedMessage(state, String(message.nonce)) : undefined;
  if (known) return ok(messageJson(state, known, { nonce: true }));
  const reference = message.message_reference;
  if (reference && messageFor(state, channel.id, reference.message_id).refusal) {
    if (reference.fail_if_not_exists !== false) return refuse("unknownMessage");
    message.message_reference = undefined;
  }
  // Posting wakes an archived thread, unless a moderator locked it.
  if (channel.thread) channel.thread.archived = false;
  const stored = storeMessage(ctx, {
    channelId: channel.id,
    authorId: state.botId,
    body: message,
    attachments,
  });
  if (stored.nonce !== undefined) state.nonces.set(stored.nonce, { messageId: stored.id, atMs: state.now() });
  return ok(messageJson(state, stored, { nonce: true }));
}

/** The channel a body may be posted to, or Discord's refusal. */
function postable(state: PeerState, channelId: string | undefined, message: MessageBody) {
  const seen = channelFor(state, channelId);
  if (seen.refusal) return seen;
  const { found: channel } = seen;
  if (!holdsMessages(channel)) return { refusal: refuse("notTextChannel") };
  if (channel.recipientId && state.users.get(channel.recipientId)?.dmsClosed)
    return { refusal: refuse("dmsClosed") };
  const mayManage = (permissionsIn(state, channel, state.botId) & PermissionFlagsBits.ManageThreads) !== 0n;
  if (channel.thread?.locked && !mayManage)
    return { refusal: refuse(channel.thread.archived ? "threadArchived" : "threadLocked") };
  const needed = postingPermissions(
    channel,
    Boolean(message.embeds?.length),
    Boolean(message.attachments?.length),
  );
  return channelFor(state, channelId, ...needed);
}

function rememberedMessage(state: PeerState, nonce: string): PeerMessage | undefined {
  const remembered = state.nonces.get(nonce);
  if (!remembered || state.now() - remembered.atMs > state.settings.nonceWindowMs) return undefined;
  const message = state.everyMessage.get(remembered.messageId);
  return message?.deleted ? undefined : message;
}

function listMessages({ ctx, params, query }: Call): Answer {
  const { state } = ctx;
  const { refusal, found: channel } = channelFor(state, params["channel_id"]);
  if (refusal) return refusal;
  if (!holdsMessages(channel)) return refuse("notTextChannel");
  // Without this permission Discord answers with an empty page, not with an error.
  const mayRead =
    (permissionsIn(state, channel, state.botId) & PermissionFlagsBits.ReadMessageHistory) !== 0n;
  const page = mayRead ? pageOf(listOf(state.messages, channel.id), query) : [];
  return ok(page.toReversed().map((message) => wireMessage(state, message, hasContentIntent(state))));
}

/** Oldest first: the messages nearest to the anchor, as Discord counts them. */
function pageOf(messages: readonly PeerMessage[], query: URLSearchParams): readonly PeerMessage[] {
  const limit = Number(query.get("limit") ?? DEFAULT_PAGE);
  const after = query.get("after");
  const before = query.get("before");
  const around = query.get("around");
  if (after !== null) return messages.filter(({ id }) => compareSnowflakes(id, after) > 0).slice(0, limit);
  if (before !== null) return messages.filter(({ id }) => compareSnowflakes(id, before) < 0).slice(-limit);
  if (around !== null) {
    const half = Math.floor(limit / 2);
    const index = messages.findIndex(({ id }) => compareSnowflakes(id, around) >= 0);
    const middle = index < 0 ? messages.length : index;
    return messages.slice(Math.max(0, middle - half), middle + half + 1).slice(0, limit);
  }
  return messages.slice(-limit);
}

function getMessage({ ctx, params }: Call): Answer {
  const { state } = ctx;
  const { refusal, found } = seenMessage(state, params);
  if (refusal) return refusal;
  return ok(wireMessage(state, found.message, hasContentIntent(state)));
}

function editMessage({ ctx, params, body, attachments }: Call): Answer {
  const { state } = ctx;
  const { refusal, found } = seenMessage(state, params);
  if (refusal) return refusal;
  const { message, channel } = found;
  if (message.authorId !== state.botId) return refuse("editedByOther");
  if (channel.thread?.archived) return refuse("threadArchived");
  changeMessage(ctx, message, MessageBody.parse(body), attachments);
  return ok(messageJson(state, message));
}

function deleteMessage({ ctx, params }: Call): Answer {
  const { state } = ctx;
  const { refusal, found } = seenMessage(state, params);
  if (refusal) return refusal;
  const isOwn = found.message.authorId === state.botId;
  const mayManage =
    (permissionsIn(state, found.channel, state.botId) & PermissionFlagsBits.ManageMessages) !== 0n;
  if (!isOwn && !mayManage) return refuse("missingPermissions");
  removeMessage(ctx, found.message);
  return NO_CONTENT;
}

function crosspost({ ctx, params }: Call): Answer {
  const { state } = ctx;
  const { refusal, found } = seenMessage(state, params);
  if (refusal) return refusal;
  const { message, channel } = found;
  if (channel.type !== CHANNEL.announcement) return refuse("wrongChannelType");
  const needed =
    message.authorId === state.botId ? PermissionFlagsBits.SendMessages : PermissionFlagsBits.ManageMessages;
  if ((permissionsIn(state, channel, state.botId) & needed) === 0n) return refuse("missingPermissions");
  if (message.crossposted) return refuse("alreadyCrossposted");
  message.crossposted = true;
  message.flags |= FLAG.crossposted;
  announceChange(state);
  return ok(messageJson(state, message));
}

function addReaction({ ctx, params }: Call): Answer {
  const { state } = ctx;
  const { refusal, found } = seenMessage(state, params);
  if (refusal) return refusal;
  if ((permissionsIn(state, found.channel, state.botId) & PermissionFlagsBits.AddReactions) === 0n)
    return refuse("missingPermissions");
  const emoji = params["emoji_name"] ?? "";
  const people = found.message.reactions.get(emoji) ?? new Set();
  found.message.reactions.set(emoji, people.add(state.botId));
  announceChange(state);
  return NO_CONTENT;
}

function removeReaction({ ctx, params }: Call): Answer {
  const { state } = ctx;
  const { refusal, found } = seenMessage(state, params);
  if (refusal) return refusal;
  const emoji = params["emoji_name"] ?? "";
  const people = found.message.reactions.get(emoji);
  people?.delete(state.botId);
  if (people?.size === 0) found.message.reactions.delete(emoji);
  announceChange(state);
  return NO_CONTENT;
}

function startTyping({ ctx, params }: Call): Answer {
  const { refusal, found: channel } = channelFor(ctx.state, params["channel_id"], "SendMessages");
  if (refusal) return refusal;
  ctx.state.typing.push({ channelId: channel.id, at: new Date(ctx.state.now()) });
  return NO_CONTENT;
}

function seenMessage(state: PeerState, params: Record<string, string>) {
  const { refusal, found: channel } = channelFor(state, params["channel_id"]);
  if (refusal) return { refusal };
  const target = messageFor(state, channel.id, params["message_id"]);
  if (target.refusal) return { refusal: target.refusal };
  return {
    found: { channel, message: target.found } satisfies { channel: PeerChannel; message: PeerMessage },
  };
}

function hasContentIntent(state: PeerState): boolean {
  return (state.settings.privilegedIntents & (1 << 15)) !== 0;
}
