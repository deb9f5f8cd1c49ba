import { expect, test } from "vitest";
import { healthNews, healthText, silenceMs, withHealth } from "#src/core/feed-health.ts";
import {
  afterFailure,
  afterRead,
  afterUnchanged,
  mayCompare,
  type PollFailure,
} from "#src/core/feed-poll.ts";
import { POLL_BOUNDS } from "#src/core/feed-schedule.ts";
import { type Feed, NO_WISHES } from "#src/core/feed.ts";
import { makeFeed, makeItem, NOON, seenOf } from "#tests/feed-items.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOT_FOUND: PollFailure = { code: "fetch/not-found", status: 404, retryAfterSeconds: null };
const BROKEN: PollFailure = { code: "fetch/status", status: 500, retryAfterSeconds: null };
const UNCHANGED = { maxAgeSeconds: null, movedTo: null };

function later(hours: number): Date {
  return new Date(NOON.getTime() + hours * HOUR);
}

/** The feed after it failed at each of these hours after noon. */
function failed(hours: readonly number[], failure = NOT_FOUND, feed = makeFeed()): Feed {
  return hours.reduce((before, hour) => afterFailure(before, failure, time(hour)), feed);
}

function time(hours: number) {
  return { now: later(hours), bounds: POLL_BOUNDS };
}

function readAt(feed: Feed, hours: number, items = [makeItem()]): Feed {
  return afterRead(
    feed,
    {
      ...UNCHANGED,
      etag: '"e"',
      lastModified: null,
      bodyHash: "h",
      parsed: { title: "T", site: null, wishes: NO_WISHES, hub: null, self: null },
      seen: seenOf(items),
    },
    time(hours),
  );
}

test.for<[string, number[], Feed["health"]]>([
  ["once", [0], "ok"],
  ["many times in an hour", [0, 0.1, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 1], "ok"],
  ["twice a day apart", [0, 25], "ok"],
  ["three times over a day", [0, 12, 24], "failing"],
  ["eight times over six hours", [0, 1, 2, 3, 4, 5, 5.5, 6], "failing"],
])("a feed that failed %s is as it should be called", ([, hours, health]) => {
  expect(failed(hours).health).toBe(health);
});

test("a failing feed is told of in one sentence, with the time it began and what to do", () => {
  const feed = failed([0, 12, 24]);
  expect(healthNews(feed)).toBe(
    "harbour-times.example/feed answers 404 since Tuesday 24 Nov, 12:00; check the address with /sources.",
  );
  expect(healthNews(feed, "Europe/Vienna")).toContain("13:00");
  expect(healthNews({ ...feed, told: "failing" })).toBeNull();
});

test.for<[Partial<PollFailure>, string]>([
  [{ code: "fetch/needs-login", status: 403 }, "asks for a login (403) since"],
  [{ code: "fetch/status", status: 503 }, "answers 503 since"],
  [{ code: "fetch/timeout", status: null }, "has not answered in time since"],
  [{ code: "fetch/certificate", status: null }, "has had a certificate that is not valid since"],
  [{ code: "fetch/too-large", status: null }, "is larger than 5 MB"],
  [{ code: "feed/page", status: null }, "answers with a web page instead of a feed since"],
  [{ code: "bug", status: null }, "can not be read since"],
])("failures with %o read as: %s", ([failure, text]) => {
  expect(healthText(failed([0, 12, 24], { ...NOT_FOUND, ...failure }))).toContain(text);
});

test("a feed that says it is gone is gone at once, and nobody asks it again", () => {
  const feed = failed([0], { ...NOT_FOUND, status: 410 });
  expect(feed.health).toBe("gone");
  expect(healthNews(feed)).toContain("(410)");
});

test("that nothing changed is neither a failure nor the end of one", () => {
  const failing = failed([0, 12, 24]);
  const after = afterUnchanged(failing, UNCHANGED, time(25));
  expect(after).toMatchObject({ health: "failing", failures: 3, failingSince: NOON, lastSuccessAt: null });
  const once = afterUnchanged(failed([0]), UNCHANGED, time(30));
  expect(once).toMatchObject({ health: "ok", failures: 1 });
  expect(afterFailure(once, NOT_FOUND, time(31)).failures).toBe(2);
});

