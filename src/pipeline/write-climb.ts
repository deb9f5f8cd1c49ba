import { type Brief, NO_USAGE, Usage } from "#src/core/brief.ts";
import { AppError, toAppError } from "#src/core/errors.ts";
import type { Log } from "#src/log.ts";
import type { Writer, WriteRequest, Written } from "#src/ports.ts";

export interface ClimbDeps {
  /** Best first; the last one must never fail. */
  writers: readonly Writer[];
  /** Why a writer gave up, in words for a reader. */
  explain: (error: AppError) => string;
  log: Log;
}

export type Climbed =
  | { kind: "written"; written: Written; writer: Writer; keep: boolean }
  /** A lesser writer had written it before, when the better one failed as it does now. */
  | { kind: "known"; brief: Brief };

/** Asks each writer in turn; the draft says which one wrote it and why a better one did not. */
export async function climbDown(
  deps: ClimbDeps,
  request: WriteRequest,
  known: (writer: Writer) => Promise<Brief | null>,
): Promise<Climbed> {
  const failures: AppError[] = [];
  for (const writer of deps.writers) {
    const stored = failures.length > 0 ? await known(writer) : null;
    if (stored !== null) return { kind: "known", brief: stored };
    try {
      const written = await writer.write(request);
      return { kind: "written", written: marked(written, failures, deps), writer, keep: isFinal(failures) };
    } catch (error) {
      request.signal.throwIfAborted();
      const failure = toAppError(error);
      failures.push(failure);
      deps.log.warn({ writer: writer.id, code: failure.code, details: failure.details }, "writer gave up");
    }
  }
  throw failures.at(-1) ?? new AppError("bug", { details: { reason: "no writer configured" } });
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

const PASSING = new Set(["writer/unavailable", "writer/over-budget", "bug"]);

/** An outage or an empty purse passes; a refusal or garbage was paid for and would come again. */
function isFinal(failures: readonly AppError[]): boolean {
  return !failures.some(({ code }) => PASSING.has(code));
}
