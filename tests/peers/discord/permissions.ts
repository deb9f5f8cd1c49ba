import { PermissionFlagsBits } from "discord.js";
import type { PeerChannel, PeerGuild, PeerRole } from "./model.ts";

export type PermissionName = keyof typeof PermissionFlagsBits;

export const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

export function permissionBits(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}

/** What a member may do in a guild before any channel is looked at. */
export function guildPermissions(
  guild: PeerGuild,
  roles: ReadonlyMap<string, PeerRole>,
  userId: string,
): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return ALL_PERMISSIONS;
  const bits = [guild.id, ...member.roleIds].reduce(
    (sum, id) => sum | (roles.get(id)?.permissions ?? 0n),
    0n,
  );
  return (bits & PermissionFlagsBits.Administrator) === 0n ? bits : ALL_PERMISSIONS;
}

/** Guild permissions changed by a channel's overwrites: everyone first, then roles, then the member (Discord reference). */
export function channelPermissions(
  base: bigint,
  channel: PeerChannel,
  who: { guildId: string; userId: string; roleIds: readonly string[] },
): bigint {
  if (base === ALL_PERMISSIONS) return base;
  const everyone = channel.overwrites.filter((overwrite) => overwrite.id === who.guildId);
  const roles = channel.overwrites.filter(
    (overwrite) => overwrite.kind === "role" && who.roleIds.includes(overwrite.id),
  );
  const member = channel.overwrites.filter(
    (overwrite) => overwrite.kind === "member" && overwrite.id === who.userId,
  );
  let bits = base;
  for (const group of [everyone, roles, member]) {
    const deny = group.reduce((sum, overwrite) => sum | overwrite.deny, 0n);
    const allow = group.reduce((sum, overwrite) => sum | overwrite.allow, 0n);
    bits = (bits & ~deny) | allow;
  }
  // Who cannot see a channel can do nothing in it.
  return (bits & PermissionFlagsBits.ViewChannel) === 0n ? 0n : bits;
}
