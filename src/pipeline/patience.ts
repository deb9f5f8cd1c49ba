/** How long a post waits for its model's brief. */
export interface Patience {
  /** In milliseconds, as the model is now. */
  waitMs: () => number;
  /** Begins to time a brief of a model; what it returns ends that, for a brief that came. */
  begin: () => () => void;
}

export interface PatienceOptions {
  /** The operator's setting; null waits as long as the model of late makes reasonable. */
  fixedMs: number | null;
  /** Milliseconds that only go on, such as `performance.now`. */
  monotonic: () => number;
}

/** In less a reader notices nothing. */
const LEAST_WAIT_MS = 10_000;
/** So many times what nearly all briefs took: one that takes longer than that is late and not merely long. */
const TIMES_USUAL = 2;
const USUAL_SHARE = 0.95;
const WINDOW_MS = 3_600_000;
/** More tell nothing more. */
const MOST_KEPT = 500;

interface Taken {
  at: number;
  ms: number;
}

/**
 * The larger of ten seconds and twice the time in which 95 of 100 briefs of the last hour came. Calls that came to
 * nothing do not count: a model that hangs must not teach Lede to wait.
 */
export function createPatience({ fixedMs, monotonic }: PatienceOptions): Patience {
  let taken: Taken[] = [];
  return {
    waitMs: () => {
      if (fixedMs !== null) return fixedMs;
      const since = monotonic() - WINDOW_MS;
      taken = taken.filter(({ at }) => at >= since);
      return Math.max(LEAST_WAIT_MS, TIMES_USUAL * usualMs(taken));
    },
    begin: () => {
      const begun = monotonic();
      return () => {
        const at = monotonic();
        taken = [...taken.slice(1 - MOST_KEPT), { at, ms: at - begun }];
      };
    },
  };
}

function usualMs(taken: readonly Taken[]): number {
  const times = taken.map(({ ms }) => ms).sort((a, b) => a - b);
  return times[Math.ceil(times.length * USUAL_SHARE) - 1] ?? 0;
}
