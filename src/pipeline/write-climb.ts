import { type Brief, NO_USAGE, Usage } from "#src/core/brief.ts";
import { AppError, toAppError } from "#src/core/errors.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Writer, WriteRequest, Written } from "#src/ports.ts";

export interface ClimbDeps {
  /** Best first; the last one must never fail. */
  writers: readonly Writer[];
  /** Why a writer gave up, in words for a reader. */
  explain: (error: AppError) => string;
  clock: Clock;
  log: Log;
}

export interface Climb {
  request: WriteRequest;
  /** When all models together have to be done; the built-in writer comes after. */
  modelsUntil: Date;
  known: (writer: Writer) => Promise<Brief | null>;
}

export type Climbed = (
  | { kind: "written"; written: Written; writer: Writer; keep: boolean }
  /** A lesser writer had written it before, when the better one failed as it does now. */
  | { kind: "known"; brief: Brief }
) & {
  /** Whether the payer's budget kept a better one from writing. */
  overBudget: boolean;
};

/** Kept for each model further down while a better one writes, in milliseconds: the time of a usual article. */
const LATER_TURN_MS = 25_000;
/** In less no model answers. */
const LEAST_TURN_MS = 1_000;

/** Asks each writer in turn; the draft says which one wrote it and why a better one did not. */
export async function climbDown(deps: ClimbDeps, { request, modelsUntil, known }: Climb): Promise<Climbed> {
  const failures: AppError[] = [];
  for (const [index, writer] of deps.writers.entries()) {
    const stored = failures.length > 0 ? await known(writer) : null;
    if (stored !== null) return { kind: "known", brief: stored, overBudget: isOverBudget(failures) };
    const leftMs = modelsUntil.getTime() - deps.clock().getTime();
    try {
      const written = await write(writer, request, turnMs(deps.writers.slice(index + 1), leftMs));
      const told = marked(written, failures, deps);
      const overBudget = isOverBudget(failures);
      return { kind: "written", written: told, writer, keep: isFinal(failures), overBudget };
    } catch (error) {
      request.signal.throwIfAborted();
      const failure = toAppError(error);
      failures.push(failure);
      deps.log.warn({ writer: writer.id, code: failure.code, details: failure.details }, "writer gave up");
    }
  }
  throw failures.at(-1) ?? new AppError("bug", { details: { reason: "no writer configured" } });
}

function write(writer: Writer, request: WriteRequest, withinMs: number): Promise<Written> {
  if (writer.name === "extractive") return writer.write(request);
  if (withinMs < LEAST_TURN_MS)
    throw new AppError("writer/unavailable", { details: { reason: "timeout", withinMs } });
  return writer.write({ ...request, withinMs });
}

/** All that is left but for what the models after it need, and never less than an even share. */
function turnMs(later: readonly Writer[], leftMs: number): number {
  const models = later.filter(({ name }) => name !== "extractive").length;
  return Math.floor(Math.max(leftMs / (models + 1), leftMs - models * LATER_TURN_MS));
}

/** With what the failed calls cost, and why the best writer did not write it. */
function marked(written: Written, failures: readonly AppError[], { explain }: ClimbDeps): Written {
  const [first] = failures;
  if (first === undefined) return written;
  const usage = failures.reduce((sum, failure) => added(sum, spentBy(failure)), written.usage);
  return { ...written, usage, writer: { ...written.writer, steppedDown: explain(first) } };
}

function spentBy(failure: AppError): Usage {
  return Usage.safeParse(failure.details["usage"]).data ?? NO_USAGE;
}

/** The bills of two pieces of work as one. */
export function added(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    calls: a.calls + b.calls,
  };
}

function isOverBudget(failures: readonly AppError[]): boolean {
  return failures.some(({ code }) => code === "writer/over-budget");
}

const PASSING = new Set(["writer/unavailable", "writer/no-model", "writer/over-budget", "bug"]);

/** An outage or an empty purse passes; a refusal or garbage was paid for and would come again. */
function isFinal(failures: readonly AppError[]): boolean {
  return !failures.some(({ code }) => PASSING.has(code));
}
