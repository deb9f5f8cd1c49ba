import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type KnownFact, storyNews } from "#src/core/story-news.ts";

function facts(outlet: string, ...texts: string[]): KnownFact[] {
  return texts.map((text) => ({ text, quotes: [text], outlet }));
}

/** What the second outlet's facts are news of, after those of the first. */
function news(known: string[], arriving: string[], outlets: [string, string] = ["Coast", "Herald"]) {
  return storyNews({ known: facts(outlets[0], ...known), arriving: facts(outlets[1], ...arriving) });
}

describe("conflicts", () => {
  test.for<[known: string, arriving: string, about: string, mine: string, theirs: string]>([
    [
      "Nine people were injured in the blast in Porto.",
      "The blast in Porto injured 11 people.",
      "injured",
      "nine",
      "11",
    ],
    [
      "The quake killed 30 people on Qeshm.",
      "The Qeshm quake killed 32, officials said.",
      "dead",
      "30",
      "32",
    ],
    ["9 injured in Porto blast", "11 hurt in Porto blast", "injured", "9", "11"],
    ["30 people were killed on Qeshm island.", "The death toll on Qeshm rose to 32.", "killed", "30", "32"],
    [
      "Three bridges were closed by the flood in Porto.",
      "The flood in Porto closed four bridges.",
      "bridges",
      "three",
      "four",
    ],
    [
      "Bei der Explosion in Porto wurden neun Menschen verletzt.",
      "Die Explosion in Porto hat elf Menschen verletzt.",
      "verletzt",
      "neun",
      "elf",
    ],
    [
      "La explosión en Oporto dejó nueve heridos.",
      "Once heridos tras la explosión en Oporto.",
      "heridos",
      "nueve",
      "once",
    ],
  ])("%s / %s", ([known, arriving, about, mine, theirs]) => {
    const found = news([known], [arriving]);
    expect(found.conflicts).toEqual([{ about, mine, theirs }]);
    expect(found.between).toEqual([{ mine: "Coast", theirs: "Herald" }]);
    expect(found.additions).toEqual([]);
  });

  test.for<[why: string, known: string[], arriving: string[]]>([
    [
      "it is the same figure in words",
      ["Nine people were injured in Porto."],
      ["9 people were injured in Porto."],
    ],
    ["other things are counted", ["Nine people were injured in Porto."], ["11 people were killed in Porto."]],
    [
      "one counts a part",
      ["12 people were killed in the Porto attack."],
      ["Three police officers were killed in the Porto attack."],
    ],
    ["one is softened", ["At least 9 people were injured in Porto."], ["11 people were injured in Porto."]],
    [
      "they are about different places",
      ["Nine people were injured in Porto."],
      ["11 people were injured in Braga."],
    ],
    [
      "one was counted at another time",
      ["Nine people were injured in Porto."],
      ["Last year 11 people were injured in Porto."],
    ],
    [
      "the other outlet knows both",
      [
        "Nine people were injured in the Porto blast.",
        "11 people were injured in the Porto blast by evening.",
      ],
      ["11 people were injured in the Porto blast."],
    ],
    ["it is an age", ["A man, 30, was killed in Porto."], ["A 32-year-old man was killed in Porto."]],
    ["it is a year", ["The 2024 blast killed people in Porto."], ["The 2023 blast killed people in Porto."]],
  ])("are none where %s", ([, known, arriving]) => {
    expect(news(known, arriving).conflicts).toEqual([]);
  });

  test("are none within one outlet: its later figure is an update", () => {
    const found = news(
      ["Nine people were injured in Porto."],
      ["11 people were injured in Porto."],
      ["Coast", "Coast"],
    );
    expect(found.conflicts).toEqual([]);
  });

  test("are told once", () => {
    const found = news(
      ["Nine people were injured in Porto."],
      ["11 injured in Porto", "11 people were injured in Porto."],
    );
    expect(found.conflicts).toHaveLength(1);
  });
});

const KNOWN = [
  "A blast at a fuel depot in Porto injured nine people on Monday, police said.",
  "The depot belongs to the company Galpetro.",
];

describe("additions", () => {
  test.for<[what: string, fact: string]>([
    ["a new figure", "The damage is put at 4 million euros by the insurer of the depot."],
    ["a new name", "The mayor of Porto, Ana Silva, visited the depot in the evening."],
    ["a statement of its own", "Trains to the south were stopped until the fire was under control."],
  ])("are %s", ([, fact]) => {
    expect(news(KNOWN, [fact]).additions).toEqual([0]);
  });

  test.for<[what: string, fact: string]>([
    [
      "the same in other words",
      "Nine people were injured on Monday by a blast at a depot for fuel in Porto.",
    ],
    ["a part of what is known", "Police said there was a blast at a depot in Porto."],
    [
      "the same with other words around it",
      "A blast at a fuel depot shook a quarter of the city, police said.",
    ],
    ["a scrap", "Fire in Porto."],
  ])("are not %s", ([, fact]) => {
    expect(news(KNOWN, [fact]).additions).toEqual([]);
  });

  test("are told once where two facts say the same", () => {
    const fact = "Trains to the south were stopped until the fire was under control.";
    expect(news(KNOWN, [fact, fact]).additions).toEqual([0]);
  });

  test("are none in another language than all that is known", () => {
    expect(
      news(KNOWN, ["Der Zugverkehr in den Süden wurde eingestellt, bis der Brand unter Kontrolle war."])
        .additions,
    ).toEqual([]);
  });

  test("never throw, and never count what is known word for word", () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 120 }), fc.lorem({ maxCount: 20 }));
    const fact = fc.record({
      text,
      quotes: fc.array(text, { maxLength: 2 }),
      outlet: fc.constantFrom("A", "B"),
    });
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 5 }), (known) => {
        expect(
          storyNews({ known, arriving: known }).additions.filter((at) => known[at] === undefined),
        ).toEqual([]);
        expect(
          storyNews({ known, arriving: known.map((each) => ({ ...each, outlet: "C" })) }).conflicts,
        ).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
