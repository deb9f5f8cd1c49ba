import { type Passage, type Sentence, overlap } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { type Side, isOneSide, isOtherSide, sidesOf, sidesWithin } from "./degrees.ts";
import { functionWords } from "./lexicon.ts";
import { isUnspaced } from "./normalise.ts";
import { isNegated } from "./opposites.ts";
import { type Alignment, alignments } from "./verify-align.ts";

/** Tokens, by index, end exclusive. */
type Stretch = readonly [from: number, to: number];

/** Share of a claim that its sentence must hold in order, and words that must be among them. */
const COPIED = 0.5;
const LEAST = 3;
const LEAST_UNSPACED = 5;
/** Longest stretch of the claim that stands in another's place, and of the sentence. */
const LONGEST = 3;
const LONGEST_THEIRS = 5;
/** Words within which the two must share some on either side of the place. */
const REACH = 5;
const SHARED = 3;
const TELLING = 1;
/** How much less of the claim another sentence may say and still be the one that the claim tells. */
const NEARLY = 0.15;

/** A claim that repeats its sentence may not have the opposite of a word in the word's place: more for less, after for before. */
export function checkReversed(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  const least = isUnspaced(claim.language) ? LEAST_UNSPACED : LEAST;
  for (const { sentence, pairs } of alignments(claim, context)) {
    if (pairs.length < Math.max(least, claim.tokens.length * COPIED)) continue;
    for (const [mine, theirs] of gapsOf(claim, sentence, pairs)) {
      const side = reversedIn(claim, mine, { sentence, theirs });
      if (side === null || !isHeld(claim, mine, { theirs, pairs })) continue;
      if (isSaidElsewhere(claim, side, { sentence, context })) continue;
      return { reason: "contradiction", detail: textOf(claim, mine), rule: "reversed" };
    }
  }
  return null;
}

/** What claim and sentence have between the same words; at their ends as much of the sentence as the claim has. */
function gapsOf(claim: Claim, sentence: Sentence, pairs: Alignment["pairs"]): [Stretch, Stretch][] {
  const found: [Stretch, Stretch][] = [];
  let [i, j] = [-1, -1];
  for (const [nextI, nextJ] of [...pairs, [claim.tokens.length, sentence.tokens.length] as const]) {
    const mine: Stretch = [i + 1, nextI];
    const length = nextI - i - 1;
    const [isFirst, isLast] = [i < 0, nextI === claim.tokens.length];
    const theirs: Stretch = [
      isFirst ? Math.max(0, nextJ - length - 1) : j + 1,
      isLast ? Math.min(sentence.tokens.length, j + 2 + length) : nextJ,
    ];
    const narrow = length <= LONGEST && theirs[1] - theirs[0] <= LONGEST_THEIRS;
    if (length > 0 && theirs[1] > theirs[0] && narrow) found.push([mine, theirs]);
    [i, j] = [nextI, nextJ];
  }
  return found;
}

/** The side that the claim says in its stretch where the sentence says the other one. */
function reversedIn(
  claim: Claim,
  mine: Stretch,
  { sentence, theirs }: { sentence: Sentence; theirs: Stretch },
): Side | null {
  const others = sidesIn(sentence, theirs, claim.language);
  if (others.length === 0) return null;
  const own = sidesIn(claim, mine, claim.language);
  const side = own.find(
    (each) =>
      others.some((other) => isOtherSide(each, other)) && !others.some((other) => isOneSide(each, other)),
  );
  if (side === undefined) return null;
  const exchanged = claim.tokens.some(
    ({ key }, at) =>
      (at < mine[0] || at >= mine[1]) &&
      sidesOf(key, claim.language).some((each) => isOtherSide(side, each)) &&
      !sentence.tokens.some((token, k) => token.key === key && (k < theirs[0] || k >= theirs[1])),
  );
  const denied = isNegated(before(claim, mine), claim.language);
  return exchanged || denied !== isNegated(before(sentence, theirs), claim.language) ? null : side;
}

function sidesIn(passage: Passage, [from, to]: Stretch, language: string): readonly Side[] {
  if (!isUnspaced(language))
    return passage.tokens.slice(from, to).flatMap(({ key }) => sidesOf(key, language));
  const [first, last] = [passage.tokens[from], passage.tokens[to - 1]];
  if (first === undefined || last === undefined) return [];
  return sidesWithin(passage.text, { start: first.start, end: last.end }, language);
}

/** A stretch with the words before it among which its negation would stand. */
function before(passage: Passage, [from, to]: Stretch): string {
  return textOf(passage, [Math.max(0, from - 3), to]);
}

function textOf({ text, tokens }: Passage, [from, to]: Stretch): string {
  return text.slice(tokens[from]?.start, tokens[to - 1]?.end);
}

/** True where claim and sentence share enough words right beside the place. */
function isHeld(
  claim: Claim,
  mine: Stretch,
  { theirs, pairs }: { theirs: Stretch; pairs: Alignment["pairs"] },
): boolean {
  const ignored = functionWords(claim.language);
  const near = pairs.filter(
    ([i, j]) =>
      i >= mine[0] - REACH && i < mine[1] + REACH && j >= theirs[0] - REACH && j < theirs[1] + REACH,
  );
  return (
    near.length >= SHARED && near.filter(([i]) => !ignored.has(claim.tokens[i]?.key ?? "")).length > TELLING
  );
}

/** True when another sentence about as close to the claim says the claim's side. */
function isSaidElsewhere(
  claim: Claim,
  side: Side,
  { sentence, context }: { sentence: Sentence; context: Context },
): boolean {
  const most = overlap(claim, sentence.stems) - NEARLY;
  return [context.article.title, ...context.article.sentences].some((other) => {
    if (other === sentence || overlap(claim, other.stems) < most) return false;
    return sidesIn(other, [0, other.tokens.length], claim.language).some((each) => isOneSide(side, each));
  });
}
