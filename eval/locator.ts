import { indexText, locateIn } from "#src/core/evidence.ts";
import type { Case } from "./cases.ts";
import { sentencesOf } from "./cases.ts";
import { corrupted } from "./corrupt.ts";
import { percent, type Table } from "./report.ts";

interface Tally {
  sought: number;
  found: number;
  right: number;
}

/** Kinds that must not be found: what they say is not in the article. */
const FOREIGN = "sentence of another article (must not)";
const MUST_NOT: ReadonlyMap<string, string> = new Map([["digit altered", "digit altered (must not)"]]);
/** Shorter sentences could stand in any article. */
const LEAST_WORDS = 6;
const LEAST_CHARS = 12;

/** How many quotes of each kind are found in their articles, and how many where they come from. */
export function locatorTable(cases: readonly Case[]): Table {
  const tallies = new Map<string, Tally>();
  for (const [i, article] of cases.entries()) {
    const text = article.paragraphs.join("\n\n");
    const index = indexText(text);
    const other = cases.at((i + 1) % cases.length);
    for (const sentence of sentencesOf(article).filter(isLong)) {
      const at = text.indexOf(sentence);
      for (const [kind, quote] of corrupted(sentence)) {
        const runs = locateIn(index, quote);
        const right = runs?.every((run) => run.start < at + sentence.length && run.end > at) ?? false;
        count(tallies, MUST_NOT.get(kind) ?? kind, { found: runs !== null, right });
      }
    }
    const foreign = other === undefined || other === article ? [] : sentencesOf(other).filter(isLong);
    for (const sentence of foreign)
      count(tallies, FOREIGN, { found: locateIn(index, sentence) !== null, right: false });
  }
  return {
    title: `Quotes sought in their articles (${cases.length} bundled articles)`,
    head: ["", "sought", "found %", "right place %"],
    rows: [...tallies].map(([kind, { sought, found, right }]) => [
      kind,
      String(sought),
      percent(found, sought),
      percent(right, sought),
    ]),
    note: "In “must not” rows a quote that is found is a mistake. Words are dropped and replaced only where words stand apart.",
  };
}

function isLong(sentence: string): boolean {
  return (
    sentence.split(/\s+/).length >= LEAST_WORDS || (!sentence.includes(" ") && sentence.length >= LEAST_CHARS)
  );
}

function count(
  tallies: Map<string, Tally>,
  kind: string,
  { found, right }: { found: boolean; right: boolean },
): void {
  const tally = tallies.get(kind) ?? { sought: 0, found: 0, right: 0 };
  tally.sought += 1;
  if (found) tally.found += 1;
  if (right) tally.right += 1;
  tallies.set(kind, tally);
}
