import { textOf, type JsonObject } from "./json.ts";
import { findMessage, messagesOf, toSlackMessage } from "./messages.ts";
import { directChannel } from "./methods-chat.ts";
import { refuse, type Method, type MethodContext } from "./method.ts";
import { changed, type PeerChannel, type PeerMessage, type PeerState } from "./state.ts";

const DEFAULT_PAGE = 100;

/** Methods that read and enter conversations. */
export const CONVERSATION_METHODS: Readonly<Record<string, Method>> = {
  "conversations.info": { scopes: (context, args) => [`${kind(context.state, args)}:read`], run: info },
  "conversations.list": {
    scopes: () => ["channels:read"],
    run: (context, args) => list(context, args, false),
  },
  "users.conversations": {
    scopes: () => ["channels:read"],
    run: (context, args) => list(context, args, true),
  },
  "conversations.members": { scopes: (context, args) => [`${kind(context.state, args)}:read`], run: members },
  "conversations.history": {
    scopes: (context, args) => [`${kind(context.state, args)}:history`],
    run: history,
  },
  "conversations.replies": {
    scopes: (context, args) => [`${kind(context.state, args)}:history`],
    run: replies,
  },
  "conversations.join": { scopes: () => ["channels:join"], run: join },
  "conversations.open": { scopes: () => ["im:write"], run: open },
};

/** Scopes are named after the kind of conversation. */
function kind(state: PeerState, args: JsonObject): "channels" | "groups" | "im" {
  const channel = state.channels.get(textOf(args["channel"]));
  if (channel?.directWith !== undefined && channel.directWith !== null) return "im";
  return channel?.isPrivate === true ? "groups" : "channels";
}

function info({ state }: MethodContext, args: JsonObject): JsonObject {
  const channel = visible(state, args);
  return channel === null
    ? refuse("channel_not_found")
    : { ok: true, channel: toSlackChannel(state, channel) };
}

function list(context: MethodContext, args: JsonObject, isOwn: boolean): JsonObject {
  const { state } = context;
  const types = (textOf(args["types"]) || "public_channel").split(",").map((type) => type.trim());
  const known = [...state.channels.values()].filter((channel) => {
    if (isOwn && !channel.isMember) return false;
    if (channel.isPrivate && !channel.isMember) return false;
    if (args["exclude_archived"] === true && channel.isArchived) return false;
    const privacy = channel.isPrivate ? "private_channel" : "public_channel";
    return types.includes(channel.directWith === null ? privacy : "im");
  });
  const start = Number(readCursor(args) ?? 0);
  if (!Number.isInteger(start)) return refuse("invalid_cursor");
  const end = start + pageSize(context, args);
  return {
    ok: true,
    channels: known.slice(start, end).map((channel) => toSlackChannel(state, channel)),
    response_metadata: { next_cursor: end < known.length ? writeCursor(String(end)) : "" },
  };
}

function members({ state }: MethodContext, args: JsonObject): JsonObject {
  const channel = visible(state, args);
  if (channel === null) return refuse("channel_not_found");
  const people = [...state.users.values()].filter((user) => !user.isBot || channel.isMember);
  return { ok: true, members: people.map((user) => user.id), response_metadata: { next_cursor: "" } };
}

function history(context: MethodContext, args: JsonObject): JsonObject {
  const { state } = context;
  const channel = visible(state, args);
  if (channel === null) return refuse("channel_not_found");
  if (!channel.isMember) return refuse("not_in_channel");
  const found = messagesOf(state.messages, channel.id).filter(
    (message) =>
      !message.deleted &&
      (message.thread_ts === null || message.thread_ts === message.ts || message.isBroadcast) &&
      isWithin(context, message, args),
  );
  // With `oldest` alone Slack pages forward from there; otherwise backward from the newest. A page is newest first.
  const isForward = args["oldest"] !== undefined && args["latest"] === undefined;
  const page = pageOf(context, isForward ? found : found.toReversed(), args);
  if (page === null) return refuse("invalid_cursor");
  const ordered = isForward ? page.items.toReversed() : page.items;
  return {
    ok: true,
    messages: ordered.map((message) => toSlackMessage(state, message, args["include_all_metadata"] === true)),
    has_more: page.next !== "",
    pin_count: 0,
    response_metadata: { next_cursor: page.next },
  };
}

