import { type ArticleIndex, indexArticle, passage, type Passage } from "./article-index.ts";
import { isInstruction } from "./instructions.ts";

/** What a claim may rest on: an article, and facts with the passages cited for them. */
export interface Ground {
  title: string;
  paragraphs: readonly string[];
  /** Language of the article, BCP-47. */
  language: string;
  /** Language of the claim and of the facts. */
  written: string;
  facts: readonly { text: string; quotes: readonly string[] }[];
}

/** As many pieces of a text bear out a claim: headlines and summaries run two or three together. */
const MOST = 3;
/** Share of a claim's words below which the pieces found are about something else, or in another language. */
const ENOUGH = 0.5;
/** Longest passage, in UTF-16 units. */
const MAX_PASSAGE = 1_000;

interface Piece {
  stems: ReadonlySet<string>;
  quotes: readonly string[];
}

/**
 * The passages that a claim without a citation best rests on, each adding words that the ones before it lack. A
 * translated claim shares no words with its article, but some with the facts, whose passages are known; where all that is
 * too little the passages of all facts are added.
 */
export function passagesFor(claim: string, ground: Ground): string[] {
  const { written, facts } = ground;
  const { stems } = passage(claim, written);
  const open = new Set(stems);
  const pieces = piecesOf(ground);
  const found: string[] = [];
  for (let count = 0; count < MOST && open.size > 0; count += 1) {
    const best = mostNew(pieces, open);
    if (best === null) break;
    found.push(...best.quotes);
    for (const stem of best.stems) open.delete(stem);
  }
  if (open.size > stems.size * ENOUGH) found.push(...facts.flatMap(({ quotes }) => quotes));
  return [...new Set(found.map((text) => text.slice(0, MAX_PASSAGE)))];
}

function piecesOf({ title, paragraphs, language, written, facts }: Ground): Piece[] {
  const index: ArticleIndex = indexArticle({ title, paragraphs, language });
  const own: Passage[] = [...index.sentences, index.title].filter(
    ({ text }) => text !== "" && !isInstruction(text),
  );
  return [
    ...own.map(({ stems, text }) => ({ stems, quotes: [text] })),
    ...facts.map(({ text, quotes }) => ({ stems: passage(text, written).stems, quotes })),
  ];
}

function mostNew(pieces: readonly Piece[], open: ReadonlySet<string>): Piece | null {
  let best: Piece | null = null;
  let most = 0;
  for (const piece of pieces) {
    let count = 0;
    for (const stem of open) if (piece.stems.has(stem)) count += 1;
    if (count > most) [best, most] = [piece, count];
  }
  return best;
}
