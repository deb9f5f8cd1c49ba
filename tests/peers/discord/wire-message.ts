import type { Attachment, Component, Embed, JsonObject, PeerMessage } from "./model.ts";
import type { PeerState } from "./state.ts";
import { channelJson, userJson, withoutNulls } from "./wire.ts";

/** `blank`: text of others is withheld from a bot without the message content intent; `nonce`: only the answer to its sender has it. */
type MessageView = { blank?: boolean; nonce?: boolean };

/** What Discord fills in when a component leaves it out: menus, thumbnails, separators, containers. */
const DEFAULTS: Record<number, JsonObject> = {
  3: { min_values: 1, max_values: 1 },
  11: { description: null, spoiler: false },
  14: { spacing: 1, divider: true },
  17: { spoiler: false, accent_color: null },
};

export function messageJson(state: PeerState, message: PeerMessage, view: MessageView = {}): JsonObject {
  const blank = view.blank === true;
  const { author, mentionsEveryone, users, roles } = {
    author: message.authorId,
    ...mentionsIn(state, message.content),
  };
  const channel = state.channels.get(message.channelId);
  const thread = message.thread ? state.channels.get(message.thread) : undefined;
  const guildId = channel?.guildId;
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: userJson(state, author),
    content: blank ? "" : message.content,
    embeds: blank ? [] : message.embeds.map(embedJson),
    components: blank ? [] : componentsJson(message.components),
    attachments: blank ? [] : message.attachments.map((file) => attachmentJson(state, file)),
    mentions: users.map((id) => userJson(state, id)),
    mention_roles: roles,
    mention_everyone: mentionsEveryone,
    timestamp: message.createdAt.toISOString(),
    edited_timestamp: message.editedAt?.toISOString() ?? null,
    flags: message.flags,
    pinned: false,
    tts: false,
    ...(view.nonce && message.nonce !== undefined ? { nonce: message.nonce } : {}),
    ...(thread ? { thread: channelJson(state, thread) } : {}),
    ...(message.reactions.size > 0 ? { reactions: reactionsJson(state, message) } : {}),
    ...(message.repliesTo
      ? {
          message_reference: {
            type: 0,
            channel_id: message.channelId,
            message_id: message.repliesTo,
            ...(guildId ? { guild_id: guildId } : {}),
          },
        }
      : {}),
    ...(message.interaction
      ? {
          application_id: state.applicationId,
          webhook_id: state.applicationId,
          ...interactionMetadata(state, message),
        }
      : {}),
  };
}

/** Who is mentioned, for highlighting; whether that notifies anyone is `pinged`. */
function mentionsIn(state: PeerState, content: string) {
  const ids = (pattern: RegExp) => [
    ...new Set([...content.matchAll(pattern)].map((match) => match[1] ?? "")),
  ];
  return {
    mentionsEveryone: /@(everyone|here)/.test(content),
    users: ids(/<@!?(\d+)>/g).filter((id) => state.users.has(id)),
    roles: ids(/<@&(\d+)>/g).filter((id) => state.roles.has(id)),
  };
}

function embedJson(embed: Embed): JsonObject {
  const { fields, ...rest } = embed;
  const plain: JsonObject = { type: "rich", ...withoutNulls(rest) };
  return fields
    ? { ...plain, fields: fields.map((field) => ({ ...field, inline: field.inline ?? false })) }
    : plain;
}

/** Discord numbers components that came without an id, in reading order. */
function componentsJson(components: readonly Component[]): JsonObject[] {
  let nextId = 0;
  function number(component: Component): JsonObject {
    nextId += 1;
    const id = component.id ?? nextId;
    const { components: inner, accessory, ...rest } = component;
    return {
      ...DEFAULTS[component.type],
      ...withoutNulls(rest),
      ...(component.media ? { media: { id: "0", proxy_url: component.media.url, ...component.media } } : {}),
      id,
      ...(inner ? { components: inner.map(number) } : {}),
      ...(accessory ? { accessory: number(accessory) } : {}),
    };
  }
  return components.map(number);
}

export function attachmentJson(state: PeerState, attachment: Attachment): JsonObject {
  const { id, filename, bytes, contentType } = attachment;
  const url = `${state.address.origin}/attachments/${id}/${filename}`;
  return {
    id,
    filename,
    size: bytes.byteLength,
    url,
    proxy_url: url,
    ...(contentType === undefined ? {} : { content_type: contentType }),
  };
}

function reactionsJson(state: PeerState, message: PeerMessage): JsonObject[] {
  return [...message.reactions].map(([name, userIds]) => ({
    emoji: { id: null, name },
    count: userIds.size,
    count_details: { burst: 0, normal: userIds.size },
    burst_colors: [],
    me_burst: false,
    me: userIds.has(state.botId),
  }));
}

function interactionMetadata(state: PeerState, message: PeerMessage): JsonObject {
  const by = message.interaction;
  if (!by || by.kind === 5) return {};
  const owners = { 0: state.channels.get(message.channelId)?.guildId ?? "0" };
  const base = {
    id: by.id,
    type: by.kind,
    user: userJson(state, by.userId),
    authorizing_integration_owners: owners,
  };
  return {
    interaction_metadata: by.kind === 3 ? { ...base, interacted_message_id: by.sourceMessageId } : base,
  };
}
