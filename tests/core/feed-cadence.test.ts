import fc from "fast-check";
import { expect, test } from "vitest";
import { learnArrival, learnCadence } from "#src/core/feed-cadence.ts";
import { NOON } from "#tests/feed-items.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function ago(...times: number[]): Date[] {
  return times.map((ms) => new Date(NOON.getTime() - ms));
}

test("the usual time between publications is learned, batches counting as one", () => {
  const daily = [0, 1, 2, 3, 4, 5].flatMap((day) =>
    ago(day * DAY, day * DAY + MINUTE, day * DAY + 2 * MINUTE),
  );
  expect(learnCadence(null, daily, NOON)).toMatchObject({ typicalMs: DAY - 0, weekends: true });
});

test("weekends are quiet where a feed of more than a week has nothing on them", () => {
  // NOON is a Tuesday.
  const workdays = ago(...[0, 1, 4, 5, 6, 7, 8, 11, 12].map((day) => day * DAY));
  expect(learnCadence(null, workdays, NOON)).toMatchObject({ weekends: false });
});

test("two or three publications teach nothing", () => {
  const before = { typicalMs: 1, longMs: 2, weekends: false };
  expect(learnCadence(before, ago(0, HOUR, 2 * HOUR), NOON)).toBe(before);
  expect(learnCadence(null, [], NOON)).toBeNull();
});

test("the future and the far past teach nothing", () => {
  const times = [...ago(-DAY, -2 * DAY, 400 * DAY, 500 * DAY), ...ago(0, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR)];
  expect(learnCadence(null, times, NOON)).toMatchObject({ typicalMs: HOUR, longMs: HOUR });
});

test("what is new counts half against what was learned", () => {
  const before = { typicalMs: 3 * HOUR, longMs: 5 * HOUR, weekends: true };
  const hourly = ago(0, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR);
  expect(learnCadence(before, hourly, NOON)).toEqual({
    typicalMs: 2 * HOUR,
    longMs: 3 * HOUR,
    weekends: true,
  });
});

test("arrivals of undated entries teach it, too", () => {
  const [last = null] = ago(2 * HOUR);
  expect(learnArrival(null, last, NOON)).toEqual({ typicalMs: 2 * HOUR, longMs: 2 * HOUR, weekends: false });
  expect(learnArrival(null, null, NOON)).toBeNull();
  expect(learnArrival({ typicalMs: 4 * HOUR, longMs: 10 * HOUR, weekends: true }, last, NOON)).toEqual({
    typicalMs: 3 * HOUR,
    longMs: 9 * HOUR,
    weekends: true,
  });
});

test("whatever the dates, what is learned is a time", () => {
  fc.assert(
    fc.property(fc.array(fc.date({ noInvalidDate: true })), (dates) => {
      const learned = learnCadence(null, dates, NOON);
      if (learned === null) return;
      expect(learned.typicalMs).toBeGreaterThan(0);
      expect(learned.longMs).toBeGreaterThanOrEqual(learned.typicalMs);
    }),
  );
});
