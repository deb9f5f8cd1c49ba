import { COUNTRIES } from "#src/core/topic-countries.ts";
import { createTopicIndex } from "#src/core/topic-index.ts";
import { matchTopic } from "#src/core/topic-match.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import { prepareSubject, type TopicSubject } from "#src/core/topic-subject.ts";
import { generateArticle } from "./articles.ts";
import { percentile, type Table, toRatio } from "./figures.ts";

const QUERIES = 10_000;
const ARTICLES = 60;
/** The first ones pay for compiling the code and for the lists of the language. */
const WARM_UP = 10;

const THEMES =
  "climate,energy,oil,elections,inflation,tariffs,AI,cybersecurity,health,football,courts,migration,housing,railways,steel,wheat,strikes,taxes,banks,museum,bridge,library,market,traffic,school closures".split(
    ",",
  );

/** One article against many subscriptions: through the index, and by asking each query in turn. */
export async function measureTopics(): Promise<Table> {
  const queries = Array.from({ length: QUERIES }, (_, i) => ({
    id: `t${i}`,
    query: parseTopicQuery(toQuery(i)),
  }));
  const index = createTopicIndex();
  for (const { id, query } of queries) index.add(id, query);
  const subjects = Array.from({ length: WARM_UP + ARTICLES }, (_, i) => toSubject(i));
  const took = { indexed: [] as number[], each: [] as number[] };
  let [found, differences] = [0, 0];
  for (const [i, subject] of subjects.entries()) {
    const began = performance.now();
    const hits = index.match(subject);
    const middle = performance.now();
    const naive = queries.filter(({ query }) => matchTopic(query, subject) !== null);
    const ended = performance.now();
    if (hits.map(({ id }) => id).join() !== naive.map(({ id }) => id).join()) differences += 1;
    if (i < WARM_UP) continue;
    took.indexed.push(middle - began);
    took.each.push(ended - middle);
    found += hits.length;
  }
  const p50 = [percentile(took.each, 0.5), percentile(took.indexed, 0.5)] as const;
  const p99 = [percentile(took.each, 0.99), percentile(took.indexed, 0.99)] as const;
  return {
    title: `One article against ${QUERIES} topic queries (${ARTICLES} articles, ${(found / ARTICLES).toFixed(0)} matches each)`,
    head: ["", "p50 ms", "p99 ms"],
    rows: [
      ["each query in turn", p50[0].toFixed(2), p99[0].toFixed(2)],
      ["through the index", p50[1].toFixed(2), p99[1].toFixed(2)],
      ["ratio", toRatio(...p50), toRatio(...p99)],
    ],
    note:
      differences === 0 ? "Both ways found the same." : `The two ways differed on ${differences} articles.`,
  };
}

/** Queries as people write them; every number makes another one. */
function toQuery(i: number): string {
  const theme = pick(THEMES, i);
  const country = pick(COUNTRIES, Math.floor(i / THEMES.length)).names[0] ?? "";
  const serial = `ward${i}`;
  switch (i % 10) {
    case 0:
      return `"${country} ${theme}" OR ${serial}`;
    case 1:
      return `title:${country} (${theme} OR ${serial})`;
    case 2:
      return `${serial}* OR "${serial} council"`;
    case 3:
      return i % 1_000 === 3 ? `-${serial}` : `${country} ${theme} -${serial}`;
    default:
      return `${country} AND ${theme} AND (council OR ${serial} OR government)`;
  }
}

/** A local story that also names two countries and two themes. */
function toSubject(i: number): TopicSubject {
  const { headline, articleBody, url } = generateArticle(i);
  const [one, two] = [pick(COUNTRIES, i * 7), pick(COUNTRIES, i * 13 + 5)];
  const [first, second] = [pick(THEMES, i), pick(THEMES, i * 3 + 1)];
  const abroad = `In ${one.names[0]}, where ${first} is debated as well, the government looks at ${second} with ${two.demonyms[0] ?? ""} partners.`;
  const paragraphs = [
    ...articleBody.split("\n\n"),
    abroad,
    `A delegation from ${one.names[0]} asked about ${first}.`,
  ];
  return prepareSubject({ title: headline, paragraphs, site: "Courier", url, language: "en" });
}

function pick<T>(list: readonly T[], number: number): T {
  const item = list[number % list.length];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
}
