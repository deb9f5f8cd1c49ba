import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeBetween } from "#src/core/revision-change.ts";
import { SAMPLE_NAMES, sampleArticle } from "./articles.ts";

const BEFORE = {
  title: "Blast at Porto depot injures nine",
  paragraphs: [
    "A blast at a fuel depot in Porto injured nine people on Monday, police said.",
    "The mayor, Ana Silva, said the fire was under control. It caused damage worth $4 million.",
    "“We heard two bangs and ran,” said a worker. The depot was not insured.",
    "Shares in its owner fell 4% in Lisbon.",
  ],
};

/** The change after replacing words of the article, with the runs it marks. */
function change(edits: Record<string, string>, add: string[] = []) {
  const swap = (text: string) =>
    Object.entries(edits).reduce((edited, [from, to]) => edited.replaceAll(from, to), text);
  const after = {
    title: swap(BEFORE.title),
    paragraphs: [...BEFORE.paragraphs.map(swap).filter((each) => each !== ""), ...add],
  };
  const found = changeBetween(BEFORE, after, "en");
  const text = after.paragraphs.join("\n\n");
  return found === null
    ? null
    : { note: found.note, marked: found.ranges.map(({ start, end }) => text.slice(start, end)) };
}

describe("changeBetween", () => {
  test.for<[what: string, edits: Record<string, string>, add: string[]]>([
    ["nothing", {}, []],
    ["quotation marks", { "“": '"', "”": '"' }, []],
    [
      "capitals and full stops",
      { "Blast at Porto depot": "BLAST AT PORTO DEPOT", "police said.": "police said" },
      [],
    ],
    [
      "white space and dashes",
      { "fuel depot": "fuel  depot", "The mayor, Ana Silva,": "The mayor – Ana Silva –" },
      [],
    ],
    ["the site's name in the title", { "injures nine": "injures nine | Coast Herald" }, []],
    ["a spelling mistake", { "under control": "under contrl" }, []],
    ["small words", { "Shares in its owner": "The shares in its owner" }, []],
    ["a word of the same meaning", { "police said": "police added" }, []],
    ["a number spelt in figures", { "nine people": "9 people" }, []],
    ["furniture of the page", {}, ["Sign up to our newsletter for more."]],
  ])("is nothing to report where %s changed", ([, edits, add]) => {
    expect(change(edits, add)).toBeNull();
  });

  test("is nothing to report where only the order of paragraphs changed", () => {
    expect(changeBetween(BEFORE, { ...BEFORE, paragraphs: BEFORE.paragraphs.toReversed() }, "en")).toBeNull();
  });

  test.for<[note: string, edits: Record<string, string>, marked: string[]]>([
    [
      "nine → eleven people",
      { nine: "eleven" },
      ["A blast at a fuel depot in Porto injured eleven people on Monday, police said."],
    ],
    ["$4 million → $6 million", { "$4 million": "$6 million" }, ["It caused damage worth $6 million."]],
    ["4 → 5%", { "4%": "5%" }, ["Shares in its owner fell 5% in Lisbon."]],
    ["Ana Silva → Ana Souza", { Silva: "Souza" }, ["The mayor, Ana Souza, said the fire was under control."]],
    ["corrected: The depot was insured.", { "was not insured": "was insured" }, ["The depot was insured."]],
    [
      "corrected: “We heard two bangs and stayed,” said a worker.",
      { "and ran": "and stayed" },
      ["“We heard two bangs and stayed,” said a worker."],
    ],
    [
      "new headline: Blast at Porto depot was arson, police say",
      { "Blast at Porto depot injures nine": "Blast at Porto depot was arson, police say" },
      [],
    ],
    ["removed: Shares in its owner fell 4% in Lisbon.", { "Shares in its owner fell 4% in Lisbon.": "" }, []],
  ])("says “%s” and marks the sentences that changed", ([note, edits, marked]) => {
    expect(change(edits)).toEqual({ note, marked });
  });

  test("says what was added", () => {
    const sentence = "Prosecutors opened an inquiry on Tuesday.";
    expect(change({}, [sentence])).toEqual({ note: `added: ${sentence}`, marked: [sentence] });
  });

  test("puts the changed number first and marks the sentence, not the line that owns up to it", () => {
    const found = change({ nine: "eleven", Silva: "Souza" }, [
      "Correction: An earlier version of this article said nine people were injured.",
    ]);
    expect(found?.note).toBe("nine → eleven people; Ana Silva → Ana Souza");
    expect(found?.marked.join("\n")).not.toContain("Correction");
    expect(found?.marked).toHaveLength(2);
  });

  test("marks the correction itself where it is all that changed", () => {
    const line = "Correction: An earlier version misspelt the depot's name.";
    expect(change({}, [line])).toEqual({ note: `added: ${line}`, marked: [line] });
  });

  test("names what befell the people counted", () => {
    const found = changeBetween(
      { title: "", paragraphs: ["Police said 9 people were injured in Porto."] },
      { title: "", paragraphs: ["Police said 11 people were injured in Porto."] },
      "en",
    );
    expect(found?.note).toBe("9 → 11 injured");
  });

  test.for<[language: string, before: string, after: string, note: string]>([
    [
      "de",
      "Bei dem Brand wurden neun Menschen verletzt.",
      "Bei dem Brand wurden elf Menschen verletzt.",
      "neun → elf verletzt",
    ],
    [
      "es",
      "El choque dejó nueve heridos en el puerto.",
      "El choque dejó once heridos en el puerto.",
      "nueve → once heridos",
    ],
    [
      "fr",
      "La grève a touché 12 000 passagers mercredi.",
      "La grève a touché 15 000 passagers mercredi.",
      "12 000 → 15 000 passagers",
    ],
    ["ja", "地震で9人がけがをした。", "地震で11人がけがをした。", "9 → 11 人がけがをし"],
  ])("%s: says “%s” became “%s”", ([language, before, after, note]) => {
    expect(
      changeBetween({ title: "", paragraphs: [before] }, { title: "", paragraphs: [after] }, language)?.note,
    ).toBe(note);
  });

  test.for([...SAMPLE_NAMES])(
    "keeps its note to one short line and its runs within the text when %s is cut",
    (name) => {
      const { title, paragraphs, language } = sampleArticle(name);
      const runs = fc.shuffledSubarray(paragraphs);
      fc.assert(
        fc.property(runs, runs, (before, after) => {
          const found = changeBetween({ title, paragraphs: before }, { title, paragraphs: after }, language);
          const length = after.join("\n\n").length;
          expect(found?.note.length ?? 0).toBeLessThanOrEqual(120);
          expect(found?.note ?? "").not.toContain("\n");
          for (const { start, end } of found?.ranges ?? []) expect(start < end && end <= length).toBe(true);
        }),
        { numRuns: 20 },
      );
    },
  );
});
