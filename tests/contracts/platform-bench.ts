import { afterEach, beforeEach } from "vitest";
import { COMMANDS } from "#commands";
import type { Channel } from "#src/core/channel.ts";
import type { CommandCall } from "#src/core/command.ts";
import type { Choice } from "#src/core/form.ts";
import type { Inbound, Platform } from "#src/ports.ts";
import { makeInbound } from "#tests/inbound.ts";

/** A message as the people in the channel see it. */
export interface ShownMessage {
  id: string;
  /** Every word that can be read, headline included, without the platform's escapes. */
  text: string;
  /** Addresses that can be followed, those of previews included. */
  links: string[];
  /** The ids of its buttons. */
  actions: string[];
  /** Its menus of one choice. */
  menus: { id: string; choices: Choice[] }[];
  /** Files to take away. */
  files: { name: string; text: string }[];
  /** Who was notified by it. */
  pinged: string[];
  audience: "everyone" | "asker";
  /** How often it was changed after it first showed something. */
  edits: number;
}

/** A form as the person in front of it sees it. */
export interface ShownForm {
  title: string;
  fields: ShownField[];
}

export interface ShownField {
  /** The option it fills. */
  name: string;
  label: string;
  required: boolean;
  /** What it holds before the person does anything; null for nothing. */
  value: string | null;
}

/** A command of several actions as a person types it. */
export interface TypedLine {
  command: string;
  action: string;
  options: Record<string, string>;
}

/** What happens to the next request that would post or edit. */
export type PlatformFault =
  /** Refused for now, not done. */
  | "rate-limited"
  /** An error of the server, not done. */
  | "failed-before"
  /** Done, and then an error of the server. */
  | "failed-after"
  /** The connection is cut, not done. */
  | "cut-before"
  /** Done, and the answer never arrives. */
  | "cut-after";

/** What a person does beyond talking, typing `/brief` and pressing: forms, menus, files. */
export interface PeopleBench {
  /** A person who is nobody in particular, by the platform's id; does everything below. */
  member: string;
  /** Made a moderator by the platform itself. */
  moderator: string;
  /** A role (Discord) or a user group (Slack). */
  group: string;
  typeLine: (line: TypedLine) => void;
  /** What is offered to a person while one of the line's options is typed; null where the platform never asks for that. */
  offered: ((line: TypedLine, option: string) => Promise<Choice[]>) | null;
  /** The form that opened last in front of the person; waits for it. */
  form: () => Promise<ShownForm>;
  /** The person puts values into that form, by the options' names, and sends it; the other fields stay as they are. */
  fill: (values: Record<string, string>) => void;
  /** A person chooses in a menu of a message. */
  choose: (messageId: string, menu: string, value: string) => void;
  /** A file that a person gives with a command, as the option has it. */
  upload: (text: string) => string;
  /** Lede's messages in the thread of a message of `channel`, oldest first. */
  inThread: (messageId: string) => ShownMessage[];
  /** Somebody deletes `channel`, or removes Lede from it. */
  endChannel: () => void;
  /** Somebody removes Lede from the whole workspace. */
  expel: () => void;
}

/** One platform, connected to a local server that plays it, with a channel and people in it. */
export interface PlatformBench extends PeopleBench {
  /** Started with the inbound that `open` was given. */
  platform: Platform;
  channel: Channel;
  /** Exists; Lede may not post in it. */
  closed: Channel;
  /** Does not exist. */
  missing: Channel;
  /** Lede's messages in `channel`, oldest first, those for one person included. */
  messages: () => ShownMessage[];
  /** Takes the message away, as a moderator does. */
  remove: (messageId: string) => void;
  fault: (kind: PlatformFault) => void;
  /** A person writes a message that is none of Lede's business. */
  chat: (text: string) => void;
  /** A person gives `/brief` with a link. */
  typeBrief: (link: string) => void;
  /** A person writes a message that mentions Lede. */
  mention: (text: string) => void;
  /** A person presses a button. */
  press: (messageId: string, action: string) => void;
  /** What the server would have refused or silently changed, in words. */
  violations: () => readonly string[];
  /** Stops the platform and its server. */
  close: () => Promise<void>;
}

export type OpenPlatform = (inbound: Inbound) => Promise<PlatformBench>;

export interface PlatformInUse extends PlatformBench {
  /** The calls that arrived and were not taken yet, oldest first; waits for the next. */
  nextCall: () => Promise<CommandCall>;
  /** The ids of all calls that arrived so far. */
  callIds: () => string[];
}

/**
 * Opens a platform for each test and ends each with nothing to complain about. `inbound` is what differs from one that
 * stores calls of Lede's own commands.
 */
export function usePlatform(open: OpenPlatform, inbound: Partial<Inbound> = {}): () => PlatformInUse {
  let inUse: PlatformInUse | null = null;
  beforeEach(async () => {
    const calls = createCalls();
    const bench = await open(makeInbound({ commands: COMMANDS, received: calls.received, ...inbound }));
    inUse = { ...bench, nextCall: calls.next, callIds: calls.ids };
  });
  afterEach(async () => {
    const violations = inUse?.violations() ?? [];
    await inUse?.close();
    inUse = null;
    if (violations.length > 0) throw new Error(`The platform's judge complains: ${violations.join("; ")}`);
  });
  return () => {
    if (inUse === null) throw new Error("No platform is open");
    return inUse;
  };
}

export interface Calls {
  received: Inbound["received"];
  next: () => Promise<CommandCall>;
  ids: () => string[];
}

/** Keeps calls as a store does: each id once. */
export function createCalls(): Calls {
  const waiting: CommandCall[] = [];
  const takers: ((call: CommandCall) => void)[] = [];
  const ids: string[] = [];
  return {
    received: (call) => {
      if (ids.includes(call.id)) return Promise.resolve(false);
      ids.push(call.id);
      const taker = takers.shift();
      if (taker === undefined) waiting.push(call);
      else taker(call);
      return Promise.resolve(true);
    },
    next: () => {
      const call = waiting.shift();
      return call === undefined ? new Promise((resolve) => takers.push(resolve)) : Promise.resolve(call);
    },
    ids: () => ids,
  };
}
