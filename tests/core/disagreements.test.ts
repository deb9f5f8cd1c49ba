import { describe, expect, test } from "vitest";
import { indexArticle } from "#src/core/article-index.ts";
import { disagreementsIn } from "#src/core/disagreements.ts";
import { verifyDraft } from "#src/core/verify.ts";
import { SAMPLE_NAMES, sampleArticle } from "./articles.ts";

function found(title: string, paragraphs: readonly string[], language = "en"): string[] {
  return disagreementsIn(indexArticle({ title, paragraphs, language }));
}

describe("a headline that its text contradicts", () => {
  test.for<[language: string, title: string, body: string, text: string]>([
    [
      "en",
      "Council approves 5 million euros for Orne bridge",
      "The council approved 4 million euros for the Orne bridge on Monday.",
      "The headline says 5 million euros; the text says 4 million euros.",
    ],
    [
      "en",
      "Unemployment falls to 7 percent",
      "Unemployment fell to 6 percent in Norland, the statistics office said.",
      "The headline says 7 percent; the text says 6 percent.",
    ],
    [
      "en",
      "Senate passes budget bill 61–39",
      "The Senate passed the budget bill 62–38 on Monday.",
      "The headline says 61–39; the text says 62–38.",
    ],
    [
      "en",
      "New Orne bridge to open on 1 May",
      "The new bridge over the Orne is to open on 1 June, the county said.",
      "The headline says 1 May; the text says 1 June.",
    ],
    [
      "en",
      "Council approves new Orne bridge",
      "The council did not approve the new Orne bridge on Monday.",
      "The headline says approves; the text says did not approve.",
    ],
    [
      "en",
      "Council does not approve new Orne bridge",
      "The council approved the new Orne bridge on Monday.",
      "The headline says does not approve; the text says approved.",
    ],
    [
      "en",
      "House prices in Norland fall",
      "House prices in Norland rose in the spring, the office said.",
      "The headline says fall; the text says rose.",
    ],
    [
      "de",
      "Stadtrat genehmigt neue Brücke",
      "Der Stadtrat hat die neue Brücke nicht genehmigt.",
      "In der Überschrift steht „genehmigt“, im Text „nicht genehmigt“.",
    ],
    [
      "es",
      "El consejo aprueba el nuevo puente",
      "El consejo no aprueba el nuevo puente, dijo el alcalde.",
      "El titular dice «aprueba»; el texto dice «no aprueba».",
    ],
    [
      "fr",
      "La ville investit 5 millions d’euros dans le pont",
      "La ville investit 4 millions d’euros dans le pont de l’Orne.",
      "Le titre dit « 5 millions d’euros » ; le texte dit « 4 millions d’euros ».",
    ],
    [
      "ja",
      "工場火災で5人死亡",
      "工場の火災で従業員3人が死亡した。",
      "The headline says 5人; the text says 3人.",
    ],
  ])("%s: “%s”", ([language, title, body, text]) => {
    expect(found(title, [body], language)).toEqual([text]);
  });

  test.for<[why: string, title: string, paragraphs: string[]]>([
    [
      "another sentence bears it out",
      "Council approves 5 million euros for Orne bridge",
      [
        "The council approved 4 million euros for the Orne bridge on Monday.",
        "With the ramps it comes to 5 million euros.",
      ],
    ],
    [
      "it is rounded",
      "Council approves 5 million euros for Orne bridge",
      ["The council approved 4.8 million euros for the Orne bridge on Monday."],
    ],
    [
      "the text gives a part",
      "Council approves 5 million euros for Orne bridge",
      ["The council approved another 4 million euros for the Orne bridge on Monday."],
    ],
    [
      "it is another matter",
      "Council approves 5 million euros for Orne bridge",
      ["The school on the hill will cost the council 4 million euros."],
    ],
    [
      "it was another time",
      "Council approves 5 million euros for Orne bridge",
      ["The council approved 4 million euros for the Orne bridge in 2019."],
    ],
    [
      "the day is named as well",
      "New Orne bridge to open on 1 May",
      ["The new bridge over the Orne is to open on 1 June for lorries.", "Cars may use it from 1 May."],
    ],
    [
      "the text also says it",
      "Council approves new Orne bridge",
      [
        "The council did not approve the new Orne bridge in its morning session.",
        "In the evening the council approved the bridge.",
      ],
    ],
    [
      "the denial is open",
      "Council approves new Orne bridge",
      ["The council did not approve the new Orne bridge until midnight."],
    ],
    [
      "the text has both sides",
      "House prices in Norland fall",
      ["House prices in Norland rose in the spring, the office said.", "They fell in June."],
    ],
    [
      "it is a question",
      "Will the council approve 5 million euros for the Orne bridge?",
      ["The council approved 4 million euros for the Orne bridge on Monday."],
    ],
  ])("is none where %s", ([, title, paragraphs]) => {
    expect(found(title, paragraphs)).toEqual([]);
  });

  test("is told to the reader of its brief", () => {
    const paragraphs = ["The council approved 4 million euros for the Orne bridge on Monday."];
    const title = "Council approves 5 million euros for Orne bridge";
    const draft = { headline: title, summary: "", facts: [], caveats: [], topics: [] };
    expect(verifyDraft({ draft, title, paragraphs, language: "en", length: "short" }).caveats).toEqual([
      "The headline says 5 million euros; the text says 4 million euros.",
    ]);
  });
});

describe("figures of one text that contradict each other", () => {
  test.for<[first: string, second: string, text: string]>([
    [
      "The bridge over the Orne will cost 2.4 million euros.",
      "The bridge over the Orne will cost 3.1 million euros, the county said.",
      "The text says 2.4 million euros; further down it says 3.1 million euros.",
    ],
    [
      "The reservoir supplies 2.4 million people in the valley.",
      "In all the reservoir supplies 3.1 million people in the valley.",
      "The text says 2.4 million people; further down it says 3.1 million people.",
    ],
    [
      "The Senate passed the budget bill 61–39.",
      "Senators said the Senate passed the budget bill 62–38.",
      "The text says 61–39; further down it says 62–38.",
    ],
  ])("“%s”", ([first, second, text]) => {
    expect(found("Report", [first, "Work begins soon.", second])).toEqual([text]);
  });

  test.for<[why: string, second: string]>([
    ["another name", "The bridge over the Vire will cost 3.1 million euros."],
    ["a line of a table", "3.1 million euros: the bridge over the Orne, all costs."],
    ["another time", "The bridge over the Orne will then cost 3.1 million euros."],
    ["a forecast", "The bridge over the Orne will cost an estimated 3.1 million euros."],
    ["another unit", "The bridge over the Orne will cost 3.1 million dollars."],
    ["a rounding", "The bridge over the Orne will cost 2 million euros."],
    ["another matter", "The ramps and lights will cost 3.1 million euros."],
  ])("are none for %s", ([, second]) => {
    expect(found("Report", ["The bridge over the Orne will cost 2.4 million euros.", second])).toEqual([]);
  });
});

test("figures of two named places are two figures", () => {
  const told = (place: string, figure: string) =>
    `Repairs to the old stone bridge and its two ramps in ${place} will cost ${figure} million euros.`;
  expect(found("Report", [told("Arlen", "2.4"), told("Norwick", "3.1")])).toEqual([]);
});

test.for([...SAMPLE_NAMES])("nothing is held against %s", (name) => {
  const { title, paragraphs, language } = sampleArticle(name);
  expect(found(title, paragraphs, language)).toEqual([]);
});
