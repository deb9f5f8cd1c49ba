import { type Client, PermissionsBitField, RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import { channelParts, DIRECT } from "#src/core/channel.ts";
import type { Caller } from "#src/core/command.ts";
import type { Asked, Standing } from "#src/ports.ts";
import type { Api } from "./api.ts";
import { isModerator } from "./caller.ts";
import { DISCORD_ERROR, discordCode, toPlatformError } from "./errors.ts";

const Member = z.object({ roles: z.array(z.string()) });
const Guild = z.object({
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: z.string() })),
});

interface Rights {
  owner: string;
  ofRole: ReadonlyMap<string, bigint>;
}

export interface PeopleDeps {
  api: Api;
  /** The gateway's client, once it is connected. */
  client: Client | null;
}

/**
 * What the person is in the server the call was given in: who may manage it moderates. An event says so by itself, at
 * the moment something is done; asked anew it is as it is now. Throws AppError `platform/*`.
 */
export async function standingIn(
  deps: PeopleDeps,
  caller: Caller,
  { fresh, signal }: Asked,
): Promise<Standing> {
  if (caller.moderator) return { role: "workspace moderator", why: "the event says so" };
  const guild = caller.channel === null ? DIRECT : channelParts(caller.channel).workspace;
  if (guild === DIRECT) return { role: "member", why: "in a direct conversation" };
  if (!fresh) return { role: "member", why: "the event says no more" };
  const rights = rightsFrom(deps.client, guild) ?? (await askRights(deps.api, guild, signal));
  if (rights.owner === caller.user) return { role: "workspace moderator", why: "owns the server" };
  const roles = await askRoles(deps.api, { guild, user: caller.user, signal });
  if (roles === null) return { role: "stranger", why: "is not in the server" };
  // Everyone's role has the server's id.
  const bits = [guild, ...roles].map((role) => rights.ofRole.get(role) ?? 0n);
  return isModerator(new PermissionsBitField(bits))
    ? { role: "workspace moderator", why: "may manage the server" }
    : { role: "member", why: "is in the server" };
}

function rightsFrom(client: Client | null, guildId: string): Rights | null {
  const guild = client?.guilds.cache.get(guildId);
  if (guild === undefined || !guild.available) return null;
  const ofRole = new Map(guild.roles.cache.map(({ id, permissions }) => [id, permissions.bitfield]));
  return { owner: guild.ownerId, ofRole };
}

async function askRights(api: Api, guildId: string, signal: AbortSignal): Promise<Rights> {
  const route = Routes.guild(guildId);
  const guild = await api.call({ method: RequestMethod.Get, route, answer: Guild, signal });
  const ofRole = new Map(guild.roles.map(({ id, permissions }) => [id, BigInt(permissions)]));
  return { owner: guild.owner_id, ofRole };
}

/** Null for somebody who is not, or no longer, in the server. */
async function askRoles(
  api: Api,
  { guild, user, signal }: { guild: string; user: string; signal: AbortSignal },
): Promise<string[] | null> {
  try {
    const route = Routes.guildMember(guild, user);
    return (await api.call({ method: RequestMethod.Get, route, answer: Member, signal })).roles;
  } catch (thrown) {
    const error = toPlatformError(thrown);
    if (discordCode(error) === DISCORD_ERROR.unknownMember) return null;
    throw error;
  }
}
