import type { Deed } from "./authority.ts";
import type { Backtest, BacktestRequest } from "./backtest.ts";
import type { Channel } from "./channel.ts";
import type { Decisions, Edit, LogRow } from "./moderation.ts";
import type { Source, Workspace } from "./workspace.ts";

/** A feed that was found, and what to call it. */
export interface FoundFeed {
  url: string;
  title: string | null;
}

/** How a source's feed is doing. */
export interface SourceHealth {
  source: Source;
  state: "ok" | "failing" | "silent" | "gone" | "new";
  /** What a moderator should know; null while all is well. */
  text: string | null;
  lastEntryAt: Date | null;
}

/** What a new subscription is given of what came before it. */
export interface Backfilled {
  stories: number;
  /** How many of them are written in a batch, and come within a day. */
  waiting: number;
}

/** What a moderator may do in the caller's workspace or, of a channel alone, in that channel. The pipeline implements it. */
export interface ModeratorApp {
  workspace: Workspace;
  /** Whether the operator lets members-only text in. */
  isCleared: boolean;
  /** Throws AppError `command/not-cleared` where the operator lets no members-only text in. */
  needClearance: () => void;
  now: () => Date;
  /** Whether the caller may also do something else. */
  may: (deed: Deed) => boolean;
  /** What is decided, as far as it is the caller's to decide. */
  decisions: () => Promise<Decisions>;
  /** Whether channels that are not the caller's to decide for receive a topic too. */
  isShared: (topicId: string) => Promise<boolean>;
  /**
   * Makes a change and logs it under the caller's name. `seen` is the version the caller saw, null where that does not
   * matter. Throws AppError `command/conflict`, which says who was faster, and `command/not-allowed`.
   */
  change: (change: { summary: string; edits: readonly Edit[]; seen: number | null }) => Promise<void>;
  /** Takes the newest change back and returns what it was; null when there is none. Throws AppError `command/conflict`. */
  undo: () => Promise<string | null>;
  log: (limit: number) => Promise<LogRow[]>;
  /** What would have been posted. */
  backtest: (request: BacktestRequest) => Promise<Backtest>;
  /** Posts the newest stories of a new subscription that are known already. */
  backfill: (subscriptionId: string, count: number) => Promise<Backfilled>;
  /** The feeds of an address. Throws AppError `fetch/*`, `feed/*`. */
  findFeeds: (url: string) => Promise<FoundFeed[]>;
  health: () => Promise<SourceHealth[]>;
  /** Reads an OPML file that was given with the command, or its text. Throws AppError `feed/unreadable` and what reading the file throws. */
  readOpml: (given: { file: string } | { text: string }) => Promise<{ feeds: FoundFeed[]; notes: string[] }>;
  writeOpml: (feeds: readonly FoundFeed[]) => string;
  /** The name a person knows a channel by. */
  channelName: (channel: Channel) => Promise<string>;
  /** Changes what is wished, where something is, and tells what was spent and may be. */
  budget: (wish: BudgetWish) => Promise<BudgetLine[]>;
}

/** Limits on tokens, and on money in the price list's currency; 0 takes one away, undefined leaves it. */
export interface BudgetWish {
  scope: "workspace" | "channel";
  dayTokens: number | undefined;
  monthTokens: number | undefined;
  dayMoney: number | undefined;
  monthMoney: number | undefined;
}

/** One budget and what is left of it. */
export interface BudgetLine {
  name: string;
  text: string;
}
