import { describe, expect, test } from "vitest";
import { indexArticle } from "#src/core/article-index.ts";
import { guessLanguage } from "#src/core/lexicon.ts";
import { baseLanguage, tokenize } from "#src/core/normalise.ts";
import { checkSentence } from "#src/core/verify-claim.ts";
import { verifyDraft } from "#src/core/verify.ts";

/** The reason and word that a claim fails with, in whatever language it is written. */
function judged(article: string, claim: string, publishedAt: Date | null = null): string | null {
  const language = languageOf(article);
  const own = languageOf(claim);
  const checker = {
    article: indexArticle({ title: "", paragraphs: [article], language }),
    contradictions: [],
    language: own,
    translated: baseLanguage(own) !== baseLanguage(language),
    publishedAt,
  };
  return checkSentence(claim, checker)?.reason ?? null;
}

function languageOf(text: string): string {
  return guessLanguage(
    text,
    tokenize(text).map(({ key }) => key),
    "en",
  );
}

describe("days and months in other scripts", () => {
  test.for<[article: string, claim: string, reason: string | null]>([
    ["大桥周二关闭,5月12日重新开放。", "The bridge closed on Tuesday and reopened on 12 May.", null],
    ["大桥周二关闭,5月12日重新开放。", "The bridge closed on Friday.", "date"],
    ["大桥星期二关闭。", "大桥周二关闭了。", null],
    ["大桥星期二关闭,市长说。", "大桥周五关闭,市长说。", "date"],
    ["大桥每周一次检查。", "The bridge is checked on Monday.", "date"],
    [
      "橋は火曜日に閉鎖され、三月九日に再開した。",
      "The bridge was shut on Tuesday and opened on March 9.",
      null,
    ],
    ["橋は火曜日に閉鎖された。", "The bridge was shut on Monday.", "date"],
    [
      "다리는 화요일에 폐쇄됐고 3월 9일 다시 열렸다.",
      "The bridge was shut on Tuesday and opened on 9 March.",
      null,
    ],
    ["다리는 화요일에 폐쇄됐다.", "다리는 금요일에 폐쇄됐다.", "date"],
    ["The bridge was shut on Tuesday, 9 March.", "다리는 3월 9일 화요일에 폐쇄됐다.", null],
    ["The bridge was shut on Tuesday, 9 March.", "다리는 4월 9일에 폐쇄됐다.", "date"],
    ["The bridge was shut on Tuesday, 9 March.", "大桥于3月9日星期二关闭。", null],
    ["The bridge was shut on Tuesday, 9 March.", "大桥于5月9日关闭。", "date"],
    ["أغلق الجسر يوم الثلاثاء 9 آذار.", "The bridge was shut on Tuesday 9 March.", null],
    ["أغلق الجسر يوم الثلاثاء 9 تشرين الثاني.", "The bridge was shut on 9 November.", null],
    ["أغلق الجسر يوم الثلاثاء 9 تشرين الثاني.", "The bridge was shut on 9 October.", "date"],
    ["أغلق الجسر يوم الثلاثاء 12 آب.", "The bridge was shut on Friday 12 August.", "date"],
    ["Мост закрыли во вторник, 9 мая.", "The bridge was shut on Tuesday, 9 May.", null],
    ["Мост закрыли в среду, 9 мая.", "The bridge was shut on Thursday.", "date"],
    ["The bridge was shut on Wednesday, 9 May.", "Мост закрыли в среду 9 мая.", null],
    ["The bridge was shut on Wednesday, 9 May.", "Мост закрыли в пятницу 9 мая.", "date"],
  ])("%s / %s -> %s", ([article, claim, reason]) => {
    expect(judged(article, claim)).toBe(reason);
  });
});

