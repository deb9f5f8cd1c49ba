import type { TextIndex } from "./evidence.ts";
import type { Token } from "./normalise.ts";
import { isNumberKey } from "./number-words.ts";

/** Share of the quote's words that must be found, and of the run's words that must be the quote's. */
const MIN_COVERAGE = 0.9;
const MIN_DENSITY = 0.85;
const MIN_TOKENS = 6;
/** A longer quote is searched for word by word only: alignment costs its length squared. */
const MAX_TOKENS = 400;
/** How far a word may have moved against its neighbours: one word dropped or added. */
const SLACK = 3;
/** A word more frequent than this says nothing about where a quote stands. */
const MAX_PLACES = 40;
const MAX_CANDIDATES = 4;

interface Run {
  from: number;
  to: number;
}

/** The run that says the quote but for one word in ten, with the same numbers in the same order; else null. */
export function nearRun(index: TextIndex, quote: readonly Token[], from: number): Run | null {
  if (quote.length < MIN_TOKENS || quote.length > MAX_TOKENS) return null;
  for (const start of candidates(index, quote, from)) {
    const run = align(index, quote, Math.max(from, start));
    if (run !== null) return run;
  }
  return null;
}

/** Starting tokens ordered by how many of the quote's words stand at that distance. */
function candidates(index: TextIndex, quote: readonly Token[], from: number): number[] {
  const votes = new Map<number, number>();
  for (const [i, token] of quote.entries()) {
    const places = index.places.get(token.key);
    if (places === undefined || places.length > MAX_PLACES) continue;
    for (const place of places) {
      if (place < from) continue;
      const bin = Math.floor((place - i) / SLACK);
      votes.set(bin, (votes.get(bin) ?? 0) + 1);
    }
  }
  const best = [...votes].filter(([, count]) => count > 1).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return best.slice(0, MAX_CANDIDATES).map(([bin]) => bin * SLACK - SLACK);
}

function align(index: TextIndex, quote: readonly Token[], start: number): Run | null {
  const window = index.tokens.slice(start, start + quote.length + 3 * SLACK);
  const pairs = longestCommon(quote, window);
  const first = pairs[0];
  const last = pairs.at(-1);
  if (first === undefined || last === undefined) return null;
  const run = { from: start + first[1], to: start + last[1] };
  const span = index.tokens.slice(run.from, run.to + 1);
  if (pairs.length / quote.length < MIN_COVERAGE || pairs.length / span.length < MIN_DENSITY) return null;
  return numbersOf(quote) === numbersOf(span) ? run : null;
}

/** Pairs [index in left, index in right] of a longest common subsequence. */
export function longestCommon(left: readonly Token[], right: readonly Token[]): [number, number][] {
  const width = right.length + 1;
  const table = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const same = left[i]?.key === right[j]?.key;
      const skip = Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
      table[i * width + j] = same ? (table[(i + 1) * width + j + 1] ?? 0) + 1 : skip;
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i]?.key === right[j]?.key) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if ((table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}

function numbersOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => token.key)
    .filter(isNumberKey)
    .join(" ");
}
