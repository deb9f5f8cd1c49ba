import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitSentences } from "#src/core/sentences.ts";

function split(text: string, language: string): string[] {
  return splitSentences(text, language).map(({ start, end }) => text.slice(start, end));
}

describe("splitSentences", () => {
  test.for<[string, string, string[]]>([
    ["en", "Mr. Holt met Dr. J. K. Ames. They spoke.", ["Mr. Holt met Dr. J. K. Ames.", "They spoke."]],
    [
      "en",
      "The U.S. Senate voted at 5 p.m. The bill failed.",
      ["The U.S. Senate voted at 5 p.m.", "The bill failed."],
    ],
    ["en", "It cost $3.5 million. No. 5 is gone.", ["It cost $3.5 million.", "No. 5 is gone."]],
    [
      "en",
      "“Who was it?” she asked. “No one.” He left.",
      ["“Who was it?” she asked.", "“No one.”", "He left."],
    ],
    ["en", "First paragraph ends\n\nmid sentence.", ["First paragraph ends", "mid sentence."]],
    [
      "de",
      "Am 3. Oktober kam Dr. Weiß. Er sagte z. B. nichts.",
      ["Am 3. Oktober kam Dr. Weiß.", "Er sagte z. B. nichts."],
    ],
    ["de", "„Warum?“, fragte er. Niemand wusste es.", ["„Warum?“, fragte er.", "Niemand wusste es."]],
    ["es", "El Sr. Gil llegó. ¿Quién más vino? Nadie.", ["El Sr. Gil llegó.", "¿Quién más vino?", "Nadie."]],
    ["fr", "« Quoi ? » dit-il. M. Petit est parti.", ["« Quoi ? » dit-il.", "M. Petit est parti."]],
    [
      "ja",
      "市長は「行かない。」と述べた。3人が負傷した。",
      ["市長は「行かない。」と述べた。", "3人が負傷した。"],
    ],
    ["zh", "会议结束了。没有人受伤。", ["会议结束了。", "没有人受伤。"]],
  ])("%s: splits %s", ([language, text, expected]) => {
    expect(split(text, language)).toEqual(expected);
  });

  test("covers every character but white space, in order, and never crosses a blank line", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("en", "de", "ja", "xx", "not a tag"),
        (text, language) => {
          const ranges = splitSentences(text, language);
          let last = 0;
          for (const { start, end } of ranges) {
            expect(text.slice(last, start).trim()).toBe("");
            expect(text.slice(start, end)).not.toContain("\n\n");
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          expect(text.slice(last).trim()).toBe("");
        },
      ),
    );
  });
});
