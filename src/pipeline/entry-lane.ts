import { bulkhead } from "cockatiel";
import type { QueuedEntry } from "#src/core/article.ts";
import { toAppError } from "#src/core/errors.ts";
import { hostOf } from "#src/core/feed.ts";
import type { Clock } from "#src/ports.ts";
import { type Aside, type AsideBounds, createAside } from "./aside.ts";
import { createHostGate } from "./poll-hosts.ts";

/** A page that is not there by then is waited for aside. */
export const PATIENCE: AsideBounds = { slowMs: 300, most: 64 };
/** Stories that are told at the same time: most of it is waiting for a model, and a model's account has limits. */
const WRITERS = 4;
/** One by one, the pages of a site come in the order in which it published them. */
const POLITENESS = { perHost: 1, gapMs: 0 };

/** The way from entry to posts: reading and writing have places of their own, and each host's pages theirs. */
export interface EntryLane {
  /** Takes an entry, given the hosts whose pages must not be asked for now. */
  claim: (take: (closed: string[]) => Promise<QueuedEntry | null>) => Promise<QueuedEntry | null>;
  read: <Result>(queued: QueuedEntry, work: () => Promise<Result>) => Promise<Result>;
  write: <Result>(work: () => Promise<Result>) => Promise<Result>;
  aside: Aside;
}

export function createEntryLane(clock: Clock, patience: AsideBounds = PATIENCE): EntryLane {
  const gate = createHostGate(POLITENESS);
  const writing = bulkhead(WRITERS, Infinity);
  let last: Promise<unknown> = Promise.resolve();
  return {
    claim: (take) => {
      // One by one: the next must know which host this one asks.
      const claimed = last.then(async () => {
        const queued = await take(gate.closed(clock()));
        const host = queued === null ? null : pageHost(queued);
        if (host !== null) gate.enter(host, clock());
        return queued;
      });
      last = claimed.catch(() => undefined);
      return claimed;
    },
    read: async (queued, work) => {
      const host = pageHost(queued);
      if (host === null) return work();
      try {
        return await work();
      } catch (error) {
        if (toAppError(error).code === "fetch/timeout") gate.hung(host, clock());
        throw error;
      } finally {
        gate.leave(host);
      }
    },
    write: (work) => writing.execute(work),
    aside: createAside(patience),
  };
}

/** The host that is asked for an entry's page; null for none. */
function pageHost({ entry }: QueuedEntry): string | null {
  return entry.event === "unpublish" || entry.content !== null || entry.url === null
    ? null
    : hostOf(entry.url);
}
