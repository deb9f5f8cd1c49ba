import { expect, test } from "vitest";
import { indexArticle } from "#src/core/article-index.ts";
import { foldDigits } from "#src/core/digits.ts";
import { checkSentence } from "#src/core/verify-claim.ts";

test.for<[text: string, folded: string]>([
  ["٤٥ ۴۵ ४५ ৪৫ ๔๕ ４５ 𝟒𝟓 ၄၅", "45 45 45 45 45 45 45 45"],
  ["٣٫٥ و١٬٢٣٤ و٥٪", "3.5 و1,234 و5%"],
  ["no digits, 123 · ٩ ९ ９ ๙", "no digits, 123 · 9 9 9 9"],
])("folds the digits of %s", ([text, folded]) => {
  expect(foldDigits(text)).toBe(folded);
});

/** Sentences that all say 45 people were hurt, 3.5 million paid or so; by language. */
const HURT: readonly (readonly [language: string, text: string])[] = [
  ["en", "The storm left 45 people hurt."],
  ["ar", "أصيب ٤٥ شخصا في العاصفة."],
  ["fa", "۴۵ نفر در طوفان زخمی شدند."],
  ["hi", "तूफान में ४५ लोग घायल हुए।"],
  ["bn", "ঝড়ে ৪৫ জন আহত হয়েছেন।"],
  ["th", "มีผู้บาดเจ็บ ๔๕ คน"],
  ["ja", "嵐で４５人がけがをした。"],
  ["zh", "风暴造成四十五人受伤。"],
  ["ko", "폭풍으로 45명이 다쳤다."],
  ["ru", "Пострадали сорок пять человек."],
];
const PAID: readonly (readonly [language: string, text: string])[] = [
  ["en", "The storm cost 35 million."],
  ["ar", "كلفت العاصفة ٣٥ مليون."],
  ["fa", "طوفان ۳۵ میلیون هزینه داشت."],
  ["hi", "तूफान में ३.५ करोड़ का नुकसान हुआ।"],
  ["th", "พายุทำให้เสียหาย ๓๕ ล้าน"],
  ["ja", "嵐の被害は3500万に上った。"],
  ["zh", "风暴损失三千五百万。"],
  ["ko", "폭풍 피해는 3천500만에 달했다."],
  ["ru", "Ущерб составил 35 млн."],
];

function judged(article: readonly [string, string], claim: readonly [string, string]): string | null {
  const checker = {
    article: indexArticle({ title: "", paragraphs: [article[1]], language: article[0] }),
    contradictions: [],
    language: claim[0],
    translated: article[0] !== claim[0],
  };
  return checkSentence(claim[1], checker)?.reason ?? null;
}

test.for([HURT, PAID])("finds a number that is true in every script true in every other", (same) => {
  for (const article of same) {
    for (const claim of same)
      expect([article[1], claim[1], judged(article, claim)]).toEqual([article[1], claim[1], null]);
  }
});

test.for<[article: readonly [string, string], claim: readonly [string, string]]>([
  [
    ["ar", "أصيب ٤٥ شخصا في العاصفة."],
    ["en", "The storm left 54 people hurt."],
  ],
  [
    ["ar", "أصيب ٤٥ شخصا في العاصفة."],
    ["ar", "أصيب ٥٤ شخصا في العاصفة."],
  ],
  [
    ["en", "The storm left 45 people hurt."],
    ["hi", "तूफान में ५४ लोग घायल हुए।"],
  ],
  [
    ["en", "The storm left 45 people hurt."],
    ["zh", "风暴造成五十四人受伤。"],
  ],
  [
    ["zh", "风暴造成四十五人受伤。"],
    ["en", "The storm left 54 people hurt."],
  ],
  [
    ["ja", "被害は3500万に上った。"],
    ["en", "The damage came to 350 million."],
  ],
  [
    ["ko", "피해는 3500만에 달했다."],
    ["en", "The damage came to 3.5 million."],
  ],
  [
    ["th", "เสียหาย ๓๕ ล้าน"],
    ["en", "The damage came to 3.5 million."],
  ],
  [
    ["fa", "۳٫۵ میلیون هزینه داشت."],
    ["en", "The damage came to 35 million."],
  ],
])("still finds a wrong number: %s / %s", ([article, claim]) => {
  expect(judged(article, claim)).toBe("number");
});

test.for<[language: string, claim: string]>([
  ["ja", "四国の三菱の工場が十分な対策を取った。"],
  ["zh", "四川的工厂千万别关。"],
])("takes no sign inside a word for a number: %s %s", ([language, claim]) => {
  expect(judged(["en", "The plant in Orne has taken steps."], [language, claim])).not.toBe("number");
});
