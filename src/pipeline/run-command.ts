import { z } from "zod";
import { type Command, CommandCall } from "#src/core/command.ts";
import type { PlatformName } from "#src/core/channel.ts";
import { type ErrorCode, ERRORS } from "#src/core/error-table.ts";
import { AppError, toAppError } from "#src/core/errors.ts";
import { mayCall } from "#src/core/operator.ts";
import { parseTyped, readValues, usages } from "#src/core/options.ts";
import { type Reply, sentence } from "#src/core/reply.ts";
import { isStoreCode } from "#src/core/store-trouble.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Platform, RespondRequest } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { grantFor } from "./authority.ts";
import { commandApp, type CommandAppDeps } from "./command-app.ts";

export interface CommandDeps extends CommandAppDeps {
  store: Store;
  commands: readonly Command[];
  platforms: ReadonlyMap<PlatformName, Platform>;
  clock: Clock;
  log: Log;
}

/** The whole of a command, model included, takes no longer than this. */
const COMMAND_TIMEOUT_MS = 120_000;

/** A call whose turn it is; with a refusal it is only answered. */
export interface Admitted {
  call: CommandCall;
  refusal: AppError | null;
}

/**
 * Runs one stored call and answers it. The only place a command runs; whatever goes wrong becomes an answer that says
 * what to do.
 */
export async function runCall(
  deps: CommandDeps,
  { call: received, refusal }: Admitted,
  signal: AbortSignal,
): Promise<void> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(COMMAND_TIMEOUT_MS)]);
  const answer = createAnswer(deps, received);
  const started = deps.clock().getTime();
  const outcome = await outcomeOf(deps, {
    call: received,
    refusal,
    endsAt: new Date(started + COMMAND_TIMEOUT_MS),
    signal: limited,
    progress: answer.progress,
  });
  if (signal.aborted) return;
  await answer.final(outcome, signal);
  await deps.store.finishCall(received.id, deps.clock());
  const ms = deps.clock().getTime() - started;
  deps.log.info(
    { command: received.command, platform: received.caller.platform, ms, code: outcome.code },
    "command answered",
  );
}

interface Run extends Admitted {
  endsAt: Date;
  signal: AbortSignal;
  progress: (text: string) => Promise<void>;
}

interface Ended {
  reply: Reply;
  code: ErrorCode | "ok";
}

async function outcomeOf(deps: CommandDeps, run: Run): Promise<Ended> {
  try {
    if (run.refusal !== null) throw run.refusal;
    return { reply: await runCommand(deps, run), code: "ok" };
  } catch (thrown) {
    const timedOut = run.signal.aborted && !(thrown instanceof AppError);
    const error = timedOut ? new AppError("fetch/timeout", { cause: thrown }) : toAppError(thrown);
    if (ERRORS[error.code].fault === "us")
      deps.log.error({ command: run.call.command, err: error }, "command failed");
    return { reply: sentence(error.say, "warning"), code: error.code };
  }
}

async function runCommand(deps: CommandDeps, { call, ...running }: Run): Promise<Reply> {
  const command = deps.commands.find((candidate) => candidate.name === call.command);
  if (command === undefined) throw new AppError("command/unknown");
  // One that was stored before the operator's list changed.
  if (!mayCall(deps.directory.grants, call.caller)) throw new AppError("command/not-open");
  const { signal } = running;
  const options = rawOptions(command, call);
  const parsed = command.options.safeParse(options);
  if (!parsed.success) throw badOptions(command, options, parsed.error);
  const { caller } = call;
  const grant = await grantFor(deps, { caller, deed: command.deedOf(options) }, signal);
  return command.run({ options, caller, app: commandApp(deps, { caller, grant, ...running }), signal });
}

/** The options of a call as they were given, before the command's schema is over them. */
export function rawOptions(command: Command, { input }: CommandCall): Record<string, unknown> {
  switch (input.kind) {
    case "options":
      return input.options;
    case "line":
      return parseTyped(input.text, command.options);
    case "text":
      return command.fromText(input.text);
    case "form": {
      // What is chosen in a select stands for a button of its own.
      const { choice, ...values } = input.values;
      const text = choice === undefined ? input.text : `${input.text}:${choice}`;
      return { ...command.fromText(text), ...readValues(values, command.options) };
    }
    default:
      return input satisfies never;
  }
}

function badOptions(command: Command, given: Record<string, unknown>, error: z.ZodError): AppError {
  const issues = error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  const all = usages(command.name, command.options);
  // Of a command with actions only the one that was meant.
  const meant = all.filter((line) => line.split(" ")[1] === given["action"]);
  const lines = (meant.length > 0 ? meant : all).join("\n");
  return new AppError("command/bad-options", { say: `Those options do not work (${issues}). Use: ${lines}` });
}

interface Answer {
  progress: (text: string) => Promise<void>;
  final: (ended: Ended, signal: AbortSignal) => Promise<void>;
}

const FINAL_ATTEMPTS = 4;
const BETWEEN_ATTEMPTS_MS = 1_500;

/** The one reply to a call: what the platform hands back is stored, so that a restart edits the same reply. */
function createAnswer({ platforms, store, log }: CommandDeps, received: CommandCall): Answer {
  let call = received;
  const platform = platforms.get(received.caller.platform);
  const show = async (shown: Omit<RespondRequest, "call">): Promise<void> => {
    if (platform === undefined) return;
    const handle = await platform.respond({ call, ...shown });
    if (handle === call.handle) return;
    call = { ...call, handle };
    await store.saveCallHandle(call).catch((error: unknown) => {
      // It is shown already, and would be shown once more.
      if (!isStoreCode(toAppError(error).code)) throw error;
    });
  };
  return {
    // Progress is a courtesy: failing to show it must not fail the command.
    progress: (text) =>
      show({ reply: sentence(text), stage: "progress", signal: AbortSignal.timeout(5_000) }).catch(
        (error: unknown) => log.info({ command: received.command, err: error }, "progress not shown"),
      ),
    final: ({ reply, code }, signal) =>
      insist((limited) => show({ reply, stage: "final", signal: limited, ...seenBy(code) }), signal),
  };
}

/** That somebody asks for too much, or for what they may not, or that nothing can be stored, is between them and Lede. */
function seenBy(code: Ended["code"]): Pick<RespondRequest, "audience"> {
  const isPrivate =
    code === "command/too-many" || code === "command/not-allowed" || (code !== "ok" && isStoreCode(code));
  return isPrivate ? { audience: "asker" } : {};
}

/** Tries again what may help to try again; editing the one reply is safe to repeat. */
async function insist(show: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await show(AbortSignal.any([signal, AbortSignal.timeout(20_000)]));
      return;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (attempt >= FINAL_ATTEMPTS || !ERRORS[error.code].retry) throw error;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_ATTEMPTS_MS * attempt));
    }
  }
}
