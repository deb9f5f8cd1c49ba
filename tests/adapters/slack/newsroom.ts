import { createSlack } from "#src/adapters/slack/platform.ts";
import type { SlackConnection } from "#src/adapters/slack/connection.ts";
import { type Channel, toChannel } from "#src/core/channel.ts";
import type { Choice } from "#src/core/form.ts";
import { createLog, type Log } from "#src/log.ts";
import type { Platform } from "#src/ports.ts";
import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import { everyObject, type JsonObject, objectAt, objectsIn, textOf } from "#tests/peers/slack/json.ts";
import { type SlackPeer, type SlackPeerOptions, startSlackPeer } from "#tests/peers/slack/peer.ts";
import type { PeerMessage } from "#tests/peers/slack/state.ts";

export const SILENT: Log = createLog({ level: "silent", format: "json" });

export interface Opened {
  peer: SlackPeer;
  platform: Platform;
  channel: Channel;
}

/** A peer and the adapter pointed at it, not started. */
export async function openSlack(options: SlackPeerOptions = {}): Promise<Opened> {
  // As the app's manifest says.
  const peer = await startSlackPeer({ escapesCommands: true, ...options });
  return {
    peer,
    platform: connectTo(peer, { kind: "socket", appToken: peer.appToken }),
    channel: channelOf(peer, peer.channels.news),
  };
}

/** Another process with the same token. */
export function connectTo(peer: SlackPeer, connection: SlackConnection, botToken = peer.botToken): Platform {
  return createSlack({ botToken, connection, apiUrl: peer.apiUrl, log: SILENT, clock: () => new Date() });
}

/** Stops the adapter and then the peer, which must have nothing to complain about. */
export async function closeSlack({ peer, platform }: Pick<Opened, "peer" | "platform">): Promise<void> {
  await platform.stop();
  await peer.close();
  const [first] = peer.violations;
  if (first !== undefined)
    throw new Error(`Slack would complain about ${first.request.method}: ${first.problem}`);
}

export function channelOf(peer: SlackPeer, id: string): Channel {
  return toChannel({ platform: "slack", workspace: peer.team.id, id });
}

/** Everything of Lede's in the channel that everyone sees. */
export function ownMessages(peer: SlackPeer, channel: string): PeerMessage[] {
  return peer.messages(channel).filter((message) => message.bot_id !== null && !message.deleted);
}

/** The message as Slack's apps show it: the blocks, since the text beside them shows in notifications only. */
export function shownMessage(message: PeerMessage): ShownMessage {
  const parts = [...everyObject(message.blocks)];
  const words = parts.filter(({ type }) => ["plain_text", "mrkdwn", "text", "link"].includes(textOf(type)));
  const buttons = parts.filter(({ type }) => type === "button");
  const menus = parts.filter(({ type }) => type === "static_select");
  return {
    id: message.ts,
    text: words.map(({ text }) => textOf(text)).join("\n") || message.text,
    links: [...message.links],
    actions: buttons.map((button) => textOf(button["action_id"])),
    menus: menus.map((menu) => ({ id: textOf(menu["action_id"]), choices: choicesOf(menu) })),
    files: message.files.map(({ name, bytes }) => ({ name, text: bytes?.toString() ?? "" })),
    pinged: [...message.pinged],
    audience: message.ephemeralTo === null ? "everyone" : "asker",
    edits: message.edits.length,
  };
}

function choicesOf(menu: JsonObject): Choice[] {
  return objectsIn(menu["options"]).map((option) => ({
    value: textOf(option["value"]),
    label: textOf(objectAt(option, "text")["text"]),
  }));
}
