import { EventEmitter } from "node:events";
import type { JsonObject } from "./json.ts";

/** One version of a message that an edit replaced. */
interface MessageVersion {
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly metadata: JsonObject | null;
}

/** A message as Slack keeps it; the object is live: edits and deletions show in it. */
export interface PeerMessage {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  /** The bot's id, null for a person's message. */
  readonly bot_id: string | null;
  readonly thread_ts: string | null;
  readonly isBroadcast: boolean;
  /** The only person who sees it, null when the channel does. */
  readonly ephemeralTo: string | null;
  text: string;
  blocks: JsonObject[];
  attachments: JsonObject[];
  metadata: JsonObject | null;
  /** Earlier versions, oldest first. */
  edits: MessageVersion[];
  deleted: boolean;
  /** Whom it notified when it was posted, as written; an edit notifies nobody. */
  readonly pinged: string[];
  /** Whom this version calls, as written. */
  mentions: string[];
  /** What people can click in this version. */
  links: string[];
  reactions: string[];
  readonly files: readonly PeerFile[];
}

/** A file in the workspace; without bytes until they are uploaded. */
export interface PeerFile {
  readonly id: string;
  readonly name: string;
  title: string;
  /** In bytes, as announced. */
  readonly length: number;
  bytes: Buffer | null;
  isComplete: boolean;
}

/** A conversation; tests may change its flags at any time. */
export interface PeerChannel {
  readonly id: string;
  name: string;
  isMember: boolean;
  isArchived: boolean;
  isPrivate: boolean;
  /** The other person of a direct message. */
  readonly directWith: string | null;
  /** Who made it. */
  creator: string;
}

export interface PeerUser {
  readonly id: string;
  readonly name: string;
  isAdmin: boolean;
  isOwner: boolean;
  isPrimaryOwner: boolean;
  /** A guest in several channels, or in one alone. */
  isRestricted: boolean;
  isUltraRestricted: boolean;
  /** Of another organisation, and in no channel that is shared with this one. */
  isStranger: boolean;
  deleted: boolean;
  /** The workspace they are of. */
  teamId: string;
  /** The workspaces of an organisation they belong to; null outside one. */
  organisation: readonly string[] | null;
  readonly isBot: boolean;
}

/** An opened modal or a published home. */
export interface PeerView {
  readonly id: string;
  readonly user: string;
  readonly previousId: string | null;
  readonly rootId: string;
  isOpen: boolean;
  hash: string;
  view: JsonObject;
}

export interface PeerSettings {
  /** How far the clock of what answers is ahead of the one that counts out timestamps. */
  dateAheadMs: number;
  /** Whether the token that Lede was given is a person's. */
  isPersonsToken: boolean;
}

/** Everything the platform knows; it outlives the app's process. */
export interface PeerState {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly app: {
    readonly id: string;
    readonly userId: string;
    readonly botId: string;
    readonly name: string;
  };
  readonly users: Map<string, PeerUser>;
  readonly channels: Map<string, PeerChannel>;
  readonly messages: Map<string, PeerMessage[]>;
  readonly ephemerals: Map<string, PeerMessage[]>;
  readonly views: PeerView[];
  readonly homes: Map<string, PeerView>;
  readonly files: Map<string, PeerFile>;
  /** User groups: their handles by id. */
  readonly groups: Map<string, string>;
  /** Who is in a user group. */
  readonly groupUsers: Map<string, Set<string>>;
  /** Whether the app's commands ask for escaping (the manifest's should_escape). */
  readonly escapesCommands: boolean;
  readonly settings: PeerSettings;
  /** Scopes of the bot token; tests may add and remove. */
  readonly scopes: Set<string>;
  readonly changes: EventEmitter;
  nextId: number;
  lastTick: number;
}

/** Conversations that every peer starts with. */
export const CHANNELS = {
  news: "C0NEWS0001",
  tech: "C0TECH0001",
  outside: "C0OUTSIDE1",
  archived: "C0ARCHIVE1",
} as const;

