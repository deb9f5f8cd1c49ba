import fc from "fast-check";
import { expect, test } from "vitest";
import { nextPoll, POLL_BOUNDS, retryPoll } from "#src/core/feed-schedule.ts";
import type { Cadence, Feed, FeedWishes } from "#src/core/feed.ts";
import { NO_WISHES } from "#src/core/feed.ts";
import { makeFeed, NOON } from "#tests/feed-items.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Minutes until the feed is next due, without the part by which feeds are spread. */
function minutes(changes: Partial<Feed>, maxAgeSeconds: number | null = null): [number, number] {
  const due = nextPoll({ feed: makeFeed(changes), maxAgeSeconds, now: NOON, bounds: POLL_BOUNDS });
  const wait = (due.getTime() - NOON.getTime()) / MINUTE;
  return [wait / 1.2, wait];
}

function every(typicalMs: number): Cadence {
  return { typicalMs, longMs: typicalMs * 2, weekends: true };
}

function ago(ms: number): Date {
  return new Date(NOON.getTime() - ms);
}

test.for<[string, Partial<Feed>, number | null, number]>([
  ["nothing is known about", {}, null, 10],
  ["a busy wire", { cadence: every(2 * MINUTE), lastEntryAt: ago(MINUTE) }, null, 1],
  ["an hourly site", { cadence: every(HOUR), lastEntryAt: ago(HOUR) }, null, 7.5],
  ["a daily paper", { cadence: every(DAY), lastEntryAt: ago(HOUR) }, null, 60],
  ["a busy wire at night", { cadence: every(2 * MINUTE), lastEntryAt: ago(8 * HOUR) }, null, 10],
  ["a site asleep for a year", { cadence: every(DAY), lastEntryAt: ago(365 * DAY) }, null, 360],
  ["a cache lifetime", {}, 1_800, 30],
  ["a cache lifetime of a year", {}, 31_536_000, 60],
  ["a short cache lifetime", {}, 5, 10],
  ["a ttl", { wishes: { ...NO_WISHES, ttlSeconds: 2_400 } }, null, 40],
  ["a ttl of a day", { wishes: { ...NO_WISHES, ttlSeconds: 86_400 } }, null, 60],
  [
    "an hourly ttl of a wire",
    { cadence: every(2 * MINUTE), lastEntryAt: NOON, wishes: { ...NO_WISHES, ttlSeconds: 3_600 } },
    null,
    15,
  ],
  ["a hub that sends", { pushedUntil: new Date(NOON.getTime() + 9 * DAY) }, null, 240],
  ["a hub that sent until now", { pushedUntil: NOON }, null, 10],
])("a feed with %s is asked as often as fits it", ([, changes, maxAge, wanted]) => {
  const [least, most] = minutes(changes, maxAge);
  expect(least).toBeLessThanOrEqual(wanted);
  expect(most).toBeGreaterThanOrEqual(wanted);
});

test("a feed is back at its own pace when its hub's promise ends", () => {
  const pushedUntil = new Date(NOON.getTime() + 2 * HOUR);
  const due = nextPoll({
    feed: makeFeed({ pushedUntil }),
    maxAgeSeconds: null,
    now: NOON,
    bounds: POLL_BOUNDS,
  });
  expect(due).toEqual(pushedUntil);
});

test.for<[string, Partial<FeedWishes>, string]>([
  ["hours", { skipHours: [12, 13] }, "14"],
  ["days", { skipDays: [2] }, "00"],
  ["every hour, which leaves none", { skipHours: Array.from({ length: 24 }, (_, hour) => hour) }, "12"],
])("a feed is left alone in the %s it skips", ([, wishes, hour]) => {
  const feed = makeFeed({ wishes: { ...NO_WISHES, ...wishes } });
  const due = nextPoll({ feed, maxAgeSeconds: null, now: NOON, bounds: POLL_BOUNDS });
  expect(due.toISOString().slice(11, 13)).toBe(hour);
});

