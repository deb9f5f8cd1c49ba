import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { performance } from "node:perf_hooks";
import { z } from "zod";
import { indexArticle } from "#src/core/article-index.ts";
import type { BriefDraft } from "#src/core/brief.ts";
import type { Failure } from "#src/core/claims.ts";
import { contradictionsIn } from "#src/core/contradictions.ts";
import { extractiveDraft } from "#src/core/draft.ts";
import { splitSentences } from "#src/core/sentences.ts";
import { type Checker, checkSentence } from "#src/core/verify-claim.ts";
import { verifyDraft } from "#src/core/verify.ts";
import { printQuotes } from "./quotes.ts";

const Labelled = z.object({
  id: z.union([z.string(), z.number()]),
  doc: z.string(),
  sum: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
  edits: z.array(z.string()).nullish(),
  title: z.string().default(""),
  /** BCP-47. */
  language: z.string().default("en"),
});
/** Summaries by people: each is taken to be supported. */
const Referenced = z.object({
  id: z.union([z.string(), z.number()]),
  doc: z.string(),
  refs: z.array(z.string()).min(1),
});
type Row = z.infer<typeof Labelled>;

interface Judged {
  row: Row;
  failures: Failure[];
}

/**
 * Prints how well the rules tell unsupported summaries, over all and over two halves of the articles, by rule and by kind
 * of edit; false alarms on the articles' own sentences; how well the locator finds quotes; and what it costs.
 */
function main(args: readonly string[]): void {
  const paths = args.filter((each) => !each.startsWith("--"));
  const only = args.find((each) => each.startsWith("--half="))?.slice("--half=".length);
  for (const path of paths) {
    const rows = readRows(path).filter(({ doc }) => only === undefined || halfOf(doc) === only);
    console.log(`\n${basename(path)}: ${rows.length} summaries`);
    const checkers = new Map<string, Checker>();
    const started = performance.now();
    for (const row of rows) if (!checkers.has(row.doc)) checkers.set(row.doc, checkerFor(row));
    const indexed = performance.now();
    const judged = rows.map((row) => judge(row, checkers.get(row.doc) ?? checkerFor(row)));
    const done = performance.now();
    console.log(figures("all", judged));
    for (const half of ["a", "b"])
      console.log(
        figures(
          `half ${half}`,
          judged.filter(({ row }) => halfOf(row.doc) === half),
        ),
      );
    printRules(judged);
    printEdits(judged);
    if (args.includes("--show")) printWrong(judged);
    printVerbatim([...checkers.values()]);
    const articles = [...new Map(rows.map((row) => [row.doc, row])).values()];
    printCost(articles, {
      index: (indexed - started) / checkers.size,
      summary: (done - indexed) / rows.length,
    });
    printBriefCost(articles);
    if (!args.includes("--no-quotes")) printQuotes([...checkers.values()].map(({ article }) => article));
  }
}

function readRows(path: string): Row[] {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.flatMap((line): Row[] => {
    const raw: unknown = JSON.parse(line);
    const labelled = Labelled.safeParse(raw);
    if (labelled.success) return [labelled.data];
    const { id, doc, refs } = Referenced.parse(raw);
    return refs.map((sum) => ({ id, doc, sum, label: 1, title: "", language: "en" }));
  });
}

/** One of two halves by the article's own characters, so that rules can be made on one and tried on the other. */
function halfOf(doc: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < doc.length; i++) hash = Math.imul(hash ^ doc.charCodeAt(i), 0x01000193) >>> 0;
  return ((hash >>> 4) & 1) === 0 ? "a" : "b";
}

function checkerFor({ doc, title, language }: Row): Checker {
  const article = indexArticle({ title, paragraphs: paragraphsOf(doc), language });
  return { article, contradictions: contradictionsIn(article), language, translated: false };
}

function paragraphsOf(doc: string): string[] {
  return doc.split(/\n\s*\n/);
}

function judge(row: Row, checker: Checker): Judged {
  const failures = splitSentences(row.sum, row.language).flatMap(
    (run) => checkSentence(row.sum.slice(run.start, run.end), checker) ?? [],
  );
  return { row, failures };
}

function figures(name: string, judged: readonly Judged[]): string {
  const count = (label: 0 | 1, flagged: boolean) =>
    judged.filter((each) => each.row.label === label && each.failures.length > 0 === flagged).length;
  const [tp, fn, fp, tn] = [count(0, true), count(0, false), count(1, true), count(1, false)];
  const balanced = 50 * (tp / Math.max(1, tp + fn) + tn / Math.max(1, tn + fp));
  return `${name.padEnd(6)} balanced accuracy ${balanced.toFixed(1)}, precision ${percent(tp, tp + fp)}, recall ${percent(tp, tp + fn)} (${tp} right, ${fp} false alarms of ${fp + tn}, ${fn} missed)`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : ((100 * part) / whole).toFixed(1);
}

