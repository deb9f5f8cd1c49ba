import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyHouseStyle,
  bannedIn,
  checkHouseStyle,
  HouseStyle,
  styleId,
  styleLines,
} from "#src/core/house-style.ts";

const BRITISH = HouseStyle.parse({ spelling: "en-GB" });
const AMERICAN = HouseStyle.parse({ spelling: "en-US" });
const WORDS = HouseStyle.parse({
  units: { kilometres: "km", "square metres": "m²" },
  replace: { terrorist: "militant", Kiev: "Kyiv", "passed away": "died" },
  banned: ["slammed", "iconic"],
});

describe("spelling", () => {
  test.for([
    ["They organized the center's defense.", "They organised the centre's defence."],
    [
      "Traveled, canceled, labor and colorful neighborhoods",
      "Traveled, cancelled, labour and colourful neighbourhoods",
    ],
    // Names keep theirs, and so do words that are spelled alike or mean something else.
    ["The Labor Department and Pearl Harbor", "The Labor Department and Pearl Harbor"],
    ["a parking meter, a size, a prize, to advertise", "a parking meter, a size, a prize, to advertise"],
    ["see example.com/color and #color", "see example.com/color and #color"],
  ] as const)("%s becomes British", ([text, wanted]) => {
    expect(applyHouseStyle(text, BRITISH, "en")).toBe(wanted);
  });

  test.for([
    ["They organised the centre's defence.", "They organized the center's defense."],
    ["ten metres of labour", "ten meters of labor"],
  ] as const)("%s becomes American", ([text, wanted]) => {
    expect(applyHouseStyle(text, AMERICAN, "en-GB")).toBe(wanted);
  });

  test("is of English only", () => {
    expect(applyHouseStyle("le theater color", BRITISH, "fr")).toBe("le theater color");
  });
});

describe("words", () => {
  test.for([
    ["A terrorist passed away in Kiev.", "A militant died in Kyiv."],
    ["Terrorist groups met.", "Militant groups met."],
    [
      "The group Terrorist Watch met; terrorists did not.",
      "The group Terrorist Watch met; terrorists did not.",
    ],
    ["12 kilometres, 3.5 million kilometres and 400 square metres", "12 km, 3.5 million km and 400 m²"],
    ["Many kilometres away in kiev", "Many kilometres away in kiev"],
    ["antiterrorist", "antiterrorist"],
  ] as const)("%s becomes %s", ([text, wanted]) => {
    expect(applyHouseStyle(text, WORDS, "en")).toBe(wanted);
  });

  test.for([
    '"a terrorist slammed Kiev"',
    "“a terrorist slammed Kiev”",
    "„ein terrorist in Kiev“",
    "« un terrorist à Kiev »",
    "「terrorist Kiev」",
    "‘a terrorist slammed Kiev’",
    '"a terrorist slammed Kiev without end',
  ])("of somebody else stay: %s", (quoted) => {
    const text = `He said: ${quoted}`;
    expect(applyHouseStyle(text, WORDS, "en")).toBe(text);
    expect(checkHouseStyle(text, WORDS, "en")).toEqual([]);
  });

  test("after a quotation are the house's again", () => {
    expect(applyHouseStyle('"Kiev" is Kiev’s name', WORDS, "en")).toBe('"Kiev" is Kyiv’s name');
  });

  test("that are banned are found, names aside", () => {
    expect(bannedIn("Critics slammed it. Iconic bridge shut. The Iconic Group won.", WORDS)).toEqual([
      "slammed",
      "Iconic",
    ]);
  });
});

test("a check finds what applying would change, and nothing after it was applied", () => {
  const style = { ...WORDS, spelling: "en-GB" as const };
  expect(checkHouseStyle("A terrorist organized an iconic 5 kilometres.", style, "en")).toEqual([
    { word: "iconic", wanted: null },
    { word: "kilometres", wanted: "km" },
    { word: "terrorist", wanted: "militant" },
    { word: "organized", wanted: "organised" },
  ]);
  assert(
    property(string(), string(), (a, b) => {
      const styled = applyHouseStyle(`${a} terrorist organized "Kiev" ${b} color`, style, "en");
      expect(checkHouseStyle(styled, style, "en").filter(({ wanted }) => wanted !== null)).toEqual([]);
    }),
  );
});

describe("a style", () => {
  test("brings no figure into a brief", () => {
    expect(HouseStyle.safeParse({ replace: { many: "90" } }).success).toBe(false);
    expect(HouseStyle.safeParse({ units: { dozen: "12" } }).success).toBe(false);
  });

  test("is told to a model, but for names, which are checked against the article first", () => {
    const lines = styleLines({ ...WORDS, spelling: "en-GB", rules: ["Titles without full stops."] });
    expect(lines).toEqual([
      "British spelling (en-GB) wherever you write English",
      'after a number "km", not "kilometres"',
      'after a number "m²", not "square metres"',
      '"militant", not "terrorist"',
      '"died", not "passed away"',
      'never use: "slammed", "iconic"',
      "Titles without full stops.",
    ]);
  });

  test("has a name of its own", () => {
    expect(styleId(BRITISH)).not.toBe(styleId(AMERICAN));
    expect(styleId(BRITISH)).toBe(styleId(HouseStyle.parse({ spelling: "en-GB" })));
  });
});
