import type { Passage } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { type Fraction, fractionsIn } from "./fractions.ts";
import { baseLanguage } from "./normalise.ts";
import type { NumberMention } from "./numbers.ts";

/** How far a share in words may lie from the figures, as a part of one: writers round to a third and a half. */
const ROUNDED = 0.04;
/** The same for a percentage, which is a figure itself, in points. */
const POINT = 0.5;
/** How far behind a share its base may stand, in UTF-16 units: "a third of the nearly 90". */
const REACH = 24;

/** "30 of the 90 residents": a part with what it is a part of. */
interface Part {
  part: number;
  base: number;
}

const OUT_OF =
  /^(?:\s\p{L}+){0,2}\s(?:of|out of|von|unter|de|des|sur|entre|di|su|dei|van|dos|das)(?:\s\p{L}+){0,2}\s$/u;

function partsIn(passage: Passage): Part[] {
  return passage.numbers.flatMap((number, i) => {
    const next = passage.numbers[i + 1];
    const [part = 0, base = 0] = [number.values[0], next?.values[0]];
    if (next === undefined || number.unit === "%" || part <= 0 || part > base) return [];
    return OUT_OF.test(passage.text.slice(number.end, next.start)) ? [{ part, base }] : [];
  });
}

/** Shares with what they are taken of, whether in words or in percent: "a third of the 90", "20 % of 500". */
function sharesIn(passage: Passage, language: string): { share: number; base: number }[] {
  const named = fractionsIn(passage.text, language).map(({ value, end }) => ({ share: value, end }));
  const percent = passage.numbers
    .filter(({ unit }) => unit === "%")
    .map(({ values, end }) => ({ share: (values[0] ?? 0) / 100, end }));
  return [...named, ...percent].flatMap(({ share, end }) => {
    const base = baseAfter(passage, end);
    return base === null ? [] : [{ share, base }];
  });
}

const OF = /^[^,;.!?]{0,14}?\s(?:of|der|von|de|des|di|dei|delle|degli|van|dos|das|do|da)\s/iu;

function baseAfter(passage: Passage, end: number): number | null {
  const base = passage.numbers.find(
    ({ start, unit }) => start >= end && start <= end + REACH && unit !== "%",
  );
  if (base === undefined || !OF.test(passage.text.slice(end, base.start))) return null;
  return base.values[0] ?? null;
}

/** A share in words must be the article's: said so, as a percentage, or by the figures that make it. */
export function checkFractions(claim: Claim, context: Context): Failure | null {
  if (claim.translated) return null;
  for (const fraction of fractionsIn(claim.text, claim.language)) {
    if (isBorneOut(fraction, claim, context)) continue;
    const base = baseAfter(claim, fraction.end);
    const parts = context.near.flatMap(partsIn).filter((each) => each.base === base);
    const spelt = claim.numbers.some((number) => isWithin(number, fraction) && (number.values[0] ?? 0) > 1);
    if (parts.length > 0 || spelt) return { reason: "number", detail: fraction.raw, rule: "fraction" };
  }
  return null;
}

function isBorneOut(fraction: Fraction, claim: Claim, { article, near }: Context): boolean {
  const said = [article.title, ...article.sentences].some((passage) =>
    fractionsIn(passage.text, article.language).some(({ value }) => value === fraction.value),
  );
  if (said) return true;
  const base = baseAfter(claim, fraction.end);
  return near.some(
    (passage) =>
      partsIn(passage).some(({ part, base: whole }) => isAbout(part / whole, fraction.value)) ||
      passage.numbers.some(({ values: [value = 0], unit }) =>
        unit === "%"
          ? isAbout(value / 100, fraction.value)
          : base !== null && isAbout(value / base, fraction.value),
      ),
  );
}

function isAbout(share: number, wanted: number): boolean {
  return Math.abs(share - wanted) <= ROUNDED;
}

function isWithin({ start, end }: NumberMention, fraction: Fraction): boolean {
  return start < fraction.end && end > fraction.start;
}

/** True for a number that belongs to a share in words, or follows from figures that claim and article state. */
export function isReckoned(number: NumberMention, claim: Claim, context: Context): boolean {
  if (claim.translated || number.kind === "clock") return false;
  if (fractionsIn(claim.text, claim.language).some((fraction) => isWithin(number, fraction))) return true;
  if (number.bound !== null && number.bound !== "about") return false;
  return (
    isPartOf(number, claim, context) ||
    isPercentOf(number, claim, context) ||
    isSum(number, claim) ||
    isMultiple(number, claim)
  );
}

