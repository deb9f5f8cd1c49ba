import { everyObject, isObject, objectsIn, textOf, type JsonObject } from "./json.ts";
import { findLinks, findPings, type Contents } from "./rendered.ts";
import { changed, newId, newTs, type PeerFile, type PeerMessage, type PeerState } from "./state.ts";

/** Who writes what, where. */
export interface Writing {
  readonly channel: string;
  readonly user: string;
  readonly botId: string | null;
  readonly args: JsonObject;
  readonly ephemeralTo: string | null;
  readonly files?: readonly PeerFile[];
}

const INTERACTIVE = new Set([
  "button",
  "overflow",
  "checkboxes",
  "radio_buttons",
  "datepicker",
  "timepicker",
]);

/** Commits a message. */
export function addMessage(state: PeerState, writing: Writing): PeerMessage {
  const contents = contentsOf(state, writing.args);
  const message: PeerMessage = {
    ts: newTs(state),
    channel: writing.channel,
    user: writing.user,
    bot_id: writing.botId,
    thread_ts: textOf(writing.args["thread_ts"]) || null,
    isBroadcast: writing.args["reply_broadcast"] === true,
    ephemeralTo: writing.ephemeralTo,
    text: contents.text,
    blocks: contents.blocks,
    attachments: contents.attachments,
    metadata: metadataOf(writing.args),
    edits: [],
    deleted: false,
    pinged: findPings(contents),
    mentions: findPings(contents),
    links: findLinks(contents),
    reactions: [],
    files: writing.files ?? [],
  };
  messagesOf(writing.ephemeralTo === null ? state.messages : state.ephemerals, writing.channel).push(message);
  changed(state);
  return message;
}

/** Commits an edit: blocks, attachments and metadata that are not given stay, as chat.update documents. */
export function editMessage(state: PeerState, message: PeerMessage, args: JsonObject): void {
  const kept: JsonObject = {
    text: message.text,
    ...(args["markdown_text"] === undefined ? { blocks: message.blocks } : {}),
    attachments: message.attachments,
    ...args,
  };
  const contents = contentsOf(state, kept);
  message.edits.push({ text: message.text, blocks: message.blocks, metadata: message.metadata });
  message.text = contents.text;
  message.blocks = contents.blocks;
  message.attachments = contents.attachments;
  if (args["metadata"] !== undefined) message.metadata = metadataOf(args);
  message.mentions = findPings(contents);
  message.links = findLinks(contents);
  changed(state);
}

/** Commits a deletion; the message stays known to the tests. */
export function deleteMessage(state: PeerState, message: PeerMessage): void {
  message.deleted = true;
  changed(state);
}

/** The live list of one channel, in order of posting. */
export function messagesOf(lists: Map<string, PeerMessage[]>, channel: string): PeerMessage[] {
  const list = lists.get(channel) ?? [];
  lists.set(channel, list);
  return list;
}

/** The message that people can see, if there is one. */
export function findMessage(state: PeerState, channel: string, ts: string): PeerMessage | undefined {
  return messagesOf(state.messages, channel).find((message) => message.ts === ts && !message.deleted);
}

/** A message as the Web API and the payloads show it. */
export function toSlackMessage(state: PeerState, message: PeerMessage, withMetadata: boolean): JsonObject {
  const replies = messagesOf(state.messages, message.channel).filter(
    (other) => other.thread_ts === message.ts && other.ts !== message.ts && !other.deleted,
  );
  const isThread = replies.length > 0 || message.thread_ts !== null;
  return {
    type: "message",
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: state.team.id,
    ...(message.bot_id === null ? {} : { bot_id: message.bot_id, app_id: state.app.id }),
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.attachments.length === 0 ? {} : { attachments: message.attachments }),
    ...(message.files.length === 0
      ? {}
      : { files: message.files.map(({ id, name, title }) => ({ id, name, title })), upload: false }),
    ...(message.edits.length === 0 ? {} : { edited: { user: message.user, ts: message.ts } }),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
    ...(isThread ? { thread_ts: message.thread_ts ?? message.ts } : {}),
    ...(replies.length === 0 ? {} : { reply_count: replies.length, latest_reply: replies.at(-1)?.ts }),
  };
}

/** The message's contents as given, with the ids that Slack adds where there are none. */
function contentsOf(
  state: PeerState,
  args: JsonObject,
): Contents & { blocks: JsonObject[]; attachments: JsonObject[] } {
  const markdown = textOf(args["markdown_text"]);
  const blocks = markdown === "" ? objectsIn(args["blocks"]) : [{ type: "markdown", text: markdown }];
  return {
    text: markdown === "" ? textOf(args["text"]) : markdown,
    blocks: blocks.map((block) => withIds(state, block)),
    attachments: objectsIn(args["attachments"]).map((attachment) => structuredClone(attachment)),
    ...(typeof args["parse"] === "string" ? { parse: args["parse"] } : {}),
    ...(args["link_names"] === true ? { linkNames: true } : {}),
  };
}

function withIds(state: PeerState, given: JsonObject): JsonObject {
  const block = structuredClone(given);
  if (block["block_id"] === undefined) block["block_id"] = newId(state, "b");
  for (const part of everyObject(block)) {
    const isInteractive = INTERACTIVE.has(textOf(part["type"])) || textOf(part["type"]).endsWith("_select");
    if (isInteractive && part["action_id"] === undefined) part["action_id"] = newId(state, "a");
  }
  return block;
}

function metadataOf(args: JsonObject): JsonObject | null {
  const metadata = args["metadata"];
  return isObject(metadata) && Object.keys(metadata).length > 0 ? structuredClone(metadata) : null;
}
