import { PARAGRAPH_BREAK } from "./article.ts";
import { baseLanguage, intlLanguage } from "./normalise.ts";

/** A run of a text: UTF-16 offsets, end exclusive. */
export interface Range {
  start: number;
  end: number;
}

const SEGMENTERS = new Map<string, Intl.Segmenter>();

/** Abbreviations after which a sentence always goes on. */
const JOINING: Record<string, RegExp> = {
  en: /(?:^|[\s("'“‘[])(?:mr|mrs|ms|dr|prof|rev|hon|sen|rep|gov|gen|col|lt|sgt|capt|cpl|pvt|adm|maj|cmdr|supt|det|insp|sir|st|mt|ft|no|nos|vs|v|pp?|vol|fig|art|sec|ch|approx|est|dept|gov|pres|amb|atty|messrs|mme|mlle|e\.g|i\.e|cf|al|ca|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ariz|calif|colo|conn|fla|ga|ill|ind|kan|ky|mass|mich|minn|miss|mo|mont|neb|nev|okla|ore|penn|pa|tenn|tex|va|vt|wash|wis|wyo)\.$/i,
  de: /(?:^|[\s("'„»[])(?:dr|prof|hr|fr|st|nr|bzw|ca|vgl|abs|art|bd|geb|gest|inkl|exkl|zzgl|evtl|ggf|max|min|mio|mrd|tsd|sog|str|tel|usf|z\.\s?b|d\.\s?h|u\.\s?a|i\.\s?d\.?\s?r|z|d|u|o|i|a|jan|feb|mär|apr|aug|sept?|okt|nov|dez|dipl|ing|med|jur|phil|hon)\.$/i,
  es: /(?:^|[\s("'«“[¿¡])(?:sr|sra|srta|dr|dra|d|dña|prof|lic|ing|gral|gob|art|núm|no|pág|págs|av|avda|sto|sta|ee|uu|etc|p\.\s?ej|aprox|tel|cap)\.$/i,
  fr: /(?:^|[\s("'«“[])(?:m|mm|mme|mmes|mlle|dr|pr|me|st|ste|art|av|bd|chap|env|etc|ex|fig|hab|max|min|no|nos|p|pp|vol|cf|janv|févr|avr|juil|sept|oct|nov|déc)\.$/i,
};

/** Abbreviations that may also end a sentence: joined unless the next word looks like a beginning. */
const MAYBE_JOINING =
  /(?:^|[\s("'“‘[])(?:(?:\p{L}\.){2,}|inc|co|corp|ltd|llc|plc|bros|jr|sr|etc|a\.m|p\.m|u\.s|u\.k|u\.n|d\.c|ph\.d)\.?$/iu;
const INITIAL = /(?:^|[\s("'“‘„«[.-])\p{Lu}\.$/u;
const SENTENCE_OPENER =
  /^["'“‘(]*(?:the|he|she|it|they|we|you|i|in|on|at|but|and|a|an|as|for|if|this|that|these|those|there|his|her|its|their|when|while|after|before|police|officials|since|with|by|to|so|what|who|how|why|no|yes|not|both|one|some|many|most|all|another|other|however|meanwhile|according|despite|although)\b/i;
const ORDINAL_LANGUAGES = new Set([
  "de",
  "da",
  "no",
  "nb",
  "nn",
  "fi",
  "cs",
  "sk",
  "hu",
  "et",
  "hr",
  "sl",
  "is",
  "lv",
]);
const ORDINAL = /(?:^|[\s(„"–-])\d{1,2}\.$/;
const NUMBERED = /\b(?:no|nos|nr|núm)\.$/i;

/** The segmenter leaves an opening mark with the sentence before it. */
const OPENED = /(?<=[.!?…。！？」』]\s*)[「『（《“„¿¡]+\s*$/u;

/** A longer run without an end is cut at a space, so that no rule meets a sentence it cannot read in time. */
const MAX_SENTENCE = 2_000;

/** Splits a text into sentences. Never crosses a blank line; the runs hold no outer white space. */
export function splitSentences(text: string, language: string): Range[] {
  const ranges: Range[] = [];
  let from = 0;
  while (from <= text.length) {
    const found = text.indexOf(PARAGRAPH_BREAK, from);
    const to = found === -1 ? text.length : found;
    for (const range of splitParagraph(text.slice(from, to), language)) {
      ranges.push({ start: range.start + from, end: range.end + from });
    }
    from = to + PARAGRAPH_BREAK.length;
  }
  return ranges;
}

/** As much of a sentence as the rules about its end look at. */
const MAX_TAIL = 40;

function splitParagraph(paragraph: string, language: string): Range[] {
  if (paragraph.trim() === "") return [];
  const merged: Range[] = [];
  for (const { index, segment } of segmenterFor(language).segment(paragraph)) {
    const last = merged.at(-1);
    const tail =
      last === undefined ? "" : paragraph.slice(Math.max(last.start, last.end - MAX_TAIL), last.end);
    const opened = OPENED.exec(tail)?.[0].length ?? 0;
    const range = { start: index - opened, end: index + segment.length };
    if (last !== undefined) last.end -= opened;
    const next = paragraph.slice(range.start, range.end);
    const before = tail.slice(0, tail.length - opened);
    if (last !== undefined && belongsTogether(before, next, language)) {
      last.end = range.end;
    } else merged.push(range);
  }
  return merged
    .flatMap((range) => cut(paragraph, range))
    .map((range) => trimmed(paragraph, range))
    .filter((range) => range.end > range.start);
}

function cut(text: string, range: Range): Range[] {
  const pieces: Range[] = [];
  let { start } = range;
  while (range.end - start > MAX_SENTENCE) {
    const space = text.lastIndexOf(" ", start + MAX_SENTENCE);
    const end = space > start ? space : start + MAX_SENTENCE;
    const whole = /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end;
    pieces.push({ start, end: whole });
    start = whole;
  }
  return [...pieces, { start, end: range.end }];
}

function belongsTogether(before: string, next: string, language: string): boolean {
  const left = before.trimEnd();
  const right = next.trimStart();
  if (left === "" || right === "") return true;
  if (/\n/.test(before.slice(left.length))) return false;
  if (!/[\p{L}\p{N}]/u.test(right)) return true;
  if (/^\p{Ll}/u.test(right) || /^[,;:)\]”]/.test(right)) return true;
  if (right.startsWith("»") && baseLanguage(language) !== "de") return true;
  if (/[」』）]$/.test(left) && /^[\p{Script=Hiragana}]/u.test(right)) return true;
  if (/[」』]$/.test(left)) return /^(?:と|って|など)/.test(right);
  if (!left.endsWith(".")) return false;
  return joinsAfterDot(left, right, language);
}

function joinsAfterDot(left: string, right: string, language: string): boolean {
  const base = baseLanguage(language);
  if (NUMBERED.test(left)) return /^\d/.test(right);
  if ((JOINING[base] ?? JOINING["en"])?.test(left)) return true;
  if (INITIAL.test(left)) return !/\s(?:I|A)\.$/.test(left) && !SENTENCE_OPENER.test(right);
  if (ORDINAL_LANGUAGES.has(base) && ORDINAL.test(left)) return true;
  if (MAYBE_JOINING.test(left)) return !SENTENCE_OPENER.test(right);
  return false;
}

function trimmed(text: string, range: Range): Range {
  let { start, end } = range;
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  return { start, end };
}

function segmenterFor(language: string): Intl.Segmenter {
  const tag = intlLanguage(language);
  const known = SEGMENTERS.get(tag);
  if (known !== undefined) return known;
  const made = new Intl.Segmenter(tag, { granularity: "sentence" });
  SEGMENTERS.set(tag, made);
  return made;
}
