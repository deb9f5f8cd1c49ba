import { expect, test } from "vitest";
import { lineDiff, wordDiff } from "#src/core/word-diff.ts";

test("a fact that is told otherwise is one change, and what is alike is told apart from what came and went", () => {
  const before = ["Nine people were injured.", "The fire is out.", "A pier burnt down."];
  const after = ["The fire is out.", "Nine people were badly injured.", "Ships wait outside."];
  expect(lineDiff(before, after, "en").map(({ kind }) => kind)).toEqual(["same", "changed", "in", "out"]);
  expect(lineDiff(before, before.toReversed(), "en").every(({ kind }) => kind === "same")).toBe(true);
});

test("words are those of the language, with or without spaces", () => {
  const changed = (before: string, after: string, language: string): string[] =>
    wordDiff(before, after, language).flatMap(({ kind, text }) => (kind === "same" ? [] : [text.trim()]));
  expect(changed("Nine people were hurt.", "Nine people were injured.", "en")).toEqual(["hurt", "injured"]);
  expect(changed("東京で火事があった。", "大阪で火事があった。", "ja")).toEqual(["東京", "大阪"]);
});
