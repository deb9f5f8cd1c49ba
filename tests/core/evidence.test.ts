import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { locate } from "#src/core/evidence.ts";
import { splitSentences } from "#src/core/sentences.ts";
import { SAMPLE_NAMES, sampleArticle } from "./articles.ts";

const TEXT = [
  "The mayor of Tarn said on Monday that the old bridge would stay closed for three weeks, while engineers test 14 cables.",
  "Nobody was hurt. “We did not expect this,” she said, adding that the repair could cost €2.5 million or more.",
  "Café owners near the quay – about 40 of them – asked for help from the council in October.",
].join("\n\n");

function found(quote: string, text = TEXT): string[] | null {
  return locate(text, quote)?.map(({ start, end }) => text.slice(start, end)) ?? null;
}

describe("locate", () => {
  test.for<[kind: string, quote: string, shown: string[]]>([
    ["verbatim", "Nobody was hurt.", ["Nobody was hurt."]],
    [
      "in other quotation marks",
      '"We did not expect this," she said',
      ["“We did not expect this,” she said"],
    ],
    [
      "with other dashes and spaces",
      "cafe owners near the quay - about 40\u00a0of them",
      ["Café owners near the quay – about 40 of them"],
    ],
    ["in another Unicode form", "Cafe\u0301 owners near the quay", ["Café owners near the quay"]],
    ["in capitals", "NOBODY WAS HURT", ["Nobody was hurt"]],
    [
      "elided",
      "The mayor of Tarn said … the old bridge would stay closed",
      ["The mayor of Tarn said", "the old bridge would stay closed"],
    ],
    [
      "elided in brackets",
      "The mayor of Tarn [...] engineers test 14 cables",
      ["The mayor of Tarn", "engineers test 14 cables"],
    ],
    [
      "across paragraphs",
      "engineers test 14 cables. Nobody was hurt.",
      ["engineers test 14 cables.", "Nobody was hurt."],
    ],
    [
      "with a word dropped",
      "asked for help from council in October",
      ["asked for help from the council in October"],
    ],
    [
      "with a word replaced",
      "The mayor of Tarn said on Monday that the old bridge would remain closed for three weeks",
      ["The mayor of Tarn said on Monday that the old bridge would stay closed for three weeks"],
    ],
  ])("finds a quote %s and shows the article's own characters", ([, quote, shown]) => {
    expect(found(quote)).toEqual(shown);
  });

  test.for<[kind: string, quote: string]>([
    ["another figure", "adding that the repair could cost €3.5 million or more"],
    ["a figure cut short", "the repair could cost €2"],
    [
      "another number word",
      "The mayor of Tarn said on Monday that the old bridge would stay closed for four weeks",
    ],
    ["a figure in a piece", "The mayor of Tarn ... engineers test 41 cables"],
    ["half a word", "Nobody was hur"],
    ["another sentence", "The council has agreed to pay for every broken window on the quay this winter"],
    ["pieces in the wrong order", "engineers test 14 cables ... The mayor of Tarn said"],
    [
      "too much changed",
      "The mayor of Tarn claimed on Sunday that the new tunnel would stay open for three weeks",
    ],
    ["marks alone", "“…”"],
    ["nothing", ""],
  ])("does not find %s", ([, quote]) => {
    expect(found(quote)).toBeNull();
  });

  test("finds Japanese by the character and keeps figures apart", () => {
    const { paragraphs } = sampleArticle("ja-jishin");
    const text = paragraphs.join("\n\n");
    expect(found("避難所は今夜も開けておく", text)).toEqual(["避難所は今夜も開けておく"]);
    expect(found("避難所には約400人が集まっている", text)).toBeNull();
  });

  test.for([...SAMPLE_NAMES])("finds every sentence of %s at its own characters", (name) => {
    const { paragraphs, language } = sampleArticle(name);
    const text = paragraphs.join("\n\n");
    for (const { start, end } of splitSentences(text, language)) {
      expect(found(text.slice(start, end), text)).toEqual([text.slice(start, end)]);
    }
  });

  test("finds any run of whole words of a text as it stands there", () => {
    const words = TEXT.split(" ");
    fc.assert(
      fc.property(fc.nat(words.length - 3), fc.integer({ min: 2, max: 12 }), (from, count) => {
        const run = words.slice(from, from + count).join(" ");
        const shown = found(run)?.join("\n\n") ?? "";
        const bare = (text: string) => text.replace(/^[\s“”]+|[\s“”]+$/g, "");
        expect(bare(shown)).toBe(bare(run));
      }),
    );
  });

  test("never throws and stays within the text, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (text, quote) => {
        for (const { start, end } of locate(text, quote) ?? []) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(start, end).trim()).not.toBe("");
        }
      }),
    );
  });
});
