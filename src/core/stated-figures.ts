import type { Passage } from "./article-index.ts";
import { functionWords } from "./lexicon.ts";
import { baseLanguage, stem } from "./normalise.ts";
import { isYear } from "./number-support.ts";
import type { NumberMention } from "./numbers.ts";

/** A figure that stands for itself: a sum, a share, a vote, a great number, a count in Japanese or Chinese. */
export interface Figure {
  /** What two figures must share before they can be about the same. */
  sort: string;
  values: readonly number[];
  /** As the text has it, with its unit. */
  phrase: string;
  /** UTF-16 offsets of the number with its unit. */
  start: number;
  end: number;
  /** The number itself; null for a vote or score, which is two. */
  number: NumberMention | null;
}

/** Beyond this, a count without a unit is no longer among the counted things. */
const MANY = 10_000;
const SCORE =
  /(?<![\p{L}\p{Nd}.,:/–-])(?:\p{Sc}\s?)?(\d{1,3})[–-](\d{1,3})(?![\p{L}\p{Nd}/:–-]|[.,]\d|\s?[%°\p{Sc}])/gu;
/** Counters, and past small words what they count or what befell it. */
const COUNTER = /^([人名件台棟校社隻頭戸機])(?:が|を|の|は|も)?([\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]{2})/u;

/** The figures of a passage that are exact; softened ones ("about 5 million") are left out. */
export function figuresOf(passage: Passage, language: string): Figure[] {
  const scores = [...passage.text.matchAll(SCORE)].map((match) => scoreOf(match, passage));
  const others = passage.numbers.flatMap((number) => {
    if (scores.some((score) => score !== null && number.start >= score.start && number.end <= score.end))
      return [];
    return figureOf(number, passage, language) ?? [];
  });
  return [...scores.flatMap((score) => score ?? []), ...others];
}

function scoreOf(match: RegExpExecArray, passage: Passage): Figure | null {
  const [phrase, left, right] = match;
  const [start, end] = [match.index, match.index + phrase.length];
  const measured = passage.numbers.some(
    (number) => number.start >= start && number.end <= end && number.unit !== null,
  );
  if (measured || /^\s\p{Ll}+s\b/u.test(passage.text.slice(end, end + 20))) return null;
  const values = [Number(left), Number(right)].sort((a, b) => a - b);
  return { sort: "score", values, phrase, start, end, number: null };
}

function figureOf(number: NumberMention, passage: Passage, language: string): Figure | null {
  const value = number.values[0] ?? 0;
  if (number.kind !== "count" || number.bound !== null || number.values.length > 1 || value <= 0) return null;
  if (isYear(number)) return null;
  const made = (sort: string, start: number, end: number): Figure => {
    const phrase = passage.text.slice(start, end);
    return { sort, values: [value], phrase, start, end, number };
  };
  if (number.unit !== null && !SPANS.test(number.unit)) {
    const [start, end] = measuredRange(number, passage);
    return made(`unit ${number.unit}`, start, end);
  }
  if (/^(?:ja|zh)$/.test(baseLanguage(language))) {
    const counted = COUNTER.exec(passage.text.slice(number.end, number.end + 4));
    const [, counter = "", told = ""] = counted ?? [];
    return counted === null || number.unit !== null
      ? null
      : made(`${counter.replace("名", "人")} ${told}`, number.start, number.end + 1);
  }
  const noun = passage.tokens[number.next];
  if (number.unit !== null || value <= MANY || noun === undefined || functionWords(language).has(noun.key))
    return null;
  return passage.text.slice(number.end, noun.start) === " "
    ? made(stem(noun.key, language), number.start, noun.end)
    : null;
}

/** Spans of time, of which a report names many. */
const SPANS = /^(?:second|minute|hour|day|week|month|year|decade|century)s?$/i;

/** The number with the sign or word of its unit. */
function measuredRange(number: NumberMention, { text, tokens }: Passage): [number, number] {
  const sign = /(?:[A-Z]{0,2}\p{Sc}|[€£])\s?$/u.exec(text.slice(Math.max(0, number.start - 4), number.start));
  if (sign !== null) return [number.start - sign[0].length, number.end];
  const after = /^\s?[%‰°\p{Sc}]\p{Lu}?/u.exec(text.slice(number.end, number.end + 4));
  if (after !== null) return [number.start, number.end + after[0].length];
  const word = tokens[number.next];
  const end = word !== undefined && word.start - number.end <= 1 ? word.end : number.end;
  return [number.start, end];
}

/** True where two figures of a sort differ, and by more than the one being the other rounded or cut. */
export function differ(left: Figure, right: Figure): boolean {
  if (left.sort !== right.sort) return false;
  if (left.sort === "score") return left.values.join() !== right.values.join();
  const [a = 0, b = 0] = [left.values[0], right.values[0]];
  return Math.abs(a - b) >= Math.max(stepOf(a), stepOf(b)) * (1 - 1e-9);
}

/** What one of the last figure that says something stands for: 100,000 in 2.4 million. */
function stepOf(value: number): number {
  let step = 10 ** Math.floor(Math.log10(value));
  while (step > 1e-6 && Math.abs(value / step - Math.round(value / step)) > 1e-6) step /= 10;
  return step;
}
