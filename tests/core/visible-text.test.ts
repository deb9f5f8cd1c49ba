import { expect, test } from "vitest";
import { cleanText, fitPlain, fitText } from "#src/core/visible-text.ts";

const FAMILY = "👩‍👩‍👧‍👦";

test("a cut never leaves half of a character, at whatever length it falls", () => {
  for (let max = 2; max < FAMILY.length * 3; max += 1) {
    const cut = fitPlain(FAMILY.repeat(4), max);
    expect(cut.length).toBeLessThanOrEqual(max);
    expect(cut.replaceAll(FAMILY, "")).toBe("…");
  }
});

test("a cut ends after a whole word and counts what escaping adds", () => {
  expect(fitPlain("the ferry stops at noon", 12)).toBe("the ferry…");
  expect(fitText("a*b*c", { max: 5, escape: (text) => text.replaceAll("*", String.raw`\*`) })).toBe(
    String.raw`a\*b…`,
  );
  expect(fitPlain("short", 5)).toBe("short");
});

test("what shows nothing is gone, what scripts and emoji need stays", () => {
  expect(cleanText("a\u202Eb\u200Bc\u0007d")).toBe("abc d");
  expect(cleanText(FAMILY)).toBe(FAMILY);
});
