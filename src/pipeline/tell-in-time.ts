import { setTimeout as sleep } from "node:timers/promises";
import { toAppError } from "#src/core/errors.ts";
import type { Patience } from "./patience.ts";
import { createTeller, type Telling, type ToldStory } from "./tell-story.ts";
import type { BriefWriter } from "./write-brief.ts";

/** What is done where a story's words take longer than their readers should wait. */
export interface Hurry {
  patience: Pick<Patience, "waitMs">;
  /** Writes what stands meanwhile. */
  stopgap: BriefWriter;
}

/** A story as told in time; null where there is nothing to show yet. */
type ToldInTime = { story: ToldStory; isStopgap: boolean } | null;

/**
 * Tells a story to its channels within one wait for all of them, which begins now. Past it, whoever takes a stopgap is
 * given one, and whoever does not has to be told later; the writing goes on meanwhile. Without hurry it waits for all.
 */
export function createTimelyTeller(writeBrief: BriefWriter, hurry: Hurry | null) {
  const tell = createTeller(writeBrief);
  if (hurry === null)
    return async (telling: Telling, { signal }: Manner): Promise<ToldInTime> => ({
      story: await tell(telling, signal),
      isStopgap: false,
    });
  const tellStopgap = createTeller(hurry.stopgap);
  const endsAt = performance.now() + hurry.patience.waitMs();
  return async (telling: Telling, { signal, takesStopgap }: Manner): Promise<ToldInTime> => {
    const final = tell(telling, signal);
    const inTime = await within(final, endsAt - performance.now());
    if (inTime !== null) return { story: inTime, isStopgap: false };
    signal.throwIfAborted();
    if (!takesStopgap) return null;
    try {
      const story = await tellStopgap(telling, signal);
      return { story, isStopgap: isStopgap(story) };
    } catch (error) {
      // Of a text in which the built-in writer finds no fact, a model may still make something.
      if (toAppError(error).code === "brief/no-facts") return null;
      throw error;
    }
  };
}

export type TimelyTeller = ReturnType<typeof createTimelyTeller>;

interface Manner {
  takesStopgap: boolean;
  signal: AbortSignal;
}

/** Null where it takes longer; it goes on then, and how it ends is known to whoever asks for the same. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | null> {
  const waiting = new AbortController();
  try {
    return await Promise.race([work, sleep(Math.max(0, ms), null, { signal: waiting.signal })]);
  } finally {
    waiting.abort();
  }
}

function isStopgap({ brief, others }: ToldStory): boolean {
  return [brief, ...others.map((other) => other.brief)].some(({ writer }) => writer.stopgap === true);
}
