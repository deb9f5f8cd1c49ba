import { setTimeout as sleep } from "node:timers/promises";
import { toAppError } from "#src/core/errors.ts";
import type { FeedPoll, PollSaved } from "#src/core/feed-poll.ts";
import { isStoreCode } from "#src/core/store-trouble.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";

/** Polls are stored together: each commit costs a write to the disk, and nobody waits for a tenth of a second. */
const GATHER_MS = 100;
const MOST_GATHERED = 200;

interface Waiting {
  poll: FeedPoll;
  resolve: (saved: PollSaved) => void;
  reject: (error: unknown) => void;
}

export interface PollSaves {
  /** Resolves once the poll is stored, soon. What a crash loses of it is polled again. */
  add: (poll: FeedPoll) => Promise<PollSaved>;
  /** Resolves once all that waited is stored. */
  flush: () => Promise<void>;
}

interface SaveDeps {
  store: Pick<Store, "savePolls">;
  clock: Clock;
}

export function createPollSaves(deps: SaveDeps): PollSaves {
  let waiting: Waiting[] = [];
  let gathering = false;
  const saveWaiting = async (): Promise<void> => {
    const taken = waiting;
    waiting = [];
    await saveAll(deps, taken);
  };
  const gather = async (): Promise<void> => {
    gathering = true;
    await sleep(GATHER_MS);
    gathering = false;
    await saveWaiting();
  };
  return {
    add: (poll) => {
      const { promise, resolve, reject } = Promise.withResolvers<PollSaved>();
      waiting.push({ poll, resolve, reject });
      if (waiting.length >= MOST_GATHERED) void saveWaiting();
      else if (!gathering) void gather();
      return promise;
    },
    flush: async () => {
      // What could not be stored comes back as a failed poll, which has to be stored as well.
      while (waiting.length > 0) await saveWaiting();
    },
  };
}

/** One that can not be stored must not take the others with it. */
async function saveAll(deps: SaveDeps, waiting: readonly Waiting[]): Promise<void> {
  if (waiting.length === 0) return;
  try {
    const polls = waiting.map(({ poll }) => poll);
    const saved = await deps.store.savePolls(polls, deps.clock());
    for (const [index, { resolve }] of waiting.entries()) resolve(saved[index] ?? { queued: 0, baseline: 0 });
  } catch (error) {
    const [only] = waiting;
    if (isStoreCode(toAppError(error).code)) for (const { reject } of waiting) reject(error);
    else if (waiting.length === 1) only?.reject(error);
    else for (const one of waiting) await saveAll(deps, [one]);
  }
}
