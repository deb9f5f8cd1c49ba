import { readFileSync } from "node:fs";
import { z } from "zod";
import { matchTopic } from "#src/core/topic-match.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import { prepareSubject, type TopicSubject } from "#src/core/topic-subject.ts";

/** Usage: node eval/topics.ts PATH_TO_reut2.json... [--each] */

const Row = z.object({
  attrs: z.object({ newid: z.string() }),
  title: z.string().nullish(),
  dateline: z.string().nullish(),
  body: z.string().nullish(),
  topics: z.array(z.string()),
  places: z.array(z.string()),
});

/** What the editors' codes mean, as a person would name the topic; other codes are their own name. */
const NAMES: Readonly<Record<string, string>> = {
  acq: "mergers OR acquisitions",
  alum: "aluminium",
  bop: "balance of payments",
  carcass: "meat",
  cpi: "inflation",
  crude: "crude oil",
  dlr: "dollar",
  dmk: "deutschmark",
  earn: "earnings",
  gas: "gasoline",
  gnp: "GNP",
  interest: "interest rates",
  ipi: "industrial production",
  "iron-steel": "iron OR steel",
  jobs: "employment",
  lei: "leading indicators",
  "meal-feed": "animal feed",
  "money-fx": "money market OR foreign exchange",
  oilseed: "oilseeds",
  "pet-chem": "petrochemicals",
  reserves: "foreign reserves",
  ship: "shipping",
  soybean: "soybeans",
  stg: "sterling",
  uae: "United Arab Emirates",
  "veg-oil": "vegetable oil",
};

/** Codes of one kind that are asked for: the most frequent ones, so that no choice is made by hand. */
const CODES = 18;

interface Labelled {
  even: boolean;
  topics: ReadonlySet<string>;
  places: ReadonlySet<string>;
  subject: TopicSubject;
}

interface Score {
  precision: number;
  recall: number;
  f1: number;
}

/** Prints how topic queries, made of nothing but a topic's name, meet the codes that editors gave. */
function main(args: readonly string[]): void {
  const rows = args
    .filter((arg) => !arg.startsWith("--"))
    .flatMap((path) => z.array(Row).parse(JSON.parse(readFileSync(path, "utf8"))))
    .filter(({ body }) => body !== undefined && body !== null && body !== "");
  console.log(`${rows.length} articles; macro precision / recall / F1 over the ${CODES} most frequent codes`);
  const began = performance.now();
  const withDateline = rows.map((row) => toLabelled(row, true));
  const prepared = performance.now() - began;
  const without = rows.map((row) => toLabelled(row, false));
  console.log(`${(prepared / rows.length).toFixed(2)} ms to read an article\n`);
  console.log(
    ["", "all", "even numbers", "odd numbers"].map((cell) => cell.padEnd(cell === "" ? 44 : 20)).join(""),
  );
  for (const kind of ["topics", "places"] as const) {
    const codes = frequentCodes(rows.flatMap((row) => row[kind]));
    for (const exact of [false, true]) {
      for (const [how, docs] of [
        ["dateline in text", withDateline],
        ["no dateline", without],
      ] as const) {
        const name = `${kind}, ${exact ? "name in quotes" : "name as typed"}, ${how}`;
        const scores = codes.map((code) => ({ code, query: toQuery(code, exact) }));
        const parts = [docs, docs.filter(({ even }) => even), docs.filter(({ even }) => !even)];
        const cells = parts.map((part) =>
          show(mean(scores.map(({ code, query }) => score(part, { kind, code, query })))),
        );
        console.log(name.padEnd(44) + cells.map((cell) => cell.padEnd(20)).join(""));
        if (args.includes("--each") && !exact)
          for (const { code, query } of scores)
            console.log(`  ${code.padEnd(16)}${show(score(docs, { kind, code, query }))}`);
      }
    }
  }
}

function toLabelled(row: z.infer<typeof Row>, dateline: boolean): Labelled {
  const paragraphs = plain(row.body ?? "")
    .replace(/\s*\bReuter\s*$/i, "")
    .split(/\n {4}/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim());
  if (dateline) paragraphs[0] = `${plain(row.dateline ?? "")} ${paragraphs[0] ?? ""}`.trim();
  return {
    even: Number(row.attrs.newid) % 2 === 0,
    topics: new Set(row.topics),
    places: new Set(row.places),
    subject: prepareSubject({
      title: plain(row.title ?? ""),
      paragraphs: paragraphs.filter((paragraph) => paragraph !== ""),
      site: null,
      url: null,
      language: "en",
    }),
  };
}

function plain(text: string): string {
  return text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/&#\d+;/g, "");
}

function frequentCodes(all: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const code of all) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, CODES)
    .map(([code]) => code);
}

function toQuery(code: string, exact: boolean): ReturnType<typeof parseTopicQuery> {
  const name = NAMES[code] ?? code.replaceAll("-", " ");
  return parseTopicQuery(
    exact
      ? name
          .split(" OR ")
          .map((part) => `"${part}"`)
          .join(" OR ")
      : name,
  );
}

interface Asked {
  kind: "topics" | "places";
  code: string;
  query: ReturnType<typeof parseTopicQuery>;
}

function score(docs: readonly Labelled[], { kind, code, query }: Asked): Score {
  let [hits, right, wanted] = [0, 0, 0];
  for (const doc of docs) {
    const hit = matchTopic(query, doc.subject) !== null;
    const truth = doc[kind].has(code);
    if (hit) hits += 1;
    if (truth) wanted += 1;
    if (hit && truth) right += 1;
  }
  return {
    precision: hits === 0 ? 0 : right / hits,
    recall: wanted === 0 ? 0 : right / wanted,
    f1: hits + wanted === 0 ? 0 : (2 * right) / (hits + wanted),
  };
}

function mean(scores: readonly Score[]): Score {
  const average = (pick: (score: Score) => number) =>
    scores.reduce((total, score) => total + pick(score), 0) / scores.length;
  return {
    precision: average(({ precision }) => precision),
    recall: average(({ recall }) => recall),
    f1: average(({ f1 }) => f1),
  };
}

function show({ precision, recall, f1 }: Score): string {
  return [precision, recall, f1].map((value) => (100 * value).toFixed(1)).join(" / ");
}

main(process.argv.slice(2));
