import { tokenize } from "#src/core/normalise.ts";

/** F1 of shared words, shared pairs of words and the longest common subsequence, in percent. */
export interface Rouge {
  one: number;
  two: number;
  longest: number;
}

/** ROUGE over Lede's crude English stems, so figures compare with each other rather than with published ones to the decimal. */
export function rouge(summary: string, reference: string): Rouge {
  const [left, right] = [words(summary), words(reference)];
  return {
    one: grams(left, right, 1),
    two: grams(left, right, 2),
    longest: f1(common(left, right), left.length, right.length),
  };
}

export function mean(scores: readonly Rouge[]): Rouge {
  const average = (pick: (score: Rouge) => number) =>
    scores.reduce((total, score) => total + pick(score), 0) / scores.length;
  return {
    one: average((score) => score.one),
    two: average((score) => score.two),
    longest: average((score) => score.longest),
  };
}

function words(text: string): string[] {
  return tokenize(text).map(({ key }) =>
    key.replace(/(?:ies|es|s|ed|ing)$/, (ending) => (key.length - ending.length < 3 ? ending : "")),
  );
}

function grams(left: readonly string[], right: readonly string[], size: number): number {
  const [mine, theirs] = [counts(left, size), counts(right, size)];
  let shared = 0;
  for (const [gram, count] of mine) shared += Math.min(count, theirs.get(gram) ?? 0);
  return f1(shared, left.length - size + 1, right.length - size + 1);
}

function counts(list: readonly string[], size: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i + size <= list.length; i++) {
    const gram = list.slice(i, i + size).join(" ");
    found.set(gram, (found.get(gram) ?? 0) + 1);
  }
  return found;
}

function common(left: readonly string[], right: readonly string[]): number {
  let row = Array.from({ length: right.length + 1 }, () => 0);
  for (const word of left) {
    const next = [0];
    for (const [j, other] of right.entries()) {
      next.push(word === other ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function f1(shared: number, mine: number, theirs: number): number {
  return mine <= 0 || theirs <= 0 || shared === 0 ? 0 : (200 * shared) / (mine + theirs);
}
