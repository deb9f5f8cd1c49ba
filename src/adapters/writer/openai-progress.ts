import type { Clock } from "#src/ports.ts";

/** Facts in an answer that is still being written: each begins with its quote and ends with its text. */
const FACT = /"quote"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"text"\s*:\s*"(?:[^"\\]|\\.)*"/g;

/** Each telling is an edit of a message, and platforms count those. */
const BETWEEN_MS = 1_000;

/** Tells how many facts have been written so far, when that has grown and not too often. */
export function factsHeard(progress: (text: string) => void, clock: Clock): (text: string) => void {
  let told = -1;
  let toldAt = 0;
  return (text) => {
    const facts = text.match(FACT)?.length ?? 0;
    const now = clock().getTime();
    // Fewer than before: the answer was begun again.
    if (facts === told || now - toldAt < BETWEEN_MS) return;
    told = facts;
    toldAt = now;
    progress(facts === 0 ? "Writing…" : `Writing… ${facts} ${facts === 1 ? "fact" : "facts"} so far`);
  };
}
