import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { performance } from "node:perf_hooks";
import { z } from "zod";
import { type ArticleIndex, indexArticle } from "#src/core/article-index.ts";
import { contradictionsIn } from "#src/core/contradictions.ts";
import { locateIn } from "#src/core/evidence.ts";
import { splitSentences } from "#src/core/sentences.ts";
import { type Checker, checkSentence } from "#src/core/verify-claim.ts";
import { corrupted } from "./corrupt.ts";

const Row = z.object({
  id: z.union([z.string(), z.number()]),
  doc: z.string(),
  sum: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
  edits: z.array(z.string()).nullish(),
});
type Row = z.infer<typeof Row>;

/** Prints how well the rules tell unsupported summaries, how well the locator finds quotes, and what both cost. */
function main(paths: readonly string[]): void {
  const verbose = paths.includes("--show");
  for (const path of paths.filter((each) => !each.startsWith("--"))) {
    const rows = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => Row.parse(JSON.parse(line)));
    console.log(`\n${basename(path)}: ${rows.length} summaries`);
    const checkers = new Map<string, Checker>();
    const started = performance.now();
    for (const { doc } of rows) if (!checkers.has(doc)) checkers.set(doc, checkerFor(doc));
    const indexing = (performance.now() - started) / checkers.size;
    judge(rows, checkers, verbose);
    console.log(`ms per article: index ${indexing.toFixed(1)}`);
    verbatim([...checkers.values()]);
    quotes([...checkers.values()]);
  }
}

function checkerFor(doc: string): Checker {
  const article = indexArticle({ title: "", paragraphs: doc.split(/\n\s*\n/), language: "en" });
  return { article, contradictions: contradictionsIn(article), language: "en", translated: false };
}

function judge(rows: readonly Row[], checkers: ReadonlyMap<string, Checker>, verbose: boolean): void {
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 };
  const byReason = new Map<string, [number, number]>();
  const byEdit = new Map<string, [number, number]>();
  const started = performance.now();
  for (const row of rows) {
    const checker = checkers.get(row.doc);
    if (checker === undefined) continue;
    const failures = splitSentences(row.sum, "en").flatMap(
      (run) => checkSentence(row.sum.slice(run.start, run.end), checker) ?? [],
    );
    const flagged = failures.length > 0;
    counts[flagged ? (row.label === 0 ? "tp" : "fp") : row.label === 0 ? "fn" : "tn"] += 1;
    for (const reason of new Set(failures.map((each) => each.reason))) {
      const known = byReason.get(reason) ?? [0, 0];
      known[row.label] += 1;
      byReason.set(reason, known);
    }
    for (const edit of row.edits ?? []) {
      const known = byEdit.get(edit) ?? [0, 0];
      known[flagged ? 1 : 0] += 1;
      byEdit.set(edit, known);
    }
    if (verbose && (row.label === 1) === flagged) {
      console.log(
        `${flagged ? "FALSE ALARM" : "MISSED"} [${(row.edits ?? []).join(",")}] ${failures.map((each) => `${each.reason}: ${each.detail}`).join("; ")}\n   ${row.sum.replace(/\n/g, " ")}`,
      );
    }
  }
  const { tp, fp, tn, fn } = counts;
  const percent = (part: number, whole: number) => (whole === 0 ? "-" : ((100 * part) / whole).toFixed(1));
  const balanced = 50 * (tp / Math.max(1, tp + fn) + tn / Math.max(1, tn + fp));
  console.log(
    `balanced accuracy ${balanced.toFixed(1)}, precision ${percent(tp, tp + fp)}, recall ${percent(tp, tp + fn)} (${tp} right, ${fp} false alarms, ${fn} missed)`,
  );
  console.log(`ms per summary: ${((performance.now() - started) / rows.length).toFixed(2)}`);
  for (const [reason, [bad, good]] of byReason)
    console.log(`  ${reason.padEnd(14)} ${bad} right, ${good} false`);
  for (const [edit, [missed, found]] of byEdit)
    console.log(`  ${edit.padEnd(24)} found ${percent(found, found + missed)} % of ${found + missed}`);
}

/** Every sentence of an article follows from it: what is flagged here is wrong. The second figure has the shortcut for verbatim text off. */
function verbatim(checkers: readonly Checker[]): void {
  let [all, flagged, torn] = [0, 0, 0];
  for (const checker of checkers) {
    for (const { text } of checker.article.sentences) {
      all += 1;
      const failure = checkSentence(text, checker);
      if (failure !== null && failure.reason !== "instruction") flagged += 1;
      const tail = checkSentence(`${text.replace(/[.!?]+(["'”’]*)$/, "$1")} indeed it`, checker);
      if (tail !== null && tail.reason !== "instruction" && tail.reason !== "contradiction") torn += 1;
    }
  }
  console.log(
    `verbatim sentences: ${flagged} of ${all} flagged; ${torn} flagged by the rules when two words are added`,
  );
}

function quotes(checkers: readonly Checker[]): void {
  const table = new Map<string, { n: number; matched: number; right: number }>();
  for (const [i, checker] of checkers.entries()) {
    const other = checkers[(i + 1) % checkers.length];
    for (const { text, range } of checker.article.sentences) {
      if (text.split(/\s+/).length < 6) continue;
      for (const [kind, quote] of corrupted(text)) tally(table, kind, checker.article, quote, range);
      const foreign =
        other?.article.sentences[range.start % Math.max(1, other.article.sentences.length)]?.text ?? "";
      if (foreign.split(/\s+/).length >= 6 && !checker.article.text.includes(foreign))
        tally(table, "other article", checker.article, foreign, range);
    }
  }
  for (const [kind, { n, matched, right }] of table) {
    console.log(
      `  quote ${kind.padEnd(16)} n ${String(n).padStart(5)}  matched ${((100 * matched) / n).toFixed(1)} %  right place ${((100 * right) / n).toFixed(1)} %`,
    );
  }
}

function tally(
  table: Map<string, { n: number; matched: number; right: number }>,
  kind: string,
  article: ArticleIndex,
  ...[quote, range]: [string, { start: number; end: number }]
): void {
  const row = table.get(kind) ?? { n: 0, matched: 0, right: 0 };
  table.set(kind, row);
  row.n += 1;
  const found = locateIn(article.found, quote);
  if (found === null) return;
  row.matched += 1;
  if (found.every((run) => run.start < range.end && run.end > range.start)) row.right += 1;
}

main(process.argv.slice(2));
