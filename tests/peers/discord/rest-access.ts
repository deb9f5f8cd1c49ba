import { PermissionFlagsBits } from "discord.js";
import { refuse, type Answer } from "./answer.ts";
import type { Ctx } from "./messages.ts";
import type { Attachment, JsonObject, PeerChannel, PeerGuild, PeerMessage } from "./model.ts";
import { CHANNEL } from "./model.ts";
import { permissionBits, type PermissionName } from "./permissions.ts";
import { listOf, permissionsIn, type PeerState } from "./state.ts";

/** One judged request on its way to its handler. */
export type Call = {
  readonly ctx: Ctx;
  readonly params: Record<string, string>;
  readonly query: URLSearchParams;
  readonly body: JsonObject | JsonObject[];
  readonly attachments: Attachment[];
};
export type Handler = (call: Call) => Answer;

/** A value, or the refusal that stands in its way. */
export type Access<T> =
  | { readonly refusal: Answer; readonly found?: never }
  | { readonly refusal?: never; readonly found: T };

/** The channel, when it exists, the bot sees it and has these permissions there. */
export function channelFor(
  state: PeerState,
  channelId: string | undefined,
  ...needed: PermissionName[]
): Access<PeerChannel> {
  const channel = state.channels.get(channelId ?? "");
  const parent = channel?.parentId ? state.channels.get(channel.parentId) : undefined;
  if (!channel || channel.deleted || parent?.deleted) return { refusal: refuse("unknownChannel") };
  if (channel.guildId && state.guilds.get(channel.guildId)?.botRemoved)
    return { refusal: refuse("missingAccess") };
  const permissions = permissionsIn(state, channel, state.botId);
  if ((permissions & PermissionFlagsBits.ViewChannel) === 0n) return { refusal: refuse("missingAccess") };
  if ((permissions & permissionBits(needed)) !== permissionBits(needed))
    return { refusal: refuse("missingPermissions") };
  return { found: channel };
}

export function guildFor(state: PeerState, guildId: string | undefined): Access<PeerGuild> {
  const guild = state.guilds.get(guildId ?? "");
  if (!guild || guild.botRemoved) return { refusal: refuse("unknownGuild") };
  return { found: guild };
}

/** A message everyone in the channel sees. */
export function messageFor(
  state: PeerState,
  channelId: string | undefined,
  messageId: string | undefined,
): Access<PeerMessage> {
  const message = listOf(state.messages, channelId ?? "").find((candidate) => candidate.id === messageId);
  return message ? { found: message } : { refusal: refuse("unknownMessage") };
}

/** What a message needs beyond being allowed to send. */
export function postingPermissions(
  channel: PeerChannel,
  hasEmbeds: boolean,
  hasFiles: boolean,
): PermissionName[] {
  const send: PermissionName = channel.thread ? "SendMessagesInThreads" : "SendMessages";
  return [
    send,
    ...(hasEmbeds ? (["EmbedLinks"] as const) : []),
    ...(hasFiles ? (["AttachFiles"] as const) : []),
  ];
}

export function holdsMessages(channel: PeerChannel): boolean {
  return !holdsPosts(channel);
}

/** Forums and media channels hold posts, each a thread, and no messages of their own. */
export function holdsPosts(channel: PeerChannel): boolean {
  return channel.type === CHANNEL.forum || channel.type === CHANNEL.media;
}