/** 30 for "a third of the 90". */
function isPartOf({ values: [value = 0], unit }: NumberMention, claim: Claim, { near }: Context): boolean {
  if (unit === "%") return false;
  return near.some((passage) =>
    sharesIn(passage, claim.language).some(({ share, base }) => Math.abs(share * base - value) < POINT),
  );
}

/** 20 % for "100 of the 500", where the claim gives one of the two. */
function isPercentOf({ values: [value = 0], unit }: NumberMention, claim: Claim, { near }: Context): boolean {
  if (unit !== "%") return false;
  const given = new Set(claim.numbers.map(({ values }) => values[0]));
  return near.some((passage) =>
    partsIn(passage).some(
      ({ part, base }) =>
        (given.has(part) || given.has(base)) && Math.abs((100 * part) / base - value) <= POINT,
    ),
  );
}

/** Most parts of a sum: "9 men, 2 women and 3 children". */
const MAX_PARTS = 4;
const LISTED = /^[^.;!?]{1,24}(?:,|\s(?:and|und|et|y|e|en|plus|sowie))\s[^.;!?]{0,12}$/iu;

/** 11 where the claim itself names the 9 and the 2, side by side. Those are held against the article as any other. */
function isSum(number: NumberMention, claim: Claim): boolean {
  const value = number.values[0] ?? 0;
  const others = claim.numbers.filter((each) => each !== number && isCountLike(each, number));
  for (const [i, first] of others.entries()) {
    let total = first.values[0] ?? 0;
    let last = first;
    for (const next of others.slice(i + 1, i + MAX_PARTS)) {
      if (!LISTED.test(claim.text.slice(last.end, next.start))) break;
      total += next.values[0] ?? 0;
      last = next;
      if (Math.abs(total - value) < 1e-9) return true;
    }
  }
  return false;
}

function isCountLike(other: NumberMention, number: NumberMention): boolean {
  return other.kind === "count" && other.unit === number.unit && other.bound === null;
}

const TIMES: Readonly<Record<string, RegExp>> = {
  en: /^[- ]times\b/i,
  de: /^[- ]?mal\b/i,
  fr: /^ fois\b/i,
  es: /^ veces\b/i,
  it: /^ volte\b/i,
  pt: /^ vezes\b/i,
  nl: /^ (?:keer|maal)\b/i,
};
/** How far a multiple may lie from the ratio of the figures, as a share of it. */
const RATIO = 0.1;

/** "Three times as many, 60 against 20". */
function isMultiple(number: NumberMention, claim: Claim): boolean {
  const value = number.values[0] ?? 0;
  if (TIMES[baseLanguage(claim.language)]?.test(claim.text.slice(number.end, number.end + 8)) !== true)
    return false;
  const others = claim.numbers.filter((each) => each !== number && each.kind === "count");
  return others.some((left) =>
    others.some(
      (right) =>
        left.unit === right.unit &&
        Math.abs((left.values[0] ?? 0) / (right.values[0] ?? Number.NaN) - value) <= value * RATIO,
    ),
  );
}

const TWICE: Readonly<Record<string, RegExp>> = {
  en: /(?<!(?:than|nearly|almost|about|not) )\b(?:twice as (?:many|much)|double the number)\b/i,
  de: /(?<!(?:als|fast|rund|nicht) )\bdoppelt so (?:viele?|hoch|groß)\b/i,
  fr: /(?<!(?:de|près de|presque|pas) )\bdeux fois plus\b/i,
  es: /(?<!(?:del?|casi|no) )\bel doble\b/i,
};

/** "Twice as many, 45 against 20": a claim whose own two figures are not, and whose article does not say so. */
export function checkTwice(claim: Claim, { article }: Context): Failure | null {
  const pattern = claim.translated ? undefined : TWICE[baseLanguage(claim.language)];
  const found = pattern?.exec(claim.text)?.[0];
  if (pattern === undefined || found === undefined || pattern.test(article.text)) return null;
  const counts = claim.numbers.filter(
    ({ kind, start }) => kind === "count" && start !== claim.text.indexOf(found),
  );
  const [left, right] = counts;
  if (left === undefined || right === undefined || counts.length > 2) return null;
  if (left.unit !== right.unit || left.bound !== null || right.bound !== null) return null;
  const [one = 0, two = 0] = [left.values[0], right.values[0]];
  const ratio = Math.max(one, two) / Math.min(one, two);
  return Math.abs(ratio - 2) <= TWICE_SLACK ? null : { reason: "number", detail: found, rule: "multiple" };
}

const TWICE_SLACK = 0.2;