test("a feed without an entry proves nothing; one with entries ends a failure", () => {
  const failing = failed([0, 12, 24]);
  expect(readAt(failing, 25, [])).toMatchObject({ health: "failing", failures: 3 });
  const recovered = { ...readAt(failing, 26), told: "failing" as const };
  expect(recovered).toMatchObject({ health: "ok", failures: 0, failingSince: null, healthSince: later(26) });
  expect(healthNews(recovered)).toBe("harbour-times.example/feed works again.");
});

test("while it fails a feed is asked for the whole of it", () => {
  expect(mayCompare(makeFeed())).toBe(true);
  expect(mayCompare(failed([0]))).toBe(false);
});

test("a hiccup that ends before anybody was told is not told", () => {
  expect(healthNews(readAt(failed([0, 0.5, 1]), 2))).toBeNull();
});

const HOURLY = { typicalMs: HOUR, longMs: 3 * HOUR, weekends: true };
const WORKDAYS = { typicalMs: 2 * HOUR, longMs: 16 * HOUR, weekends: false };

test.for<[string, Partial<Feed>, number, Feed["health"]]>([
  ["an hourly feed that is quiet for a day", { cadence: HOURLY }, 23.9, "ok"],
  ["an hourly feed that is quiet for longer than a day", { cadence: HOURLY }, 24.1, "silent"],
  ["a feed whose cadence is unknown", { cadence: null }, 9_999, "ok"],
  [
    "a weekly feed after two weeks",
    { cadence: { ...HOURLY, typicalMs: 7 * DAY, longMs: 8 * DAY } },
    14 * 24,
    "ok",
  ],
  [
    "a weekly feed after five weeks",
    { cadence: { ...HOURLY, typicalMs: 7 * DAY, longMs: 8 * DAY } },
    35 * 24,
    "silent",
  ],
  // NOON is a Tuesday: Friday noon is 72 hours later, Monday noon 144.
  ["a feed of workdays over a weekend", { cadence: WORKDAYS, lastEntryAt: later(72) }, 140, "ok"],
  ["a feed of workdays well after the weekend", { cadence: WORKDAYS, lastEntryAt: later(72) }, 190, "silent"],
])("%s counts as it should", ([, changes, hours, health]) => {
  const feed = makeFeed({ lastEntryAt: NOON, ...changes });
  expect(withHealth(feed, later(hours)).health).toBe(health);
});

test("silence is told with its beginning and the usual pace, and ends with the next entry", () => {
  const silent = withHealth(makeFeed({ cadence: HOURLY, lastEntryAt: NOON }), later(30));
  expect(healthNews(silent)).toBe(
    "harbour-times.example/feed has published nothing since Tuesday 24 Nov, 12:00, although it usually does every 60 minutes; look whether the site has moved its feed.",
  );
  expect(silenceMs(silent)).toBe(DAY);
  const spoke = afterRead(
    { ...silent, told: "silent" },
    {
      ...UNCHANGED,
      etag: null,
      lastModified: null,
      bodyHash: "x",
      parsed: { title: null, site: null, wishes: NO_WISHES, hub: null, self: null },
      seen: seenOf([makeItem({ publishedAt: later(30) })], later(31)),
    },
    time(31),
  );
  expect(healthNews(spoke)).toBe("harbour-times.example/feed works again.");
});

test("a permanent redirect is believed when it is met three times in a row, a broken row is not", () => {
  const moved = { ...UNCHANGED, movedTo: "https://new.example/feed" };
  const twice = afterUnchanged(afterUnchanged(makeFeed(), moved, time(0)), moved, time(1));
  expect(twice).toMatchObject({ url: "https://harbour-times.example/feed", moves: 2 });
  expect(afterUnchanged(twice, moved, time(2))).toMatchObject({ url: "https://new.example/feed", moves: 0 });
  const broken = afterFailure(twice, BROKEN, time(2));
  expect(afterUnchanged(broken, moved, time(3))).toMatchObject({ moves: 1 });
  const other = { ...UNCHANGED, movedTo: "https://other.example/feed" };
  expect(afterUnchanged(twice, other, time(2))).toMatchObject({ moves: 1 });
});
