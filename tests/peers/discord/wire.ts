import type { CommandOption } from "./judge-commands.ts";
import { CHANNEL, type JsonObject, type PeerChannel } from "./model.ts";
import { listOf, memberOf, need, type PeerState, type RegisteredCommand } from "./state.ts";

const MESSAGE_CONTENT_INTENT = 1 << 15;
const APPLICATION_MESSAGE_CONTENT_LIMITED = 1 << 19;
const GUILD_MEMBERS_INTENT = 1 << 1;
const APPLICATION_GUILD_MEMBERS_LIMITED = 1 << 15;
const REQUIRE_TAG = 1 << 4;

export function userJson(state: PeerState, userId: string): JsonObject {
  const user = need(state.users, userId, "user");
  return {
    id: user.id,
    username: user.username,
    global_name: user.bot ? null : user.displayName,
    avatar: null,
    discriminator: user.bot ? "0001" : "0",
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...(user.bot ? { bot: true } : {}),
  };
}

export function ownUserJson(state: PeerState): JsonObject {
  return {
    ...userJson(state, state.botId),
    mfa_enabled: false,
    locale: "en-US",
    verified: true,
    email: null,
  };
}

export function memberJson(state: PeerState, guildId: string, userId: string): JsonObject {
  const member = memberOf(state, guildId, userId);
  return {
    user: userJson(state, userId),
    nick: null,
    avatar: null,
    banner: null,
    roles: member?.roleIds ?? [],
    joined_at: (member?.joinedAt ?? new Date(state.now())).toISOString(),
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
  };
}

export function channelJson(state: PeerState, channel: PeerChannel): JsonObject {
  const last = listOf(state.messages, channel.id).at(-1)?.id ?? null;
  if (channel.type === CHANNEL.dm) {
    const recipients = channel.recipientId ? [userJson(state, channel.recipientId)] : [];
    return { id: channel.id, type: channel.type, last_message_id: last, flags: 0, recipients };
  }
  const shared = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId ?? null,
    last_message_id: last,
    rate_limit_per_user: 0,
  };
  if (channel.thread) return { ...shared, flags: 0, ...threadJson(state, channel) };
  const isForum = channel.type === CHANNEL.forum || channel.type === CHANNEL.media;
  return {
    ...shared,
    flags: channel.requiresTag ? REQUIRE_TAG : 0,
    topic: channel.topic ?? null,
    position: 0,
    nsfw: false,
    permission_overwrites: channel.overwrites.map((overwrite) => ({
      id: overwrite.id,
      type: overwrite.kind === "role" ? 0 : 1,
      allow: overwrite.allow.toString(),
      deny: overwrite.deny.toString(),
    })),
    ...(isForum
      ? {
          available_tags: channel.tags.map((tag) => ({
            ...tag,
            moderated: false,
            emoji_id: null,
            emoji_name: null,
          })),
          default_forum_layout: 0,
        }
      : {}),
  };
}

export function applicationFlags(state: PeerState): number {
  const intents = state.settings.privilegedIntents;
  const content = (intents & MESSAGE_CONTENT_INTENT) === 0 ? 0 : APPLICATION_MESSAGE_CONTENT_LIMITED;
  const members = (intents & GUILD_MEMBERS_INTENT) === 0 ? 0 : APPLICATION_GUILD_MEMBERS_LIMITED;
  return content | members;
}

export function applicationJson(state: PeerState): JsonObject {
  const owner = [...state.users.values()].find((user) => !user.bot);
  return {
    id: state.applicationId,
    name: "Lede",
    icon: null,
    description: "",
    type: null,
    flags: applicationFlags(state),
    flags_new: applicationFlags(state).toString(),
    bot: userJson(state, state.botId),
    bot_public: true,
    bot_require_code_grant: false,
    integration_types_config: { 0: {} },
    verify_key: "0".repeat(64),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userJson(state, owner?.id ?? state.botId),
    approximate_guild_count: state.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}

export function commandJson(command: RegisteredCommand): JsonObject {
  const { id, applicationId, guildId, version, default_member_permissions: permissions, ...body } = command;
  return {
    ...withoutNulls(body),
    ...(body.options ? { options: body.options.map(optionJson) } : {}),
    id,
    application_id: applicationId,
    ...(guildId === undefined ? {} : { guild_id: guildId }),
    version,
    description: body.description ?? "",
    default_member_permissions:
      permissions === undefined || permissions === null ? null : String(permissions),
    nsfw: false,
  };
}

/** What is not so is not said. */
function optionJson({ required, autocomplete, options, ...option }: CommandOption): JsonObject {
  return {
    ...withoutNulls(option),
    ...(required ? { required } : {}),
    ...(autocomplete ? { autocomplete } : {}),
    ...(options ? { options: options.map(optionJson) } : {}),
  };
}

function threadJson(state: PeerState, channel: PeerChannel): JsonObject {
  const { thread } = channel;
  const count = listOf(state.messages, channel.id).length;
  return {
    owner_id: thread?.ownerId,
    thread_metadata: {
      archived: thread?.archived,
      locked: thread?.locked,
      auto_archive_duration: thread?.autoArchiveMinutes,
      archive_timestamp: (thread?.archivedAt ?? new Date(state.now())).toISOString(),
    },
    message_count: count,
    total_message_sent: count,
    member_count: 1,
    applied_tags: thread?.appliedTags ?? [],
  };
}

/** Discord leaves out what is null in embeds, components and commands. */
export function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => [key, isObject(value) ? withoutNulls(value) : value]),
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
