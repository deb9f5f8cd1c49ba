import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPatience } from "#src/pipeline/patience.ts";

const HOUR_MS = 3_600_000;

function patient(fixedMs: number | null = null) {
  let now = 0;
  const patience = createPatience({ fixedMs, monotonic: () => now });
  return {
    waitMs: patience.waitMs,
    /** A brief that takes this long. */
    take: (ms: number): void => {
      const came = patience.begin();
      now += ms;
      came();
    },
    pass: (ms: number): void => void (now += ms),
  };
}

describe("how long a post waits for its model", () => {
  test("is ten seconds where nothing is known, and twice what nearly all briefs took where that is more", () => {
    const { take, waitMs } = patient();
    expect(waitMs()).toBe(10_000);
    for (let briefs = 0; briefs < 19; briefs += 1) take(8_000);
    expect(waitMs()).toBe(16_000);
    take(60_000);
    expect(waitMs()).toBe(16_000);
    take(60_000);
    expect(waitMs()).toBe(120_000);
  });

  test("forgets what is over an hour old", () => {
    const { pass, take, waitMs } = patient();
    take(30_000);
    expect(waitMs()).toBe(60_000);
    pass(HOUR_MS + 1);
    expect(waitMs()).toBe(10_000);
  });

  test("is what the operator says", () => {
    const { take, waitMs } = patient(0);
    take(30_000);
    expect(waitMs()).toBe(0);
  });

  test("lets at most one post of ten pass a model that is as it was, whatever its pace", () => {
    // The times of a model: a usual one, and a tail of slow ones.
    const pace = fc.record({
      usualMs: fc.integer({ min: 500, max: 40_000 }),
      tail: fc.double({ min: 0.05, max: 1.2, noNaN: true }),
    });
    fc.assert(
      fc.property(pace, fc.integer(), ({ usualMs, tail }, seed) => {
        const next = random(seed);
        const { take, waitMs } = patient();
        const briefs = 300;
        let late = 0;
        for (let brief = 0; brief < briefs; brief += 1) {
          const ms = usualMs * Math.exp(tail * gaussian(next));
          if (ms > waitMs()) late += 1;
          take(ms);
        }
        expect(late / briefs).toBeLessThanOrEqual(0.1);
      }),
      { numRuns: 300 },
    );
  });
});

/** Numbers from 0 to 1, the same for a seed. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 4_294_967_297;
  };
}

function gaussian(next: () => number): number {
  return Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}