/** People that every peer starts with. */
export const PEOPLE = { admin: "U0ADMIN001", member: "U0MEMBER01" } as const;

/** User groups that every peer starts with. */
export const GROUPS = { desk: "S0DESK0001" } as const;

/** Scopes granted unless a test says otherwise. */
export const DEFAULT_SCOPES = [
  "app_mentions:read",
  "channels:history",
  "channels:join",
  "channels:read",
  "chat:write",
  "commands",
  "files:read",
  "files:write",
  "groups:history",
  "groups:read",
  "im:history",
  "im:write",
  "reactions:write",
  "team:read",
  "usergroups:read",
  "users:read",
] as const;

/** A workspace with its people, channels and the installed app. */
export function createState(scopes: Iterable<string>, escapesCommands = false): PeerState {
  const app = { id: "A0LEDEAPP1", userId: "U0LEDEBOT1", botId: "B0LEDEBOT1", name: "lede" };
  const state: PeerState = {
    team: { id: "T0LEDETEAM", name: "Newsroom", domain: "newsroom" },
    app,
    users: new Map(),
    channels: new Map(),
    messages: new Map(),
    ephemerals: new Map(),
    views: [],
    homes: new Map(),
    files: new Map(),
    groups: new Map([[GROUPS.desk, "desk"]]),
    groupUsers: new Map(),
    escapesCommands,
    settings: { dateAheadMs: 0, isPersonsToken: false },
    scopes: new Set(scopes),
    changes: new EventEmitter().setMaxListeners(0),
    nextId: 1,
    lastTick: 0,
  };
  const person = plainPerson(state.team.id);
  for (const user of [
    { ...person, id: PEOPLE.admin, name: "ada", isAdmin: true },
    { ...person, id: PEOPLE.member, name: "max" },
    { ...person, id: app.userId, name: app.name, isBot: true },
  ]) {
    state.users.set(user.id, user);
  }
  const channel = {
    isMember: true,
    isArchived: false,
    isPrivate: false,
    directWith: null,
    creator: PEOPLE.admin,
  };
  for (const known of [
    { ...channel, id: CHANNELS.news, name: "news" },
    { ...channel, id: CHANNELS.tech, name: "tech" },
    { ...channel, id: CHANNELS.outside, name: "outside", isMember: false },
    { ...channel, id: CHANNELS.archived, name: "archived", isArchived: true },
  ]) {
    state.channels.set(known.id, known);
  }
  return state;
}

/** Somebody of the workspace who is nothing in particular. */
export function plainPerson(teamId: string): Omit<PeerUser, "id" | "name"> {
  return {
    isAdmin: false,
    isOwner: false,
    isPrimaryOwner: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    deleted: false,
    teamId,
    organisation: null,
    isBot: false,
  };
}

/** An id that no other thing of this peer has, such as `V0000000007`. */
export function newId(state: PeerState, prefix: string): string {
  const id = `${prefix}${String(state.nextId).padStart(10, "0")}`;
  state.nextId += 1;
  return id;
}

/** A message timestamp: seconds and microseconds, later than every one before. */
export function newTs(state: PeerState): string {
  state.lastTick = Math.max(state.lastTick + 1, Date.now() * 1000);
  const digits = String(state.lastTick);
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** Tells everyone who waits that something is different now. */
export function changed(state: PeerState): void {
  state.changes.emit("change");
}

/** The first truthy answer of `look`, asked again after every change; throws after `timeoutMs`. */
export function waitUntil<T>(
  state: PeerState,
  look: () => T | null | undefined,
  { timeoutMs, what }: { readonly timeoutMs: number; readonly what: () => string },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const found = look();
      if (found === null || found === undefined) return;
      finish();
      resolve(found);
    };
    const timer = setTimeout(() => {
      finish();
      reject(new Error(`not within ${timeoutMs} ms: ${what()}`));
    }, timeoutMs);
    const finish = () => {
      clearTimeout(timer);
      state.changes.off("change", check);
    };
    state.changes.on("change", check);
    check();
  });
}
