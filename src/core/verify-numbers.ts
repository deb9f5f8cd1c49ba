import type { Passage, Sentence } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { standsFor } from "./number-words.ts";
import { isOne, supports } from "./number-support.ts";
import type { NumberMention } from "./numbers.ts";
import { isReckoned } from "./verify-arithmetic.ts";
import { swappedNumber } from "./verify-number-swap.ts";
import { belowItself, isDate, isDifference, isUnread, otherSpan } from "./verify-number-terms.ts";

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

function supportIn(number: NumberMention, claim: Claim, passages: readonly Passage[]): boolean {
  return passages.some(
    (passage) => passage.numbers.some((other) => supports(number, other)) || standsIn(number, claim, passage),
  );
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