function replies(context: MethodContext, args: JsonObject): JsonObject {
  const { state } = context;
  const channel = visible(state, args);
  if (channel === null) return refuse("channel_not_found");
  if (!channel.isMember) return refuse("not_in_channel");
  const parent = findMessage(state, channel.id, textOf(args["ts"]));
  if (parent === undefined) return refuse("thread_not_found");
  const thread = messagesOf(state.messages, channel.id).filter(
    (message) =>
      !message.deleted &&
      message.thread_ts === parent.ts &&
      message !== parent &&
      isWithin(context, message, args),
  );
  const page = pageOf(context, [parent, ...thread], args);
  if (page === null) return refuse("invalid_cursor");
  return {
    ok: true,
    messages: page.items.map((message) =>
      toSlackMessage(state, message, args["include_all_metadata"] === true),
    ),
    has_more: page.next !== "",
    response_metadata: { next_cursor: page.next },
  };
}

function join({ state }: MethodContext, args: JsonObject): JsonObject {
  const channel = visible(state, args);
  if (channel === null) return refuse("channel_not_found");
  if (channel.isArchived) return refuse("is_archived");
  if (channel.isPrivate) return refuse("method_not_supported_for_channel_type");
  channel.isMember = true;
  changed(state);
  return { ok: true, channel: toSlackChannel(state, channel) };
}

function open({ state }: MethodContext, args: JsonObject): JsonObject {
  const known = state.channels.get(textOf(args["channel"]));
  if (known !== undefined) return { ok: true, channel: { id: known.id } };
  const user = textOf(args["users"]);
  if (user.includes(",")) return refuse("not_enough_users");
  if (!state.users.has(user)) return refuse("user_not_found");
  return { ok: true, channel: { id: directChannel(state, user).id } };
}

function visible(state: PeerState, args: JsonObject): PeerChannel | null {
  const channel = state.channels.get(textOf(args["channel"]));
  return channel === undefined || (channel.isPrivate && !channel.isMember) ? null : channel;
}

function toSlackChannel(state: PeerState, channel: PeerChannel): JsonObject {
  const isDirect = channel.directWith !== null;
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !isDirect && !channel.isPrivate,
    is_group: !isDirect && channel.isPrivate,
    is_im: isDirect,
    is_private: channel.isPrivate,
    is_archived: channel.isArchived,
    is_member: channel.isMember,
    creator: channel.creator,
    context_team_id: state.team.id,
    ...(isDirect ? { user: channel.directWith } : {}),
  };
}

function isWithin(context: MethodContext, message: PeerMessage, args: JsonObject): boolean {
  const oldest = Number(args["oldest"] ?? 0);
  const latest = Number(args["latest"] ?? Infinity);
  const ts = Number(message.ts);
  if (Date.now() - ts * 1000 < context.historyLagMs) return false;
  if (args["inclusive"] === true) return ts >= oldest && ts <= latest;
  return ts > oldest && ts < latest;
}

function pageOf(
  context: MethodContext,
  messages: readonly PeerMessage[],
  args: JsonObject,
): { readonly items: PeerMessage[]; readonly next: string } | null {
  const cursor = readCursor(args);
  const start = cursor === null ? 0 : messages.findIndex((message) => message.ts === cursor);
  if (start < 0) return null;
  const end = start + pageSize(context, args);
  const next = messages[end];
  return { items: messages.slice(start, end), next: next === undefined ? "" : writeCursor(next.ts) };
}

function pageSize(context: MethodContext, args: JsonObject): number {
  const asked = typeof args["limit"] === "number" && args["limit"] > 0 ? args["limit"] : DEFAULT_PAGE;
  return Math.min(asked, context.maxPageSize);
}

function readCursor(args: JsonObject): string | null {
  const cursor = textOf(args["cursor"]);
  return cursor === "" ? null : Buffer.from(cursor, "base64").toString();
}

function writeCursor(position: string): string {
  return Buffer.from(position).toString("base64");
}
