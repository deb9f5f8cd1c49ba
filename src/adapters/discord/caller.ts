import {
  type APIInteractionGuildMember,
  type GuildMember,
  PermissionFlagsBits,
  type PermissionsBitField,
} from "discord.js";
import { type Channel, DIRECT, toChannel } from "#src/core/channel.ts";
import type { Caller } from "#src/core/command.ts";

interface Given {
  user: { id: string };
  guildId: string | null;
  channelId: string | null;
  member: GuildMember | APIInteractionGuildMember | null;
  permissions: Readonly<PermissionsBitField> | null;
}

/** Who did something, where, and what Discord says of them along with it. */
export function toCaller({ user, guildId, channelId, member, permissions }: Given): Caller {
  return {
    platform: "discord",
    user: user.id,
    channel: channelOf(guildId, channelId),
    moderator: isModerator(permissions),
    stranger: false,
    roles: rolesOf(member, guildId),
  };
}

export function channelOf(guildId: string | null, channelId: string | null): Channel | null {
  return channelId === null
    ? null
    : toChannel({ platform: "discord", workspace: guildId ?? DIRECT, id: channelId });
}

/** Whoever may manage the server may say what Lede posts in it; an administrator may do everything. */
export function isModerator(permissions: Readonly<PermissionsBitField> | null): boolean {
  return permissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
}

/** The role that everyone has, which has the server's own id, says nothing of a person. */
function rolesOf(member: Given["member"], guildId: string | null): string[] {
  const roles = member?.roles ?? [];
  const ids = Array.isArray(roles) ? roles : [...roles.cache.keys()];
  return ids.filter((id) => id !== guildId);
}
