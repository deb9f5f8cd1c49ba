import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhenResult,
  noJitterGenerator,
} from "cockatiel";
import { z } from "zod";
import type { Breaker } from "#src/core/breaker.ts";
import type { Channel } from "#src/core/channel.ts";
import { RATE_LIMITED } from "#src/core/delivery.ts";
import type { ErrorCode } from "#src/core/error-table.ts";
import { asErrorCode, toAppError } from "#src/core/errors.ts";
import type { Clock, Platform } from "#src/ports.ts";
import { watchBreaker } from "./breaker.ts";

/** Failures one after the other by which a platform counts as down. */
const FAILURES_UNTIL_DOWN = 5;
/** How long until one delivery tries whether it is back: 5 s, then longer, and a minute at most. */
const TRY_AFTER = new ExponentialBackoff({
  initialDelay: 5_000,
  maxDelay: 60_000,
  generator: noJitterGenerator,
});
/** So many channels that are told to wait at once mean a limit that is wider than a channel's. */
const CHANNELS_OF_A_WIDER_LIMIT = 3;

export interface LaneOptions {
  clock: Clock;
  /** Milliseconds that only ever go forward, whatever the clock is set to. */
  monotonic: () => number;
  /** The least time between two new posts of a channel, in milliseconds. */
  gapMs: number;
  /** When a platform that is down is tried again, in milliseconds; less only in tests, whose hours pass in no time. */
  tryAfterMs?: number;
}

/** One platform's way out: what hangs, is limited or is down there holds up nobody elsewhere. */
export interface PlatformLane {
  platform: Platform;
  /** Channels that are to be left alone for now; null where the whole platform is. */
  paused: () => Channel[] | null;
  /** The platform asks to leave a channel alone for so many milliseconds. */
  limit: (channel: Channel, ms: number) => void;
  /** A channel was posted to: the next post keeps the platform's distance. */
  pace: (channel: Channel) => void;
  /** Whether the platform was down, and the attempt in hand tells whether it is back. */
  isTrying: () => boolean;
  /** Does one piece of work, unless the platform is down: null then, and where there was none. */
  attempt: <Done>(work: () => Promise<Done | null>) => Promise<Done | null>;
  /** Tells when the platform is back after it was down. */
  onBack: (tell: () => void) => void;
  /** Whether the platform takes what it is sent, as far as is known. */
  isUp: () => boolean;
  /** The same with since when, and why not. */
  state: () => Breaker;
}

export function createLane(
  platform: Platform,
  { clock, gapMs, monotonic, tryAfterMs }: LaneOptions,
): PlatformLane {
  const paced = createPauses(monotonic);
  const limited = createPauses(monotonic);
  const breaker = circuitBreaker(handleWhenResult(isOutage), {
    halfOpenAfter: tryAfterMs ?? TRY_AFTER,
    breaker: new ConsecutiveBreaker(FAILURES_UNTIL_DOWN),
  });
  return {
    platform,
    paused: () => {
      const told = limited.channels();
      return told.length >= CHANNELS_OF_A_WIDER_LIMIT ? null : [...told, ...paced.channels()];
    },
    limit: limited.add,
    pace: (channel) => {
      if (gapMs > 0) paced.add(channel, gapMs);
    },
    isTrying: () => breaker.state === CircuitState.HalfOpen,
    attempt: (work) =>
      breaker.execute(work).catch((error: unknown) => {
        if (error instanceof BrokenCircuitError) return null;
        throw error;
      }),
    onBack: (tell) => void breaker.onReset(tell),
    isUp: () => breaker.state === CircuitState.Closed,
    state: watchBreaker({ breaker, clock, codeOf }),
  };
}

function createPauses(monotonic: () => number) {
  const ends = new Map<Channel, number>();
  return {
    add: (channel: Channel, ms: number): void => {
      ends.set(channel, Math.max(monotonic() + ms, ends.get(channel) ?? 0));
    },
    channels: (): Channel[] => {
      const now = monotonic();
      for (const [channel, end] of ends) if (end <= now) ends.delete(channel);
      return [...ends.keys()];
    },
  };
}

const Attempted = z.object({ outcome: z.object({ kind: z.string(), code: z.string().optional() }) });

function codeOf(failure: unknown): ErrorCode | null {
  const { data } = Attempted.safeParse(failure);
  return data === undefined ? toAppError(failure).code : asErrorCode(data.outcome.code);
}

/** The platform did not answer, or answered that it can not; asking to wait is an answer. */
function isOutage(done: unknown): boolean {
  const { data } = Attempted.safeParse(done);
  if (data === undefined) return false;
  const { code, kind } = data.outcome;
  return (kind === "retry" || kind === "uncertain") && code !== RATE_LIMITED;
}
