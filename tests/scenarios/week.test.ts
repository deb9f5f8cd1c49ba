import { expect, test } from "vitest";
import { generate, type Size } from "./week-generate.ts";
import { DAY, HOUR } from "./week-plan.ts";
import { live } from "./week-run.ts";

const WEEK: Size = {
  outlets: 4,
  publishing: 6 * DAY + 6 * HOUR,
  steps: 7 * DAY,
  outages: [
    { outlet: 0, from: DAY + 20, to: DAY + 26 },
    { outlet: 2, from: 2 * DAY + 6, to: 2 * DAY + 24 },
    { outlet: 3, from: 4 * DAY + 24, to: 4 * DAY + 30 },
  ],
  paused: 2 * DAY + 24,
  added: 3 * DAY + 20,
  resumed: 4 * DAY + 20,
  restarts: 5,
  singles: 155,
  doubles: 36,
  triples: 12,
  members: 12,
  membersAndPublic: 8,
  embargoes: 8,
  late: 6,
};

const A_DAY: Size = {
  ...WEEK,
  publishing: 20 * HOUR,
  steps: DAY + 10 * HOUR,
  outages: [{ outlet: 1, from: 14, to: 19 }],
  paused: 12,
  added: 16,
  resumed: 24,
  restarts: 1,
  singles: 18,
  doubles: 5,
  triples: 2,
  members: 2,
  membersAndPublic: 2,
  embargoes: 2,
  late: 0,
};

test(
  "after a week every channel shows what its subscriptions say, once and as it is now",
  { timeout: 300_000 },
  async () => {
    const plan = generate(20_261, WEEK);
    expect(plan.events.flatMap(({ coverage }) => coverage).length).toBeGreaterThan(300);
    expect(await live(plan), `seed ${plan.seed}`).toEqual([]);
  },
);

test.for([1, 2, 3])("so it does after the day of seed %i", { timeout: 120_000 }, async (seed) => {
  expect(await live(generate(seed, A_DAY)), `seed ${seed}`).toEqual([]);
});
