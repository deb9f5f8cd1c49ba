import { remembered } from "./memo.ts";
import { baseLanguage } from "./normalise.ts";
import { NUMBER_JOINERS, NUMBER_WORDS, ORDINAL_WORDS, STANDING_FOR, type Words } from "./number-tables.ts";

const ORDINAL_VALUES = new Map(
  Object.entries(ORDINAL_WORDS).map(([language, list]) => [
    language,
    new Map(list.split(" ").map((word, i) => [word, i + 1])),
  ]),
);

/** Every number word of every language: what may not differ between a quote and its article. */
const ALL = new Set(
  Object.values(NUMBER_WORDS).flatMap((table) => Object.keys(table).filter((word) => word.length > 2)),
);

export function isNumberKey(key: string): boolean {
  return /\p{Nd}|^[〇零一二两兩三四五六七八九十百千万萬億亿兆]$/u.test(key) || ALL.has(key);
}

export function ordinalValue(key: string, language: string): number | null {
  return readersOf(baseLanguage(language)).ordinal(key);
}

/** What a language's words say of numbers, each word read once. */
interface Readers {
  ordinal: (key: string) => number | null;
  starts: (key: string) => boolean;
}

const READERS = new Map<string, Readers>();

function readersOf(base: string): Readers {
  const known = READERS.get(base);
  if (known !== undefined) return known;
  const readers: Readers = {
    ordinal: remembered((key) => readOrdinal(key, base)),
    starts: remembered((key) => valueOfWord(key, tableOf(base), base) !== null),
  };
  READERS.set(base, readers);
  return readers;
}

/** False for a word that no number of the language begins with. */
export function startsNumber(key: string, language: string): boolean {
  return readersOf(baseLanguage(language)).starts(key);
}

function readOrdinal(key: string, base: string): number | null {
  const values = ORDINAL_VALUES.get(base);
  if (values === undefined) return null;
  const bare = base === "en" ? key : key.replace(base === "de" ? /e[nrsm]?$/ : /(?:os|as|o|a|e|es|s)$/, "");
  if (base === "de" && bare === key) return null;
  return values.get(key) ?? values.get(bare) ?? null;
}

/** False for a language whose words for small numbers are not in the tables. */
export function spellsNumbers(language: string): boolean {
  const base = baseLanguage(language);
  if (base === "ja" || base === "zh") return true;
  return Object.values(tableOf(language)).some((value) => value > 1 && value < 10);
}

export function standsFor(key: string, language: string): number | null {
  return STANDING_FOR[baseLanguage(language)]?.[key] ?? null;
}

/** The scale a word after digits multiplies them by ("3 million", "5bn"), or null. */
export function scaleOf(key: string, language: string): number | null {
  const value =
    tableOf(language)[key] ?? (baseLanguage(language) === "de" ? null : NUMBER_WORDS["en"]?.[key]) ?? null;
  return value !== null && (value >= 1000 || key === "hundred" || key === "dozen") ? value : null;
}

/** Reads a run of number words from the front: its value and how many words it took, or null. */
export function readNumberWords(
  keys: readonly string[],
  language: string,
): { value: number; taken: number } | null {
  const base = baseLanguage(language);
  const table = tableOf(language);
  const state: Reading = { total: 0, current: 0, taken: 0 };
  for (let i = 0; i < keys.length && i < 10; i++) {
    const key = keys[i] ?? "";
    if (key === NUMBER_JOINERS[base] && joins(state.current + state.total, keys[i + 1] ?? "", table))
      continue;
    if (base === "fr" && key === "quatre" && /^vingts?$/.test(keys[i + 1] ?? "")) {
      state.current += 80;
      i += 1;
    } else if (!addWord(state, valueOfWord(key, table, base), key, table)) break;
    state.taken = i + 1;
  }
  return state.taken === 0 ? null : { value: state.total + state.current, taken: state.taken };
}

interface Reading {
  total: number;
  current: number;
  taken: number;
}

/** Scales that stand alone for one of themselves: "a thousand", "mille". */
const LONE_SCALE =
  /^(?:thousand|million|billion|trillion|tausend|mil|mille|миллион|миллиард|тысяча|тысячу|مليون|مليار)$/;

/** Adds one word to the number read so far; false when it starts another number or is none. */
function addWord(reading: Reading, value: number | null, key: string, table: Words): boolean {
  if (value === null) return false;
  const first = reading.taken === 0;
  if (value >= 1000 && table[key] === undefined) {
    if (!first) return false;
    reading.current = value;
    return true;
  }
  if (value >= 1000) {
    if (first ? !LONE_SCALE.test(key) : reading.total % (value * 1000) !== 0) return false;
    reading.total += Math.max(reading.current, 1) * value;
    reading.current = 0;
    return true;
  }
  if (first && key.endsWith("hundreds")) return false;
  if (value === 100 && reading.current > 0 && reading.current < 100) reading.current *= 100;
  else if (value === 12 && key !== "douze" && reading.current > 0 && reading.current < 12)
    reading.current *= 12;
  else if (first || fits(reading.current, value) || fitsBehind(key, reading.current, value))
    reading.current += value;
  else return false;
  return true;
}

