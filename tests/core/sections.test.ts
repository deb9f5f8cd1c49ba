import { array, assert, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { splitSections } from "#src/core/sections.ts";

const BOUNDS = { language: "en", sectionChars: 200, mostSections: 100 };

function paragraph(sentences: number, tag = "a"): string {
  return Array.from({ length: sentences }, (_, index) => `Sentence ${tag}${index} is right here.`).join(" ");
}

describe("sections of an article", () => {
  test("hold every sentence once, in order, numbered through, none past its length", () => {
    assert(
      property(array(integer({ min: 0, max: 30 }), { maxLength: 40 }), (sizes) => {
        const paragraphs = sizes.map((size, index) => paragraph(size, `${index}x`));
        const { sections, sentences, leftOut } = splitSections(paragraphs, BOUNDS);
        const all = sections.flatMap((section) => section.paragraphs.flat());
        expect(all.join(" ")).toBe(paragraphs.filter((each) => each !== "").join(" "));
        expect({ sentences, leftOut }).toEqual({ sentences: all.length, leftOut: false });
        let next = 1;
        for (const [index, section] of sections.entries()) {
          expect(section.number).toBe(index + 1);
          expect(section.firstSentence).toBe(next);
          next += section.paragraphs.flat().length;
          expect(section.paragraphs.flat().join("").length).toBeLessThanOrEqual(BOUNDS.sectionChars);
        }
      }),
    );
  });

  test("end where a paragraph ends, and are of about one length", () => {
    const paragraphs = Array.from({ length: 9 }, (_, index) => paragraph(2, `${index}x`));
    const { sections } = splitSections(paragraphs, BOUNDS);
    expect(sections.map((section) => section.paragraphs.length)).toEqual([3, 3, 3]);
  });

  test("cut a paragraph longer than one between two sentences", () => {
    const { sections } = splitSections([paragraph(20)], BOUNDS);
    expect(sections.length).toBeGreaterThan(2);
    expect(sections.flatMap((section) => section.paragraphs.flat())).toHaveLength(20);
  });

  test("are one for an article that fits, also when it is empty", () => {
    expect(splitSections(["One. Two."], BOUNDS)).toMatchObject({ sections: [{ number: 1 }], sentences: 2 });
    expect(splitSections([], BOUNDS)).toEqual({ sections: [], sentences: 0, leftOut: false });
  });

  test("say when the end did not fit into the most there may be", () => {
    const paragraphs = Array.from({ length: 9 }, (_, index) => paragraph(2, `${index}x`));
    const { sections, leftOut } = splitSections(paragraphs, { ...BOUNDS, mostSections: 2 });
    expect({ count: sections.length, leftOut }).toEqual({ count: 2, leftOut: true });
  });

  test("cut a script without spaces too", () => {
    const text = "市議会は月曜日に港通りを車両通行止めにすることを決めた。".repeat(40);
    const { sections, sentences } = splitSections([text], { ...BOUNDS, language: "ja" });
    expect(sentences).toBe(40);
    expect(sections.length).toBeGreaterThan(4);
  });
});
