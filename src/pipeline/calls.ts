import { isDirect } from "#src/core/channel.ts";
import type { Caller, CommandCall, Lane } from "#src/core/command.ts";
import type { AppError } from "#src/core/errors.ts";
import { createTurns, type Turn, type Turns } from "#src/core/turns.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import { countCommand } from "./rates.ts";
import { type CommandDeps, runCall } from "./run-command.ts";

/** A reply can be edited for 15 minutes on Discord and 30 on Slack; an older call has nobody waiting. */
const ANSWERABLE_MS = 14 * 60_000;

/** Calls side by side. What reads pages waits long and often; what only reads the store is soon over. */
export const CALL_RUNNERS: Record<Lane, number> = { slow: 8, quick: 4 };

export interface CallQueue {
  /** Stores a call that arrived; false when it had arrived before. Only after this may it be acknowledged. */
  received: (call: CommandCall) => Promise<boolean>;
  /** Takes up what a process before this one did not answer. */
  resume: () => Promise<number>;
  /** Runs the lane's next call; false when none may run now. */
  next: (lane: Lane, signal: AbortSignal) => Promise<boolean>;
}

interface Waiting extends Turn {
  call: CommandCall;
  /** Why it is not run; null where it is. */
  refusal: AppError | null;
}

/**
 * The calls in hand. The store is the truth; this only says which ones are not being run yet. Workspaces and their
 * people take turns, so that nobody waits for all that another gave.
 */
export function createCallQueue(deps: CommandDeps): CallQueue {
  const lanes: Record<Lane, Turns<Waiting>> = {
    slow: createTurns(CALL_RUNNERS.slow),
    quick: createTurns(CALL_RUNNERS.quick),
  };

  async function add(call: CommandCall): Promise<void> {
    const command = deps.commands.find(({ name }) => name === call.command);
    const refusal = await countCommand(deps.rates.commands, call.caller, command);
    // Saying no waits for nothing that is slow.
    const lane = refusal === null ? (command?.lane ?? "quick") : "quick";
    lanes[lane].add({ call, refusal, ...turnOf(call.caller) });
    deps.wake(`${lane} calls`);
  }

  return {
    received: async (call) => {
      const isNew = await deps.store.receiveCall(call);
      if (isNew) await add(call);
      return isNew;
    },
    resume: async () => {
      const since = new Date(deps.clock().getTime() - ANSWERABLE_MS);
      const { calls, lost } = await deps.store.openCalls(since);
      for (const call of calls) await add(call);
      for (const id of lost) await deps.store.finishCall(id, deps.clock());
      if (lost.length > 0) deps.log.warn({ calls: lost.length }, "commands dropped that no key of now opens");
      return calls.length;
    },
    next: async (lane, signal) => {
      const waiting = lanes[lane].take();
      if (waiting === null) return false;
      const { call, refusal } = waiting;
      try {
        await runCall(deps, { call, refusal }, signal);
      } catch (error) {
        if (!signal.aborted) deps.log.error({ command: call.command, err: error }, "command not answered");
      } finally {
        lanes[lane].done(waiting);
        // What one gives back may be room for more than one of the others.
        deps.wake(`${lane} calls`);
      }
      return true;
    },
  };
}

/** In a direct conversation everybody is a workspace of their own. */
function turnOf({ platform, user, channel }: Caller): Turn {
  const person = `${platform}:${user}`;
  return { group: channel === null || isDirect(channel) ? person : workspaceOf(channel), person };
}
