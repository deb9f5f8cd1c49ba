import { type Passage, overlap } from "./article-index.ts";
import { dateWords, numericDates, readsDates, writesMonthsInFigures } from "./calendar.ts";
import type { Claim, Context, Failure } from "./claims.ts";
import type { DateWord } from "./calendar-signs.ts";
import { type Days, dateOfDay, daysIn, nearestDay, relativeDays, weekdayOfDay } from "./dateline.ts";
import { baseLanguage } from "./normalise.ts";

/** Share of a claim that a sentence must say before its day is the claim's. */
const SAME_MATTER = 0.5;
/** Share from which on a day that it names by its distance may be the one that the claim names. */
const RELATED = 0.3;

/** Weekdays, months, day-month pairs and "yesterday" of a claim must be the article's, as seen from its dateline. */
export function checkDates(claim: Claim, context: Context): Failure | null {
  if (!readsDates(context.article.language)) return null;
  const { weekdays, months } = dateWords(claim, claim.language);
  return (
    checkWeekdays(weekdays, claim, context) ??
    checkMonths(months, claim, context) ??
    checkRelative(claim, context)
  );
}

/** The weekdays that a text names. */
export function weekdaysIn(passage: Passage, language: string): readonly DateWord[] {
  return dateWords(passage, language, true).weekdays;
}

/** A weekday must be the article's, and not one that the cited sentence replaces by another. */
function checkWeekdays(wanted: readonly DateWord[], claim: Claim, context: Context): Failure | null {
  const { language, title, sentences } = context.article;
  const has = (passages: readonly Passage[], day: number) =>
    passages.some((each) => weekdaysIn(each, language).some(({ value }) => value === day));
  const cited = sameMatter(claim, context);
  for (const { value, raw } of wanted) {
    const near = has([...context.near, title], value);
    const other = !near && cited.some((sentence) => weekdaysIn(sentence, language).length > 0);
    const elsewhere = has([title, ...sentences], value);
    if (!other && (near || (elsewhere && !saysOtherDay(cited, value, context)))) continue;
    if (!impliedDays(claim, context).some((day) => weekdayOfDay(day) === value))
      return { reason: "date", detail: raw };
  }
  return null;
}

/** The cited sentences that say much of what the claim says. */
function sameMatter(claim: Claim, context: Context): Passage[] {
  return context.cited.filter((sentence) => overlap(claim, sentence.stems) >= SAME_MATTER);
}

/** True where evidence says "yesterday" and that was another weekday, wherever the newsroom is. */
function saysOtherDay(cited: readonly Passage[], weekday: number, { article, datelines }: Context): boolean {
  if (datelines.length === 0) return false;
  const told = cited.flatMap((sentence) =>
    datelines.flatMap((dateline) => relativeDays(sentence, article.language, dateline)),
  );
  return told.length > 0 && !told.some((days) => lasts(days).some((day) => weekdayOfDay(day) === weekday));
}

function checkMonths(wanted: readonly DateWord[], claim: Claim, context: Context): Failure | null {
  const { language, title, sentences, text } = context.article;
  // Persian news counts months of its own, which nobody can hold against others without a calendar of both.
  if (wanted.length === 0 || baseLanguage(language) === "fa") return null;
  const numeric = numericDates(text);
  const stated = [title, ...sentences].flatMap((passage) => dateWords(passage, language, true).months);
  for (const month of wanted) {
    if (numeric.some((date) => date.month === month.value) || isImplied(month, claim, context)) continue;
    const same = stated.filter(({ value }) => value === month.value);
    if (same.length === 0) return { reason: "date", detail: month.raw };
    if (isMovedMonth(month, claim, context))
      return { reason: "date", detail: month.raw, rule: "month moved" };
    if (month.days.length === 0 || same.some(({ days }) => days.length === 0)) continue;
    const wrong = month.days.find(
      (day) => !same.some(({ days }) => days.includes(day)) && !standsAlone(day, context),
    );
    if (wrong !== undefined) return { reason: "date", detail: `${wrong} ${month.raw}` };
  }
  return null;
}

/** Share of a claim from which a sentence with another month for the same matter is the one that it tells. */
const SAME_STATEMENT = 0.6;

