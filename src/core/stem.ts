import { baseLanguage } from "./normalise.ts";
import { stemArabic } from "./stem-arabic.ts";
import { stemEnglish } from "./stem-english.ts";

type Stemmer = (word: string) => string;

/**
 * The form that a word shares with its plural, gender and (in English) verb forms. Takes and returns folded words (no
 * accents), so that what is typed without accents meets what is written with them. Only inflection goes: a word keeps
 * what makes it another word. Languages without rules come back as they are.
 */
export function stemWord(word: string, language: string): string {
  return STEMMERS[baseLanguage(language)]?.(word) ?? word;
}

/** Languages whose words are stemmed. */
export function isStemmed(language: string): boolean {
  return Object.hasOwn(STEMMERS, baseLanguage(language));
}

const STEMMERS: Readonly<Record<string, Stemmer>> = {
  en: stemEnglish,
  de: stemGerman,
  fr: stemFrench,
  es: stemSpanish,
  it: stemItalian,
  pt: stemPortuguese,
  nl: stemDutch,
  ar: stemArabic,
};

/** After Savoy's light stemmers: endings of case and number, no derivation. */
function stemGerman(word: string): string {
  if (word.length > 6 && word.endsWith("innen")) return word.slice(0, -3);
  if (word.length > 5 && word.endsWith("ern")) return word.slice(0, -3);
  if (word.length > 4 && /e[mnrs]$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith("e")) return word.slice(0, -1);
  return word.length > 3 && /[bdfghklmnrt]s$/.test(word) ? word.slice(0, -1) : word;
}

function stemFrench(word: string): string {
  if (word.length < 4 || word === "pays" || word === "fois") return word;
  if (word.endsWith("eaux")) return word.slice(0, -1);
  if (word.length > 4 && word.endsWith("aux")) return `${word.slice(0, -2)}l`;
  const singular = /(?:[eo]ux|[^su]s)$/.test(word) ? word.slice(0, -1) : word;
  const masculine = singular.length > 4 ? singular.replace(/ee?$/, "") : singular;
  return undouble(masculine);
}

function stemSpanish(word: string): string {
  if (word.length < 4) return word;
  return withoutGender(spanishSingular(word));
}

/** Adjectives lose their gender; nouns keep the vowel that tells `caso` from `casa`. */
function withoutGender(word: string): string {
  return word.length > 4 ? word.replace(/(ic|an|iv|os|ari|ad)[ao]$/, "$1").replace(/e$/, "") : word;
}

function spanishSingular(word: string): string {
  if (word.endsWith("ces") && word.length > 4) return `${word.slice(0, -3)}z`;
  if (/[dlnrsyz]es$/.test(word) && word.length > 4) return word.slice(0, -2);
  return /[aeo]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
}

/** Italian puts number and gender into the last vowel alone. */
function stemItalian(word: string): string {
  if (word.length < 5) return word;
  const rest = word.replace(/[aeio]$/, "");
  return rest === word ? word : rest.replace(/([cg])h$/, "$1").replace(/i$/, "");
}

const PORTUGUESE_PLURALS: readonly (readonly [RegExp, string])[] = [
  [/(?:oes|aes|aos)$/, "ao"],
  [/([aeou])is$/, "$1l"],
  [/ns$/, "m"],
  [/([rzs])es$/, "$1"],
  [/([aeiou])s$/, "$1"],
];

function stemPortuguese(word: string): string {
  if (word.length < 4) return word;
  const found = PORTUGUESE_PLURALS.find(([ending]) => ending.test(word));
  const singular = found === undefined ? word : word.replace(...found);
  return withoutGender(singular);
}

/** Dutch spells one stem with one or two vowels, and its last letter with or without voice. */
function stemDutch(word: string): string {
  if (word.length < 4) return word;
  const rest = word.length > 4 ? word.replace(/(?:en|e|s)$/, "") : word;
  if (rest.length < 3) return word;
  const hard = undouble(rest).replace(/v$/, "f").replace(/z$/, "s");
  return hard.replace(/([aeou])\1([^aeiou])$/, "$1$2");
}

function undouble(word: string): string {
  return word.length > 3 && /([bcdfghklmnprstz])\1$/.test(word) ? word.slice(0, -1) : word;
}
