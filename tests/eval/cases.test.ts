import { describe, expect, test } from "vitest";
import { locate } from "#src/core/evidence.ts";
import { judgeClaims } from "../../eval/claims.ts";
import { loadCases, RIGHT_KINDS, sentencesOf, WRONG_KINDS } from "../../eval/cases.ts";

const CASES = loadCases();
const ALL = [...CASES, ...loadCases("unseen-cases")];
const KINDS = [...RIGHT_KINDS, ...WRONG_KINDS];
const LANGUAGES = ["ar", "de", "en", "es", "fr", "it", "ja", "zh"];

describe("the bundled articles", () => {
  test("are at least twelve, with at least four hundred claims beside their own sentences", () => {
    const written = CASES.flatMap(({ claims }) => claims.filter(({ kind }) => kind !== "verbatim"));
    expect(CASES.length).toBeGreaterThanOrEqual(12);
    expect(written.length).toBeGreaterThanOrEqual(400);
  });

  test("hold two claims of every kind in every language", () => {
    expect([...new Set(CASES.map(({ language }) => language))].sort()).toEqual(LANGUAGES);
    for (const language of LANGUAGES) {
      const claims = CASES.filter((each) => each.language === language).flatMap((each) => each.claims);
      for (const kind of KINDS) {
        const count = claims.filter((claim) => claim.kind === kind).length;
        expect(count, `${language} ${kind}`).toBeGreaterThanOrEqual(2);
      }
    }
  });

  test.for(ALL.map((each) => [each.id, each] as const))("%s quotes its own sentences", ([, article]) => {
    const text = article.paragraphs.join("\n\n");
    for (const { quote } of article.claims) {
      expect(text).toContain(quote);
      expect(locate(text, quote)).not.toBeNull();
    }
    const texts = article.claims.map(({ text: said }) => said);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test.for(ALL.map((each) => [each.id, each] as const))("%s changes what it calls wrong", ([, article]) => {
    const own = new Set(sentencesOf(article));
    for (const { text, follows, kind } of article.claims) {
      expect(follows).toBe(RIGHT_KINDS.some((right) => right === kind));
      expect([text, own.has(text)]).toEqual([text, kind === "verbatim"]);
    }
  });
});

describe("verification of the bundled claims", () => {
  const judged = judgeClaims(CASES);

  test("raises no alarm at an article's own sentence, as a fact or in a summary", () => {
    const alarms = judged.filter(
      ({ claim, asFact, asSummary }) => claim.kind === "verbatim" && (asFact !== null || asSummary !== null),
    );
    expect(alarms.map(({ claim }) => claim.text)).toEqual([]);
  });

  test("finds every altered number", () => {
    const missed = judged.filter(({ claim, asFact }) => claim.kind === "number" && asFact === null);
    expect(missed.map(({ claim }) => claim.text)).toEqual([]);
  });
});
