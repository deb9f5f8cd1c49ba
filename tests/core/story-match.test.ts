import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Member, chooseStory, nearDuplicate } from "#src/core/story-match.ts";
import { NO_BACKGROUND } from "#src/core/story-prior.ts";
import { type Sketched, StorySketch, sketchOf } from "#src/core/story-sketch.ts";
import { createStoryWindow } from "#src/core/story-window.ts";
import { BUDGET, FERRY_COAST, FERRY_COPY, FERRY_GERMAN, FERRY_HERALD, SERIES } from "./story-articles.ts";

const START = Date.UTC(2026, 2, 7, 8);

function hours(count: number): Date {
  return new Date(START + count * 3_600_000);
}

/** The story that the second article is put into after the first. */
function chosenAfter(first: Sketched, second: Sketched, hoursApart: number) {
  const candidates: Member[] = [{ storyId: "first", sketch: sketchOf(first), at: hours(0) }];
  return chooseStory({ sketch: sketchOf(second), at: hours(hoursApart) }, candidates, NO_BACKGROUND);
}

describe("chooseStory", () => {
  test("joins two outlets on one event from the first article on", () => {
    expect(chosenAfter(FERRY_COAST, FERRY_HERALD, 1)).toMatchObject({ storyId: "first", kind: "same-event" });
  });

  test("joins a lightly edited copy as a duplicate", () => {
    expect(chosenAfter(FERRY_COAST, FERRY_COPY, 1)).toMatchObject({ storyId: "first", kind: "duplicate" });
    expect(nearDuplicate(sketchOf(FERRY_COPY), sketchOf(FERRY_COAST))).toBe(true);
  });

  test("joins a copy that is marked as another language by its text alone", () => {
    const marked = { ...FERRY_COPY, language: "de" };
    expect(chosenAfter(FERRY_COAST, marked, 1)).toMatchObject({ kind: "duplicate" });
  });

  test.for([
    ["another event", BUDGET],
    ["the same event in another language", FERRY_GERMAN],
    ["an article without text", { title: "", paragraphs: [], language: "en" }],
    [
      "an article of small words",
      { title: "It is what it is", paragraphs: ["They were there."], language: "en" },
    ],
  ] as const)("does not join %s", ([, other]) => {
    expect(chosenAfter(FERRY_COAST, other, 1)).toBeNull();
    expect(chosenAfter(other, FERRY_COAST, 1)).toBeNull();
  });

  test.for(SERIES)("does not join %s to the part before", ([, first, next, apart]) => {
    expect(chosenAfter(first, next, apart)).toBeNull();
    expect(nearDuplicate(sketchOf(first), sketchOf(next))).toBe(false);
  });

  test("does not join two articles without text to each other", () => {
    const empty = { title: "", paragraphs: [], language: "en" };
    expect(chosenAfter(empty, empty, 0)).toBeNull();
  });

  test("draws nothing after a wrong join: an event that strayed into a story gets one of its own", () => {
    const sketch = sketchOf(FERRY_COAST);
    const members: Member[] = [
      ...[0, 1, 2].map((at) => ({ storyId: "budget", sketch: sketchOf(BUDGET), at: hours(at) })),
      { storyId: "budget", sketch, at: hours(3) },
    ];
    expect(chooseStory({ sketch: sketchOf(FERRY_HERALD), at: hours(4) }, members, NO_BACKGROUND)).toBeNull();
  });

  test("answers the same whatever the order of candidates and of terms", () => {
    const members = [BUDGET, FERRY_COAST, ...SERIES.map(([, first]) => first)].map((each, i) => ({
      storyId: `story-${i}`,
      sketch: sketchOf(each),
      at: hours(i),
    }));
    const arriving = { sketch: sketchOf(FERRY_HERALD), at: hours(10) };
    const expected = chooseStory(arriving, members, NO_BACKGROUND);
    expect(expected?.storyId).toBe("story-1");
    const orders = fc.shuffledSubarray(members, { minLength: members.length });
    const termOrders = fc.shuffledSubarray(arriving.sketch.terms, {
      minLength: arriving.sketch.terms.length,
    });
    fc.assert(
      fc.property(orders, termOrders, (candidates, terms) => {
        const sketch = { ...arriving.sketch, terms };
        const chosen = chooseStory({ ...arriving, sketch }, candidates, NO_BACKGROUND);
        expect(chosen?.storyId).toBe(expected?.storyId);
        expect(chosen?.similarity).toBeCloseTo(expected?.similarity ?? 0, 9);
      }),
      { numRuns: 40 },
    );
  });
});

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.lorem({ maxCount: 60 }),
);
const anyArticle = fc.record({
  title: anyText,
  paragraphs: fc.array(anyText, { maxLength: 5 }),
  language: fc.constantFrom("en", "de", "ja", "und", "", "x-klingon", "zh-Hant", "ru"),
});