/** "two hundred and five" is one number, "five and six" are two. */
function joins(read: number, next: string, table: Words): boolean {
  const value = table[next];
  return (
    read > 0 &&
    value !== undefined &&
    value < 100 &&
    (read >= 100 ? read % 100 === 0 : read >= 20 && value < 20)
  );
}

/** True when a value goes on a number: 5 on 20, 20 on 100, 100 on 2000, and the French 12 on 60. */
function fits(current: number, value: number): boolean {
  if (current === 0) return true;
  if (value < 10) return current % 10 === 0 && current % 100 !== 10;
  if (value < 20) return current % 100 === 0 || current % 100 === 60 || current % 100 === 80;
  return value < 100 && current % 100 === 0;
}

/** Arabic names the ones before the tens: خمسة وعشرون, خمسة عشر. */
function fitsBehind(key: string, current: number, value: number): boolean {
  return /^\p{Script=Arabic}/u.test(key) && current < 10 && value >= 10 && value < 100;
}

function valueOfWord(key: string, table: Words, base: string): number | null {
  if (key.length < 3 && !SHORT_WORDS.has(base)) return null;
  const own = table[key];
  if (own !== undefined) return own;
  if (base === "ar" && key.startsWith("و")) return table[key.slice(1)] ?? null;
  if (base === "it") return italianValue(key, table);
  return base === "de" || base === "nl" ? compoundValue(key, table, base) : null;
}

/** Italian writes them as one word, too, without the vowel before "uno" and "otto": quarantatré, ventuno, duecentotrenta. */
function italianValue(key: string, table: Words): number | null {
  for (const [word, scale] of ITALIAN_SCALES) {
    const at = key.indexOf(word);
    if (at < 0) continue;
    const rest = key.slice(at + word.length);
    const left = at === 0 ? 1 : (table[key.slice(0, at)] ?? italianTens(key.slice(0, at), table));
    const right = rest === "" ? 0 : valueOfWord(rest, table, "it");
    return left === null || right === null ? null : left * scale + right;
  }
  return italianTens(key, table);
}

function italianTens(key: string, table: Words): number | null {
  for (let length = 4; length < key.length; length++) {
    const [head, one] = [key.slice(0, length), table[key.slice(length)] ?? 0];
    const ten = table[head] ?? table[`${head}a`] ?? table[`${head}i`] ?? 0;
    if (ten >= 20 && ten < 100 && ten % 10 === 0 && one > 0 && one < 10) return ten + one;
  }
  return null;
}

const ITALIAN_SCALES = [
  ["mila", 1000],
  ["mille", 1000],
  ["cento", 100],
] as const;

/** German and Dutch write numbers as one word: dreiundzwanzig, zweihundertfünfzig. */
function compoundValue(key: string, table: Words, base: string): number | null {
  const joiner = base === "de" ? "und" : "en";
  for (const [word, scale] of base === "de" ? GERMAN_SCALES : DUTCH_SCALES) {
    const at = key.indexOf(word);
    if (at < 0) continue;
    const left = at === 0 ? 1 : valueOfWord(key.slice(0, at), table, base);
    const rest = key.slice(at + word.length);
    const right =
      rest === "" ? 0 : valueOfWord(rest.startsWith(joiner) ? rest.slice(joiner.length) : rest, table, base);
    return left === null || right === null ? null : left * scale + right;
  }
  const teen = /^(drei|vier|funf|acht|neun)zehn$/.exec(key)?.[1];
  if (teen !== undefined) return (table[teen] ?? 0) + 10;
  const parts = new RegExp(`^(.{2,7})${joiner}(.{6,8})$`).exec(key);
  const unit = table[parts?.[1] ?? ""];
  const ten = table[parts?.[2] ?? ""];
  return unit !== undefined && ten !== undefined && unit < 10 && ten >= 20 && ten < 100 ? unit + ten : null;
}

/** Languages whose number words may have two letters. */
const SHORT_WORDS = new Set(["es", "fr", "it", "pt", "ar", "fa", "hi"]);

const GERMAN_SCALES = [
  ["tausend", 1000],
  ["hundert", 100],
] as const;
const DUTCH_SCALES = [
  ["duizend", 1000],
  ["honderd", 100],
] as const;

function tableOf(language: string): Words {
  return NUMBER_WORDS[baseLanguage(language)] ?? {};
}
