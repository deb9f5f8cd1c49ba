import { type Passage, overlap } from "./article-index.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import { baseLanguage, intlLanguage } from "./normalise.ts";

/** Numbers that the days and months go by, for one language: folded name to number. */
interface Calendar {
  weekdays: Map<string, number>;
  months: Map<string, number>;
}

export interface DateWord {
  at: number;
  value: number;
  raw: string;
}

const CALENDARS = new Map<string, Calendar>();
/** Short forms of newsrooms that Intl does not know. */
const SHORT_MONTHS: Record<string, Record<string, number>> = {
  en: { sept: 9, jan: 1, feb: 2, aug: 8, oct: 10, nov: 11, dec: 12, apr: 4, jun: 6, jul: 7 },
};
const SHORT_WEEKDAYS: Record<string, Record<string, number>> = {
  en: { tues: 2, weds: 3, wed: 3, thurs: 4, thur: 4, mon: 1, fri: 5 },
};
/** Words that are months only with a capital or beside a number. */
const AMBIGUOUS = new Set([
  "may",
  "march",
  "mar",
  "mayo",
  "mars",
  "mai",
  "sun",
  "sat",
  "jun",
  "dec",
  "set",
  "mar.",
  "do",
  "so",
  "mo",
  "di",
  "mi",
  "sa",
  "fr",
  "dom",
  "sab",
  "jue",
  "mer",
  "jeu",
  "dim",
  "ago",
  "abr",
  "ene",
]);

/** Weekdays, months and day-month pairs of a claim must be the article's. */
export function checkDates(claim: Claim, context: Context): Failure | null {
  if (isKanji(claim.language)) return claim.translated ? null : checkKanjiDates(claim, context);
  const wanted = dateWords(claim, claim.language);
  if (wanted.weekdays.length + wanted.months.length === 0) return null;
  if (isKanji(context.article.language)) return checkAgainstKanji(wanted, context);
  return checkWeekdays(wanted.weekdays, claim, context) ?? checkMonths(wanted.months, claim, context);
}

/** The weekdays that a text names; none for a language that writes them as signs. */
export function weekdaysIn(passage: Passage, language: string): DateWord[] {
  return isKanji(language) ? [] : dateWords(passage, language, true).weekdays;
}

function isKanji(language: string): boolean {
  return ["ja", "zh"].includes(baseLanguage(language));
}

/** A weekday must be the article's, and not one that the cited sentence replaces by another. */
function checkWeekdays(wanted: readonly DateWord[], claim: Claim, context: Context): Failure | null {
  const { language, title, sentences } = context.article;
  const daysOf = (passage: Passage) => dateWords(passage, language, true).weekdays.map(({ value }) => value);
  const has = (passages: readonly Passage[], day: number) =>
    passages.some((each) => daysOf(each).includes(day));
  const cited = context.cited.filter((sentence) => overlap(claim, sentence.stems) >= SAME_MATTER);
  for (const { value, raw } of wanted) {
    const other =
      !has([...context.near, title], value) && cited.some((sentence) => daysOf(sentence).length > 0);
    if (other || !has([title, ...sentences], value)) return { reason: "date", detail: raw };
  }
  return null;
}

/** Share of a claim that a sentence must say before its weekday is the claim's. */
const SAME_MATTER = 0.5;

function checkMonths(wanted: readonly DateWord[], claim: Claim, context: Context): Failure | null {
  const { language, title, sentences, text } = context.article;
  const numeric = numericMonths(text);
  for (const month of wanted) {
    const days = daysBeside(claim, month.at);
    const beside = [title, ...sentences].flatMap((passage) =>
      dateWords(passage, language, true)
        .months.filter((other) => other.value === month.value)
        .map((other) => daysBeside(passage, other.at)),
    );
    if (numeric.has(month.value)) continue;
    if (beside.length === 0) return { reason: "date", detail: month.raw };
    if (days.length === 0 || beside.some((stated) => stated.length === 0)) continue;
    const wrong = days.find((day) => !beside.some((stated) => stated.includes(day)));
    if (wrong !== undefined) return { reason: "date", detail: `${wrong} ${month.raw}` };
  }
  return null;
}

/** German and Dutch write weekday and time of day as one word: Montagabend, maandagochtend. */
const DAY_PART =
  /(?<=tag|woch|abend|dag)(?:s?(?:fruh|morgen|vormittag|mittag|nachmittag|abend|nacht)s?|(?:ochtend|morgen|middag|avond|nacht))$/;

const WEEKDAY_SIGNS = "日月火水木金土";

/** A translated claim against a Japanese or Chinese article, whose months are figures and whose weekdays are signs. */
function checkAgainstKanji(wanted: DateWords, context: Context): Failure | null {
  const text = context.article.folded;
  const numeric = numericMonths(context.article.text);
  const noMonth = wanted.months.find(
    ({ value }) => !new RegExp(`(?<!\\d)${value}月`).test(text) && !numeric.has(value),
  );
  const noDay = wanted.weekdays.find(
    ({ value }) =>
      !text.includes(`${WEEKDAY_SIGNS.charAt(value)}曜`) &&
      !text.includes(`(${WEEKDAY_SIGNS.charAt(value)})`),
  );
  const missing = noMonth ?? noDay;
  return missing === undefined ? null : { reason: "date", detail: missing.raw };
}

