import { expect, test } from "vitest";
import { liveThrough } from "#tests/chaos/round.ts";

test.for([2, 3])(
  "a Lede that is killed again and again loses, doubles, garbles and swaps nothing (seed %i)",
  { timeout: 600_000 },
  async (seed) => {
    expect((await liveThrough(seed, 6)).wrong, `seed ${seed}`).toEqual([]);
  },
);
