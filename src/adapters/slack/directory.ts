import { LRUCache } from "lru-cache";
import { z } from "zod";
import { type Channel, channelParts } from "#src/core/channel.ts";
import type { Caller } from "#src/core/command.ts";
import { AppError } from "#src/core/errors.ts";
import type { Choice } from "#src/core/form.ts";
import type { Log } from "#src/log.ts";
import type { Asked, Clock, Standing } from "#src/ports.ts";
import type { Api } from "./api.ts";
import { slackError, toPlatformError } from "./errors.ts";

/** What people and channels are called and may do changes seldom. */
const KEEP_MS = 5 * 60_000;
const MAX_KEPT = 1_000;
const MAX_LABEL = 75;

export interface Directory {
  /** What Slack makes of the caller where they are. Throws AppError `platform/*` when it does not say. */
  standing: (caller: Caller, asked: Asked) => Promise<Standing>;
  /** Whether the caller is in the user group; false without the scope for groups. Never throws. */
  isInGroup: (caller: Caller, group: string, asked: Asked) => Promise<boolean>;
  /** `#name`, or null when Lede can not see the channel. Never throws. */
  channelName: (channel: Channel, signal: AbortSignal) => Promise<string | null>;
  /** Whether Slack shows Lede the channel, and under its own workspace. Throws AppError `platform/*`. */
  isInWorkspace: (channel: Channel, signal: AbortSignal) => Promise<boolean>;
  /** The workspace's user groups; null without the scope for them. Never throws. */
  groups: (signal: AbortSignal) => Promise<Choice[] | null>;
}

interface DirectoryDeps {
  api: Api;
  log: Log;
  clock: Clock;
}

const is = z.boolean().default(false);

const User = z.object({
  user: z.object({
    team_id: z.string().optional(),
    /** In an organisation of several workspaces, those the person belongs to. */
    enterprise_user: z.object({ teams: z.array(z.string()).default([]) }).optional(),
    deleted: is,
    is_stranger: is,
    is_restricted: is,
    is_ultra_restricted: is,
    is_admin: is,
    is_owner: is,
    is_primary_owner: is,
  }),
});
type User = z.infer<typeof User>["user"];

const Info = z.object({
  channel: z.object({
    name: z.string().optional(),
    creator: z.string().optional(),
    is_im: z.boolean().default(false),
    is_mpim: z.boolean().default(false),
  }),
});

const Groups = z.object({
  usergroups: z
    .array(z.object({ id: z.string(), handle: z.string().default(""), name: z.string().default("") }))
    .default([]),
});

const GroupUsers = z.object({ users: z.array(z.string()).default([]) });

/** What Slack tells of people, channels and groups, kept for some minutes. */
export function createDirectory(deps: DirectoryDeps): Directory {
  const { api } = deps;
  const users = createLookup<User>(deps, async (user, signal) => {
    return User.parse(await api.call((slack) => slack.users.info({ user }), signal)).user;
  });
  const channels = createLookup<z.infer<typeof Info>["channel"]>(deps, async (channel, signal) => {
    const answer = await api.call((slack) => slack.conversations.info({ channel }), signal);
    return Info.parse(answer).channel;
  });
  const groups = createLookup<Choice[]>(deps, async (_, signal) => {
    const { usergroups } = Groups.parse(await api.call((slack) => slack.usergroups.list(), signal));
    return usergroups.map(({ id, handle, name }) => ({
      value: id,
      label: `@${handle || name || id}`.slice(0, MAX_LABEL),
    }));
  });

  const members = createLookup<string[]>(deps, async (usergroup, signal) => {
    const answer = await api.call((slack) => slack.usergroups.users.list({ usergroup }), signal);
    return GroupUsers.parse(answer).users;
  });

  return {
    isInGroup: async ({ user }, group, asked) => (await members(group, asked))?.includes(user) ?? false,
    standing: async (caller, asked) => {
      const { team_id: home } = await api.me(asked.signal);
      const told = standingOf(await whoIs(users, caller.user, asked), home);
      if (told.role !== "member" || caller.channel === null) return told;
      // Who made a channel does not change: a kept answer will do.
      const info = await channels(channelParts(caller.channel).id, { fresh: false, signal: asked.signal });
      return info?.creator === caller.user && !info.is_im && !info.is_mpim
        ? { role: "channel moderator", why: "made the channel" }
        : told;
    },
    channelName: async (channel, signal) => {
      const info = await channels(channelParts(channel).id, { fresh: false, signal });
      if (info?.name === undefined || info.is_im || info.is_mpim) return null;
      return `#${info.name}`;
    },
    isInWorkspace: async (channel, signal) => {
      const { id, workspace } = channelParts(channel);
      const { team_id: home } = await api.me(signal);
      return workspace === home && (await isShown(api, id, signal));
    },
    groups: (signal) => groups("all", { fresh: false, signal }),
  };
}

/** By what Slack says of a person, `home` being the workspace that Lede is of. */
function standingOf(user: User, home: string): Standing {
  const { team_id: team, enterprise_user: organisation } = user;
  const isHome = team === undefined || team === home || (organisation?.teams.includes(home) ?? false);
  if (user.deleted) return { role: "stranger", why: "is deactivated" };
  if (user.is_stranger || !isHome) return { role: "stranger", why: "is of another workspace" };
  if (user.is_restricted || user.is_ultra_restricted) return { role: "guest", why: "is a guest" };
  return user.is_admin || user.is_owner || user.is_primary_owner
    ? { role: "workspace moderator", why: "administers the workspace" }
    : { role: "member", why: "is in the workspace" };
}

/** Throws AppError `platform/*`, in words for the person: to guess who they are would let somebody in, or lock them out. */
async function whoIs(users: Lookup<User>, user: string, asked: Asked): Promise<User> {
  const found = await users(user, asked);
  if (found !== null) return found;
  throw new AppError("platform/unavailable", {
    say: "Slack does not tell Lede who you are. Try again in a minute; if it goes on, ask whoever runs Lede to look with `npx lede doctor` whether the app has the scope users:read.",
  });
}

/** The bot's token sees the channels of its own workspace and those that are shared with it. */
async function isShown(api: Api, channel: string, signal: AbortSignal): Promise<boolean> {
  try {
    await api.call((slack) => slack.conversations.info({ channel }), signal);
    return true;
  } catch (thrown) {
    const error = toPlatformError(thrown);
    if (slackError(error) === "channel_not_found") return false;
    throw error;
  }
}

type Lookup<Value> = (id: string, asked: Asked) => Promise<Value | null>;

/** Asks Slack and keeps the answer, a refusal for want of a scope too; null for every failure, which is logged. */
function createLookup<Value>(
  { log, clock }: DirectoryDeps,
  load: (id: string, signal: AbortSignal) => Promise<Value>,
): Lookup<Value> {
  const kept = new LRUCache<string, { value: Value | null }>({
    max: MAX_KEPT,
    ttl: KEEP_MS,
    perf: { now: () => clock().getTime() },
  });
  const keep = (id: string, value: Value | null): Value | null => {
    kept.set(id, { value });
    return value;
  };
  return async (id, { fresh, signal }) => {
    const known = fresh ? undefined : kept.get(id);
    if (known !== undefined) return known.value;
    try {
      return keep(id, await load(id, signal));
    } catch (thrown) {
      const error = toPlatformError(thrown);
      log.warn({ id, err: error }, "slack could not be asked");
      return error.code === "platform/forbidden" ? keep(id, null) : null;
    }
  };
}
