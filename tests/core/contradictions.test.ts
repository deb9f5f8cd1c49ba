import { describe, expect, test } from "vitest";
import { findContradictions } from "#src/core/contradictions.ts";
import { extractiveDraft } from "#src/core/draft.ts";
import { verifyDraft } from "#src/core/verify.ts";
import { SAMPLE_NAMES, sampleArticle } from "./articles.ts";

const BRIDGES = [
  "Two bridges over the Orne were closed on Monday after a night of floods, the county said.",
  "Engineers will look at both before the week is out, and buses will take the long way round until then.",
  "The floods also cut the power in 400 homes, most of them in the valley.",
];

describe("findContradictions", () => {
  test.for<[language: string, title: string, paragraphs: string[], text: string]>([
    [
      "en",
      "Three bridges closed after Orne floods",
      BRIDGES,
      "The headline says three bridges; the text says two bridges.",
    ],
    [
      "en",
      "Nine injured in Porto tram crash",
      [
        "A tram crash in Porto left the city's main line blocked on Friday.",
        "Eleven people were injured in the tram crash, the fire brigade said.",
      ],
      "The headline says nine injured; the text says eleven people.",
    ],
    [
      "en",
      "A gift for the museum",
      [
        "The Duke of Arlen gave the town museum a rare painting by Ilse Korn at a ceremony on Sunday.",
        "Visitors had queued since the morning to see the ceremony in the old hall.",
        "The duke gave the museum two paintings by Ilse Korn, both signed, and a cheque for their upkeep.",
      ],
      "The opening says a rare painting; the text says two paintings.",
    ],
    [
      "de",
      "Drei Brücken nach Hochwasser gesperrt",
      [
        "Nach dem Hochwasser wurden am Montag zwei Brücken über die Orne gesperrt.",
        "Die Busse fahren bis auf Weiteres einen Umweg.",
      ],
      "In der Überschrift steht „drei Brücken“, im Text „zwei Brücken“.",
    ],
    [
      "fr",
      "Trois ponts fermés après la crue",
      [
        "Deux ponts ont été fermés lundi après la crue de l’Orne.",
        "Les bus font un détour jusqu’à nouvel ordre.",
      ],
      "Le titre dit « trois ponts » ; le texte dit « deux ponts ».",
    ],
  ])("%s: finds what “%s” says against its text", ([language, title, paragraphs, text]) => {
    expect(findContradictions(title, paragraphs, language).map((each) => each.text)).toEqual([text]);
  });

  test.for<[why: string, title: string, paragraphs: string[]]>([
    ["the figure is borne out", "Two bridges closed after Orne floods", BRIDGES],
    [
      "the text names the rest",
      "Three bridges closed after Orne floods",
      [...BRIDGES, "A third bridge was closed for an hour at noon."],
    ],
    [
      "the others are more of them",
      "Three bridges closed after Orne floods",
      ["Two more bridges over the Orne were closed after the floods on Monday, the county said."],
    ],
    [
      "the figure is softened",
      "More than ten bridges closed after floods",
      ["Twelve bridges over the Orne were closed after the floods on Monday."],
    ],
    [
      "the headline picks the best of many",
      "11 Best Sleeping Bags for Summer",
      ["We slept in two bags over the summer and each was good for sleeping."],
    ],
    [
      "it was another time",
      "Three bridges closed after Orne floods",
      [
        "The floods on Monday closed crossings all along the Orne.",
        "Floods closed two bridges over the Orne in 2013.",
      ],
    ],
    [
      "it is another matter",
      "Three bridges closed after Orne floods",
      ["The crossings will reopen within the week.", "The county plans two bridges for cyclists."],
    ],
    [
      "the text counts two ways",
      "Three schools closed",
      ["Two schools closed on Monday for the strike.", "Five schools closed on Tuesday for the strike."],
    ],
  ])("finds nothing where %s", ([, title, paragraphs]) => {
    expect(findContradictions(title, paragraphs, "en")).toEqual([]);
  });

  test.for([...SAMPLE_NAMES])("finds nothing in %s", (name) => {
    const { title, paragraphs, language } = sampleArticle(name);
    expect(findContradictions(title, paragraphs, language)).toEqual([]);
  });
});

describe("a brief of an article that contradicts itself", () => {
  const article = {
    title: "Three bridges closed after Orne floods",
    paragraphs: BRIDGES,
    language: "en",
    length: "standard" as const,
  };

  test("shows the slip as a remark and not as headline, summary or fact", () => {
    const draft = {
      headline: "Orne floods close three bridges",
      summary: "Floods closed three bridges over the Orne. Power was cut in 400 homes.",
      facts: [
        {
          text: "Three bridges were closed after floods.",
          quote: "bridges over the Orne were closed on Monday",
        },
        {
          text: "Two bridges were closed on Monday.",
          quote: "Two bridges over the Orne were closed on Monday",
        },
      ],
      caveats: [],
      topics: [],
    };
    const brief = verifyDraft({ draft, ...article });
    expect(brief.caveats).toEqual(["The headline says three bridges; the text says two bridges."]);
    const shown = [brief.headline, brief.summary, ...brief.facts.map(({ text }) => text)].join("\n");
    expect(shown).not.toMatch(/three bridges/i);
    expect(brief.facts.map(({ text }) => text)).toContain("Two bridges were closed on Monday.");
    expect(brief.dropped.map(({ part, reason }) => `${part} ${reason}`)).toEqual([
      "headline contradiction",
      "summary contradiction",
      "fact contradiction",
    ]);
  });

  test("is written by the embedded writer without the slip", () => {
    const draft = extractiveDraft(article);
    expect([draft.headline, draft.summary].join("\n")).not.toMatch(/three bridges/i);
    expect(verifyDraft({ draft, ...article }).caveats).toHaveLength(1);
  });
});
