import type { Passage, Sentence } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { functionWords } from "./lexicon.ts";
import { stem } from "./normalise.ts";
import { isOne, isYear, supports } from "./number-support.ts";
import type { NumberMention } from "./numbers.ts";

/** How many more words another number must share with the claim's before the claim's is taken for swapped. */
const CLEARLY_CLOSER = 2;
const BESIDE = 5;

/** Numbers of one claim that are compared with all of the article. */
const MAX_COMPARED = 20;

/** Finds a number that the article gives to something else: "nine killed" where nine were injured and two killed. */
export function swappedNumber(claim: Claim, context: Context): Failure | null {
  for (const number of claim.numbers.slice(0, MAX_COMPARED)) {
    if (isYear(number) || isOne(number) || number.kind === "clock") continue;
    const noun = nounAfter(claim, number, claim.language);
    if (noun === null) continue;
    const words = wordsBeside(claim, number, claim.language);
    const own = closest(words, context.article.sentences, claim.language, (other) => supports(number, other));
    const same = (other: NumberMention, sentence: Sentence) =>
      nounAfter(sentence, other, claim.language) === noun;
    const backed = context.article.sentences.some((sentence) =>
      sentence.numbers.some((other) => supports(number, other) && same(other, sentence)),
    );
    if (own === null || backed) continue;
    const elided = closest(
      words,
      context.cited,
      claim.language,
      (other, sentence) => supports(number, other) && leavesNounOut(sentence, other, claim.language),
    );
    if (elided !== null && elided >= CLEARLY_CLOSER) continue;
    const rival = closest(
      words,
      context.cited,
      claim.language,
      (other, sentence) => rivals(number, other) && same(other, sentence),
    );
    if (rival !== null && rival >= own + CLEARLY_CLOSER) {
      return { reason: "number", detail: claim.text.slice(number.start, number.end) };
    }
  }
  return null;
}

function rivals(number: NumberMention, other: NumberMention): boolean {
  return (
    !supports(number, other) &&
    other.kind === number.kind &&
    other.unit === number.unit &&
    !isYear(other) &&
    !isOne(other)
  );
}

/** The most words that one of the numbers wanted has beside it in common with the claim's; null without such a number. */
function closest(
  words: ReadonlySet<string>,
  sentences: readonly Sentence[],
  language: string,
  wanted: (other: NumberMention, sentence: Sentence) => boolean,
): number | null {
  let most: number | null = null;
  for (const sentence of sentences) {
    for (const number of sentence.numbers) {
      if (!wanted(number, sentence)) continue;
      let common = 0;
      for (const word of wordsBeside(sentence, number, language)) if (words.has(word)) common += 1;
      most = Math.max(most ?? 0, common);
    }
  }
  return most;
}

/** Stem of the first word after a number that says something; null where a mark or another number comes first. */
function nounAfter(passage: Passage, number: NumberMention, language: string): string | null {
  const ignored = functionWords(language);
  let end = number.end;
  for (const token of passage.tokens.slice(number.next)) {
    if (/[,;:.!?()–—"“”]/.test(passage.text.slice(end, token.start)) || /\p{Nd}/u.test(token.key))
      return null;
    if (!ignored.has(token.key)) return stem(token.key, language);
    end = token.end;
  }
  return null;
}

/** "The union asks for 9 million euros, the state offers 3.5 million": at the end of its clause a number needs no noun. */
function leavesNounOut(sentence: Passage, number: NumberMention, language: string): boolean {
  return number.unit === null && nounAfter(sentence, number, language) === null;
}

/** Stems of the words on either side of a number, without small words and other numbers. */
function wordsBeside(passage: Passage, number: NumberMention, language: string): Set<string> {
  const ignored = functionWords(language);
  const at = passage.tokens.findIndex((token) => token.start >= number.start);
  const sides = [passage.tokens.slice(0, Math.max(0, at)).reverse(), passage.tokens.slice(number.next)];
  const words = new Set<string>();
  for (const side of sides) {
    let taken = 0;
    for (const token of side) {
      if (ignored.has(token.key) || /\p{Nd}/u.test(token.key)) continue;
      words.add(stem(token.key, language));
      taken += 1;
      if (taken >= BESIDE) break;
    }
  }
  return words;
}
