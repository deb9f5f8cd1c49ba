import { PermissionFlagsBits } from "discord.js";
import { ok, refuse, type Answer } from "./answer.ts";
import type { PeerChannel } from "./model.ts";
import { channelFor, guildFor, type Call, type Handler } from "./rest-access.ts";
import { permissionsIn, type PeerState } from "./state.ts";
import { channelJson } from "./wire.ts";

const DEFAULT_PAGE = 50;

/** Lists of threads: those that are open in a guild, and those that were archived in a channel. */
export const forumRoutes: Record<string, Handler> = {
  "GET /guilds/{guild_id}/threads/active": listActive,
  "GET /channels/{channel_id}/threads/archived/public": listArchived,
};

function listActive({ ctx, params }: Call): Answer {
  const { state } = ctx;
  const { refusal, found: guild } = guildFor(state, params["guild_id"]);
  if (refusal) return refusal;
  const threads = [...state.channels.values()].filter(
    (channel) =>
      channel.guildId === guild.id &&
      channel.thread &&
      !channel.thread.archived &&
      !channelFor(state, channel.id).refusal,
  );
  return ok({
    threads: threads.toReversed().map((thread) => channelJson(state, thread)),
    members: [],
    has_more: false,
  });
}

/** Archived last comes first; `before` goes on with what was archived earlier. */
function listArchived({ ctx, params, query }: Call): Answer {
  const { state } = ctx;
  const { refusal, found: channel } = channelFor(state, params["channel_id"]);
  if (refusal) return refusal;
  if ((permissionsIn(state, channel, state.botId) & PermissionFlagsBits.ReadMessageHistory) === 0n)
    return refuse("missingPermissions");
  const before = query.get("before");
  const limit = Number(query.get("limit") ?? DEFAULT_PAGE);
  const threads = [...state.channels.values()]
    .filter(({ parentId, thread, deleted }) => parentId === channel.id && thread?.archived && !deleted)
    .filter((thread) => before === null || archivedAt(state, thread) < Date.parse(before))
    .toSorted((a, b) => archivedAt(state, b) - archivedAt(state, a));
  return ok({
    threads: threads.slice(0, limit).map((thread) => channelJson(state, thread)),
    members: [],
    has_more: threads.length > limit,
  });
}

function archivedAt(state: PeerState, { thread }: PeerChannel): number {
  return thread?.archivedAt?.getTime() ?? state.now();
}
