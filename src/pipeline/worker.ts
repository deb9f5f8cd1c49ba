import { setTimeout as sleep } from "node:timers/promises";
import { toAppError } from "#src/core/errors.ts";
import { isStoreCode } from "#src/core/store-trouble.ts";
import type { Log } from "#src/log.ts";

/** One kind of work. `next` does one piece and says whether there was one. */
export interface Job {
  /** Several may share one, followed by a space and a word: they are woken together. */
  name: string;
  /** `found` is called as soon as there is a piece, so that another runner looks for the next meanwhile. */
  next: (signal: AbortSignal, found: () => void) => Promise<boolean>;
  /** Runners side by side. */
  runners: number;
  /** One of them looks for work this often even when nobody wakes it, in milliseconds: a row that is due needs no message to be found. */
  idleMs: number;
  /** Resolves once what goes on beside the runners has ended. */
  aside?: () => Promise<void>;
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
  const wakes = new Map(jobs.map((job) => [job.name, createWake(job.idleMs)]));
  const runners = jobs.flatMap((job) => {
    const wake = wakes.get(job.name) ?? createWake(job.idleMs);
    return Array.from({ length: job.runners }, () =>
      run({ job, wake, stopping: stopping.signal, aborting: aborting.signal, log }),
    );
  });
  return {
    wake: (name) => {
      for (const [job, wake] of wakes)
        if (name === undefined || name === job || job.startsWith(`${name} `)) wake.ring();
    },
    stop: async (graceMs) => {
      stopping.abort();
      for (const wake of wakes.values()) wake.end();
      const ended = Promise.all(runners);
      await Promise.race([ended, sleep(graceMs, undefined, { ref: false })]);
      aborting.abort();
      await ended;
      for (const job of jobs) await job.aside?.();
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
    try {
      if (await job.next(aborting, wake.ring)) continue;
      await wake.wait();
    } catch (error) {
      if (aborting.aborted) return;
      // What is wrong with the store is said once, by who looks after it.
      const level = isStoreCode(toAppError(error).code) ? "debug" : "error";
      log[level]({ job: job.name, err: error }, "job failed");
      await sleep(AFTER_FAILURE_MS, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
}

interface Wake {
  /** Lets one runner look for work; where none waits, the next that would wait looks once more. */
  ring: () => void;
  /** Resolves when it rings, or, for the one that waits longest, after the idle time. */
  wait: () => Promise<void>;
  /** Lets all of them go, and whoever comes. */
  end: () => void;
}

/** One ring is for one runner: that one rings for the next when it finds something, so that none looks in vain. */
function createWake(idleMs: number): Wake {
  const waiting: (() => void)[] = [];
  let isDue = false;
  let isOver = false;
  let timer: NodeJS.Timeout | null = null;

  function ring(): void {
    const release = waiting.shift();
    if (release === undefined) isDue = true;
    else release();
    wind();
  }

  function wind(): void {
    if (timer !== null) clearTimeout(timer);
    timer = waiting.length === 0 ? null : setTimeout(ring, idleMs);
  }

  return {
    ring,
    wait: async () => {
      if (isOver) return;
      if (isDue) {
        isDue = false;
        return;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      if (timer === null) wind();
      await promise;
    },
    end: () => {
      isOver = true;
      while (waiting.length > 0) ring();
    },
  };
}
