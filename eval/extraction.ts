import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import type { ExtractedArticle } from "#src/core/article.ts";
import { decodeText } from "#src/adapters/web/charset.ts";
import { extractArticle } from "#src/adapters/web/extract.ts";

/** Usage: node eval/extraction.ts PATH_TO_pages.jsonl [--each] */

const Row = z.object({
  id: z.string(),
  file: z.string(),
  url: z.string(),
  truth: z.object({
    text: z.string(),
    title: z.string().nullable().default(null),
    authors: z.array(z.string()).default([]),
    date: z.string().nullable().default(null),
  }),
});
type Row = z.infer<typeof Row>;

/** Lines that belong to a page and not to its article; written for scoring, apart from the extractor's own rules. */
const FURNITURE =
  /^(?:read (?:more|also|next)|also read|see also|more (?:on|from|stories)|most (?:read|popular|viewed)|trending|related|recommended|advert|share|follow us|sign up|subscribe|newsletter|comments?\b|all rights reserved|copyright|©|lesen sie|mehr zum|auch interessant|meistgelesen|anzeige|teilen|kommentare|lire aussi|à lire|les plus lus|publicité|partager|lea también|te puede interesar|lo más leído|publicidad|compartir|leggi anche|i più letti|pubblicità|leia (?:mais|também)|mais lidas|publicidade|lees ook|meest gelezen|advertentie|les også|mest lest|annonse|läs (?:också|mer)|mest läst|annons|læs også|mest læste|annonce|czytaj|zobacz też|najczęściej|reklama|přečtěte|nejčtenější|читайте|по теме|реклама|baca juga|関連記事|おすすめ|広告|相关|推荐阅读|相關|관련기사|광고|오늘의)/iu;

interface Score {
  f1: number;
  precision: number;
  recall: number;
  foreign: string[];
  missing: number;
  furniture: boolean;
  title: boolean | null;
  author: boolean | null;
  date: boolean | null;
}

const path = process.argv[2];
if (path === undefined) throw new Error("Give the path of pages.jsonl");
const rows = readFileSync(path, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => Row.parse(JSON.parse(line)));
const pages = rows.map((row) => ({ row, body: gunzipSync(readFileSync(join(dirname(path), row.file))) }));

const scores: Score[] = [];
const failures: string[] = [];
let cpu = 0;
for (const { row, body } of pages) {
  const before = process.cpuUsage();
  let article: ExtractedArticle | null = null;
  try {
    article = extractArticle({ html: decodeText(body, null).text, url: row.url });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    failures.push(`${row.id} ${error.code} ${JSON.stringify(error.details)}`);
  }
  const spent = process.cpuUsage(before);
  cpu += (spent.user + spent.system) / 1e6;
  const result = score(row, article);
  scores.push(result);
  if (process.argv.includes("--each")) printRow(row, article, result);
}
printTable();

function score(row: Row, article: ExtractedArticle | null): Score {
  const paragraphs = article?.paragraphs ?? [];
  const truth = shingles(row.truth.text);
  const found = shingles(paragraphs.join("\n"));
  const shared = overlap(found, truth);
  const precision = shared / Math.max(1, size(found));
  const recall = shared / Math.max(1, size(truth));
  const truthLetters = letters(row.truth.text);
  const foreign = paragraphs.filter((paragraph) => !truthLetters.includes(letters(paragraph)));
  const missing = row.truth.text
    .split("\n")
    .filter((line) => line.trim() !== "" && !letters(paragraphs.join("")).includes(letters(line))).length;
  return {
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    precision,
    recall,
    foreign,
    missing,
    furniture: foreign.some((line) => FURNITURE.test(line)),
    title: row.truth.title === null ? null : letters(article?.title ?? "") === letters(row.truth.title),
    author:
      row.truth.authors.length === 0
        ? null
        : row.truth.authors.every((name) => letters(article?.byline ?? "").includes(letters(name))),
    date: row.truth.date === null ? null : sameDay(article?.publishedAt ?? null, row.truth.date),
  };
}