/** A rule is right on a summary that is not supported, whatever made it so. */
function printRules(judged: readonly Judged[]): void {
  const byRule = new Map<string, [number, number]>();
  for (const { row, failures } of judged) {
    for (const name of new Set(failures.map(({ reason, rule }) => rule ?? reason))) {
      const known = byRule.get(name) ?? [0, 0];
      known[row.label] += 1;
      byRule.set(name, known);
    }
  }
  for (const [name, [right, wrong]] of [...byRule].sort((a, b) => b[1][0] - a[1][0]))
    console.log(
      `  rule ${name.padEnd(20)} fired ${String(right + wrong).padStart(4)}, ${right} right, ${wrong} wrong, precision ${percent(right, right + wrong)}`,
    );
}

function printEdits(judged: readonly Judged[]): void {
  const byEdit = new Map<string, [number, number]>();
  for (const { row, failures } of judged) {
    for (const edit of row.label === 0 ? (row.edits ?? []) : []) {
      const known = byEdit.get(edit) ?? [0, 0];
      known[failures.length > 0 ? 1 : 0] += 1;
      byEdit.set(edit, known);
    }
  }
  for (const [edit, [missed, found]] of byEdit)
    console.log(`  edit ${edit.padEnd(28)} found ${percent(found, found + missed)} % of ${found + missed}`);
}

function printWrong(judged: readonly Judged[]): void {
  for (const { row, failures } of judged) {
    const flagged = failures.length > 0;
    if (flagged === (row.label === 0)) continue;
    const why = failures.map(({ reason, rule, detail }) => `${rule ?? reason}: ${detail}`).join("; ");
    console.log(
      `${flagged ? "FALSE ALARM" : "MISSED"} [${(row.edits ?? []).join(",")}] ${why}\n   ${row.sum.replace(/\n/g, " ")}`,
    );
  }
}

/** Every sentence of an article follows from it: what is flagged here is wrong. The second figure has the shortcut for verbatim text off. */
function printVerbatim(checkers: readonly Checker[]): void {
  let [all, flagged, torn] = [0, 0, 0];
  for (const checker of checkers) {
    for (const { text } of checker.article.sentences) {
      all += 1;
      const failure = checkSentence(text, checker);
      if (failure !== null && failure.reason !== "instruction") flagged += 1;
      const tail = checkSentence(`${text.replace(/[.!?]+(["'”’]*)$/, "$1")} indeed it`, checker);
      if (tail !== null && tail.reason !== "instruction" && tail.rule !== "self-contradiction") torn += 1;
    }
  }
  console.log(
    `verbatim sentences: ${flagged} of ${all} flagged; ${torn} flagged by the rules when two words are added`,
  );
}

/** Articles that are briefed before the clock runs: the first ones pay for the compiler. */
const WARM_UP = 10;

function printCost(rows: readonly Row[], measured: { index: number; summary: number }): void {
  const spent = { draft: 0, verification: 0 };
  for (const [i, { doc, title, language }] of [...rows.slice(0, WARM_UP), ...rows].entries()) {
    const article = { title, paragraphs: paragraphsOf(doc), language, length: "standard" as const };
    const start = performance.now();
    const draft = extractiveDraft(article);
    const middle = performance.now();
    verifyDraft({ ...article, draft });
    if (i < WARM_UP) continue;
    spent.draft += middle - start;
    spent.verification += performance.now() - middle;
  }
  const each = (ms: number) => (ms / rows.length).toFixed(1);
  console.log(
    `ms: index ${measured.index.toFixed(1)} an article, check ${measured.summary.toFixed(2)} a summary, extractive draft ${each(spent.draft)}, its verification ${each(spent.verification)} an article`,
  );
}

/** All that a model's brief costs: screening and index of the article too, which no cache holds. */
function printBriefCost(rows: readonly Row[]): void {
  let cpu = 0;
  for (const [i, { doc, sum, title, language }] of [...rows.slice(0, WARM_UP), ...rows].entries()) {
    const paragraphs = paragraphsOf(doc);
    const draft = draftOf(
      sum,
      splitSentences(doc, language).map(({ start, end }) => doc.slice(start, end)),
    );
    const before = process.cpuUsage();
    verifyDraft({ draft, title, paragraphs, language, length: "standard" });
    const { user, system } = process.cpuUsage(before);
    if (i >= WARM_UP) cpu += (user + system) / 1_000;
  }
  const words = rows.reduce((all, { doc }) => all + doc.split(/\s+/).length, 0) / rows.length;
  console.log(
    `ms of CPU: verification of a whole brief ${(cpu / rows.length).toFixed(1)}, of articles of ${words.toFixed(0)} words`,
  );
}

/** A summary as a model would hand it in, with facts that each leave out a word of the sentence they quote. */
function draftOf(summary: string, sentences: readonly string[]): BriefDraft {
  const facts = sentences
    .slice(0, 5)
    .map((quote) => ({ quote, text: quote.split(" ").toSpliced(3, 1).join(" ") }));
  return { headline: summary.split(". ")[0] ?? summary, summary, facts, caveats: [], topics: [] };
}

main(process.argv.slice(2));
