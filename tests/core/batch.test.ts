import { expect, test } from "vitest";
import { type BatchState, MOST_SENDINGS, untilNextTurn } from "#src/core/batch.ts";

const MINUTE_MS = 60_000;

function waits(state: BatchState, turns: number): number[] {
  return Array.from({ length: turns }, (_, index) => untilNextTurn(state, index + 1) / MINUTE_MS);
}

test("a batch is looked at after a minute, then less and less often, but every ten minutes", () => {
  expect(waits("sent", 4)).toEqual([1, 1.5, 2.25, 3.375]);
  expect(waits("sent", 9).slice(6)).toEqual([10, 10, 10]);
});

test("a batch that could not be sent is looked for after half a minute, and given up within the hour", () => {
  const all = waits("sending", MOST_SENDINGS);
  expect(all.slice(0, 3)).toEqual([0.5, 1, 2]);
  const minutes = all.reduce((sum, wait) => sum + wait, 0);
  expect(minutes).toBeGreaterThan(30);
  expect(minutes).toBeLessThan(60);
});
