import { z } from "zod";
import { type Channel, channelParts } from "#src/core/channel.ts";
import type { Caller } from "#src/core/command.ts";
import type { Choice } from "#src/core/form.ts";
import type { Log } from "#src/log.ts";
import type { Clock } from "#src/ports.ts";
import type { Api } from "./api.ts";
import { toPlatformError } from "./errors.ts";

/** What people and channels are called and may do changes seldom. */
const KEEP_MS = 5 * 60_000;
const MAX_KEPT = 1_000;
const MAX_LABEL = 75;

export interface Directory {
  /** Whether Slack makes the caller a moderator: an administrator, or an owner. Never throws. */
  isModerator: (caller: Caller, signal: AbortSignal) => Promise<boolean>;
  /** Whether the caller is in the user group; false without the scope for groups. Never throws. */
  isInGroup: (caller: Caller, group: string, signal: AbortSignal) => Promise<boolean>;
  /** `#name`, or null when Lede can not see the channel. Never throws. */
  channelName: (channel: Channel, signal: AbortSignal) => Promise<string | null>;
  /** The workspace's user groups; null without the scope for them. Never throws. */
  groups: (signal: AbortSignal) => Promise<Choice[] | null>;
}

interface DirectoryDeps {
  api: Api;
  log: Log;
  clock: Clock;
}

const User = z.object({
  user: z.object({
    is_admin: z.boolean().default(false),
    is_owner: z.boolean().default(false),
    is_primary_owner: z.boolean().default(false),
  }),
});

const Info = z.object({
  channel: z.object({
    name: z.string().optional(),
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
  const admins = createLookup<boolean>(deps, async (user, signal) => {
    const { user: found } = User.parse(await api.call((slack) => slack.users.info({ user }), signal));
    return found.is_admin || found.is_owner || found.is_primary_owner;
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
    isInGroup: async ({ user }, group, signal) => (await members(group, signal))?.includes(user) ?? false,
    isModerator: async ({ user }, signal) => (await admins(user, signal)) ?? false,
    channelName: async (channel, signal) => {
      const info = await channels(channelParts(channel).id, signal);
      if (info?.name === undefined || info.is_im || info.is_mpim) return null;
      return `#${info.name}`;
    },
    groups: (signal) => groups("all", signal),
  };
}

type Lookup<Value> = (id: string, signal: AbortSignal) => Promise<Value | null>;

/** Asks Slack and keeps the answer, a refusal for want of a scope too; null for every failure, which is logged. */
function createLookup<Value>(
  { log, clock }: DirectoryDeps,
  load: (id: string, signal: AbortSignal) => Promise<Value>,
): Lookup<Value> {
  const kept = new Map<string, { value: Value | null; until: number }>();
  const keep = (id: string, value: Value | null): Value | null => {
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(id, { value, until: clock().getTime() + KEEP_MS });
    return value;
  };
  return async (id, signal) => {
    const known = kept.get(id);
    if (known !== undefined && known.until > clock().getTime()) return known.value;
    try {
      return keep(id, await load(id, signal));
    } catch (thrown) {
      const error = toPlatformError(thrown);
      log.warn({ id, err: error }, "slack could not be asked");
      return error.code === "platform/forbidden" ? keep(id, null) : null;
    }
  };
}