interface DateWords {
  weekdays: DateWord[];
  months: DateWord[];
}

function dateWords(passage: Passage, language: string, lenient = false): DateWords {
  const calendar = calendarOf(language);
  const weekdays: DateWord[] = [];
  const months: DateWord[] = [];
  for (const [at, token] of passage.tokens.entries()) {
    const bare = token.key.replace(DAY_PART, "").replace(/s$/, "");
    const weekday = calendar.weekdays.get(token.key) ?? calendar.weekdays.get(bare);
    const month = calendar.months.get(token.key);
    if (weekday === undefined && month === undefined) continue;
    const raw = passage.text.slice(token.start, token.end);
    if (!lenient && AMBIGUOUS.has(token.key) && daysBeside(passage, at).length === 0) continue;
    if (!lenient && language.startsWith("en") && !isCapital(raw)) continue;
    if (weekday !== undefined) weekdays.push({ at, value: weekday, raw });
    if (month !== undefined) months.push({ at, value: month, raw });
  }
  return { weekdays, months };
}

/** Days of the month that stand right beside a month's name, either side: "11 May", "May 11-13", "11. Mai". */
function daysBeside(passage: Passage, at: number): number[] {
  const days: number[] = [];
  for (const token of passage.tokens.slice(Math.max(0, at - 4), at + 4)) {
    const day = /^\d{1,2}$/.test(token.key) ? Number(token.key) : 0;
    const month = passage.tokens[at];
    if (day < 1 || day > 31 || month === undefined) continue;
    const between =
      token.start < month.start
        ? passage.text.slice(token.end, month.start)
        : passage.text.slice(month.end, token.start);
    if (/^(?:st|nd|rd|th|[\s.,–-]|of|de|and|to|und|bis|y|et|er|[\d])*$/i.test(between)) days.push(day);
  }
  return days;
}

/** Months given as figures: 2024-09-13, 13.09.2024, 13/09/24. */
function numericMonths(text: string): Set<number> {
  const months = new Set<number>();
  for (const match of text.matchAll(/\b\d{4}-(\d{2})-\d{2}\b|\b(\d{1,2})[./](\d{1,2})[./]\d{2,4}\b/g)) {
    for (const part of match.slice(1)) if (part !== undefined) months.add(Number(part));
  }
  return months;
}

const KANJI_DATE = /(\d{1,2})月(?:\s?(\d{1,2})日)?|([月火水木金土日])曜/g;

/** Japanese and Chinese dates are figures with signs: each such piece must be in the article. */
function checkKanjiDates(claim: Claim, context: Context): Failure | null {
  for (const match of claim.text.normalize("NFKC").matchAll(KANJI_DATE)) {
    const piece = match[0].replace(/\s/g, "");
    if (context.article.folded.replace(/\s/g, "").includes(piece)) continue;
    const day = /(\d{1,2})日$/.exec(piece)?.[0];
    const month = /^\d{1,2}月/.exec(piece)?.[0];
    const apart = [day, month].every((part) => part === undefined || context.article.folded.includes(part));
    if (match[3] !== undefined || !apart) return { reason: "date", detail: piece };
  }
  return null;
}

function calendarOf(language: string): Calendar {
  const tag = intlLanguage(language);
  const known = CALENDARS.get(tag);
  if (known !== undefined) return known;
  const calendar: Calendar = { weekdays: new Map(), months: new Map() };
  for (const style of ["long", "short"] as const) {
    const weekday = new Intl.DateTimeFormat(tag, { weekday: style, timeZone: "UTC" });
    const month = new Intl.DateTimeFormat(tag, { month: style, timeZone: "UTC" });
    for (let i = 0; i < 7; i++) calendar.weekdays.set(name(weekday, Date.UTC(2023, 0, 1 + i)), i);
    for (let i = 0; i < 12; i++) calendar.months.set(name(month, Date.UTC(2023, i, 15)), i + 1);
  }
  for (const [key, value] of Object.entries(SHORT_MONTHS[tag] ?? {})) calendar.months.set(key, value);
  for (const [key, value] of Object.entries(SHORT_WEEKDAYS[tag] ?? {})) calendar.weekdays.set(key, value);
  CALENDARS.set(tag, calendar);
  return calendar;
}

function name(format: Intl.DateTimeFormat, at: number): string {
  return foldedName(format.format(at));
}

function foldedName(raw: string): string {
  return raw
    .normalize("NFKD")
    .replace(/[\u0300-\u036f.]/g, "")
    .toLowerCase();
}

function isCapital(raw: string): boolean {
  return /^\p{Lu}/u.test(raw);
}
