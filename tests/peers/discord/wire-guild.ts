import type { JsonObject, PeerChannel, PeerGuild, PeerRole } from "./model.ts";
import { guildPermissions } from "./permissions.ts";
import { permissionsIn, type PeerState } from "./state.ts";
import { channelJson, memberJson } from "./wire.ts";

export function guildJson(state: PeerState, guild: PeerGuild): JsonObject {
  return {
    ...GUILD_DEFAULTS,
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    roles: rolesJson(state, guild.id),
  };
}

/** What the gateway sends when a guild becomes available. */
export function guildCreateJson(state: PeerState, guild: PeerGuild): JsonObject {
  const channels = [...state.channels.values()].filter(
    (channel) => channel.guildId === guild.id && !channel.deleted,
  );
  const isVisible = (channel: PeerChannel) => permissionsIn(state, channel, state.botId) !== 0n;
  return {
    ...guildJson(state, guild),
    joined_at: (guild.members.get(state.botId)?.joinedAt ?? new Date(state.now())).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    // Without the privileged members intent a bot is told of itself alone.
    members: [memberJson(state, guild.id, state.botId)],
    channels: channels.filter((channel) => !channel.thread).map((channel) => channelJson(state, channel)),
    threads: channels
      .filter((channel) => channel.thread && !channel.thread.archived && isVisible(channel))
      .map((channel) => channelJson(state, channel)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

export function ownGuildJson(state: PeerState, guild: PeerGuild): JsonObject {
  const permissions = guildPermissions(guild, state.roles, state.botId).toString();
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: false,
    permissions,
    features: [],
  };
}

export function rolesJson(state: PeerState, guildId: string): JsonObject[] {
  return [...state.roles.values()]
    .filter((role) => role.guildId === guildId)
    .map((role, index) => roleJson(role, index));
}

function roleJson(role: PeerRole, position: number): JsonObject {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

const GUILD_DEFAULTS = {
  icon: null,
  description: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  features: [],
  banner: null,
  application_id: null,
  region: "us-central",
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 0,
  default_message_notifications: 0,
  mfa_level: 0,
  explicit_content_filter: 0,
  max_presences: null,
  max_members: 500_000,
  max_stage_video_channel_users: 50,
  max_video_channel_users: 25,
  vanity_url_code: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: "en-US",
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  public_updates_channel_id: null,
  premium_progress_bar_enabled: false,
  nsfw: false,
  nsfw_level: 0,
  emojis: [],
  stickers: [],
  incidents_data: null,
};
