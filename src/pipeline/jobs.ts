import type { Channel, PlatformName } from "#src/core/channel.ts";
import { type Origin, ORIGINS } from "#src/core/article.ts";
import type { Lane } from "#src/core/command.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { AsideBounds } from "./aside.ts";
import type { Batches } from "./batch.ts";
import { CALL_RUNNERS, type CallQueue } from "./calls.ts";
import { deliverNext } from "./deliver.ts";
import { createEntryLane } from "./entry-lane.ts";
import { tellGivenUp } from "./given-up.ts";
import type { PlatformLane } from "./platform-lane.ts";
import { pauseLost } from "./lost-channel.ts";
import { publishNext } from "./publish.ts";
import { recheckNext } from "./recheck.ts";
import type { CommandDeps } from "./run-command.ts";
import { storeJob } from "./store-watch.ts";
import { publishWaiting } from "./waiting-stories.ts";
import { watchNext } from "./watch.ts";
import type { Job } from "./worker.ts";

/** Deliveries in flight: with what carries a platform's limit even where each of its answers takes a second. */
const IN_FLIGHT: Record<PlatformName, number> = { discord: 64, slack: 64, console: 1 };

/** Entries in hand that are not waited for aside: read, or waiting to be written. */
const ENTRIES_IN_HAND = 8;

/** Everything that goes on by itself once an entry is there, each job on its own and woken by the one before. */
export function pipelineJobs(
  deps: CommandDeps & { lanes: readonly PlatformLane[]; asideBounds?: AsideBounds },
  queue: CallQueue,
): Job[] {
  const thenDeliver = async (work: Promise<boolean>): Promise<boolean> => {
    const did = await work;
    if (!did) return false;
    deps.wake("deliveries");
    deps.wake("stories");
    return true;
  };
  return [
    timeJob(deps),
    ...ORIGINS.map((origin) => entryJob(deps, origin)),
    {
      name: "stories",
      // As many as may wait for a model side by side: nobody else waits for them.
      runners: 16,
      idleMs: 5_000,
      next: (signal, found) => thenDeliver(publishWaiting(deps, { signal, onClaimed: found })),
    },
    {
      name: "held",
      runners: 1,
      idleMs: 5_000,
      next: () => thenDeliver(deps.store.releaseHeld(deps.clock()).then((count) => count > 0)),
    },
    {
      name: "rechecks",
      runners: 1,
      idleMs: 10_000,
      next: (signal) => thenDeliver(recheckNext(deps, signal)),
    },
    { name: "watch", runners: 1, idleMs: 30_000, next: () => thenDeliver(watchNext(deps)) },
    ...deps.lanes.map((lane) => laneJob(deps, lane)),
    ...(deps.batches == null ? [] : [batchJob(deps.batches, thenDeliver)]),
    storeJob(deps),
    callJob(queue, "quick"),
    callJob(queue, "slow"),
  ];
}

/** A clock that is set back must not let what waits wait the longer. */
function timeJob({ clock, log, store, wake }: CommandDeps): Job {
  return {
    name: "time",
    runners: 1,
    idleMs: 60_000,
    next: async () => {
      const backMs = await store.keepTime(clock());
      if (backMs === 0) return false;
      log.warn({ backMs }, "the clock was set back: what waits is due as much earlier");
      for (const job of ["entries", "deliveries"] as const) wake(job);
      return true;
    },
  };
}

/** What publishers send does not wait for what feeds brought, however much that is and however slow its pages are. */
function entryJob(deps: CommandDeps & { asideBounds?: AsideBounds }, origin: Origin): Job {
  const lane = createEntryLane(deps.clock, deps.asideBounds);
  return {
    name: `entries ${origin}`,
    runners: ENTRIES_IN_HAND,
    idleMs: 1_000,
    next: (signal, found) =>
      publishNext(deps, {
        signal,
        origin,
        lane,
        onClaimed: found,
        onPublished: () => {
          deps.wake("deliveries");
          deps.wake("stories");
        },
      }),
    aside: lane.aside.ended,
  };
}

/** A platform's deliveries; what was given up is owed again once it is back. */
function laneJob(deps: CommandDeps, lane: PlatformLane): Job {
  const { name } = lane.platform;
  const deliverDeps = {
    ...deps,
    lost: (channel: Channel, why: string) =>
      pauseLost(deps, { workspace: workspaceOf(channel), channel, why }),
    gaveUp: (channel: Channel) => tellGivenUp(deps, channel),
  };
  // A start is a return as well.
  let isBack = true;
  lane.onBack(() => {
    isBack = true;
    deps.wake("deliveries");
  });
  return {
    name: `deliveries ${name}`,
    runners: IN_FLIGHT[name],
    idleMs: 1_000,
    next: async (signal, found) => {
      if (isBack) {
        isBack = false;
        await revive(deps, name).catch((error: unknown) => {
          isBack = true;
          throw error;
        });
      }
      return deliverNext(deliverDeps, lane, { signal, onClaimed: found });
    },
  };
}

async function revive(
  { clock, log, store }: Pick<CommandDeps, "clock" | "log" | "store">,
  platform: PlatformName,
): Promise<void> {
  const revived = await store.reviveDeliveries([platform], clock());
  if (revived > 0) log.warn({ platform, revived }, "posts that were given up are tried again");
}

function callJob(queue: CallQueue, lane: Lane): Job {
  return {
    name: `${lane} calls`,
    runners: CALL_RUNNERS[lane],
    idleMs: 60_000,
    next: (signal) => queue.next(lane, signal),
  };
}

/** Batches take hours: looking for their turns now and then is enough. */
function batchJob(batches: Batches, then: (work: Promise<boolean>) => Promise<boolean>): Job {
  return { name: "batches", runners: 1, idleMs: 10_000, next: (signal) => then(batches.next(signal)) };
}
