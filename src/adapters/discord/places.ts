import {
  type Channel,
  ChannelFlags,
  ChannelType,
  type Client,
  type GuildForumTag,
  RequestMethod,
  Routes,
} from "discord.js";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import type { Api } from "./api.ts";

/** Channels that were asked for and not heard of from the gateway; beyond this the one not needed longest is asked for again. */
const MAX_KEPT = 1_000;

/** What of a channel's type decides how a post is made in it; everything else takes messages. */
const KINDS = new Map<number, Place["kind"]>([
  [ChannelType.DM, "direct"],
  [ChannelType.GuildAnnouncement, "announcement"],
  [ChannelType.AnnouncementThread, "thread"],
  [ChannelType.PublicThread, "thread"],
  [ChannelType.PrivateThread, "thread"],
  [ChannelType.GuildForum, "forum"],
  [ChannelType.GuildMedia, "forum"],
]);

const Tag = z.object({ id: z.string(), moderated: z.boolean().default(false) });

const Raw = z.object({
  type: z.number(),
  guild_id: z.string().nullish(),
  name: z.string().nullish(),
  flags: z.number().default(0),
  available_tags: z.array(Tag).default([]),
});

export interface Place {
  /** A forum, or a media channel, takes no messages: each post starts a thread of its own. */
  kind: "messages" | "announcement" | "thread" | "forum" | "direct";
  name: string | null;
  /** The server it is in; null for a direct conversation. */
  guild: string | null;
  /** The tag a post has to carry there, where one is asked for. */
  tag: string | null;
}

export interface Places {
  /** From the gateway's cache, or asked for. Throws AppError `platform/*`. */
  of: (channelId: string, signal: AbortSignal) => Promise<Place>;
  /** Whether the gateway told of it: true for every thread that is open. */
  isKnown: (channelId: string) => boolean;
}

/** `client` gives the gateway's client once it is connected. */
export function createPlaces(api: Api, client: () => Client | null): Places {
  const asked = new LRUCache<string, Place>({ max: MAX_KEPT });

  async function ask(channelId: string, signal: AbortSignal): Promise<Place> {
    const kept = asked.get(channelId);
    if (kept !== undefined) return kept;
    const raw = await api.call({
      method: RequestMethod.Get,
      route: Routes.channel(channelId),
      answer: Raw,
      signal,
    });
    const needsTag = (raw.flags & ChannelFlags.RequireTag) !== 0;
    const place = {
      kind: kindOf(raw.type),
      name: raw.name ?? null,
      guild: raw.guild_id ?? null,
      tag: needsTag ? firstTag(raw.available_tags) : null,
    };
    asked.set(channelId, place);
    return place;
  }

  return {
    of: async (channelId, signal) => {
      const cached = client()?.channels.cache.get(channelId);
      return cached === undefined ? ask(channelId, signal) : toPlace(cached);
    },
    isKnown: (channelId) => client()?.channels.cache.has(channelId) ?? false,
  };
}

function toPlace(channel: Channel): Place {
  const name = "name" in channel && typeof channel.name === "string" ? channel.name : null;
  const needsTag = channel.isThreadOnly() && channel.flags.has(ChannelFlags.RequireTag);
  const guild = channel.isDMBased() ? null : channel.guildId;
  return { kind: kindOf(channel.type), name, guild, tag: needsTag ? firstTag(channel.availableTags) : null };
}

function kindOf(type: number): Place["kind"] {
  return KINDS.get(type) ?? "messages";
}

/** One that everybody may use, where there is one. */
function firstTag(tags: readonly Pick<GuildForumTag, "id" | "moderated">[]): string | null {
  const free = tags.find(({ moderated }) => !moderated);
  return (free ?? tags[0])?.id ?? null;
}
