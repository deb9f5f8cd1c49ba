import { expect, test } from "vitest";
import { type Cadence, holdUntil, quietEnd } from "#src/core/subscription.ts";

const BERLIN = "Europe/Berlin";

test.for([
  { when: "before they begin", from: "22:00", to: "07:00", now: "2026-06-01T19:59Z", end: null },
  { when: "before midnight", from: "22:00", to: "07:00", now: "2026-06-01T20:00Z", end: "2026-06-02T05:00Z" },
  { when: "after midnight", from: "22:00", to: "07:00", now: "2026-06-02T04:59Z", end: "2026-06-02T05:00Z" },
  { when: "at their end", from: "22:00", to: "07:00", now: "2026-06-02T05:00Z", end: null },
  { when: "until midnight", from: "21:00", to: "00:00", now: "2026-06-01T20:30Z", end: "2026-06-01T22:00Z" },
  { when: "of no length", from: "07:00", to: "07:00", now: "2026-06-01T05:00Z", end: null },
  // In the night of 25 October the hour from two to three comes twice.
  { when: "at first", from: "22:00", to: "02:30", now: "2026-10-25T00:10Z", end: "2026-10-25T00:30Z" },
  { when: "once more", from: "22:00", to: "02:30", now: "2026-10-25T01:10Z", end: "2026-10-25T01:30Z" },
  { when: "in a long night", from: "22:00", to: "07:00", now: "2026-10-24T21:00Z", end: "2026-10-25T06:00Z" },
  // In the night of 29 March it does not come at all.
  {
    when: "in a short night",
    from: "22:00",
    to: "07:00",
    now: "2026-03-28T22:00Z",
    end: "2026-03-29T05:00Z",
  },
  { when: "to no time", from: "22:00", to: "02:30", now: "2026-03-29T00:50Z", end: "2026-03-29T01:00Z" },
])("quiet hours from $from to $to $when at $now end at $end", ({ from, to, now, end }) => {
  const found = quietEnd({ from, to, zone: BERLIN }, new Date(now));
  expect(found).toEqual(end === null ? null : new Date(end));
});

const EIGHT: Cadence = { kind: "digest", cron: "0 8 * * *", zone: BERLIN };

test.for([
  { name: "at once", cadence: { kind: "instant" }, quiet: null, now: "2026-06-01T12:00Z", until: null },
  { name: "at eight", cadence: EIGHT, quiet: null, now: "2026-06-01T12:00Z", until: "2026-06-02T06:00Z" },
  { name: "in winter", cadence: EIGHT, quiet: null, now: "2026-10-25T00:30Z", until: "2026-10-25T07:00Z" },
  { name: "just then", cadence: EIGHT, quiet: null, now: "2026-06-01T06:00Z", until: "2026-06-02T06:00Z" },
  {
    name: "when it is quiet at eight",
    cadence: EIGHT,
    quiet: { from: "22:00", to: "09:30", zone: BERLIN },
    now: "2026-06-01T12:00Z",
    until: "2026-06-02T07:30Z",
  },
] as const)("a post waits: $name", ({ cadence, now, quiet, until }) => {
  expect(holdUntil({ cadence, quiet }, new Date(now))).toEqual(until === null ? null : new Date(until));
});
