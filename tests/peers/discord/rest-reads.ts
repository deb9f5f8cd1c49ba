import { ok, refuse, type Answer } from "./answer.ts";
import { channelFor, guildFor, type Call, type Handler } from "./rest-access.ts";
import { guildJson, ownGuildJson, rolesJson } from "./wire-guild.ts";
import { applicationJson, channelJson, memberJson, ownUserJson, userJson } from "./wire.ts";

const SESSION_STARTS = { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 };

/** Routes that only look; the gateway's address is filled in by whoever knows it. */
export function readRoutes(gatewayUrl: () => string): Record<string, Handler> {
  return {
    "GET /gateway": () => ok({ url: gatewayUrl() }),
    "GET /gateway/bot": () => ok({ url: gatewayUrl(), shards: 1, session_start_limit: SESSION_STARTS }),
    "GET /users/@me": ({ ctx }) => ok(ownUserJson(ctx.state)),
    "GET /users/{user_id}": getUser,
    "GET /users/@me/guilds": listOwnGuilds,
    "GET /users/@me/guilds/{guild_id}/member": (call) =>
      getMember({ ...call, params: { ...call.params, user_id: call.ctx.state.botId } }),
    "GET /applications/@me": ({ ctx }) => ok(applicationJson(ctx.state)),
    "GET /oauth2/applications/@me": ({ ctx }) => ok(applicationJson(ctx.state)),
    "GET /guilds/{guild_id}": getGuild,
    "GET /guilds/{guild_id}/channels": listChannels,
    "GET /guilds/{guild_id}/roles": listRoles,
    "GET /guilds/{guild_id}/members/{user_id}": getMember,
    "GET /channels/{channel_id}": getChannel,
  };
}

function getUser({ ctx, params }: Call): Answer {
  const userId = params["user_id"] ?? "";
  return ctx.state.users.has(userId) ? ok(userJson(ctx.state, userId)) : refuse("unknownUser");
}

function listOwnGuilds({ ctx }: Call): Answer {
  const guilds = [...ctx.state.guilds.values()].filter((guild) => !guild.botRemoved);
  return ok(guilds.map((guild) => ownGuildJson(ctx.state, guild)));
}

function getGuild({ ctx, params, query }: Call): Answer {
  const { refusal, found: guild } = guildFor(ctx.state, params["guild_id"]);
  if (refusal) return refusal;
  const counts = {
    approximate_member_count: guild.members.size,
    approximate_presence_count: guild.members.size,
  };
  return ok({ ...guildJson(ctx.state, guild), ...(query.get("with_counts") === "true" ? counts : {}) });
}

function listChannels({ ctx, params }: Call): Answer {
  const { refusal, found: guild } = guildFor(ctx.state, params["guild_id"]);
  if (refusal) return refusal;
  const channels = [...ctx.state.channels.values()].filter(
    (channel) => channel.guildId === guild.id && !channel.thread && !channel.deleted,
  );
  return ok(channels.map((channel) => channelJson(ctx.state, channel)));
}

function listRoles({ ctx, params }: Call): Answer {
  const { refusal, found: guild } = guildFor(ctx.state, params["guild_id"]);
  return refusal ?? ok(rolesJson(ctx.state, guild.id));
}

function getMember({ ctx, params }: Call): Answer {
  const { refusal, found: guild } = guildFor(ctx.state, params["guild_id"]);
  if (refusal) return refusal;
  const userId = params["user_id"] ?? "";
  if (!/^\d+$/.test(userId)) return refuse("invalidForm");
  return guild.members.has(userId) ? ok(memberJson(ctx.state, guild.id, userId)) : refuse("unknownMember");
}

function getChannel({ ctx, params }: Call): Answer {
  const { refusal, found: channel } = channelFor(ctx.state, params["channel_id"]);
  return refusal ?? ok(channelJson(ctx.state, channel));
}