test.for<[number, number | null, number | null, number]>([
  [1, 500, null, 2],
  [2, 500, null, 4],
  [3, null, null, 8],
  [9, 503, null, 360],
  [40, null, null, 360],
  [1, 404, null, 30],
  [1, 429, 600, 10],
  [1, 503, 43_200, 720],
  [1, 503, 9_999_999, 1_440],
  [1, 500, 43_200, 2],
])(
  "failure %i with status %o and Retry-After %o waits %i minutes",
  ([failures, status, retryAfterSeconds, wanted]) => {
    const due = retryPoll({ id: "f", failures, status, retryAfterSeconds, now: NOON, bounds: POLL_BOUNDS });
    const wait = (due.getTime() - NOON.getTime()) / MINUTE;
    expect(wait / 1.2).toBeLessThanOrEqual(wanted);
    expect(wait).toBeGreaterThanOrEqual(wanted);
  },
);

const milliseconds = fc.double({ min: 0, max: 1e12, noNaN: true });
const anyFeed = fc
  .record({
    id: fc.string(),
    cadence: fc.option(fc.record({ typicalMs: milliseconds, longMs: milliseconds, weekends: fc.boolean() })),
    lastEntryAt: fc.option(fc.date({ min: new Date(0), max: NOON, noInvalidDate: true })),
    pushedUntil: fc.option(fc.date({ min: new Date(0), noInvalidDate: true })),
    ttlSeconds: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
  })
  .map(({ ttlSeconds, ...feed }) => makeFeed({ ...feed, wishes: { ...NO_WISHES, ttlSeconds } }));

test("whatever a feed says, it is asked within the bounds and a fifth, and the same way each time", () => {
  fc.assert(
    fc.property(anyFeed, fc.option(fc.nat()), (feed, maxAgeSeconds) => {
      const due =
        nextPoll({ feed, maxAgeSeconds, now: NOON, bounds: POLL_BOUNDS }).getTime() - NOON.getTime();
      expect(due).toBeGreaterThan(0);
      const handOver = (feed.pushedUntil?.getTime() ?? 0) - NOON.getTime();
      expect(due === handOver || due >= POLL_BOUNDS.shortestMs).toBe(true);
      expect(due).toBeLessThanOrEqual(POLL_BOUNDS.longestMs * 1.2 + 1);
      expect(
        nextPoll({ feed, maxAgeSeconds, now: NOON, bounds: POLL_BOUNDS }).getTime() - NOON.getTime(),
      ).toBe(due);
    }),
  );
});

test("whatever a failure is, the feed is tried again within a day and a fifth, never at once", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.nat(),
      fc.option(fc.integer({ min: 100, max: 599 })),
      fc.option(fc.nat()),
      (id, failures, status, retryAfterSeconds) => {
        const due = retryPoll({ id, failures, status, retryAfterSeconds, now: NOON, bounds: POLL_BOUNDS });
        const wait = due.getTime() - NOON.getTime();
        expect(wait).toBeGreaterThanOrEqual(POLL_BOUNDS.shortestMs);
        expect(wait).toBeLessThanOrEqual(DAY * 1.2 + 1);
        const told = status === 429 ? Math.min(86_400, retryAfterSeconds ?? 0) * 1_000 : 0;
        expect(wait).toBeGreaterThanOrEqual(told);
      },
    ),
  );
});

test("skipped hours and days move a poll by three days at most", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 23 })),
      fc.array(fc.integer({ min: 0, max: 6 })),
      (skipHours, skipDays) => {
        const feed = makeFeed({ wishes: { ...NO_WISHES, skipHours, skipDays } });
        const due = nextPoll({ feed, maxAgeSeconds: null, now: NOON, bounds: POLL_BOUNDS });
        expect(due.getTime() - NOON.getTime()).toBeLessThanOrEqual(3 * DAY + 12 * MINUTE);
      },
    ),
  );
});

test("a thousand feeds that were added at once drift apart", () => {
  const times = Array.from({ length: 1_000 }, (_, index) =>
    nextPoll({
      feed: makeFeed({ id: `f${index}` }),
      maxAgeSeconds: null,
      now: NOON,
      bounds: POLL_BOUNDS,
    }).getTime(),
  );
  const perTenSeconds = Map.groupBy(times, (time) => Math.floor(time / 10_000));
  expect(Math.max(...[...perTenSeconds.values()].map((group) => group.length))).toBeLessThan(200);
});
