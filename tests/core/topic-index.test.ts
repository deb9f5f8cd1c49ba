import fc from "fast-check";
import { expect, test } from "vitest";
import { createTopicIndex } from "#src/core/topic-index.ts";
import { matchTopic } from "#src/core/topic-match.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import { prepareSubject } from "#src/core/topic-subject.ts";

const WORDS =
  "oil budget Iran Iranian Tehran elections vote US us AI ai climate change C++ G20 AT&T polish Polish Wahl Bundestagswahl Klimawandel Klimazoll Kohlwahl Klima Deutschland Germany Allemagne 東京都 京都 地震 서울에서 서울 การเลือกตั้ง เลือกตั้ง الاقتصاد والاقتصاد elect electricity the or".split(
    " ",
  );
const word = fc.constantFrom(...WORDS);
const words = (max: number) => fc.array(word, { minLength: 1, maxLength: max }).map((list) => list.join(" "));
const subject = fc
  .record({
    title: words(3),
    paragraphs: fc.array(words(12), { maxLength: 4 }),
    site: fc.constantFrom(null, "BBC News"),
    url: fc.constantFrom(null, "https://www.bbc.co.uk/1", "https://cnn.com/2", "nonsense"),
    language: fc.constantFrom(null, "en", "de", "fr", "ja", "ko", "th", "ar", "sw", "nl"),
  })
  .map(prepareSubject);

const part: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: word },
  fc.tuple(word, word).map(([a, b]) => `"${a} ${b}"`),
  word.map((each) => `${each.slice(0, 4)}*`),
  word.map((each) => `title:${each}`),
  word.map((each) => `text:${each}`),
  word.map((each) => `-${each}`),
  fc.constantFrom("site:bbc.co.uk", "site:cnn", "lang:de", "lang:en", "*"),
);
const group = fc
  .tuple(part, fc.constantFrom(" ", " OR ", " AND "), part)
  .map(([a, joint, b]) => `(${a}${joint}${b})`);
const query = fc
  .array(fc.tuple(fc.oneof(part, group), fc.constantFrom(" ", " OR ", " -")), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.flat().join(""));

test("the index finds what asking each query finds, whatever was added and removed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ text: query, gone: fc.boolean() }), { maxLength: 25 }),
      fc.array(subject, { minLength: 1, maxLength: 3 }),
      (entries, subjects) => {
        const index = createTopicIndex();
        const [early] = subjects;
        for (const [i, { text }] of entries.entries()) {
          index.add(`q${i}`, parseTopicQuery(text));
          if (i === 3 && early !== undefined) index.match(early);
        }
        for (const [i, { gone }] of entries.entries()) if (gone) index.remove(`q${i}`);
        for (const each of subjects) {
          const expected = entries.flatMap(({ text, gone }, i) => {
            const match = gone ? null : matchTopic(parseTopicQuery(text), each);
            return match === null ? [] : [{ id: `q${i}`, match }];
          });
          expect(index.match(each)).toEqual(expected);
        }
      },
    ),
    { numRuns: 500 },
  );
});

const oilStory = prepareSubject({
  title: "Oil rises",
  paragraphs: [],
  site: null,
  url: null,
  language: "en",
});
const idsOf = (index: ReturnType<typeof createTopicIndex>) => index.match(oilStory).map(({ id }) => id);

test("an id added again has the new query alone", () => {
  const index = createTopicIndex();
  index.add("a", parseTopicQuery("oil"));
  index.add("a", parseTopicQuery("budget"));
  expect(idsOf(index)).toEqual([]);
  index.add("a", parseTopicQuery("rises"));
  expect(idsOf(index)).toEqual(["a"]);
});

test("ids with the same query come and go by themselves", () => {
  const index = createTopicIndex();
  for (const id of ["a", "b", "c"]) index.add(id, parseTopicQuery("oil"));
  index.remove("b");
  index.remove("unknown");
  expect(idsOf(index)).toEqual(["a", "c"]);
});

test("queries that require nothing are always asked", () => {
  const index = createTopicIndex();
  for (const text of ["*", "-budget", "-oil", "budget OR -gas"]) index.add(text, parseTopicQuery(text));
  expect(idsOf(index)).toEqual(["*", "-budget", "budget OR -gas"]);
});
