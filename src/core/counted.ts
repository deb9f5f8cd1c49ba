import type { Passage } from "./article-index.ts";
import { functionWords } from "./lexicon.ts";
import { type Token, baseLanguage, stem } from "./normalise.ts";
import type { NumberMention } from "./numbers.ts";

/** A number with what it counts: "three bridges", "11 people injured", "a photograph". */
export interface CountedThing {
  value: number;
  /** Key of the number's own word, so that it is not taken for context. */
  number: string;
  /** Stems that name the thing: its noun, or what befell the people counted. */
  keys: ReadonlySet<string>;
  /** As the text has it, number and noun. */
  phrase: string;
}

/** Nouns too common to be the same thing twice; what befell them is the thing then. */
const GENERIC =
  /^(?:people|persons?|men|women|boys|girls|children|kids|others|residents|officials|times|things|ways|points|goals|years?|months?|weeks?|days?|hours?|minutes?|games?|matches|seasons?|places|cases|members|players|counts?|charges?|cents?|menschen|personen|manner|frauen|kinder|mal|jahre|tage|personas|hombres|mujeres|ninos|anos|dias|veces|personnes|hommes|femmes|enfants|ans|jours|fois|tuoi)$/;
const BEFELL =
  /^(?:killed|dead|died|die|dies|injured|hurt|wounded|missing|arrested|detained|rescued|evacuated|hospitali[sz]ed|charged|jailed|tote?n?|verletzte?n?|verletzt|getotet|vermisst|festgenommen|muertos?|heridos?|detenidos?|desaparecidos?|morts?|blesses?|tues?|disparus?|arretes?)$/;
/** Words beside a number that say it is a part or an addition. */
const PARTIAL =
  /\b(?:another|other|others|more|additional|further|extra|first|last|next|previous|remaining|every|of|weitere[nr]?|andere[nr]?|otros|otras|más|autres|de plus|premiers)\s*$/i;
const PARTIAL_AFTER =
  /^\s*(?:of|best|beste[nr]?|mejores|meilleure?s|other|others|more|additional|further|extra|in|out of|weitere[nr]?|von|der|de|des|autres|otros|otras|más|-)\b/i;
const SINGLE: Record<string, RegExp> = {
  en: /^(?:a|an|one|single)$/,
  de: /^(?:ein|eine|einen|einem)$/,
  es: /^(?:un|una)$/,
  fr: /^(?:un|une)$/,
};
/** How many words may stand between a number and its noun: "three historical photographs". */
const ADJECTIVES = 2;

/** The things a text counts, in a language with spaces; softened numbers and parts of a whole are left out. */
export function countedThings(passage: Passage, language: string): CountedThing[] {
  return passage.numbers.flatMap((number) => {
    const value = number.values[0] ?? 0;
    if (!isCount(number, value, passage)) return [];
    const noun = nounAfter(passage, number.next, language, number.end);
    return noun === null ? [] : [thing(passage, { value, number, noun, language })];
  });
}

/** Things a text says there is one of, by article or number: "a unique photograph". */
export function singleThings(passage: Passage, language: string): CountedThing[] {
  const pattern = SINGLE[baseLanguage(language)];
  if (pattern === undefined) return [];
  return passage.tokens.flatMap((token, at) => {
    if (!pattern.test(token.key) || PARTIAL_AFTER.test(passage.text.slice(token.end, token.end + 10)))
      return [];
    const noun = nounAfter(passage, at + 1, language, token.end);
    if (
      noun === null ||
      GENERIC.test(noun.key) ||
      SINGULAR_PEOPLE.test(noun.key) ||
      isPlural(noun, passage, language)
    )
      return [];
    return [
      {
        value: 1,
        number: token.key,
        keys: new Set([stem(noun.key, language)]),
        phrase: passage.text.slice(token.start, noun.end),
      },
    ];
  });
}

const SINGULAR_PEOPLE =
  /^(?:person|man|woman|boy|girl|child|kid|day|week|month|year|hour|minute|time|way|thing|lot|number|series|group|team|part|place|game|match|goal|point|season|case|member|player|count|charge|mann|frau|kind|tag|jahr|hombre|mujer|homme|femme|jour|an)$/;

function isCount(number: NumberMention, value: number, passage: Passage): boolean {
  if (number.kind !== "count" || number.bound !== null || number.unit !== null) return false;
  if (!Number.isInteger(value) || value < 2 || value > 10_000) return false;
  if (!number.spelt && value >= 1800 && value <= 2100) return false;
  const before = passage.text.slice(Math.max(0, number.start - 14), number.start);
  return (
    !PARTIAL.test(before) &&
    !PARTIAL_AFTER.test(passage.text.slice(number.end, number.end + 12)) &&
    !/[\p{L}-]$/u.test(before)
  );
}

interface Found {
  value: number;
  number: NumberMention;
  noun: Token;
  language: string;
}

function thing(passage: Passage, { value, number, noun, language }: Found): CountedThing {
  const keys = new Set<string>();
  if (!GENERIC.test(noun.key)) keys.add(stem(noun.key, language));
  const at = passage.tokens.indexOf(noun);
  for (const [i, token] of passage.tokens.slice(at + 1, at + 5).entries()) {
    const before = passage.tokens[at + i];
    if (before === undefined || /[,;:.!?]/.test(passage.text.slice(before.end, token.start))) break;
    if (BEFELL.test(token.key) && !functionWords(language).has(token.key)) {
      keys.clear();
      keys.add(stem(token.key, language));
      break;
    }
  }
  const first = passage.tokens.find((token) => token.start === number.start)?.key ?? "";
  return { value, number: first, keys, phrase: passage.text.slice(number.start, noun.end) };
}

/** The noun that a number or article belongs to, past adjectives; null where a mark or small word comes first. */
function nounAfter(passage: Passage, from: number, language: string, end: number): Token | null {
  const ignored = functionWords(language);
  const base = baseLanguage(language);
  let last = end;
  for (const token of passage.tokens.slice(from, from + 1 + ADJECTIVES)) {
    const between = passage.text.slice(last, token.start);
    if (between !== " " || ignored.has(token.key) || /\p{Nd}/u.test(token.key)) return null;
    if (BEFELL.test(token.key)) return token;
    if (base === "de" ? /^\p{Lu}/u.test(passage.text.charAt(token.start)) : isHead(token, passage, base))
      return token;
    last = token.end;
  }
  return null;
}

/** In English the head is the first plural, or the last word before a mark or small word; elsewhere the first word. */
function isHead(token: Token, passage: Passage, base: string): boolean {
  if (base !== "en") return true;
  if (/(?:[^s]s|people|men|women|children)$/.test(token.key)) return true;
  const at = passage.tokens.indexOf(token);
  const next = passage.tokens[at + 1];
  return (
    next === undefined ||
    passage.text.slice(token.end, next.start) !== " " ||
    functionWords("en").has(next.key)
  );
}

function isPlural(noun: Token, passage: Passage, language: string): boolean {
  return baseLanguage(language) === "en" && /[^s]s$/.test(passage.text.slice(noun.start, noun.end));
}
