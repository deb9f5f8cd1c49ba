import { type Passage, type Sentence, overlap } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { longestCommon } from "./evidence-near.ts";
import { deniesAnything, isNegated, negationIn, oppositePhrases, oppositeWords } from "./opposites.ts";

/** Share of a claim's words that a sentence must hold before the two are taken to say the same thing. */
const SAME_MATTER = 0.35;
/** Words of a sentence beyond which it is not aligned: that costs its length squared. */
const LONGEST_ALIGNED = 400;
/** Share from which a sentence alone decides whether something is denied. */
const SAME_STATEMENT = 0.65;
/** Share of a claim that must stand in the sentence, in order, before a word left out counts. */
const SAME_WORDING = 0.9;

/** A claim may not add a negation that its evidence lacks, nor drop the one of a sentence it otherwise repeats. */
export function checkNegation(claim: Claim, context: Context): Failure | null {
  if (claim.translated || context.near.length === 0) return null;
  if (isNegated(claim.text, claim.language)) {
    const same = context.cited.some((sentence) => overlap(claim, sentence.stems) >= SAME_STATEMENT);
    const told = same ? context.cited : context.near;
    const denied = told.some((sentence) => deniesAnything(sentence.text, claim.language));
    return denied ? null : { reason: "negation", detail: negationIn(claim.text, claim.language) };
  }
  for (const sentence of context.cited) {
    const dropped = droppedNegation(claim, sentence);
    if (dropped !== null && !deniesAnything(claim.text, claim.language))
      return { reason: "negation", detail: dropped };
  }
  return null;
}

/** The negation inside the run of a sentence that the claim otherwise repeats. */
function droppedNegation(claim: Claim, sentence: Sentence): string | null {
  if (claim.tokens.length < 4 || claim.tokens.length > sentence.tokens.length) return null;
  if (sentence.tokens.length > LONGEST_ALIGNED) return null;
  const pairs = longestCommon(claim.tokens, sentence.tokens);
  const first = pairs[0];
  const last = pairs.at(-1);
  if (first === undefined || last === undefined || pairs.length / claim.tokens.length < SAME_WORDING)
    return null;
  const kept = new Set(pairs.map(([, at]) => at));
  const run = sentence.tokens.slice(first[1], last[1] + 1);
  const gaps = run.filter((_, i) => !kept.has(first[1] + i));
  if (gaps.length > 2) return null;
  const words = gaps.map((token) => sentence.text.slice(token.start, token.end)).join(" ");
  return isNegated(words, claim.language) ? words : null;
}

/** A claim may not say the opposite of the sentence it rests on: rose for fell, won for lost. */
export function checkOpposites(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  const near = context.cited.filter((sentence) => overlap(claim, sentence.stems) >= SAME_MATTER);
  if (near.length === 0) return null;
  return oppositeWord(claim, context, near) ?? oppositePhrase(claim, context, near);
}

function oppositeWord(claim: Claim, context: Context, near: readonly Sentence[]): Failure | null {
  for (const sides of oppositeWords(claim.language)) {
    for (const [mine, theirs] of [sides, [sides[1], sides[0]] as const]) {
      const at = claim.tokens.findIndex((token) => mine.test(token.key));
      const word = claim.tokens[at];
      if (word === undefined || claim.tokens.some((token) => theirs.test(token.key))) continue;
      if (context.near.some((sentence) => sentence.tokens.some((token) => mine.test(token.key)))) continue;
      const opposed = near.find((sentence) => saysOf(sentence, theirs, around(claim, at)));
      if (
        opposed === undefined ||
        isNegated(claim.text, claim.language) !== isNegated(opposed.text, claim.language)
      )
        continue;
      return { reason: "contradiction", detail: claim.text.slice(word.start, word.end) };
    }
  }
  return null;
}

/** Words this near to each other are taken to belong together. */
const BESIDE = 10;

/** True when a sentence has the opposite word beside one of the words that the claim has beside its own. */
function saysOf(sentence: Sentence, theirs: RegExp, words: ReadonlySet<string>): boolean {
  return sentence.tokens.some(
    (token, at) => theirs.test(token.key) && [...around(sentence, at)].some((word) => words.has(word)),
  );
}

/** Keys of the longer words beside a token. */
function around(passage: Passage, at: number): Set<string> {
  const beside = [
    ...passage.tokens.slice(Math.max(0, at - BESIDE), at),
    ...passage.tokens.slice(at + 1, at + 1 + BESIDE),
  ];
  return new Set(beside.map(({ key }) => key).filter((key) => key.length > 3));
}

function oppositePhrase(claim: Claim, context: Context, near: readonly Sentence[]): Failure | null {
  for (const sides of oppositePhrases(claim.language)) {
    for (const [mine, theirs] of [sides, [sides[1], sides[0]] as const]) {
      const phrase = mine.exec(claim.text)?.[0];
      if (
        phrase === undefined ||
        theirs.test(claim.text) ||
        context.near.some((sentence) => mine.test(sentence.text))
      )
        continue;
      if (near.some((sentence) => theirs.test(sentence.text)))
        return { reason: "contradiction", detail: phrase };
    }
  }
  return null;
}
