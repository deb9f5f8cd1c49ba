import type { Passage, Sentence } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { functionWords } from "./lexicon.ts";
import { stem } from "./normalise.ts";
import { standsFor } from "./number-words.ts";
import type { NumberMention } from "./numbers.ts";
import { isReckoned } from "./verify-arithmetic.ts";
import { belowItself, isDate, isDifference, isUnread, otherSpan } from "./verify-number-terms.ts";

/** How far a softened number ("about 500") may lie from the article's. */
const ABOUT = 0.06;
const OVER = 0.25;

/** Every number of a claim must be the article's: value, unit and direction of rounding. */
export function checkNumbers(claim: Claim, context: Context): Failure | null {
  for (const number of claim.numbers) {
    const below = belowItself(number, claim, context);
    if (below || otherSpan(number, claim, context))
      return {
        reason: "number",
        detail: claim.text.slice(number.start, number.end),
        rule: below ? "number bound" : "number unit",
      };
    if (isOne(number) || supportIn(number, claim, context.near)) continue;
    if (supportedElsewhere(number, claim, context)) continue;
    if ((number.spelt && isCounted(number, claim, context)) || isDifference(number, claim, context)) continue;
    if (isReckoned(number, claim, context)) continue;
    if (isUnread(number, context) || isDate(number, claim, context)) continue;
    return { reason: "number", detail: claim.text.slice(number.start, number.end) };
  }
  return claim.translated ? null : swappedNumber(claim, context);
}

/** The sentences beyond the cited ones that hold a number of the claim; they belong to its evidence. */
export function sentencesWithNumbers(claim: Claim, context: Context): Sentence[] {
  const extra: Sentence[] = [];
  for (const number of claim.numbers) {
    if (isOne(number) || supportIn(number, claim, [...context.cited, ...extra])) continue;
    const holders = context.article.sentences.filter((sentence) => supportIn(number, claim, [sentence]));
    const near = holders.find((sentence) => context.near.includes(sentence));
    const holder = near ?? holders.toSorted((a, b) => shared(b, claim) - shared(a, claim))[0];
    if (holder !== undefined) extra.push(holder);
  }
  return extra;
}

/** Support beyond the cited sentences, unless those give the same figure with another unit: "12 dollars" for 12 %. */
function supportedElsewhere(number: NumberMention, claim: Claim, context: Context): boolean {
  const article = [context.article.title, ...context.article.sentences];
  const otherUnit = context.cited.some((sentence) =>
    sentence.numbers.some(
      (other) => number.unit !== null && other.unit !== null && other.values[0] === number.values[0],
    ),
  );
  if (!otherUnit) return supportIn(number, claim, article);
  return article.some((passage) =>
    passage.numbers.some((other) => other.unit === number.unit && supports(number, other)),
  );
}

function shared(sentence: Sentence, claim: Claim): number {
  let count = 0;
  for (const each of claim.stems) if (sentence.stems.has(each)) count += 1;
  return count;
}

/** "One" is as often an article or a pronoun as a number. */
function isOne(number: NumberMention): boolean {
  return number.values[0] === 1 && (number.kind === "ordinal" || number.unit === null || number.spelt);
}

function supportIn(number: NumberMention, claim: Claim, passages: readonly Passage[]): boolean {
  return passages.some(
    (passage) => passage.numbers.some((other) => supports(number, other)) || standsIn(number, claim, passage),
  );
}

/** True when the article's number bears the claim's out. */
export function supports(claimed: NumberMention, stated: NumberMention): boolean {
  if (claimed.unit !== null && stated.unit !== null && claimed.unit !== stated.unit) return false;
  const same = claimed.values[0] === stated.values[0];
  if (opposed(claimed.bound, stated.bound) && same) return false;
  return claimed.values.some((value) => stated.values.some((other) => equal(value, other, claimed, stated)));
}

function equal(value: number, other: number, claimed: NumberMention, stated: NumberMention): boolean {
  if (Math.abs(value - other) <= Math.abs(value) * 1e-9) return true;
  if (claimed.kind === "clock" || stated.kind === "clock") return Math.abs(value - other) === 12;
  if (claimed.bound === null || claimed.kind === "ordinal" || stated.kind === "ordinal") return false;
  if (isYear(stated) || isYear(claimed)) return false;
  if (claimed.bound === "over") return other > value && other <= value * (1 + OVER);
  if (claimed.bound === "under") return other < value && other >= value * (1 - OVER);
  return Math.abs(value - other) <= value * ABOUT && figures(value) <= figures(other);
}

/** Digits of a number that say something: 870 has two. A rounded number has no more of them than what it rounds. */
function figures(value: number): number {
  return value
    .toString()
    .replace(/^0\.0*|\./g, "")
    .replace(/0+$/, "").length;
}

function isYear(number: NumberMention): boolean {
  const value = number.values[0] ?? 0;
  const plain = number.unit === null && !number.spelt && number.end - number.start === 4;
  return plain && Number.isInteger(value) && value >= 1800 && value <= 2100;
}

function opposed(left: NumberMention["bound"], right: NumberMention["bound"]): boolean {
  return (left === "over" && right === "under") || (left === "under" && right === "over");
}

/** "Both", "a pair", "a decade" say a number without naming it. */
function standsIn(number: NumberMention, claim: Claim, passage: Passage): boolean {
  const value = number.values[0];
  if (value === undefined || value > 100 || !number.spelt) return false;
  for (const key of passage.keys) {
    if (standsFor(key, claim.language) === value) return true;
  }
  return false;
}

/** A small number in words may count what the article lists: "A, B and C" are three. */
function isCounted(number: NumberMention, claim: Claim, context: Context): boolean {
  const value = number.values[0] ?? 0;
  if (value < 2 || value > 6 || number.unit !== null || claim.translated) return false;
  return context.near.some(
    (sentence) => listLengths(sentence.text.slice(0, MAX_LIST)).has(value) || sumsTo(sentence, value),
  );
}

/** As much of a sentence as is searched for lists: the pattern tries every start. */
const MAX_LIST = 400;

function listLengths(text: string): Set<number> {
  const lengths = new Set<number>();
  const item = /\p{L}[^,;.:()]{1,40}/u.source;
  const list = new RegExp(`${item}((?:, ${item}){0,5}),? (?:and|or|und|oder|y|e|et|ou) \\p{L}`, "gu");
  for (const match of text.matchAll(list)) lengths.add(2 + (match[1]?.split(", ").length ?? 1) - 1);
  return lengths;
}

/** "Three men and one woman" are four people. */
function sumsTo(sentence: Sentence, value: number): boolean {
  const counts = sentence.numbers.filter((number) => number.kind === "count" && number.unit === null);
  return counts.some(
    (number, i) => (number.values[0] ?? 0) + (counts[i + 1]?.values[0] ?? Number.NaN) === value,
  );
}

/** How many more words another number must share with the claim's before the claim's is taken for swapped. */
const CLEARLY_CLOSER = 2;
const BESIDE = 5;

/** Numbers of one claim that are compared with all of the article. */
const MAX_COMPARED = 20;

/** Finds a number that the article gives to something else: "nine killed" where nine were injured and two killed. */
function swappedNumber(claim: Claim, context: Context): Failure | null {
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
