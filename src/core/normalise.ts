import { foldDigits } from "./digits.ts";
import { remembered } from "./memo.ts";
import { stemArabic } from "./stem-arabic.ts";

/** A word, number or single CJK character of a text. `key` is its comparable form. */
export interface Token {
  start: number;
  end: number;
  key: string;
}

/** Only Latin, Greek and Cyrillic accents: the voicing marks of kana carry meaning. */
const ACCENTS = /[\u0300-\u036f]/g;
const LETTER_PAIRS: Record<string, string> = {
  ß: "ss",
  ẞ: "ss",
  æ: "ae",
  Æ: "ae",
  œ: "oe",
  Œ: "oe",
  ø: "o",
  Ø: "o",
  ł: "l",
  Ł: "l",
  đ: "d",
  Đ: "d",
  ı: "i",
};

/** Unspaced scripts are read character by character; a number keeps its sign, separators and decimals. */
const TOKEN =
  /(?<![\p{L}\p{N}.,])[-−+]?\p{Nd}+(?:[.,:'’\u00a0\u202f\u066b\u066c．：]\p{Nd}+|，\p{Nd}{3}(?!\p{Nd}))*|\p{Nd}+(?:[.,:\u066b\u066c．：]\p{Nd}+|，\p{Nd}{3}(?!\p{Nd}))*|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]|(?<![\p{L}.])(?:\p{Lu}\.){2,}|\p{L}(?:[\p{L}\p{M}]|(?<![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])['’](?=\p{L}))*/gu;

/** Elided articles and pronouns (l', d', qu', dell') are no part of the word they lean on. */
const ELISION = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|dell|nell|all|sull|dall)'(?=[\p{L}]{2})/u;

/** Case, accents, Unicode forms and runs of white space made equal. */
export function foldText(text: string): string {
  return foldWord(text).replace(/\s+/g, " ").trim();
}

/** The words of a text in order, each with its comparable key. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const start = match.index;
    tokens.push({ start, end: start + match[0].length, key: keyOf(match[0]) });
  }
  return tokens;
}

const keyOf = remembered(tokenKey);
const baseOf = remembered(readBase);

/** The language part of a BCP-47 tag in lower case; "und" for what is no tag. */
export function baseLanguage(language: string): string {
  return baseOf(language);
}

function readBase(language: string): string {
  const base = /^([a-z]{2,3})(?:[-_]|$)/i.exec(language)?.[1];
  return base === undefined ? "und" : base.toLowerCase();
}

/** A tag that Intl takes without throwing. */
export function intlLanguage(language: string): string {
  const base = baseLanguage(language);
  return base === "und" ? "en" : base;
}

export function isUnspaced(language: string): boolean {
  return ["ja", "zh", "th", "lo", "km", "my"].includes(baseLanguage(language));
}

/** A crude stem: what stays of a word when its ending goes. Used to compare words, never shown. */
export function stem(key: string, language: string): string {
  if (key.length < 4) return key;
  return STEMMERS[baseLanguage(language)]?.(key) ?? key;
}

function withoutEnding(key: string, endings: readonly string[]): string {
  for (const ending of endings) {
    if (key.length - ending.length >= 3 && key.endsWith(ending))
      return undouble(key.slice(0, -ending.length));
  }
  return undouble(key);
}

const STEM_ENDINGS: Record<string, readonly string[]> = {
  en: [
    "ations",
    "ation",
    "ments",
    "ment",
    "ingly",
    "edly",
    "ings",
    "ing",
    "ions",
    "ion",
    "ies",
    "ied",
    "ers",
    "es",
    "ed",
    "er",
    "ly",
    "s",
    "e",
    "y",
  ],
  de: ["ungen", "ung", "ern", "em", "en", "er", "es", "et", "e", "n", "s", "t"],
  es: [
    "aciones",
    "acion",
    "amente",
    "mente",
    "ando",
    "iendo",
    "ados",
    "adas",
    "ado",
    "ada",
    "idos",
    "ido",
    "ida",
    "aron",
    "ieron",
    "es",
    "os",
    "as",
    "an",
    "en",
    "o",
    "a",
    "e",
    "s",
  ],
  fr: [
    "ations",
    "ation",
    "ements",
    "ement",
    "ments",
    "ment",
    "antes",
    "ants",
    "ant",
    "ees",
    "es",
    "er",
    "ent",
    "ee",
    "e",
    "s",
    "x",
  ],
  it: ["azioni", "azione", "amente", "mente", "ando", "endo", "ati", "ato", "ata", "ate", "i", "o", "a", "e"],
  pt: [
    "acoes",
    "acao",
    "mente",
    "ando",
    "endo",
    "ados",
    "adas",
    "ado",
    "ada",
    "es",
    "os",
    "as",
    "am",
    "o",
    "a",
    "e",
    "s",
  ],
  nl: ["ingen", "ing", "en", "es", "er", "e", "s", "t"],
};

const STEMMERS: Readonly<Record<string, (key: string) => string>> = {
  ar: remembered(stemArabic),
  ...Object.fromEntries(
    Object.entries(STEM_ENDINGS).map(([language, endings]) => [
      language,
      remembered((key) => withoutEnding(key, endings)),
    ]),
  ),
};

function undouble(stemmed: string): string {
  const last = stemmed.at(-1);
  const doubled =
    stemmed.length > 3 && last === stemmed.at(-2) && last !== undefined && /[bdgklmnprt]/.test(last);
  return doubled ? stemmed.slice(0, -1) : stemmed;
}

const ASCII = /^[\0-\x7f]*$/;

function foldWord(text: string): string {
  if (/^[a-z0-9]+$/.test(text)) return text;
  if (ASCII.test(text)) return text.toLowerCase();
  return foldDigits(text)
    .replace(/[ßẞæÆœŒøØłŁđĐı]/g, (letter) => LETTER_PAIRS[letter] ?? letter)
    .normalize("NFKD")
    .toLowerCase()
    .replace(ACCENTS, "");
}

function tokenKey(raw: string): string {
  const folded = foldWord(raw).replace(/[’`]/g, "'").replace(/−/g, "-");
  if (/\p{Nd}/u.test(raw)) return folded.replace(/[\s']/g, "");
  const letters = /^(?:\p{L}\.)+$/u.test(folded) ? folded.replaceAll(".", "") : folded;
  return letters.replace(/'s?$/, "").replace(ELISION, "");
}
