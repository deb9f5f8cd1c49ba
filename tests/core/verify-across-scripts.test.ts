import { describe, expect, test } from "vitest";
import { verifyDraft } from "#src/core/verify.ts";
import { LATER } from "#tests/core/names-across-later.ts";
import { TRANSLATED } from "#tests/core/names-across-translated.ts";
import { UNSEEN } from "#tests/core/names-across-unseen.ts";
import { type NameKinds, type NamesAcross, TUNED } from "#tests/core/names-across.ts";

const FRAMES = {
  people: (name: string) => `${name} answered questions on it.`,
  places: (name: string) => `The work in ${name} goes on.`,
  organisations: (name: string) => `The plant belongs to ${name}.`,
};
/** Of the wrong names, by table: too short to tell, or by chance near to a word of the article. */
const MOST_MISSED = { tuned: 0.02, unseen: 0.17 };

type Article = Pick<NamesAcross, "language" | "paragraphs">;

function verified({ language, paragraphs }: Article, text: string) {
  const [title = "", quote = ""] = paragraphs;
  const draft = { headline: title, summary: "", facts: [{ text, quote }], caveats: [], topics: [] };
  return verifyDraft({ draft, title, paragraphs, language, length: "standard" });
}

function reasonFor(article: Article, text: string): string | null {
  return verified(article, text).dropped.find(({ part }) => part === "fact")?.reason ?? null;
}

function claimsOf(names: NameKinds): string[] {
  return (["people", "places", "organisations"] as const).flatMap((kind) =>
    names[kind].split("|").map(FRAMES[kind]),
  );
}

describe.each([
  { name: "tuned", rows: TUNED },
  { name: "unseen", rows: [...UNSEEN, ...LATER] },
] as const)("names in Latin letters from articles in other scripts, $name", ({ name, rows }) => {
  test.each(rows)("shows those of an article in $language", (row) => {
    expect(claimsOf(row.right).filter((claim) => reasonFor(row, claim) !== null)).toEqual([]);
  });

  test("drops those of no article", () => {
    const results = rows.flatMap((row) => claimsOf(row.wrong).map((claim) => reasonFor(row, claim)));
    const missed = results.filter((reason) => reason !== "name").length;
    expect(missed / results.length).toBeLessThan(MOST_MISSED[name]);
  });
});

test.each(TRANSLATED)("lets institutions of an article in $language be translated", (row) => {
  expect(row.claims.filter((claim) => reasonFor(row, claim) !== null)).toEqual([]);
});

const RUSSIAN: Article = {
  language: "ru",
  paragraphs: [
    "Пожар на складе в порту Новороссийска.",
    "Ущерб оценивается в 1,2 миллиарда рублей, сообщил мэр Андрей Кравченко после заседания Верховного суда, на котором были немецкие юристы.",
  ],
};

describe("names in another script than the article's", () => {
  test.each([
    "The Supreme Court and the Ministry of Defence met the mayor.",
    "Mayor Andrey Kravchenko spoke after the court met.",
    "Lawyers from Germany were at the Supreme Court.",
    "Der Schaden ist groß, sagte Bürgermeister Andrej Krawtschenko.",
    "Les dégâts sont importants, a dit le maire Andreï Kravtchenko.",
  ])("shows “%s”", (text) => {
    expect(reasonFor(RUSSIAN, text)).toBeNull();
  });

  test.each([
    "Damage is put at 1.2 billion roubles, Vladimir Putin said.",
    "Damage is put at 1.2 billion roubles, Mayor Andrei Kovalenko said.",
    "Lawyers from Portugal were at the court.",
    "Der Schaden ist groß, sagte Bürgermeister Boris Petrow.",
    "Les dégâts sont importants, a dit le maire Boris Petrov.",
  ])("drops “%s”", (text) => {
    expect(reasonFor(RUSSIAN, text)).toBe("name");
  });

  test("lets through what Japanese writes in characters that are read in many ways, and says so", () => {
    const japanese = {
      language: "ja",
      paragraphs: ["神戸港で火災。", "田中健一市長は原因を調べると述べた。"],
    };
    const text = "Mayor Kenichi Tanaka will look into the cause.";
    expect(reasonFor(japanese, text)).toBeNull();
    expect(verified(japanese, text).caveats).toEqual([
      "Names were not checked: the article writes them in another script.",
    ]);
  });
});
