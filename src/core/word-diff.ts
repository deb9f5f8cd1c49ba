import { diffWords } from "diff";

/** A run of words that both texts have, or that went out or came in. */
export interface Piece {
  kind: "same" | "out" | "in";
  text: string;
}

/** How one line of a list became another. */
export type LineChange =
  | { kind: "same"; text: string }
  | { kind: "changed"; pieces: Piece[] }
  | { kind: "out"; text: string }
  | { kind: "in"; text: string };

/** Two lines that have this much in common are one line, written otherwise. */
const SAME_LINE = 0.5;

/** How a text became another, word by word; `language` says where words end. */
export function wordDiff(before: string, after: string, language: string): Piece[] {
  const intlSegmenter = new Intl.Segmenter(language, { granularity: "word" });
  return diffWords(before, after, { intlSegmenter }).map(({ added, removed, value }) => ({
    kind: removed ? "out" : added ? "in" : "same",
    text: value,
  }));
}

/** How a list of lines became another, in the order of the new one; what went out comes last. Their order alone is no change. */
export function lineDiff(
  before: readonly string[],
  after: readonly string[],
  language: string,
): LineChange[] {
  const partners = partnersOf(
    before.filter((line) => !after.includes(line)),
    after.filter((line) => !before.includes(line)),
    language,
  );
  const partnered = new Set([...partners.values()].map(({ from }) => from));
  return [
    ...after.map((line): LineChange => {
      if (before.includes(line)) return { kind: "same", text: line };
      const partner = partners.get(line);
      return partner === undefined ? { kind: "in", text: line } : { kind: "changed", pieces: partner.pieces };
    }),
    ...before
      .filter((line) => !after.includes(line) && !partnered.has(line))
      .map((line): LineChange => ({ kind: "out", text: line })),
  ];
}

interface Partner {
  from: string;
  pieces: Piece[];
}

/** By new line the old one that it was, the likest first; each is one line's. */
function partnersOf(
  gone: readonly string[],
  fresh: readonly string[],
  language: string,
): ReadonlyMap<string, Partner> {
  const pairs = gone
    .flatMap((from) =>
      fresh.map((to) => {
        const pieces = wordDiff(from, to, language);
        return { from, to, pieces, like: sharedPart(pieces) };
      }),
    )
    .filter(({ like }) => like >= SAME_LINE)
    .sort((a, b) => b.like - a.like);
  const partners = new Map<string, Partner>();
  const taken = new Set<string>();
  for (const { from, to, pieces } of pairs) {
    if (taken.has(from) || partners.has(to)) continue;
    taken.add(from);
    partners.set(to, { from, pieces });
  }
  return partners;
}

function sharedPart(pieces: readonly Piece[]): number {
  const length = (kinds: readonly Piece["kind"][]): number =>
    pieces.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { text }) => sum + text.length, 0);
  const longer = Math.max(length(["same", "out"]), length(["same", "in"]));
  return longer === 0 ? 1 : length(["same"]) / longer;
}
