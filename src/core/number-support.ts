import { isSameUnit, unitIn } from "./number-units.ts";
import type { NumberMention } from "./numbers.ts";

/** How far a softened number ("about 500") may lie from the article's, as a part of it. */
const ABOUT = 0.06;
/** The same for "about 30", which is rounded to its last figure that says something. */
const ROUNDED = 0.1;
const OVER = 0.25;

/** "One" is as often an article or a pronoun as a number. */
export function isOne(number: NumberMention): boolean {
  return number.values[0] === 1 && (number.kind === "ordinal" || number.unit === null || number.spelt);
}

/** True when the article's number bears the claim's out. */
export function supports(claimed: NumberMention, stated: NumberMention): boolean {
  if (claimed.unit !== null && stated.unit !== null && !isSameUnit(claimed.unit, stated.unit)) {
    const factor = unitIn(stated.unit, claimed.unit);
    if (factor === null) return false;
    return supports(claimed, {
      ...stated,
      unit: claimed.unit,
      values: stated.values.map((value) => value * factor),
    });
  }
  const same = claimed.values[0] === stated.values[0];
  if (opposed(claimed.bound, stated.bound) && same) return false;
  return claimed.values.some((value) => stated.values.some((other) => equal(value, other, claimed, stated)));
}

function equal(value: number, other: number, claimed: NumberMention, stated: NumberMention): boolean {
  if (Math.abs(value - other) <= Math.abs(value) * 1e-9) return true;
  if (claimed.kind === "clock" || stated.kind === "clock") return Math.abs(value - other) === 12;
  if (claimed.bound === null || claimed.kind === "ordinal" || stated.kind === "ordinal") return false;
  if (isYear(stated) || isYear(claimed)) return false;
  if (claimed.bound === "over")
    return other > value && (other <= value * (1 + OVER) || value === cutToOne(other));
  const below = other < value && other >= value * (1 - OVER);
  if (claimed.bound === "under" || (claimed.bound === "near" && below)) return below;
  const reach = Math.max(value * ABOUT, Math.min(stepOf(value) / 2, value * ROUNDED));
  return Math.abs(value - other) <= reach + value * 1e-9 && figures(value) <= figures(other);
}

/** What one unit of the last figure that says something stands for: 10 in 870. */
function stepOf(value: number): number {
  let step = 10 ** Math.floor(Math.log10(value));
  while (step > 1e-6 && Math.abs(value / step - Math.round(value / step)) > 1e-6) step /= 10;
  return step;
}

/** The number with all but its first figure cut off: 1 million for 1.3 million. */
function cutToOne(value: number): number {
  const step = 10 ** Math.floor(Math.log10(value));
  return Math.floor(value / step) * step;
}

/** Digits of a number that say something: 870 has two. A rounded number has no more of them than what it rounds. */
function figures(value: number): number {
  return value
    .toString()
    .replace(/^0\.0*|\./g, "")
    .replace(/0+$/, "").length;
}

export function isYear(number: NumberMention): boolean {
  const value = number.values[0] ?? 0;
  const plain = number.unit === null && !number.spelt && number.end - number.start === 4;
  return plain && Number.isInteger(value) && value >= 1800 && value <= 2100;
}

function opposed(left: NumberMention["bound"], right: NumberMention["bound"]): boolean {
  return (left === "over" && right === "under") || (left === "under" && right === "over");
}
