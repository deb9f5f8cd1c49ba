import type { Breaker } from "./breaker.ts";
import type { PlatformName } from "./channel.ts";
import type { Connection } from "./connection.ts";
import type { ErrorCode } from "./error-table.ts";
import type { FeedState } from "./feed.ts";

/** Rows that could be worked on now, and since when the first of them could. */
export interface Waiting {
  count: number;
  oldestAt: Date | null;
}

export const NOTHING_WAITS: Waiting = { count: 0, oldestAt: null };

/** What is to be done. */
export interface Queue {
  /** What came in and is not worked on yet; it belongs to no workspace. */
  entries: Waiting;
  deliveries: PlatformQueue[];
}

export interface PlatformQueue {
  platform: PlatformName;
  /** Messages that are to be posted or edited now. */
  due: Waiting;
  /** Messages that wait for their digest or for the end of quiet hours. */
  held: number;
  /** Messages that were given up. */
  dead: number;
}

/** A platform from both sides: whether it reaches Lede, and whether it takes what Lede sends. */
export interface PlatformReadiness {
  name: PlatformName;
  connection: Connection;
  lane: Breaker;
}

export interface ModelReadiness {
  name: string;
  /** Whether its server said that there is no such model. */
  isGone: boolean;
  breaker: Breaker;
}

/** How all of Lede is, for whoever runs it. */
export interface Readiness {
  /** Null while it can be written. */
  storeTrouble: { code: ErrorCode; say: string } | null;
  platforms: PlatformReadiness[];
  models: ModelReadiness[];
  /** Null while the store is in trouble: it may not be readable. */
  stored: { queue: Queue; feeds: Record<FeedState, number> } | null;
}

/** The first thing that keeps Lede from its work; the built-in writer steps in for a model, which is no such thing. */
export function standstill({ platforms, storeTrouble }: Readiness): "store" | "disconnected" | null {
  if (storeTrouble !== null) return "store";
  return platforms.every(isReached) ? null : "disconnected";
}

function isReached({ connection, lane }: PlatformReadiness): boolean {
  return connection.state !== "disconnected" && lane.state === "closed";
}
