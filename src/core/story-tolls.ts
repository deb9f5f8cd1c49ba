import type { Passage } from "./article-index.ts";
import { countedThings } from "./counted.ts";
import { functionWords } from "./lexicon.ts";
import { baseLanguage, stem } from "./normalise.ts";
import type { NumberMention } from "./numbers.ts";

/** A figure of a text with what it counts. */
export interface Figure {
  value: number;
  /** The figure in the text's own words: "nine". */
  raw: string;
  /** Equal for two figures that may count the same: what befell people, or a stem of the noun. */
  keys: ReadonlySet<string>;
  /** What is counted, for the reader: "injured". */
  about: string;
  /** True where people are counted by what befell them: of one event there is one such figure. */
  toll: boolean;
  /** Stems of what says that only some are counted: the officers, the seriously injured. Empty for people at large. */
  group: ReadonlySet<string>;
}

/** What befalls people, whatever the word for it. */
const FATES: readonly (readonly [fate: string, words: RegExp])[] = [
  [
    "dead",
    /^(?:kill(?:s|ed|ing)?|dead|die[sd]?|dying|deaths?|fatalit(?:y|ies)|tote?n?|getotet|gestorben|starben|muertos?|muertas?|fallecidos?|morts?|mortes|tues?|tuee?s?)$/,
  ],
  [
    "injured",
    /^(?:injur(?:es?|ed|ing|ies)|hurts?|hurting|wound(?:s|ed|ing)?|verletzte?n?|heridos?|heridas?|blesses?|blessees?)$/,
  ],
  [
    "missing",
    /^(?:missing|unaccounted|vermisste?n?|vermisst|desaparecidos?|desaparecidas?|disparus?|disparues?)$/,
  ],
  [
    "arrested",
    /^(?:arrest(?:s|ed|ing)?|detain(?:s|ed|ing)?|festgenommene?n?|festgenommen|detenidos?|detenidas?|arretes?|arretees?|interpellee?s?)$/,
  ],
  ["evacuated", /^(?:evacuat(?:e|es|ed|ing)|evakuierte?n?|evakuiert|evacuados?|evacuadas?|evacuee?s?)$/],
  ["rescued", /^(?:rescue[sd]?|rescuing|gerettete?n?|gerettet|rescatados?|rescatadas?|secourus?)$/],
];
const PEOPLE =
  /^(?:people|persons?|victims?|casualties|lives|menschen|personen|opfer|personas|victimas|personnes|victimes|fatalities|deaths)$/;
const LINKING =
  /^(?:were|was|are|is|been|being|have|had|has|who|reported|confirmed|left|wurden|wurde|sind|waren|worden|fueron|han|resultaron|sont|ont|ete)$/;
/** Words after a number that may stand before what befell the people: "nine people were badly". */
const AFTER = 5;
/** Words between what befell and the number: "killed at least", "wounding another". */
const BEFORE = 2;
const TOLL =
  /(?:death toll|number of (?:deaths|dead)|deaths)\b[^.;,\d]{0,40}?\b(?:to|at|reache[sd]|reaching|hits?|of|is|was|now)\s$/iu;
/** Softened and partial numbers contradict nothing: "at least 9", "another two", "three of the". */
const PART_BEFORE =
  /(?:another|other|others|more|additional|further|first|last|next|previous|remaining|of|from|aged?|nearly|than|up to|weitere[nr]?|otros|otras|más|autres|von|entre)\s*$/iu;
const PART_AFTER =
  /^\s?(?:of|other|others|more|additional|further|extra|in|out of|others|to|years?|year-old|-|–|weitere[nr]?|von|de|des|autres|otros|otras|más|jahre|anos|años|ans)\b/iu;