/** Same calendar day in UTC or in the zone the truth was written in. */
function sameDay(found: Date | null, truth: string): boolean {
  if (found === null) return false;
  const zone = /([+-]\d{2}):?(\d{2})$/.exec(truth);
  const shift = zone ? (Number(zone[1]) * 60 + Math.sign(Number(zone[1])) * Number(zone[2])) * 60_000 : 0;
  const local = new Date(found.getTime() + shift).toISOString().slice(0, 10);
  return local === truth.slice(0, 10) || found.toISOString().slice(0, 10) === truth.slice(0, 10);
}

/** 4-word shingles with counts; a character of a script without spaces counts as a word. */
function shingles(text: string): Map<string, number> {
  const words =
    text
      .normalize("NFC")
      .replace(/\u00AD|\u200B/g, "")
      .match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const counts = new Map<string, number>();
  if (words.length === 0) return counts;
  const length = Math.min(4, words.length);
  for (let at = 0; at + length <= words.length; at += 1) {
    const key = words.slice(at, at + length).join(" ");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function overlap(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let shared = 0;
  for (const [key, count] of left) shared += Math.min(count, right.get(key) ?? 0);
  return shared;
}

function size(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function rate(values: readonly (boolean | null)[]): string {
  const known = values.filter((value) => value !== null);
  return `${mean(known.map(Number)).toFixed(3)} of ${known.length}`;
}

function printRow(row: Row, article: ExtractedArticle | null, result: Score): void {
  const marks = [
    result.title === false && "title",
    result.author === false && "author",
    result.date === false && "date",
  ]
    .filter(Boolean)
    .join(" ");
  console.log(
    `\n${result.f1.toFixed(3)} p${result.precision.toFixed(2)} r${result.recall.toFixed(2)} ${row.id} ${row.url.slice(0, 90)} ${marks}`,
  );
  if (result.title === false) console.log(`  T ${row.truth.title}\n  t ${article?.title}`);
  if (result.author === false) console.log(`  A ${row.truth.authors.join(" + ")}\n  a ${article?.byline}`);
  if (result.date === false) console.log(`  D ${row.truth.date}\n  d ${article?.publishedAt?.toISOString()}`);
  for (const line of result.foreign.slice(0, 12)) console.log(`  + ${line.slice(0, 140)}`);
  const found = letters(article?.paragraphs.join("") ?? "");
  const lost = row.truth.text
    .split("\n")
    .filter((line) => line.trim() !== "" && !found.includes(letters(line)));
  for (const line of lost.slice(0, 8)) console.log(`  - ${line.slice(0, 140)}`);
}

function printTable(): void {
  console.log(`\npages                  ${scores.length}`);
  console.log(
    `F1 of 4-word shingles  ${mean(scores.map((score) => score.f1)).toFixed(4)} (precision ${mean(scores.map((score) => score.precision)).toFixed(3)}, recall ${mean(scores.map((score) => score.recall)).toFixed(3)})`,
  );
  console.log(`exactly right pages    ${mean(scores.map((score) => Number(score.f1 === 1))).toFixed(3)}`);
  console.log(
    `pages with furniture   ${(100 * mean(scores.map((score) => Number(score.furniture)))).toFixed(1)} %`,
  );
  console.log(
    `pages with a line that is not the article's  ${(100 * mean(scores.map((score) => Number(score.foreign.length > 0)))).toFixed(1)} %`,
  );
  console.log(
    `title ${rate(scores.map((score) => score.title))} · authors ${rate(scores.map((score) => score.author))} · day ${rate(scores.map((score) => score.date))}`,
  );
  console.log(`pages per CPU second   ${(scores.length / cpu).toFixed(0)}`);
  if (failures.length > 0) console.log(`refused                ${failures.join(", ")}`);
}
