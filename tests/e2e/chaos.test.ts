import { expect, test } from "vitest";
import { liveThrough } from "#tests/chaos/round.ts";

/** The short form of `npm run chaos`. */
const SEED = 3;
const KILLS = 4;

test("a Lede that is killed again and again loses, doubles, garbles and swaps nothing", async () => {
  expect((await liveThrough(SEED, KILLS)).wrong, `seed ${SEED}`).toEqual([]);
}, 300_000);
