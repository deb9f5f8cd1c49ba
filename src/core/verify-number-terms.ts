import type { Claim, Context } from "./claims.ts";
import { baseLanguage, stem } from "./normalise.ts";
import { spellsNumbers } from "./number-words.ts";
import type { NumberMention } from "./numbers.ts";
import { datedNumbers, isMonthFigure } from "./verify-dates.ts";

/** What says that a number is not reached, right before it. */
const LESS: Readonly<Record<string, RegExp>> = {
  en: /\b(?:less than|fewer than|below|under)\s+[$€£¥]?$/i,
  de: /\b(?:weniger als|unter)\s$/i,
  es: /(?<!\p{L})(?:menos de|por debajo de)\s$/iu,
  fr: /\bmoins (?:de\s|d['’])$/i,
  it: /\bmeno di\s$/i,
  pt: /\b(?:menos de|abaixo de)\s$/i,
  nl: /\bminder dan\s$/i,
  ar: /[أا]قل من\s$/,
  zh: /(?:不到|不足|(?<!不)少于|(?<!不)低于)$/,
};
/** The same behind it. */
const LESS_BEHIND: Readonly<Record<string, RegExp>> = { ja: /^\S{0,3}?(?:未満|足らず)/ };

/** "Fewer than 870" where the article has 870, or about as many. */
export function belowItself(number: NumberMention, claim: Claim, { cited }: Context): boolean {
  if (claim.translated || number.bound !== "under" || number.kind !== "count") return false;
  const base = baseLanguage(claim.language);
  const before = claim.text.slice(Math.max(0, number.start - 16), number.start);
  const behind = claim.text.slice(number.end, number.end + 8);
  if (LESS[base]?.test(before) !== true && LESS_BEHIND[base]?.test(behind) !== true) return false;
  const same = cited
    .flatMap(({ numbers }) => numbers)
    .filter((other) => other.unit === number.unit && other.values[0] === number.values[0]);
  return same.length > 0 && same.every(({ bound }) => bound === null || bound === "about");
}

const SPANS = new Set(["second", "minute", "hour", "day", "week", "month", "year", "decade"]);

/** "One-month" where the article has one of another span of time and never speaks of months. */
export function otherSpan(number: NumberMention, claim: Claim, { near, article }: Context): boolean {
  const { unit } = number;
  if (claim.translated || number.values[0] !== 1 || unit === null || !SPANS.has(unit)) return false;
  const ones = near.flatMap(({ numbers }) => numbers).filter(({ values }) => values[0] === 1);
  const other = ones.some((each) => each.unit !== null && each.unit !== unit && SPANS.has(each.unit));
  const word = claim.tokens[number.next]?.key ?? "";
  return other && !ones.some((each) => each.unit === unit) && !article.stems.has(stem(word, claim.language));
}

/** What stands before a number that says by how much something changed. */
const BY: Record<string, RegExp> = {
  en: /\bby (?:(?:about|around|some|nearly|almost) )?[$€£¥]?$/i,
  de: /\bum (?:(?:rund|etwa|knapp) )?$/i,
  es: /\b(?:en|un) $/i,
  fr: /\bde (?:(?:environ|près de) )?$/i,
  it: /\bdi (?:(?:circa|quasi) )?$/i,
  nl: /\bmet (?:(?:ongeveer|bijna) )?$/i,
  pt: /\bem (?:(?:cerca de|quase) )?$/i,
};

/** What stands behind a number that says by how much one thing is more than another. */
const MORE_THAN: Record<string, RegExp> = {
  en: /^(?: \p{L}+){0,2} (?:more|fewer|less|higher|lower)\b/iu,
  de: /^(?: \p{L}+){0,2} (?:mehr|weniger|höher|niedriger)\b/iu,
  es: /^(?: \p{L}+){0,2} (?:más|menos)(?!\p{L})/iu,
  fr: /^(?: \p{L}+){0,2} de (?:plus|moins)\b/iu,
  it: /^(?: \p{L}+){0,2} in (?:più|meno)(?!\p{L})/iu,
  nl: /^(?: \p{L}+){0,2} (?:meer|minder)\b/iu,
  pt: /^(?: \p{L}+){0,2} a (?:mais|menos)\b/iu,
};

/** "Rose by 5 to 12" follows from "rose from 7 to 12": the difference of two numbers, one of which the claim gives as well. */
export function isDifference(number: NumberMention, claim: Claim, { near }: Context): boolean {
  const base = baseLanguage(claim.language);
  const by = BY[base]?.test(claim.text.slice(Math.max(0, number.start - 20), number.start)) === true;
  if (!by && MORE_THAN[base]?.test(claim.text.slice(number.end, number.end + 40)) !== true) return false;
  const given = new Set(claim.numbers.filter((each) => each !== number).map(({ values }) => values[0]));
  return near.some(({ numbers }) =>
    numbers.some(({ values: [from = 0], unit }, i) =>
      numbers
        .slice(i + 1)
        .some(
          (other) =>
            other.unit === unit &&
            (given.has(from) || given.has(other.values[0])) &&
            amounts(number, { from, to: other.values[0] ?? 0, unit }),
        ),
    ),
  );
}

/** True when a number is the change from one value to another, in their unit or in percent of the first. */
function amounts(number: NumberMention, change: { from: number; to: number; unit: string | null }): boolean {
  const value = number.values[0] ?? 0;
  const moved = Math.abs(change.to - change.from);
  if (number.unit === "%" && change.unit !== "%")
    return change.from > 0 && Math.abs((100 * moved) / change.from - value) < 0.5;
  return (number.unit === change.unit || number.unit === null) && Math.abs(moved - value) <= value * 1e-9;
}

/** A small number, which the article may spell in words of a language whose number words are not known. */
export function isUnread(number: NumberMention, { article, near }: Context): boolean {
  const small = (each: NumberMention) => (each.values[0] ?? 0) <= MOST_SPELT && each.kind !== "clock";
  if (!small(number) || spellsNumbers(article.language)) return false;
  return !near.some(({ numbers }) => numbers.some(small));
}

/** Newsrooms spell numbers up to about here. */
const MOST_SPELT = 12;

/** Part of a date that the article gives in other words, or that the dates' rule checks. */
export function isDate(number: NumberMention, claim: Claim, context: Context): boolean {
  const value = number.values[0] ?? 0;
  if (number.unit !== null || number.bound !== null) return false;
  return isMonthFigure(claim, { value, end: number.end }) || datedNumbers(claim, context).has(value);
}
