import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "#src/log.ts";

/** One kind of work. `next` does one piece and says whether there was one. */
export interface Job {
  name: string;
  next: (signal: AbortSignal) => Promise<boolean>;
  /** Runners side by side. */
  runners: number;
  /** Looks for work this often even when nobody wakes it, in milliseconds: a row that is due needs no message to be found. */
  idleMs: number;
}

export interface Worker {
  /** Says that there may be work now; without a name, for every job. */
  wake: (name?: string) => void;
  /** Lets the pieces in hand end, for at most the given time, then aborts them. */
  stop: (graceMs: number) => Promise<void>;
}

const AFTER_FAILURE_MS = 1_000;

/** Runs the jobs until it is stopped. A job that throws is logged and goes on: its work is still in the store. */
export function startWorker(jobs: readonly Job[], log: Log): Worker {
  const stopping = new AbortController();
  const aborting = new AbortController();
  const wakes = new Map(jobs.map((job) => [job.name, createWake()]));
  const runners = jobs.flatMap((job) => {
    const wake = wakes.get(job.name) ?? createWake();
    return Array.from({ length: job.runners }, () =>
      run({ job, wake, stopping: stopping.signal, aborting: aborting.signal, log }),
    );
  });
  return {
    wake: (name) => {
      for (const [job, wake] of wakes) if (name === undefined || name === job) wake.ring();
    },
    stop: async (graceMs) => {
      stopping.abort();
      for (const wake of wakes.values()) wake.ring();
      const ended = Promise.all(runners);
      await Promise.race([ended, sleep(graceMs, undefined, { ref: false })]);
      aborting.abort();
      await ended;
    },
  };
}

interface Runner {
  job: Job;
  wake: Wake;
  stopping: AbortSignal;
  aborting: AbortSignal;
  log: Log;
}

async function run({ job, wake, stopping, aborting, log }: Runner): Promise<void> {
  while (!stopping.aborted) {
    const seen = wake.count();
    try {
      if (await job.next(aborting)) continue;
      await wake.wait(seen, job.idleMs);
    } catch (error) {
      if (aborting.aborted) return;
      log.error({ job: job.name, err: error }, "job failed");
      await wake.wait(wake.count(), AFTER_FAILURE_MS);
    }
  }
}

interface Wake {
  ring: () => void;
  count: () => number;
  /** Resolves when it rang after the given count, or after the time in milliseconds. */
  wait: (seen: number, ms: number) => Promise<void>;
}

/** Counts its rings, so that one between "nothing to do" and "wait" is not lost. */
function createWake(): Wake {
  let rings = 0;
  let release = Promise.withResolvers<void>();
  return {
    ring: () => {
      rings += 1;
      release.resolve();
      release = Promise.withResolvers<void>();
    },
    count: () => rings,
    wait: async (seen, ms) => {
      if (rings !== seen) return;
      const timer = new AbortController();
      await Promise.race([
        release.promise,
        sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined),
      ]);
      timer.abort();
    },
  };
}