describe("days seen from the dateline", () => {
  /** A Wednesday, late in the morning. */
  const published = new Date("2026-05-13T10:30:00Z");
  const fire = "A fire destroyed the old ferry terminal in Orne yesterday, the fire service said.";
  const dated = "A fire destroyed the old ferry terminal in Orne on 12 May, the fire service said.";
  const tuesday = "A fire destroyed the old ferry terminal in Orne on Tuesday, the fire service said.";
  test.for<[article: string, claim: string, reason: string | null]>([
    [fire, "A fire destroyed the ferry terminal in Orne on 12 May.", null],
    [fire, "A fire destroyed the ferry terminal in Orne on May 12, 2026.", null],
    [fire, "A fire destroyed the ferry terminal in Orne on Tuesday.", null],
    [fire, "A fire destroyed the ferry terminal in Orne on Monday.", "date"],
    [
      `${fire} The council meets on Monday.`,
      "A fire destroyed the old ferry terminal in Orne on Sunday.",
      "date",
    ],
    [fire, "A fire destroyed the ferry terminal in Orne on 11 May.", "number"],
    [tuesday, "A fire destroyed the ferry terminal in Orne on 12 May.", null],
    [tuesday, "A fire destroyed the ferry terminal in Orne on 15 May.", "number"],
    [dated, "A fire destroyed the ferry terminal in Orne yesterday.", null],
    [dated, "A fire destroyed the ferry terminal in Orne on Tuesday.", null],
    [dated, "A fire destroyed the old ferry terminal in Orne last week.", null],
    [dated.replace("12 May", "13 May"), "A fire destroyed the old ferry terminal in Orne yesterday.", "date"],
    [
      dated.replace("12 May", "2 April"),
      "A fire destroyed the old ferry terminal in Orne last week.",
      "date",
    ],
    [
      "Ein Feuer hat gestern das alte Fährhaus in Orne zerstört.",
      "Am 12. Mai hat ein Feuer das Fährhaus in Orne zerstört.",
      null,
    ],
    [
      "Ein Feuer hat gestern das alte Fährhaus in Orne zerstört.",
      "Am Montag hat ein Feuer das alte Fährhaus in Orne zerstört.",
      "date",
    ],
    [
      "Un incendie a détruit hier la vieille gare d'Orne.",
      "Un incendie a détruit la gare d'Orne mardi.",
      null,
    ],
    [
      "Le feu a détruit hier la gare du port et les quais.",
      "Le feu a détruit la gare et les quais le 12 mai.",
      null,
    ],
    [
      "Un incendio destruyó ayer la vieja estación de Orne.",
      "Un incendio destruyó el martes la estación de Orne.",
      null,
    ],
    [
      "Un incendio destruyó ayer la vieja estación de Orne.",
      "Un incendio destruyó el lunes la vieja estación de Orne.",
      "date",
    ],
    ["昨天,一场大火烧毁了旧码头。", "A fire destroyed the old pier on 12 May.", null],
  ])("%s / %s -> %s", ([article, claim, reason]) => {
    expect(judged(article, claim, published)).toBe(reason);
  });

  test("say nothing without a dateline, and allow for a newsroom in another zone near midnight", () => {
    const claim = "A fire destroyed the ferry terminal in Orne on Monday.";
    expect(judged(fire, claim, new Date("2026-05-13T00:30:00Z"))).toBeNull();
    expect(judged(fire, "A fire destroyed the ferry terminal in Orne on 12 May.")).not.toBeNull();
    expect(judged(dated, "A fire destroyed the old ferry terminal in Orne yesterday.")).toBeNull();
  });

  test("reach the facts of a draft", () => {
    const draft = {
      headline: "",
      summary: "",
      facts: [{ text: "A fire destroyed the ferry terminal in Orne on 12 May.", quote: fire }],
      caveats: [],
      topics: [],
    };
    const article = { title: "", paragraphs: [fire], language: "en", length: "standard" as const };
    expect(verifyDraft({ draft, ...article, publishedAt: published }).dropped).toEqual([]);
    expect(verifyDraft({ draft, ...article }).dropped).toHaveLength(1);
  });
});