/** The figures of a text: people by what befell them, and other things by their noun. */
export function figuresIn(passage: Passage, language: string): Figure[] {
  const figures = new Map<NumberMention, Figure>();
  for (const number of passage.numbers) {
    const fate = isWhole(passage, number) ? fateOf(passage, number) : null;
    if (fate === null) continue;
    const [value = 0] = number.values;
    const group = groupOf(passage, number, language);
    const keys = new Set([`@${fate.key}`]);
    figures.set(number, { value, raw: rawOf(passage, number), keys, about: fate.word, toll: true, group });
  }
  for (const { value, keys, phrase } of countedThings(passage, language)) {
    const number = passage.numbers.find(
      (each) => each.values[0] === value && passage.text.startsWith(phrase, each.start),
    );
    if (number === undefined || keys.size === 0 || figures.has(number)) continue;
    const about = phrase.slice(number.end - number.start).trim();
    figures.set(number, { value, raw: rawOf(passage, number), keys, about, toll: false, group: new Set() });
  }
  return [...figures.values()];
}

/** True when two figures may count the same thing. */
export function countsSame(left: Figure, right: Figure): boolean {
  if (left.toll !== right.toll || left.keys.isDisjointFrom(right.keys)) return false;
  return left.group.size + right.group.size === 0 || !left.group.isDisjointFrom(right.group);
}

/** The words after a number that say who or how, up to what befell them or a small word that ends it. */
function groupOf(passage: Passage, number: NumberMention, language: string): Set<string> {
  const group = new Set<string>();
  const ignored = functionWords(language);
  let end = number.end;
  for (const token of passage.tokens.slice(number.next, number.next + AFTER)) {
    const joined = /^[\s-]+$/.test(passage.text.slice(end, token.start));
    if (!joined || /\p{Nd}/u.test(token.key) || fateWord(token.key) !== null) break;
    end = token.end;
    if (PEOPLE.test(token.key)) continue;
    if (!ignored.has(token.key)) group.add(stem(token.key, language));
    else if (!LINKING.test(token.key)) break;
  }
  return group;
}

function rawOf(passage: Passage, { start, end }: NumberMention): string {
  return passage.text.slice(start, end).toLowerCase();
}

function isWhole(passage: Passage, number: NumberMention): boolean {
  const [value = 0] = number.values;
  if (number.kind !== "count" || number.unit !== null || number.bound !== null) return false;
  if (!Number.isInteger(value) || value < 1 || value > 1_000_000) return false;
  if (!number.spelt && value >= 1900 && value <= 2100) return false;
  const before = passage.text.slice(Math.max(0, number.start - 16), number.start);
  const after = passage.text.slice(number.end, number.end + 14);
  return !PART_BEFORE.test(before) && !PART_AFTER.test(after) && !/[\p{L}$€£¥#.-]$/u.test(before);
}

function fateOf(passage: Passage, number: NumberMention): { key: string; word: string } | null {
  if (TOLL.test(passage.text.slice(Math.max(0, number.start - 70), number.start)))
    return { key: "dead", word: "dead" };
  return fateAfter(passage, number) ?? fateBefore(passage, number);
}

function fateAfter(passage: Passage, number: NumberMention): { key: string; word: string } | null {
  let end = number.end;
  for (const token of passage.tokens.slice(number.next, number.next + AFTER)) {
    if (/[,;:.!?()–—]/.test(passage.text.slice(end, token.start)) || /\p{Nd}/u.test(token.key)) return null;
    if (/^(?:and|or|by|und|oder|y|et)$/.test(token.key)) return null;
    end = token.end;
    const fate = fateWord(token.key);
    if (fate !== null) return { key: fate, word: passage.text.slice(token.start, token.end).toLowerCase() };
  }
  return null;
}

/** "Killed 30", "wounding nine people": the verb stands right before the number. */
function fateBefore(passage: Passage, number: NumberMention): { key: string; word: string } | null {
  const at = passage.tokens.findIndex((token) => token.start >= number.start);
  let start = number.start;
  for (const token of passage.tokens.slice(Math.max(0, at - BEFORE), Math.max(0, at)).toReversed()) {
    if (!/^\s+$/.test(passage.text.slice(token.end, start)) || /\p{Nd}/u.test(token.key)) return null;
    start = token.start;
    const fate = fateWord(token.key);
    if (fate !== null) return { key: fate, word: fate };
  }
  return null;
}

function fateWord(key: string): string | null {
  return FATES.find(([, words]) => words.test(key))?.[0] ?? null;
}

/** Languages whose counted things are read with some certainty. */
export function countsIn(language: string): boolean {
  return ["en", "de", "es", "fr"].includes(baseLanguage(language));
}
