import type { Channel, PlatformName } from "#src/core/channel.ts";
import type { Lane } from "#src/core/command.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Batches } from "./batch.ts";
import { CALL_RUNNERS, type CallQueue } from "./calls.ts";
import { deliverNext } from "./deliver.ts";
import { tellGivenUp } from "./given-up.ts";
import type { PlatformLane } from "./platform-lane.ts";
import { pauseLost } from "./lost-channel.ts";
import { publishNext } from "./publish.ts";
import { recheckNext } from "./recheck.ts";
import type { CommandDeps } from "./run-command.ts";
import { storeJob } from "./store-watch.ts";
import { watchNext } from "./watch.ts";
import type { Job } from "./worker.ts";

/** Deliveries in flight: with what carries a platform's limit even where each of its answers takes a second. */
const IN_FLIGHT: Record<PlatformName, number> = { discord: 64, slack: 64, console: 1 };

/** Everything that goes on by itself once an entry is there, each job on its own and woken by the one before. */
export function pipelineJobs(
  deps: CommandDeps & { lanes: readonly PlatformLane[] },
  queue: CallQueue,
): Job[] {
  const thenDeliver = async (work: Promise<boolean>): Promise<boolean> => {
    const did = await work;
    if (did) deps.wake("deliveries");
    return did;
  };
  return [
    {
      name: "entries",
      runners: 2,
      idleMs: 1_000,
      next: (signal) => thenDeliver(publishNext(deps, signal)),
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
        const revived = await deps.store.reviveDeliveries([name], deps.clock());
        if (revived > 0)
          deps.log.warn({ platform: name, revived }, "posts that were given up are tried again");
      }
      return deliverNext(deliverDeps, lane, { signal, onClaimed: found });
    },
  };
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
