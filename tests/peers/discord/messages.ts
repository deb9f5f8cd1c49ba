import { FLAG, type Attachment, type MessageBody, type PeerMessage } from "./model.ts";
import { mentioningText, pingsOf } from "./pings.ts";
import { announceChange, listOf, type PeerState } from "./state.ts";
import type { Gateway } from "./gateway.ts";
import { messageJson } from "./wire-message.ts";

export type Ctx = { readonly state: PeerState; readonly gateway: Gateway };

type NewMessage = {
  readonly id?: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly body: MessageBody;
  readonly type?: number;
  readonly attachments?: Attachment[];
  readonly ephemeralFor?: string | undefined;
  readonly interaction?: PeerMessage["interaction"];
  readonly isLoading?: boolean;
};

const KEPT_ON_EDIT = ~(FLAG.suppressEmbeds | FLAG.loading);
const EDITABLE_FLAGS = FLAG.suppressEmbeds | FLAG.componentsV2;

export function storeMessage(ctx: Ctx, message: NewMessage): PeerMessage {
  const { state } = ctx;
  const { body } = message;
  const repliesTo = body.message_reference?.message_id;
  const content = body.content ?? "";
  const components = body.components ?? [];
  const stored: PeerMessage = {
    id: message.id ?? state.nextId(),
    channelId: message.channelId,
    authorId: message.authorId,
    createdAt: new Date(state.now()),
    type: message.type ?? (repliesTo === undefined ? 0 : 19),
    content,
    embeds: body.embeds ?? [],
    components,
    flags:
      (body.flags ?? 0) |
      (message.ephemeralFor ? FLAG.ephemeral : 0) |
      (message.isLoading ? FLAG.loading : 0),
    nonce: body.nonce === undefined || body.nonce === null ? undefined : String(body.nonce),
    attachments: keepFiles(state, message.attachments ?? []),
    edits: 0,
    editedAt: undefined,
    versions: [],
    pinged: pingsOf(
      mentioningText(content, components),
      body,
      state.everyMessage.get(repliesTo ?? "")?.authorId,
    ),
    thread: undefined,
    crossposted: false,
    deleted: false,
    ephemeralFor: message.ephemeralFor,
    repliesTo,
    interaction: message.interaction,
    reactions: new Map(),
  };
  state.everyMessage.set(stored.id, stored);
  if (stored.ephemeralFor === undefined) {
    listOf(state.messages, stored.channelId).push(stored);
    ctx.gateway.dispatchMessage("MESSAGE_CREATE", stored);
  }
  announceChange(state);
  return stored;
}

/** Changes what a message shows; what the body does not name stays. */
export function changeMessage(
  ctx: Ctx,
  message: PeerMessage,
  body: MessageBody,
  attachments: Attachment[] = [],
): void {
  const wasLoading = (message.flags & FLAG.loading) !== 0;
  if (!wasLoading) {
    message.versions.push({
      content: message.content,
      embeds: message.embeds,
      components: message.components,
    });
    message.edits += 1;
    message.editedAt = new Date(ctx.state.now());
  }
  if (body.content !== undefined) message.content = body.content ?? "";
  if (body.embeds !== undefined) message.embeds = body.embeds ?? [];
  if (body.components !== undefined) message.components = body.components ?? [];
  const named = body.attachments?.map(({ id }) => String(id));
  const kept = message.attachments.filter(({ id }) => named?.includes(id) ?? true);
  message.attachments = [...kept, ...keepFiles(ctx.state, attachments)];
  message.flags =
    (message.flags & (body.flags === undefined ? ~FLAG.loading : KEPT_ON_EDIT)) |
    ((body.flags ?? 0) & EDITABLE_FLAGS);
  const pings = pingsOf(mentioningText(message.content, message.components), body, undefined);
  message.pinged = [...new Set([...message.pinged, ...pings])];
  if (message.ephemeralFor === undefined) ctx.gateway.dispatchMessage("MESSAGE_UPDATE", message);
  announceChange(ctx.state);
}

/** From now on the files can be downloaded, each by an id of its own. */
export function keepFiles(state: PeerState, files: readonly Attachment[]): Attachment[] {
  return files.map((file) => {
    const kept = { ...file, id: state.nextId() };
    state.files.set(kept.id, kept);
    return kept;
  });
}

export function removeMessage(ctx: Ctx, message: PeerMessage): void {
  const { state } = ctx;
  message.deleted = true;
  const list = listOf(state.messages, message.channelId);
  const index = list.indexOf(message);
  if (index >= 0) list.splice(index, 1);
  listOf(state.deletedMessages, message.channelId).push(message);
  if (message.ephemeralFor === undefined) {
    const guildId = state.channels.get(message.channelId)?.guildId;
    const data = { id: message.id, channel_id: message.channelId, ...(guildId ? { guild_id: guildId } : {}) };
    ctx.gateway.dispatch("MESSAGE_DELETE", guildId ? "guildMessages" : "directMessages", () => data);
  }
  announceChange(state);
}

/** Text of people reaches a bot only with the intent, when it is mentioned, or in a direct message. */
export function isWithheld(state: PeerState, message: PeerMessage, hasContentIntent: boolean): boolean {
  if (hasContentIntent || message.authorId === state.botId) return false;
  if (state.channels.get(message.channelId)?.guildId === undefined) return false;
  const mentions = new RegExp(`<@!?${state.botId}>`);
  const repliesToBot = state.everyMessage.get(message.repliesTo ?? "")?.authorId === state.botId;
  return !mentions.test(message.content) && !repliesToBot;
}

export function wireMessage(state: PeerState, message: PeerMessage, hasContentIntent: boolean) {
  return messageJson(state, message, { blank: isWithheld(state, message, hasContentIntent) });
}
