import type { Passage } from "./article-index.ts";
import { foldDigits } from "./digits.ts";
import { baseLanguage, intlLanguage, isUnspaced } from "./normalise.ts";
import { type DateWords, SIGNS, signedDates } from "./calendar-signs.ts";
import { MONTH_FORMS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAY_FORMS } from "./calendar-words.ts";

/** Numbers that the days and months go by, for one language: folded name to number. */
interface Calendar {
  weekdays: Map<string, number>;
  months: Map<string, number>;
}

const CALENDARS = new Map<string, Calendar>();
/** Words that are months or days only with a capital or beside a number. */
const AMBIGUOUS = new Set(
  "may march mar mayo mars mai sun sat jun dec set mar. do so mo di mi sa fr dom sab jue mer jeu dim ago abr ene".split(
    " ",
  ),
);

/** German and Dutch write weekday and time of day as one word: Montagabend, maandagochtend. */
const DAY_PART =
  /(?<=tag|woch|abend|dag)(?:s?(?:fruh|morgen|vormittag|mittag|nachmittag|abend|nacht)s?|(?:ochtend|morgen|middag|avond|nacht))$/;

const LENIENT = new WeakMap<Passage, DateWords>();

/** The weekdays and months of a passage; `lenient` takes a word that may be a date for one, as evidence is read. */
export function dateWords(passage: Passage, language: string, lenient = false): DateWords {
  const known = lenient ? LENIENT.get(passage) : undefined;
  if (known !== undefined) return known;
  const made = datesOf(passage, language, lenient);
  if (lenient) LENIENT.set(passage, made);
  return made;
}

function datesOf(passage: Passage, language: string, lenient: boolean): DateWords {
  const signs = SIGNS[baseLanguage(language)];
  if (signs !== undefined) return signedDates(passage, signs);
  return isUnspaced(language) ? runOnDates(passage, language) : namedDates(passage, language, lenient);
}

function namedDates(passage: Passage, language: string, lenient: boolean): DateWords {
  const calendar = calendarOf(language);
  const base = baseLanguage(language);
  const found: DateWords = { weekdays: [], months: [] };
  for (const [at, token] of passage.tokens.entries()) {
    const key = base === "ar" ? withoutHamza(token.key) : token.key;
    const weekday = weekdayOf(key, { base, calendar, lenient, before: passage.tokens[at - 1]?.key ?? "" });
    const month =
      calendar.months.get(key) ??
      calendar.months.get(token.key) ??
      monthForm(key, base, passage.tokens[at + 1]?.key ?? "");
    if (weekday === undefined && month === undefined) continue;
    const raw = passage.text.slice(token.start, token.end);
    if (!lenient && AMBIGUOUS.has(token.key) && daysBeside(passage, at).length === 0) continue;
    if (!lenient && base === "en" && !/^\p{Lu}/u.test(raw)) continue;
    if (weekday !== undefined) found.weekdays.push({ at, value: weekday, raw, days: [] });
    if (month !== undefined) found.months.push({ at, value: month, raw, days: daysBeside(passage, at) });
  }
  return found;
}

interface Reading {
  base: string;
  calendar: Calendar;
  lenient: boolean;
  before: string;
}

function weekdayOf(key: string, { base, calendar, lenient, before }: Reading): number | undefined {
  if (base === "fa" && key === SHANBE) return PERSIAN_DAYS.get(before) ?? 6;
  const known = calendar.weekdays.get(key);
  if (known !== undefined || key.length < 4) return known;
  const bare = key.replace(DAY_PART, "").replace(/s$/, "");
  const found = calendar.weekdays.get(bare) ?? WEEKDAY_FORMS[base]?.find(([form]) => form.test(key))?.[1];
  if (found !== undefined || !lenient || WELL_KNOWN.has(base)) return found;
  for (const [name, value] of calendar.weekdays)
    if (name.length > 4 && key.startsWith(name.slice(0, Math.max(4, name.length - 2)))) return value;
  return undefined;
}

/** Languages whose weekdays stand as Intl has them, or have a table here: in others any ending may follow. */
const WELL_KNOWN = new Set([
  "en",
  "de",
  "fr",
  "es",
  "it",
  "pt",
  "nl",
  "ru",
  "uk",
  "pl",
  "ar",
  "fa",
  "sv",
  "da",
  "nb",
  "no",
]);
/** Persian counts the days on from Saturday, often with a joint that parts the word in two. */
const SHANBE = "شنبه";
const PERSIAN_DAYS = new Map([
  ["یک", 0],
  ["دو", 1],
  ["سه", 2],
  ["چهار", 3],
  ["پنج", 4],
]);

/** Names within runs of letters without spaces, as in Thai. */
function runOnDates(passage: Passage, language: string): DateWords {
  const calendar = calendarOf(language);
  const found: DateWords = { weekdays: [], months: [] };
  const named = (name: string) => name.length >= 4 && passage.folded.includes(name);
  for (const [raw, value] of calendar.weekdays)
    if (named(raw)) found.weekdays.push({ at: 0, value, raw, days: [] });
  for (const [raw, value] of calendar.months)
    if (named(raw)) found.months.push({ at: 0, value, raw, days: [] });
  return found;
}

