import type { Passage } from "./article-index.ts";
import { dateWords, numericDates } from "./calendar.ts";
import { baseLanguage } from "./normalise.ts";

/** A stretch of days that a text speaks of, in days since 1970, both ends included. */
export interface Days {
  from: number;
  to: number;
  raw: string;
  kind: "relative" | "weekday" | "date";
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** How far the newsroom's clock may be from UTC: on either side of midnight "today" may be another day there. */
const ZONE_SLACK_HOURS = 9;

/** The days on which an article may have been published where its newsroom is; an exact midnight is a date without a time. */
export function datelines(publishedAt: Date): number[] {
  const at = publishedAt.getTime();
  if (Number.isNaN(at)) return [];
  if (at % DAY_MS === 0) return [at / DAY_MS];
  const days = [-ZONE_SLACK_HOURS, 0, ZONE_SLACK_HOURS].map((hours) =>
    Math.floor((at + hours * HOUR_MS) / DAY_MS),
  );
  return [...new Set(days)];
}

export function weekdayOfDay(day: number): number {
  // 1 January 1970 was a Thursday.
  return (((day + 4) % 7) + 7) % 7;
}

export function dateOfDay(day: number): { year: number; month: number; date: number } {
  const at = new Date(day * DAY_MS);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
}

/** Words for a day or stretch of days seen from the dateline, with its first and last day. */
type Relative = readonly (readonly [RegExp, number, number])[];

const RELATIVE: Readonly<Record<string, Relative>> = {
  en: [
    [/\bday before yesterday\b/i, -2, -2],
    [/(?<!before )\byesterday\b/i, -1, -1],
    [/\blast night\b/i, -1, 0],
    [/\b(?:overnight|this morning|this afternoon|this evening|tonight|today)\b/i, 0, 0],
    [/\btomorrow\b/i, 1, 1],
    [/\blast week\b/i, -13, -1],
    [/\bnext week\b/i, 1, 13],
    [/\blast weekend\b/i, -8, -1],
  ],
  de: [
    [/\bvorgestern\b/i, -2, -2],
    [/\bgestern\b/i, -1, -1],
    [/\bheute\b/i, 0, 0],
    [/\bmorgen (?=früh|abend|nachmittag|vormittag)|übermorgen/i, 1, 2],
    [/\b(?:letzte|vergangene|vorige)[nr]? Woche\b/i, -13, -1],
    [/\b(?:nächste|kommende)[nr]? Woche\b/i, 1, 13],
  ],
  fr: [
    [/\bavant-hier\b/i, -2, -2],
    [/(?<!avant-)\bhier\b/i, -1, -1],
    [/\baujourd['’]hui\b|\bce (?:matin|soir)\b/i, 0, 0],
    [/(?<!après-)\bdemain\b/i, 1, 1],
    [/\bla semaine (?:dernière|passée)/i, -13, -1],
    [/\bla semaine prochaine\b/i, 1, 13],
  ],
  es: [
    [/\b(?:anteayer|antier|antes de ayer)\b/i, -2, -2],
    [/(?<!de )\bayer\b/i, -1, -1],
    [/\b(?:hoy|esta (?:mañana|tarde|noche))\b/i, 0, 0],
    [/\bla semana pasada\b/i, -13, -1],
    [/\bla (?:próxima semana|semana (?:próxima|que viene))/i, 1, 13],
  ],
  it: [
    [/\bl['’]altro ieri\b/i, -2, -2],
    [/(?<!altro )\bieri\b/i, -1, -1],
    [/\boggi\b|\bstamattina\b|\bstamane\b/i, 0, 0],
    [/(?<!dopo)\bdomani\b/i, 1, 1],
    [/\bla (?:scorsa settimana|settimana scorsa)\b/i, -13, -1],
  ],
  pt: [
    [/\banteontem\b/i, -2, -2],
    [/\bontem\b/i, -1, -1],
    [/\bhoje\b/i, 0, 0],
    [/\ba? ?semana passada\b/i, -13, -1],
  ],
  nl: [
    [/\beergisteren\b/i, -2, -2],
    [/\bgister(?:en|avond|ochtend|middag|nacht)?\b/i, -1, -1],
    [/\bvandaag\b|\bvan(?:ochtend|avond|middag)\b/i, 0, 0],
    [/\bvorige week\b/i, -13, -1],
    [/\bvolgende week\b/i, 1, 13],
  ],
  ru: [
    [/позавчера/i, -2, -2],
    [/(?<!поза)вчера/i, -1, -1],
    [/сегодня/i, 0, 0],
    [/(?<!после)завтра(?!к)/i, 1, 1],
  ],
  ar: [
    [/أول (?:من )?أمس/, -2, -2],
    [/(?<!أول |من )[أا]مس/, -1, -1],
    [/(?<!\p{L})اليوم(?!\p{L})/u, 0, 0],
    [/(?<!\p{L})غدا/u, 1, 1],
  ],
  ja: [
    [/一昨日|おととい/, -2, -2],
    [/(?<!一)昨日|昨夜|昨晩/, -1, -1],
    [/今日|本日|今朝|今夜/, 0, 0],
    [/明日/, 1, 1],
    [/先週/, -13, -1],
    [/来週/, 1, 13],
  ],
  zh: [
    [/前天/, -2, -2],
    [/昨[天日晚]/, -1, -1],
    [/今[天日早晚]/, 0, 0],
    [/明[天日]/, 1, 1],
    [/上(?:周|週|星期)(?![一二三四五六日天])/, -13, -1],
    [/下(?:周|週|星期)(?![一二三四五六日天])/, 1, 13],
  ],
  ko: [
    [/그저께|그제/, -2, -2],
    [/어제|전날/, -1, -1],
    [/오늘/, 0, 0],
    [/내일(?!의)/, 1, 1],
    [/지난주/, -13, -1],
    [/다음 ?주/, 1, 13],
  ],
};

/** Days that a passage names by how far they lie from the dateline: "yesterday", "last week". */
export function relativeDays(passage: Passage, language: string, dateline: number): Days[] {
  return (RELATIVE[baseLanguage(language)] ?? []).flatMap(([pattern, from, to]): Days[] => {
    const raw = pattern.exec(passage.text)?.[0];
    return raw === undefined ? [] : [{ from: dateline + from, to: dateline + to, raw, kind: "relative" }];
  });
}

/** All days that a passage names: by distance, by weekday (the last and the next such day) and by date (in the nearest year). */
export function daysIn(passage: Passage, language: string, dateline: number): Days[] {
  const { weekdays, months } = dateWords(passage, language, true);
  const days = relativeDays(passage, language, dateline);
  for (const { value, raw } of weekdays) {
    const back = (((weekdayOfDay(dateline) - value) % 7) + 7) % 7;
    days.push({ from: dateline - back, to: dateline - back, raw, kind: "weekday" });
    days.push({ from: dateline - back + 7, to: dateline - back + 7, raw, kind: "weekday" });
    if (back === 0) days.push({ from: dateline - 7, to: dateline - 7, raw, kind: "weekday" });
  }
  for (const { value, raw, days: dates } of months)
    for (const date of dates) days.push(nearestDay(value, date, { raw, dateline }));
  for (const { month, day } of numericDates(passage.text))
    days.push(nearestDay(month, day, { raw: `${day}.${month}.`, dateline }));
  return days;
}

export function nearestDay(
  month: number,
  date: number,
  { raw, dateline }: { raw: string; dateline: number },
): Days {
  const { year } = dateOfDay(dateline);
  const days = [year - 1, year, year + 1].map((each) => Date.UTC(each, month - 1, date) / DAY_MS);
  const best = days.reduce((left, right) =>
    Math.abs(right - dateline) < Math.abs(left - dateline) ? right : left,
  );
  return { from: best, to: best, raw, kind: "date" };
}