/** True where the cited sentence has another month for what the claim tells, and none near it has the claim's. */
function isMovedMonth(month: DateWord, claim: Claim, { article, cited, near }: Context): boolean {
  if (claim.translated) return false;
  const monthsIn = (passage: Passage) => dateWords(passage, article.language, true).months;
  const fits = ({ value, days }: DateWord) =>
    value === month.value && (month.days.length === 0 || month.days.some((day) => days.includes(day)));
  const told = cited.filter((sentence) => overlap(claim, sentence.stems) >= SAME_STATEMENT);
  const stated = told.flatMap(monthsIn);
  if (stated.length === 0 || [article.title, ...near].some((each) => monthsIn(each).some(fits))) return false;
  // The same day of another month, or a sentence with one month where the claim has one.
  return month.days.length > 0
    ? stated.some(({ days }) => month.days.some((day) => days.includes(day)))
    : stated.length === 1 &&
        !article.sentences.some((each) => overlap(claim, each.stems) >= RELATED && monthsIn(each).some(fits));
}

/** Japanese and Chinese news names the month once and then only days: 12日. */
function standsAlone(day: number, { article }: Context): boolean {
  return (
    writesMonthsInFigures(article.language) && new RegExp(`(?<!\\d)${day}[日号號일]`).test(article.folded)
  );
}

/** True where what the article says of days, seen from its dateline, comes to this date. */
function isImplied(month: DateWord, claim: Claim, context: Context): boolean {
  const implied = impliedDays(claim, context).map(dateOfDay);
  if (month.days.length === 0) return implied.some((day) => day.month === month.value);
  return month.days.every((date) => implied.some((day) => day.month === month.value && day.date === date));
}

/** Single days that the article names near the claim or in sentences about the same; empty without a dateline. */
function impliedDays(claim: Claim, context: Context): number[] {
  const { article, datelines, near } = context;
  const related = claim.translated
    ? article.sentences
    : article.sentences.filter((sentence) => overlap(claim, sentence.stems) >= RELATED);
  return datelines.flatMap((dateline) =>
    [article.title, ...near, ...related].flatMap((passage) =>
      daysIn(passage, article.language, dateline).flatMap(lasts),
    ),
  );
}

/** A stretch of a day or a night; longer ones say no day. */
function lasts({ from, to }: Days): number[] {
  return to - from > 1 ? [] : [from, to];
}

/** "Yesterday" and "last week" of a claim against the days that its evidence names. */
function checkRelative(claim: Claim, context: Context): Failure | null {
  const { article, datelines } = context;
  if (datelines.length === 0 || claim.translated) return null;
  const wanted = datelines.flatMap((dateline) => relativeDays(claim, claim.language, dateline));
  const [first] = wanted;
  // "Today" is as often "nowadays".
  if (first === undefined || wanted.some(({ from, to }) => datelines.some((day) => from <= day && day <= to)))
    return null;
  const told = (passages: readonly Passage[]) =>
    datelines.flatMap((dateline) => passages.flatMap((each) => daysIn(each, article.language, dateline)));
  const cited = told(sameMatter(claim, context));
  if (cited.length === 0 || saysSame(first.raw, article.folded)) return null;
  const meets = (days: Days) => wanted.some(({ from, to }) => days.from <= to && from <= days.to);
  return [...cited, ...told([article.title, ...context.near])].some(meets)
    ? null
    : { reason: "date", detail: first.raw, rule: "day from dateline" };
}

function saysSame(raw: string, folded: string): boolean {
  return folded.includes(
    raw
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase(),
  );
}

/** Numbers of a claim that are the day or year of a date which the article gives in other words. */
export function datedNumbers(claim: Claim, context: Context): ReadonlySet<number> {
  const found = new Set<number>();
  if (context.datelines.length === 0) return found;
  for (const month of dateWords(claim, claim.language).months) {
    const implied = isImplied(month, claim, context);
    if (implied) for (const day of month.days) found.add(day);
    for (const dateline of context.datelines) {
      const [date = 15] = month.days;
      found.add(dateOfDay(nearestDay(month.value, date, { raw: "", dateline }).from).year);
    }
  }
  return found;
}

/** The figure of a month, which is the dates' to check: 5月 for May. */
export function isMonthFigure(claim: Claim, { value, end }: { value: number; end: number }): boolean {
  return (
    writesMonthsInFigures(claim.language) &&
    value >= 1 &&
    value <= 12 &&
    /^\s?[月월]/.test(claim.text.slice(end, end + 2))
  );
}