/** False for a language whose days and months are named in more words than one, which are not read. */
export function readsDates(language: string): boolean {
  if (SIGNS[baseLanguage(language)] !== undefined) return true;
  return ![...calendarOf(language).weekdays.keys()].some((name) => /[\s\d]/.test(name));
}

function monthForm(key: string, base: string, next: string): number | undefined {
  const forms = MONTH_FORMS[base];
  if (forms === undefined) return undefined;
  return forms.find(([form]) => form.test(base === "ar" ? `${key} ${withoutHamza(next)}` : key))?.[1];
}

/** Arabic spells many words with and without hamza and vowels, and leans particles on them. */
function withoutHamza(key: string): string {
  return key
    .replace(/\p{Mn}/gu, "")
    .replace(/[أإآ]/g, "ا")
    .replace(/^[وبفل](?=ال)/, "");
}

const BETWEEN_DAY_AND_MONTH = /^(?:st|nd|rd|th|ª|º|er|[\s.,–-]|of|de|del|and|to|und|bis|y|et|al|[\d])*$/i;

/** Days of the month that stand right beside a month's name, either side: "11 May", "May 11-13", "11. Mai". */
function daysBeside(passage: Passage, at: number): number[] {
  const days: number[] = [];
  const month = passage.tokens[at];
  for (const token of passage.tokens.slice(Math.max(0, at - 4), at + 4)) {
    const day = /^\d{1,2}$/.test(token.key) ? Number(token.key) : 0;
    if (day < 1 || day > 31 || month === undefined) continue;
    const between =
      token.start < month.start
        ? passage.text.slice(token.end, month.start)
        : passage.text.slice(month.end, token.start);
    if (BETWEEN_DAY_AND_MONTH.test(foldDigits(between))) days.push(day);
  }
  return days;
}

/** True for a language whose months are figures with a sign. */
export function writesMonthsInFigures(language: string): boolean {
  return SIGNS[baseLanguage(language)] !== undefined;
}

/** Months given as figures: 2024-09-13, 13.09.2024, 13/09/24; with both readings where day and month may change places. */
export function numericDates(text: string): { month: number; day: number }[] {
  const found: { month: number; day: number }[] = [];
  const add = (month: string | undefined, day: string | undefined) => {
    if (month !== undefined && day !== undefined && Number(month) <= 12)
      found.push({ month: Number(month), day: Number(day) });
  };
  for (const match of foldDigits(text).matchAll(NUMERIC_DATE)) {
    add(match[1], match[2]);
    add(match[3], match[4]);
    add(match[4], match[3]);
  }
  return found;
}

const NUMERIC_DATE = /\b\d{4}[-/.](\d{1,2})[-/.](\d{1,2})\b|\b(\d{1,2})[./](\d{1,2})[./]\d{2,4}\b/g;

function calendarOf(language: string): Calendar {
  const tag = intlLanguage(language);
  const known = CALENDARS.get(tag);
  if (known !== undefined) return known;
  const calendar: Calendar = { weekdays: new Map(), months: new Map() };
  // Persian and Thai default to calendars of their own, whose months news of the world does not use.
  const gregorian = `${tag}-u-ca-gregory`;
  for (const style of ["long", "short"] as const) {
    const weekday = new Intl.DateTimeFormat(gregorian, { weekday: style, timeZone: "UTC" });
    const month = new Intl.DateTimeFormat(gregorian, { month: style, timeZone: "UTC" });
    const beside = new Intl.DateTimeFormat(gregorian, { month: style, day: "numeric", timeZone: "UTC" });
    for (let i = 0; i < 7; i++) calendar.weekdays.set(fold(weekday.format(Date.UTC(2023, 0, 1 + i)), tag), i);
    for (let i = 0; i < 12; i++) {
      const at = Date.UTC(2023, i, 15);
      calendar.months.set(fold(month.format(at), tag), i + 1);
      // Slavic months have another ending beside a day.
      const part = beside.formatToParts(at).find(({ type }) => type === "month")?.value;
      if (part !== undefined && /\p{L}/u.test(part)) calendar.months.set(fold(part, tag), i + 1);
    }
  }
  for (const [key, value] of Object.entries(SHORT_MONTHS[tag] ?? {})) calendar.months.set(key, value);
  for (const [key, value] of Object.entries(SHORT_WEEKDAYS[tag] ?? {})) calendar.weekdays.set(key, value);
  CALENDARS.set(tag, calendar);
  return calendar;
}

function fold(raw: string, tag: string): string {
  const folded = raw
    .normalize("NFKD")
    .replace(/[\u0300-\u036f.]/g, "")
    .toLowerCase();
  return tag === "ar" ? withoutHamza(folded) : folded;
}
