import type { CommandBody } from "./judge-commands.ts";
import type {
  Attachment,
  Component,
  JsonObject,
  PeerChannel,
  PeerGuild,
  PeerMember,
  PeerMessage,
  PeerRequest,
  PeerRole,
  PeerUser,
  Violation,
} from "./model.ts";
import { ALL_PERMISSIONS, channelPermissions, guildPermissions } from "./permissions.ts";
import { createSnowflakes } from "./snowflake.ts";

/** Timings of the platform, in milliseconds, adjustable while the peer runs. */
export type Settings = {
  /** How far the clock of what answers is ahead of the one that counts out ids. */
  dateAheadMs: number;
  /** How long a nonce is remembered; Discord says "the past few minutes". */
  nonceWindowMs: number;
  /** How long an interaction waits for its acknowledgement. */
  ackWindowMs: number;
  /** How long an interaction's token lives. */
  tokenLifeMs: number;
  /** Requests one bucket takes per window before it answers 429. */
  rateLimit: { limit: number; windowMs: number };
  heartbeatIntervalMs: number;
  /** Privileged intents switched on in the developer portal, as gateway intent bits. */
  privilegedIntents: number;
};

export type Choice = { name: string; value: string | number };
export type PeerModal = { customId: string; title: string; components: Component[] };
export type AckType = "reply" | "defer" | "deferUpdate" | "update" | "choices" | "modal";
export type Ack = { ms: number; type: AckType; ephemeral: boolean };
export type InteractionKind = "command" | "component" | "autocomplete" | "modal";

export type Interaction = {
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  readonly name: string;
  readonly userId: string;
  readonly channelId: string;
  readonly sourceMessageId: string | undefined;
  readonly createdAtMs: number;
  readonly payload: JsonObject;
  ack: Ack | undefined;
  originalId: string | undefined;
  followupIds: string[];
  modal: PeerModal | undefined;
  choices: Choice[] | undefined;
};

export type RegisteredCommand = CommandBody & {
  readonly id: string;
  readonly applicationId: string;
  readonly guildId: string | undefined;
  readonly type: number;
  readonly version: string;
};

export type PeerState = ReturnType<typeof createState>;

/** The platform's memory: it outlives every client that connects. */
export function createState(options: { token: string; now: () => number; settings: Settings }) {
  const nextId = createSnowflakes(options.now);
  const botId = nextId();
  const typing: { channelId: string; at: Date }[] = [];
  const requests: PeerRequest[] = [];
  const violations: Violation[] = [];
  return {
    ...options,
    nextId,
    botId,
    // Discord gives an application and its first bot the same id.
    applicationId: botId,
    guilds: new Map<string, PeerGuild>(),
    channels: new Map<string, PeerChannel>(),
    users: new Map<string, PeerUser>(),
    roles: new Map<string, PeerRole>(),
    messages: new Map<string, PeerMessage[]>(),
    deletedMessages: new Map<string, PeerMessage[]>(),
    everyMessage: new Map<string, PeerMessage>(),
    /** Files by their ids, of messages and of people. */
    files: new Map<string, Attachment>(),
    /** Where the peer is reached, once it listens: `http://127.0.0.1:1234`. */
    address: { origin: "" },
    nonces: new Map<string, { messageId: string; atMs: number }>(),
    interactions: new Map<string, Interaction>(),
    commands: new Map<string, RegisteredCommand[]>(),
    typing,
    requests,
    violations,
    listeners: new Set<() => void>(),
  };
}

/** Tells everyone who waits that something changed. */
export function announceChange(state: PeerState): void {
  for (const listener of state.listeners) listener();
}

export function listOf<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

/** What a user may do in a channel; a thread has its parent's permissions, a direct message has all. */
export function permissionsIn(state: PeerState, channel: PeerChannel, userId: string): bigint {
  const guild = channel.guildId === undefined ? undefined : state.guilds.get(channel.guildId);
  if (!guild) return ALL_PERMISSIONS;
  const parent =
    channel.thread && channel.parentId ? (state.channels.get(channel.parentId) ?? channel) : channel;
  const member = guild.members.get(userId);
  if (!member) return 0n;
  const base = guildPermissions(guild, state.roles, userId);
  return channelPermissions(base, parent, { guildId: guild.id, userId, roleIds: member.roleIds });
}

export function memberOf(
  state: PeerState,
  guildId: string | undefined,
  userId: string,
): PeerMember | undefined {
  return guildId === undefined ? undefined : state.guilds.get(guildId)?.members.get(userId);
}

/** The thing with this id, or a complaint to whoever wrote the test. */
export function need<T>(map: ReadonlyMap<string, T>, id: string, what: string): T {
  const found = map.get(id);
  if (found === undefined) throw new Error(`The Discord peer knows no ${what} ${id}`);
  return found;
}

/** Settles when `find` finds something, looking again at each change; `describe` names what was there instead. */
export async function waitFor<T>(
  state: PeerState,
  find: () => T | undefined,
  late: { timeoutMs: number; describe: () => string },
): Promise<T> {
  const first = find();
  if (first !== undefined) return first;
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      state.listeners.delete(look);
      reject(new Error(`Nothing fitting within ${late.timeoutMs} ms. ${late.describe()}`));
    }, late.timeoutMs);
    function look() {
      const found = find();
      if (found === undefined) return;
      clearTimeout(timer);
      state.listeners.delete(look);
      resolve(found);
    }
    state.listeners.add(look);
  });
}
