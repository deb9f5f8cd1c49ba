import type { Article } from "./article.ts";

/** An article whose page is to be looked at again. */
export interface Recheck {
  article: Article;
  source: string | null;
  missingSince: Date | null;
}

const MINUTE_MS = 60_000;

/** Between one look at an article's page and the next; most corrections come in the first hours. */
const WAITS_MS = [15, 45, 120, 300, 960, 1_440].map((minutes) => minutes * MINUTE_MS);

/** When a page is looked at for the given time, counted from 0; null once it has been looked at often enough. */
export function recheckTime(now: Date, looks: number): Date | null {
  const wait = WAITS_MS[looks];
  return wait === undefined ? null : new Date(now.getTime() + wait);
}
