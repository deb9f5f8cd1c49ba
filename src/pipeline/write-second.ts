import { revisionText, type Revision } from "#src/core/article.ts";
import type { Brief, BriefDraft } from "#src/core/brief.ts";
import { quotesOf } from "#src/core/brief-reply.ts";
import { toAppError } from "#src/core/errors.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Judge, Meter } from "#src/ports.ts";
import type { SecondReading } from "./write-judge.ts";

export interface SecondDeps {
  judge?: Judge | null;
  clock: Clock;
  log: Log;
}

interface Asking {
  request: { signal: AbortSignal; endsAt?: Date };
  meter: Meter;
}

/** Kept after a second reading for the rules and the answer's way, in milliseconds. */
const AFTER_JUDGE_MS = 5_000;
/** In less a judge is not asked: the rules alone have to do. */
const LEAST_READING_MS = 3_000;

/** The judge, if there is one. Without an answer of its the brief stands as the rules left it. */
export function secondReading(
  { judge, clock, log }: SecondDeps,
  { request, meter }: Asking,
): SecondReading | null {
  if (judge === null || judge === undefined) return null;
  const { signal, endsAt } = request;
  return async (claims) => {
    const withinMs = endsAt === undefined ? null : endsAt.getTime() - AFTER_JUDGE_MS - clock().getTime();
    if (withinMs !== null && withinMs < LEAST_READING_MS) {
      log.warn({ judge: judge.id, withinMs }, "judge not asked: no time left");
      return null;
    }
    try {
      return await judge.judge({ claims, signal, meter, ...(withinMs === null ? {} : { withinMs }) });
    } catch (thrown) {
      signal.throwIfAborted();
      const { code, details } = toAppError(thrown);
      log.warn({ judge: judge.id, code, details }, "judge gave up");
      return null;
    }
  };
}

/** A stored brief as the draft that it was. */
export function draftOf(
  { headline, summary, facts, caveats, topics }: Brief,
  revision: Revision,
): BriefDraft {
  const text = revisionText(revision);
  return {
    headline,
    summary,
    facts: facts.map((fact) => ({ text: fact.text, quote: quotesOf(fact, text).join(" … ") })),
    caveats,
    topics,
  };
}
