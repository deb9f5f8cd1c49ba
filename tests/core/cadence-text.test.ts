import { expect, test } from "vitest";
import { cadenceText, parseCadence, parseQuiet } from "#src/core/cadence-text.ts";
import { AppError } from "#src/core/errors.ts";

test.for([
  ["instant", "instant"],
  [" Hourly ", "hourly"],
  ["daily", "daily 8:00"],
  ["daily at 18:30", "daily 18:30"],
  ["weekdays 8", "weekdays 8:00"],
  ["weekly 7:05", "weekly 7:05"],
  ["*/20 6-22 * * *", "*/20 6-22 * * *"],
] as const)("the cadence “%s” is read, and shown as %s", ([typed, shown]) => {
  expect(cadenceText(parseCadence(typed, "UTC"))).toBe(shown);
});

test.for(["", "sometimes", "daily 25:00", "daily 8:75", "0 8 30 2 *", "* * * * * *", "weekly monday"])(
  "“%s” is no cadence, and the answer says what is",
  (typed) => {
    expect(() => parseCadence(typed, "UTC")).toThrow(/is no cadence. Use instant, hourly, daily 8:00/);
  },
);

test.for([
  ["22:00-07:00", "22:00", "07:00"],
  ["22-7", "22:00", "07:00"],
  [" 9:30 – 12 ", "09:30", "12:00"],
] as const)("the quiet hours “%s” are read", ([typed, from, to]) => {
  expect(parseQuiet(typed, "UTC")).toEqual({ from, to, zone: "UTC" });
});

test.for(["", "none", "off"])("“%s” takes quiet hours away", (typed) => {
  expect(parseQuiet(typed, "UTC")).toBeNull();
});

test.for(["night", "22:00", "22-", "25-7", "22:60-7", "7-7", "22:00-07:00 please"])(
  "“%s” are no quiet hours, and are not taken for any",
  (typed) => {
    expect(() => parseQuiet(typed, "UTC")).toThrow(AppError);
  },
);
