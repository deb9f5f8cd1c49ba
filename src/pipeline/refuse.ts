import type { Caller, CommandCall } from "#src/core/command.ts";
import { ERRORS } from "#src/core/error-table.ts";
import { mayCall } from "#src/core/operator.ts";
import { sentence } from "#src/core/reply.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { RespondRequest } from "#src/ports.ts";
import type { CommandDeps } from "./run-command.ts";

const ANSWER_WITHIN_MS = 20_000;

export interface Doorkeeper {
  /** Whether the operator lets whoever gave a command use Lede there. */
  lets: (caller: Caller) => boolean;
  /** Answers a call that is not let in. Nothing of it is stored, read or paid. */
  refuse: (call: CommandCall) => void;
}

/** Keeps out who may not use Lede: a whole sentence once a day for a workspace, a short one for the asker alone after it. */
export function createDoorkeeper({ clock, directory, log, platforms }: CommandDeps): Doorkeeper {
  // In memory alone: of a workspace that is not let in nothing is kept.
  const told = new Map<string, string>();

  function answerTo({ caller }: CommandCall): Pick<RespondRequest, "reply" | "audience"> {
    const place = caller.channel === null ? caller.platform : workspaceOf(caller.channel);
    const today = clock().toISOString().slice(0, 10);
    if (told.get(place) === today)
      return { reply: sentence(ERRORS["command/not-open"].say), audience: "asker" };
    told.set(place, today);
    return { reply: sentence(WELCOME) };
  }

  return {
    lets: (caller) => mayCall(directory.grants, caller),
    refuse: (call) => {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      platforms
        .get(call.caller.platform)
        ?.respond({ call, ...answerTo(call), stage: "final", signal })
        .catch((error: unknown) =>
          log.info({ platform: call.caller.platform, err: error }, "refusal not shown"),
        );
    },
  };
}

const WELCOME =
  "Hello! I brief news, and whoever runs me has not opened me to this place. If you know them, ask them to add it to LEDE_WORKSPACES; else you can take me out again.";
