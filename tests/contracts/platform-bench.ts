import { afterEach, beforeEach } from "vitest";
import { COMMANDS } from "#commands";
import type { Channel } from "#src/core/channel.ts";
import type { CommandCall } from "#src/core/command.ts";
import type { Inbound, Platform } from "#src/ports.ts";

/** A message as the people in the channel see it. */
export interface ShownMessage {
  id: string;
  /** Every word that can be read, headline included, without the platform's escapes. */
  text: string;
  /** Addresses that can be followed, those of previews included. */
  links: string[];
  /** The ids of its buttons. */
  actions: string[];
  /** Who was notified by it. */
  pinged: string[];
  audience: "everyone" | "asker";
  /** How often it was changed after it first showed something. */
  edits: number;
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

/** One platform, connected to a local server that plays it, with a channel and people in it. */
export interface PlatformBench {
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
}

/** Opens a platform for each test and ends each with nothing to complain about. */
export function usePlatform(open: OpenPlatform): () => PlatformInUse {
  let inUse: PlatformInUse | null = null;
  beforeEach(async () => {
    const calls = createCalls();
    const bench = await open({ commands: COMMANDS, received: calls.received });
    inUse = { ...bench, nextCall: calls.next };
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
