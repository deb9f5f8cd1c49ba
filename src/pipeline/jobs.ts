import type { Channel } from "#src/core/channel.ts";
import type { Lane } from "#src/core/command.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Batches } from "./batch.ts";
import { CALL_RUNNERS, type CallQueue } from "./calls.ts";
import { deliverNext } from "./deliver.ts";
import { pauseLost } from "./lost-channel.ts";
import { publishNext } from "./publish.ts";
import { recheckNext } from "./recheck.ts";
import type { CommandDeps } from "./run-command.ts";
import { watchNext } from "./watch.ts";
import type { Job } from "./worker.ts";

/** Everything that goes on by itself once an entry is there, each job on its own and woken by the one before. */
export function pipelineJobs(deps: CommandDeps, queue: CallQueue): Job[] {
  const deliverDeps = {
    ...deps,
    lost: (channel: Channel, why: string) =>
      pauseLost(deps, { workspace: workspaceOf(channel), channel, why }),
  };
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
    { name: "deliveries", runners: 4, idleMs: 1_000, next: (signal) => deliverNext(deliverDeps, signal) },
    ...(deps.batches == null ? [] : [batchJob(deps.batches, thenDeliver)]),
    callJob(queue, "quick"),
    callJob(queue, "slow"),
  ];
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
