import { describe, expect, test } from "vitest";
import { verifyDraft } from "#src/core/verify.ts";
import { type Row, failed } from "./failed.ts";

const bakery =
  "The bakery on Mill Lane sold 900 loaves at the fair, more than ever before. Its owner wants to hire two apprentices in the autumn.";

describe("what the article has no word of", () => {
  test.for<Row>([
    ["en", bakery, "The bakery on Mill Lane sold 900 loaves at the fair and gave away balloons.", "inserted"],
    ["en", bakery, "The bakery on Mill Lane sold 900 loaves at the fair despite protests.", "inserted"],
    ["en", bakery, "The bakery on Mill Lane, a listed monument, sold 900 loaves at the fair.", "inserted"],
    ["en", bakery, "The bakery on Mill Lane sold 900 loaves at the fair and wants two apprentices.", null],
    ["en", bakery, "The bakery on Mill Lane sold 900 loaves at the fair and more.", null],
    [
      "de",
      "Die Bäckerei verkaufte auf dem Markt am Sonntag 900 Brote.",
      "Die Bäckerei verkaufte auf dem Markt am Sonntag 900 Brote und Luftballons.",
      "inserted",
    ],
    [
      "es",
      "La panadería vendió 900 barras en la feria del domingo.",
      "La panadería vendió 900 barras en la feria del domingo bajo vigilancia armada.",
      "inserted",
    ],
    [
      "zh",
      "面包店星期天卖出九百个面包，老板打算招两名学徒。",
      "面包店星期天卖出九百个面包，顾客获赠气球玩具。",
      "inserted",
    ],
    [
      "zh",
      "面包店星期天卖出九百个面包，老板打算招两名学徒。",
      "老板打算招两名学徒，面包店星期天卖出九百个面包。",
      null,
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});

describe("another cause in a script without spaces, and in plain words", () => {
  test.for<Row>([
    ["zh", "由于锅炉损坏，游泳馆星期三关闭。", "由于教练请假，游泳馆星期三关闭。", "cause"],
    ["zh", "由于锅炉损坏，游泳馆星期三关闭。", "因为锅炉坏了，游泳馆星期三关闭。", null],
    [
      "ja",
      "市民プールは設備の故障のため、水曜日は休館する。",
      "市民プールは台風のため、水曜日は休館する。",
      "cause",
    ],
    [
      "en",
      "The pool stays shut on Wednesday because the boiler has cracked.",
      "The pool stays shut on Wednesday because lifeguards resigned.",
      "cause",
    ],
    [
      "en",
      "The pool stays shut on Wednesday because the boiler has cracked.",
      "The pool stays shut on Wednesday because of a cracked boiler.",
      null,
    ],
  ])("%s: %s / %s -> %s", ([language, text, claim, rule]) => {
    expect(failed(language, text, claim)).toBe(rule);
  });
});

describe("an opinion as a fact", () => {
  const dropped = (language: string, quote: string, claim: string) => {
    const draft = {
      headline: quote,
      summary: quote,
      facts: [{ text: claim, quote }],
      caveats: [],
      topics: [],
    };
    const article = { title: quote, paragraphs: [quote], language, length: "short" as const };
    return verifyDraft({ draft, ...article }).dropped.some(({ part }) => part === "fact");
  };
  test.for<[language: string, quote: string, claim: string, dropped: boolean]>([
    ["en", "The coach called the referee blind and careless.", "The referee is blind and careless.", true],
    [
      "en",
      "The coach called the referee blind and careless.",
      "The coach called the referee careless.",
      false,
    ],
    [
      "de",
      "Der Trainer nannte den Schiedsrichter ungerecht und müde.",
      "Der Schiedsrichter ist ungerecht.",
      true,
    ],
    ["zh", "教练认为裁判偏心，影响了比赛结果。", "裁判偏心，影响了比赛结果。", true],
    ["zh", "教练认为裁判偏心，影响了比赛结果。", "据教练说，裁判偏心，影响了比赛结果。", false],
    ["ja", "橋の補修は来年まで続く可能性がある。", "橋の補修は来年まで続く。", true],
  ])("%s: %s / %s -> %s", ([language, quote, claim, expected]) => {
    expect(dropped(language, quote, claim)).toBe(expected);
  });
});
