/** What an article's text depends on: nothing else, so that a restart writes the same words. */
export type Moment = { publishedAt: Date; corrected: boolean };

export type Copy = { headline: string; description: string; paragraphs: readonly string[] };

export type Language = "en" | "de";

const HOUR_MS = 3_600_000;

/** Splits a text block at its blank lines and joins the wrapped lines of each paragraph. */
export function paragraphs(block: string): string[] {
  return block
    .trim()
    .split(/\n\s*\n\s*/u)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/gu, " "));
}

/** The moment `hours` after `date`; negative hours lie before it. */
export function hoursAfter(date: Date, hours: number): Date {
  return new Date(date.getTime() + hours * HOUR_MS);
}

/** "Tuesday" or "Dienstag". All times of the newsroom are UTC, so that every machine shows the same. */
export function weekday(date: Date, language: Language = "en"): string {
  return format(date, language, { weekday: "long" });
}

/** "3 November". */
export function dayAndMonth(date: Date): string {
  return format(date, "en", { day: "numeric", month: "long" });
}

/** "14:05". */
export function clockTime(date: Date): string {
  return format(date, "en", { hour: "2-digit", minute: "2-digit" });
}

/** "3 November 2026, 14:05 UTC" in the page's language. */
export function dateline(date: Date, language: Language): string {
  const day = format(date, language, { day: "numeric", month: "long", year: "numeric" });
  return `${day}, ${clockTime(date)} UTC`;
}

function format(date: Date, language: Language, options: Intl.DateTimeFormatOptions): string {
  const locale = language === "de" ? "de-DE" : "en-GB";
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(date);
}
