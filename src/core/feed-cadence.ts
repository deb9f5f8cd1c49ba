import type { Cadence } from "./feed.ts";

/** What comes out within this time is one publication: sites publish in batches. */
const BATCH_MS = 5 * 60_000;
/** Older publications say little about today. */
const REMEMBERED_MS = 365 * 86_400_000;
const MOST_BATCHES = 60;
/** Fewer times between publications than these teach nothing. */
const LEAST_GAPS = 4;
/** A window this long has seen a weekend. */
const WEEK_MS = 8 * 86_400_000;
/** Weight of what is new against what was learned before. */
const NEWS_WEIGHT = 0.5;

/** The cadence after a feed was read, from the times of publication in it; as before where they are too few. */
export function learnCadence(before: Cadence | null, published: readonly Date[], now: Date): Cadence | null {
  const batches = toBatches(published, now);
  const gaps = batches.slice(1).map((time, index) => time - (batches[index] ?? time));
  if (gaps.length < LEAST_GAPS) return before;
  const sorted = gaps.toSorted((a, b) => a - b);
  const seenWeekend = batches.some(isWeekend);
  const span = (batches.at(-1) ?? 0) - (batches[0] ?? 0);
  return {
    typicalMs: blend(before?.typicalMs, rank(sorted, 0.5)),
    longMs: blend(before?.longMs, rank(sorted, 0.9)),
    weekends: span >= WEEK_MS ? seenWeekend : seenWeekend || (before?.weekends ?? false),
  };
}

/** The cadence after something undated arrived: the time since the last arrival stands for the time between publications. */
export function learnArrival(before: Cadence | null, last: Date | null, now: Date): Cadence | null {
  if (last === null || now.getTime() - last.getTime() < BATCH_MS) return before;
  const gap = now.getTime() - last.getTime();
  return {
    typicalMs: blend(before?.typicalMs, gap),
    // A long gap is forgotten slowly: it is what tells silence from a pause.
    longMs: Math.max(gap, (before?.longMs ?? gap) * 0.9),
    weekends: isWeekend(now.getTime()) || (before?.weekends ?? false),
  };
}

/** Times of publication in order, batches as one; neither the far past nor the future. */
function toBatches(published: readonly Date[], now: Date): number[] {
  const times = published
    .map((date) => date.getTime())
    .filter((time) => time <= now.getTime() && time > now.getTime() - REMEMBERED_MS)
    .sort((a, b) => a - b);
  const batches: number[] = [];
  for (const time of times) if (time - (batches.at(-1) ?? -Infinity) > BATCH_MS) batches.push(time);
  return batches.slice(-MOST_BATCHES);
}

function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function blend(before: number | undefined, news: number): number {
  return before === undefined ? news : before + (news - before) * NEWS_WEIGHT;
}

/** By UTC: near enough for a pause of two days. */
export function isWeekend(time: number): boolean {
  const day = new Date(time).getUTCDay();
  return day === 0 || day === 6;
}
