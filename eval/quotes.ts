import type { ArticleIndex } from "#src/core/article-index.ts";
import { locateIn } from "#src/core/evidence.ts";
import { corrupted } from "./corrupt.ts";

interface Tally {
  n: number;
  matched: number;
  right: number;
}

/** Prints how many quotes of each kind the locator finds, and how many at their own place. */
export function printQuotes(articles: readonly ArticleIndex[]): void {
  const table = new Map<string, Tally>();
  for (const [i, article] of articles.entries()) {
    const other = articles[(i + 1) % articles.length];
    for (const { text, range } of article.sentences) {
      if (text.split(/\s+/).length < 6) continue;
      for (const [kind, quote] of corrupted(text)) tally(rowOf(table, kind), { article, quote, range });
      const foreign = other?.sentences[range.start % Math.max(1, other.sentences.length)]?.text ?? "";
      if (foreign.split(/\s+/).length >= 6 && !article.text.includes(foreign))
        tally(rowOf(table, "other article"), { article, quote: foreign, range });
    }
  }
  for (const [kind, { n, matched, right }] of table) {
    console.log(
      `  quote ${kind.padEnd(16)} n ${String(n).padStart(5)}  matched ${((100 * matched) / n).toFixed(1)} %  right place ${((100 * right) / n).toFixed(1)} %`,
    );
  }
}

function rowOf(table: Map<string, Tally>, kind: string): Tally {
  const row = table.get(kind) ?? { n: 0, matched: 0, right: 0 };
  table.set(kind, row);
  return row;
}

interface Sought {
  article: ArticleIndex;
  quote: string;
  /** Where the quote comes from. */
  range: { start: number; end: number };
}

function tally(row: Tally, { article, quote, range }: Sought): void {
  row.n += 1;
  const found = locateIn(article.found, quote);
  if (found === null) return;
  row.matched += 1;
  if (found.every((run) => run.start < range.end && run.end > range.start)) row.right += 1;
}
