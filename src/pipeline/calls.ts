import type { CommandCall } from "#src/core/command.ts";
import { type CommandDeps, runCall } from "./run-command.ts";

/** A reply can be edited for 15 minutes on Discord and 30 on Slack; an older call has nobody waiting. */
const ANSWERABLE_MS = 14 * 60_000;

export interface CallQueue {
  /** Stores a call that arrived; false when it had arrived before. Only after this may it be acknowledged. */
  received: (call: CommandCall) => Promise<boolean>;
  /** Takes up what a process before this one did not answer. */
  resume: () => Promise<number>;
  /** Runs the next call; false when none waits. */
  next: (signal: AbortSignal) => Promise<boolean>;
}

/** The calls in hand. The store is the truth; the list only says which ones are not being run yet. */
export function createCallQueue(deps: CommandDeps, wake: () => void): CallQueue {
  const waiting: CommandCall[] = [];
  return {
    received: async (call) => {
      const isNew = await deps.store.receiveCall(call);
      if (isNew) waiting.push(call);
      wake();
      return isNew;
    },
    resume: async () => {
      const open = await deps.store.openCalls(new Date(deps.clock().getTime() - ANSWERABLE_MS));
      waiting.push(...open);
      wake();
      return open.length;
    },
    next: async (signal) => {
      const call = waiting.shift();
      if (call === undefined) return false;
      try {
        await runCall(deps, call, signal);
      } catch (error) {
        if (!signal.aborted) deps.log.error({ command: call.command, err: error }, "command not answered");
      }
      return true;
    },
  };
}