describe("sketchOf", () => {
  test("makes the same sketch of the same article, which survives being stored", () => {
    fc.assert(
      fc.property(anyArticle, (article) => {
        const sketch = sketchOf(article);
        expect(sketchOf(structuredClone(article))).toEqual(sketch);
        expect(StorySketch.parse(JSON.parse(JSON.stringify(sketch)))).toEqual(sketch);
      }),
      { numRuns: 60 },
    );
  });

  test("is a fixed value, so that sketches of two releases compare", () => {
    const { hashes, shingles, terms } = sketchOf(FERRY_COAST);
    expect({ start: hashes.slice(0, 16), shingles, terms: terms.length }).toMatchInlineSnapshot(`
      {
        "shingles": 100,
        "start": "LmzZEHMGkX7jodZq",
        "terms": 55,
      }
    `);
  });

  test.for(["en", "ru", "ja"])("stays below 2 KB for a long text in %s", (language) => {
    const words =
      { en: "Wordsmithery", ru: "Достопримечательность", ja: "東京都知事選挙候補者" }[language] ?? "";
    const paragraphs = Array.from(
      { length: 400 },
      (_, i) => `${words}${i * 7919} ${words.slice(i % 7)} told ${i}.`,
    );
    const sketch = sketchOf({ title: `${words} 2-1`, paragraphs, language });
    expect(Buffer.byteLength(JSON.stringify(sketch))).toBeLessThan(2_048);
    expect(sketch.terms.length).toBeGreaterThan(10);
  });
});

describe("createStoryWindow", () => {
  function windowOf(articles: readonly Sketched[]) {
    const window = createStoryWindow();
    for (const [i, article] of articles.entries())
      window.add({ articleId: `a${i}`, storyId: `s${i}`, sketch: sketchOf(article), at: hours(i) });
    return window;
  }

  test("finds the story of an event and the original of a copy among others", () => {
    const window = windowOf([BUDGET, FERRY_COAST, ...SERIES.map(([, first]) => first)]);
    expect(window.choose(sketchOf(FERRY_HERALD), hours(9))).toMatchObject({
      storyId: "s1",
      kind: "same-event",
    });
    expect(window.choose(sketchOf(FERRY_COPY), hours(9))).toMatchObject({ storyId: "s1", kind: "duplicate" });
  });

  test("looks no further than 72 hours back", () => {
    const window = windowOf([FERRY_COAST]);
    expect(window.choose(sketchOf(FERRY_COPY), hours(72))).not.toBeNull();
    expect(window.choose(sketchOf(FERRY_COPY), hours(73))).toBeNull();
  });

  test("forgets what was published before a moment, and all that it knew of it", () => {
    const window = windowOf([FERRY_COAST, BUDGET]);
    window.remove(hours(1));
    expect(window.size()).toBe(1);
    expect(window.choose(sketchOf(FERRY_HERALD), hours(2))).toBeNull();
  });

  test("takes an article that comes again for the one it knows", () => {
    const window = windowOf([FERRY_COAST]);
    window.add({ articleId: "a0", storyId: "s0", sketch: sketchOf(BUDGET), at: hours(1) });
    expect(window.size()).toBe(1);
    expect(window.choose(sketchOf(FERRY_HERALD), hours(2))).toBeNull();
  });

  test("answers the same after it is rebuilt from stored sketches in any order", () => {
    const articles = [FERRY_COAST, BUDGET, FERRY_COPY, ...SERIES.flatMap(([, first, next]) => [first, next])];
    const rows = articles.map((article, i) => ({
      articleId: `a${i}`,
      storyId: `s${i % 7}`,
      sketch: StorySketch.parse(JSON.parse(JSON.stringify(sketchOf(article)))),
      at: hours(i),
    }));
    const arriving = sketchOf(FERRY_HERALD);
    const answers = [rows, rows.toReversed()].map((order) => {
      const window = createStoryWindow();
      for (const row of order) window.add(row);
      return window.choose(arriving, hours(20));
    });
    expect(answers[0]).not.toBeNull();
    expect(answers[1]?.storyId).toBe(answers[0]?.storyId);
  });

  test("answers for any text without throwing", () => {
    fc.assert(
      fc.property(fc.array(anyArticle, { maxLength: 6 }), anyArticle, (articles, last) => {
        const window = windowOf(articles);
        const chosen = window.choose(sketchOf(last), hours(7));
        const similarity = chosen?.similarity ?? 1;
        expect(similarity).toBeGreaterThan(0);
        expect(similarity).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});
