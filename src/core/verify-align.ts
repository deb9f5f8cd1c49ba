import { type Sentence, overlap } from "./article-index.ts";
import type { Claim, Context } from "./claims.ts";
import { longestCommon } from "./evidence-near.ts";
import { functionWords } from "./lexicon.ts";
import { stem } from "./normalise.ts";

/** Words of claim and sentence that stand in one place: what the claim has there and what the sentence has. */
export interface Slot {
  sentence: Sentence;
  /** Token indexes, end exclusive. */
  claim: readonly [number, number];
  article: readonly [number, number];
}

/** How a claim runs along a sentence. */
export interface Alignment {
  sentence: Sentence;
  /** Pairs of token indexes [in the claim, in the sentence] that are the same word, in order. */
  pairs: readonly (readonly [number, number])[];
}

/** Share of a claim's words that a sentence must hold before the two are laid side by side. */
const SAME_STATEMENT = 0.5;
/** Words of a sentence beyond which it is not aligned: that costs its length squared. */
const LONGEST_ALIGNED = 400;
/** Longest stretch that stands in for another, in tokens. */
const LONGEST_SLOT = 4;
/** Words that say something, and stand on the two sides of a slot within this reach, to hold it in place. */
const REACH = 4;
const ANCHORS = 2;

const ALIGNED = new WeakMap<Context, Alignment[]>();

/** The cited sentences that say most of a claim, word by word. */
export function alignments(claim: Claim, context: Context): readonly Alignment[] {
  const known = ALIGNED.get(context);
  if (known !== undefined) return known;
  const made = context.cited
    .filter((sentence) => sentence.tokens.length <= LONGEST_ALIGNED && claim.tokens.length <= LONGEST_ALIGNED)
    .filter((sentence) => overlap(claim, sentence.stems) >= SAME_STATEMENT)
    .map((sentence) => ({ sentence, pairs: pairsOf(claim, sentence) }));
  ALIGNED.set(context, made);
  return made;
}

function pairsOf(claim: Claim, sentence: Sentence): [number, number][] {
  const stemmed = ({ tokens }: Claim | Sentence) =>
    tokens.map((token) => ({ ...token, key: stem(token.key, claim.language) }));
  return longestCommon(stemmed(claim), stemmed(sentence));
}

/** Where claim and sentence differ between words that they share. */
export function slotsOf(claim: Claim, context: Context): Slot[] {
  return alignments(claim, context).flatMap(({ sentence, pairs }) => {
    const found: Slot[] = [];
    const ends = [...pairs, [claim.tokens.length, sentence.tokens.length] as const];
    let [i, j] = [-1, -1];
    for (const [nextI, nextJ] of ends) {
      const slot: Slot = { sentence, claim: [i + 1, nextI], article: [j + 1, nextJ] };
      if (isNarrow(slot) && isAnchored(slot, claim, pairs)) found.push(slot);
      [i, j] = [nextI, nextJ];
    }
    return found;
  });
}

function isNarrow({ claim, article }: Slot): boolean {
  const [mine, theirs] = [claim[1] - claim[0], article[1] - article[0]];
  return mine > 0 && theirs > 0 && mine <= LONGEST_SLOT && theirs <= LONGEST_SLOT;
}

function isAnchored(slot: Slot, claim: Claim, pairs: Alignment["pairs"]): boolean {
  const ignored = functionWords(claim.language);
  const near = pairs.filter(
    ([i, j]) =>
      i >= slot.claim[0] - REACH &&
      i < slot.claim[1] + REACH &&
      j >= slot.article[0] - REACH &&
      j < slot.article[1] + REACH &&
      !ignored.has(claim.tokens[i]?.key ?? ""),
  );
  return near.length >= ANCHORS;
}
