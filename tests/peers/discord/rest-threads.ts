import { PermissionFlagsBits } from "discord.js";
import { z } from "zod";
import { created, ok, refuse, type Answer } from "./answer.ts";
import { storeMessage, type Ctx } from "./messages.ts";
import { CHANNEL, FLAG, MessageBody, type PeerChannel } from "./model.ts";
import {
  channelFor,
  holdsPosts,
  messageFor,
  postingPermissions,
  type Call,
  type Handler,
} from "./rest-access.ts";
import { addChannel } from "./seed.ts";
import { announceChange, permissionsIn } from "./state.ts";
import { messageJson } from "./wire-message.ts";
import { channelJson } from "./wire.ts";

const ThreadBody = z.looseObject({
  name: z.string(),
  auto_archive_duration: z.number().nullish(),
  applied_tags: z.array(z.string()).nullish(),
  message: MessageBody.nullish(),
  type: z.number().nullish(),
});
const ThreadChange = z.looseObject({
  name: z.string().nullish(),
  archived: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  auto_archive_duration: z.number().nullish(),
  applied_tags: z.array(z.string()).nullish(),
});
type ThreadBody = z.output<typeof ThreadBody>;

const DEFAULT_ARCHIVE_MINUTES = 4320;

export const threadRoutes: Record<string, Handler> = {
  "POST /channels/{channel_id}/messages/{message_id}/threads": startFromMessage,
  "POST /channels/{channel_id}/threads": startAlone,
  "PATCH /channels/{channel_id}": changeThread,
  "POST /users/@me/channels": openDirectMessages,
};

function startFromMessage({ ctx, params, body }: Call): Answer {
  const { state } = ctx;
  const { refusal, found: channel } = channelFor(state, params["channel_id"], "CreatePublicThreads");
  if (refusal) return refusal;
  if (channel.type !== CHANNEL.text && channel.type !== CHANNEL.announcement)
    return refuse("wrongChannelType");
  const target = messageFor(state, channel.id, params["message_id"]);
  if (target.refusal) return target.refusal;
  const { found: message } = target;
  if (message.thread) return refuse("threadExists");
  const thread = openThread(ctx, channel, { body: ThreadBody.parse(body), startedFrom: message.id });
  message.thread = thread.id;
  message.flags |= FLAG.hasThread;
  announceChange(state);
  return created(channelJson(state, thread));
}

function startAlone({ ctx, params, body, attachments }: Call): Answer {
  const { state } = ctx;
  const wanted = ThreadBody.parse(body);
  const { refusal, found: channel } = channelFor(state, params["channel_id"]);
  if (refusal) return refusal;
  const isForum = holdsPosts(channel);
  const hasEmbeds = Boolean(wanted.message?.embeds?.length);
  const needed = isForum
    ? postingPermissions(channel, hasEmbeds, attachments.length > 0)
    : (["CreatePublicThreads"] as const);
  const allowed = channelFor(state, channel.id, ...needed);
  if (allowed.refusal) return allowed.refusal;
  if (isForum !== Boolean(wanted.message)) return refuse("invalidForm");
  const tags = wanted.applied_tags ?? [];
  if (tags.some((tag) => !channel.tags.some(({ id }) => id === tag))) return refuse("invalidForm");
  if (channel.requiresTag && tags.length === 0) return refuse("tagRequired");
  const thread = openThread(ctx, channel, { body: wanted });
  // The first message of a forum post has the id of the post.
  const starter = wanted.message
    ? storeMessage(ctx, {
        id: thread.id,
        channelId: thread.id,
        authorId: state.botId,
        body: wanted.message,
        attachments,
      })
    : undefined;
  return created({
    ...channelJson(state, thread),
    ...(starter ? { message: messageJson(state, starter) } : {}),
  });
}

function openThread(
  ctx: Ctx,
  parent: PeerChannel,
  start: { body: ThreadBody; startedFrom?: string },
): PeerChannel {
  const { state } = ctx;
  const { body } = start;
  const type = threadType(parent, body.type);
  // A thread has the id of the message it was started from.
  const thread = addChannel(state, {
    id: start.startedFrom,
    name: body.name,
    guildId: parent.guildId,
    type,
    parentId: parent.id,
  });
  thread.thread = {
    ownerId: state.botId,
    archived: false,
    locked: false,
    autoArchiveMinutes: body.auto_archive_duration ?? DEFAULT_ARCHIVE_MINUTES,
    appliedTags: body.applied_tags ?? [],
    startedFrom: start.startedFrom,
  };
  ctx.gateway.dispatch("THREAD_CREATE", "guilds", () => ({
    ...channelJson(state, thread),
    newly_created: true,
  }));
  announceChange(state);
  return thread;
}

function threadType(parent: PeerChannel, wanted: number | null | undefined): number {
  if (parent.type === CHANNEL.announcement) return CHANNEL.announcementThread;
  return wanted === CHANNEL.privateThread ? CHANNEL.privateThread : CHANNEL.publicThread;
}

/** Only threads can be changed here; Lede has no business with the channels themselves. */
function changeThread({ ctx, params, body }: Call): Answer {
  const { state } = ctx;
  const { refusal, found: channel } = channelFor(state, params["channel_id"]);
  if (refusal) return refusal;
  const { thread } = channel;
  if (!thread) return refuse("missingPermissions");
  const change = ThreadChange.parse(body);
  const permissions = permissionsIn(state, channel, state.botId);
  const mayManage = (permissions & PermissionFlagsBits.ManageThreads) !== 0n;
  // Whoever may write in a thread may open it again, unless it is locked.
  const mayOpen = !thread.locked && (permissions & PermissionFlagsBits.SendMessagesInThreads) !== 0n;
  const opensOnly = Object.keys(body).join() === "archived" && change.archived === false;
  const isOwn = thread.ownerId === state.botId && !thread.locked && typeof change.locked !== "boolean";
  if (!mayManage && !isOwn && !(opensOnly && mayOpen)) return refuse("missingPermissions");
  if (thread.archived && change.archived !== false) return refuse("threadArchived");
  channel.name = change.name ?? channel.name;
  if ((change.archived ?? thread.archived) !== thread.archived) thread.archivedAt = new Date(state.now());
  thread.archived = change.archived ?? thread.archived;
  thread.locked = change.locked ?? thread.locked;
  thread.autoArchiveMinutes = change.auto_archive_duration ?? thread.autoArchiveMinutes;
  thread.appliedTags = change.applied_tags ?? thread.appliedTags;
  ctx.gateway.dispatch("THREAD_UPDATE", "guilds", () => channelJson(state, channel));
  announceChange(state);
  return ok(channelJson(state, channel));
}

function openDirectMessages({ ctx, body }: Call): Answer {
  const { state } = ctx;
  const recipientId = z.looseObject({ recipient_id: z.string() }).safeParse(body).data?.recipient_id;
  const recipient = state.users.get(recipientId ?? "");
  if (!recipient || recipient.bot) return refuse("unknownUser");
  return ok(channelJson(state, directChannel(ctx, recipient.id)));
}

/** The one direct channel with a person; made when first asked for. */
export function directChannel({ state }: Ctx, userId: string): PeerChannel {
  const open = [...state.channels.values()].find((channel) => channel.recipientId === userId);
  return open ?? addChannel(state, { name: "", type: CHANNEL.dm, recipientId: userId });
}
