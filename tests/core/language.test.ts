import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalLanguage } from "#src/core/language.ts";

test.for([
  ["en", "en"],
  ["EN", "en"],
  ["en-Latn", "en"],
  ["en-US-x-foo", "en-US"],
  ["en-NP", "en"],
  ["en-u-ca-buddhist", "en"],
  ["de-1996", "de"],
  ["pt-br", "pt-BR"],
  ["nl-BE", "nl-BE"],
  ["iw", "he"],
  ["cmn", "zh"],
  ["zh-Hans", "zh"],
  ["zh-TW", "zh-Hant"],
  ["zh-Hant-HK", "zh-Hant"],
  ["sr-Latn", "sr-Latn"],
  ["sr-Cyrl", "sr"],
  ["tlh", null],
  ["xx", null],
  ["en-Xqqq", null],
  ["en-Cyrl", null],
  ["en-QX", null],
  ["und", null],
  ["mul", null],
  ["zxx", null],
  ["english", null],
  ["e", null],
  ["", null],
] as const)("%s is written as %s", ([typed, language]) => {
  expect(canonicalLanguage(typed)).toBe(language);
});

test("what is canonical stays so, and no private tag makes another language of it", () => {
  const code = fc.stringMatching(/^[a-z]{2,3}$/);
  const region = fc.stringMatching(/^[A-Z]{2}$/);
  const extra = fc.stringMatching(/^[a-z0-9]{2,8}$/);
  fc.assert(
    fc.property(code, region, extra, (language, place, more) => {
      const known = canonicalLanguage(`${language}-${place}`);
      expect(known === null ? null : canonicalLanguage(known)).toBe(known);
      expect(canonicalLanguage(`${language}-${place}-x-${more}`)).toBe(known);
    }),
  );
});

test("the kinds of one language are few", () => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
  const tags = letters.flatMap((first) => letters.map((second) => `en-${first}${second}`));
  const kinds = new Set(tags.map((tag) => canonicalLanguage(tag)).filter((tag) => tag !== null));
  expect(kinds.size).toBeGreaterThan(3);
  expect(kinds.size).toBeLessThan(10);
});
