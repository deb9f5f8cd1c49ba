import { textOf, type JsonObject } from "./json.ts";
import {
  addMessage,
  deleteMessage,
  editMessage,
  findMessage,
  messagesOf,
  toSlackMessage,
} from "./messages.ts";
import { refuse, type Method } from "./method.ts";
import { changed, newId, type PeerChannel, type PeerState } from "./state.ts";

const CHAT_WRITE = () => ["chat:write"];

/** Methods that write messages. */
export const CHAT_METHODS: Readonly<Record<string, Method>> = {
  "chat.postMessage": { scopes: CHAT_WRITE, run: ({ state }, args) => postMessage(state, args) },
  "chat.postEphemeral": { scopes: CHAT_WRITE, run: ({ state }, args) => postEphemeral(state, args) },
  "chat.update": { scopes: CHAT_WRITE, run: ({ state }, args) => update(state, args) },
  "chat.delete": { scopes: CHAT_WRITE, run: ({ state }, args) => remove(state, args) },
  "chat.getPermalink": { scopes: () => [], run: ({ state }, args) => getPermalink(state, args) },
  "reactions.add": { scopes: () => ["reactions:write"], run: ({ state }, args) => addReaction(state, args) },
};

/** The direct conversation of the app with a person, made when there is none. */
export function directChannel(state: PeerState, user: string): PeerChannel {
  for (const channel of state.channels.values()) if (channel.directWith === user) return channel;
  const channel = {
    id: newId(state, "D"),
    name: "",
    isMember: true,
    isArchived: false,
    isPrivate: true,
    directWith: user,
    creator: user,
  };
  state.channels.set(channel.id, channel);
  return channel;
}

function postMessage(state: PeerState, args: JsonObject): JsonObject {
  const target = textOf(args["channel"]);
  // A person's id stands for the direct conversation with them.
  const channel = state.users.has(target) ? directChannel(state, target) : state.channels.get(target);
  const refused = refuseWriting(state, channel);
  if (refused !== null || channel === undefined) return refused ?? refuse("channel_not_found");
  const threadTs = textOf(args["thread_ts"]);
  if (threadTs !== "" && findMessage(state, channel.id, threadTs) === undefined)
    return refuse("thread_not_found");
  const message = addMessage(state, { ...byApp(state, channel.id), args, ephemeralTo: null });
  const warnings =
    textOf(args["text"]) === "" ? { response_metadata: { warnings: ["missing_text_in_message"] } } : {};
  return {
    ok: true,
    channel: channel.id,
    ts: message.ts,
    message: toSlackMessage(state, message, true),
    ...warnings,
  };
}

function postEphemeral(state: PeerState, args: JsonObject): JsonObject {
  const channel = state.channels.get(textOf(args["channel"]));
  const refused = refuseWriting(state, channel);
  if (refused !== null || channel === undefined) return refused ?? refuse("channel_not_found");
  const user = textOf(args["user"]);
  if (!state.users.has(user)) return refuse("user_not_in_channel");
  const message = addMessage(state, { ...byApp(state, channel.id), args, ephemeralTo: user });
  return { ok: true, message_ts: message.ts };
}

function update(state: PeerState, args: JsonObject): JsonObject {
  const channel = state.channels.get(textOf(args["channel"]));
  if (channel === undefined) return refuse("channel_not_found");
  if (channel.isArchived) return refuse("is_archived");
  const message = findMessage(state, channel.id, textOf(args["ts"]));
  if (message === undefined) return refuse("message_not_found");
  if (message.bot_id !== state.app.botId) return refuse("cant_update_message");
  editMessage(state, message, args);
  return {
    ok: true,
    channel: channel.id,
    ts: message.ts,
    text: message.text,
    message: toSlackMessage(state, message, true),
  };
}

function remove(state: PeerState, args: JsonObject): JsonObject {
  const channel = state.channels.get(textOf(args["channel"]));
  if (channel === undefined) return refuse("channel_not_found");
  const message = findMessage(state, channel.id, textOf(args["ts"]));
  if (message === undefined) return refuse("message_not_found");
  if (message.bot_id !== state.app.botId) return refuse("cant_delete_message");
  deleteMessage(state, message);
  return { ok: true, channel: channel.id, ts: message.ts };
}

function getPermalink(state: PeerState, args: JsonObject): JsonObject {
  const channel = state.channels.get(textOf(args["channel"]));
  if (channel === undefined) return refuse("channel_not_found");
  const message = findMessage(state, channel.id, textOf(args["message_ts"]));
  if (message === undefined) return refuse("message_not_found");
  const path = `archives/${channel.id}/p${message.ts.replace(".", "")}`;
  return { ok: true, channel: channel.id, permalink: `https://${state.team.domain}.slack.com/${path}` };
}

function addReaction(state: PeerState, args: JsonObject): JsonObject {
  const channel = textOf(args["channel"]);
  if (!state.channels.has(channel)) return refuse("channel_not_found");
  const message = messagesOf(state.messages, channel).find(
    (known) => known.ts === args["timestamp"] && !known.deleted,
  );
  if (message === undefined) return refuse("message_not_found");
  const name = textOf(args["name"]);
  if (message.reactions.includes(name)) return refuse("already_reacted");
  message.reactions.push(name);
  changed(state);
  return { ok: true };
}

function refuseWriting(state: PeerState, channel: PeerChannel | undefined): JsonObject | null {
  if (channel === undefined) return refuse("channel_not_found");
  if (channel.isArchived) return refuse("is_archived");
  const mayWriteAnyway = state.scopes.has("chat:write.public") && !channel.isPrivate;
  if (channel.isMember || mayWriteAnyway) return null;
  // A private channel that the app is not in does not exist for it.
  return refuse(channel.isPrivate ? "channel_not_found" : "not_in_channel");
}

function byApp(state: PeerState, channel: string): { channel: string; user: string; botId: string } {
  return { channel, user: state.app.userId, botId: state.app.botId };
}
