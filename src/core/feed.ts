import { z } from "zod";

/** An address Lede polls. */
export const Feed = z.strictObject({
  id: z.string(),
  url: z.url(),
  title: z.string().nullable(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  dueAt: z.date(),
  /** Polls that failed in a row. */
  failures: z.int().min(0),
  /** False until the first good poll: what a feed held before is baseline and is never posted. */
  baselined: z.boolean(),
});
export type Feed = z.infer<typeof Feed>;

/** How often a feed may be asked, in milliseconds. */
export interface PollBounds {
  shortestMs: number;
  longestMs: number;
}

export const POLL_BOUNDS: PollBounds = { shortestMs: 60_000, longestMs: 6 * 3_600_000 };
const USUAL_MS = 10 * 60_000;

/** When a feed is next due after a good answer: as its cache lifetime asks, in seconds, within the bounds. */
export function nextPoll(now: Date, maxAgeSeconds: number | null, bounds: PollBounds): Date {
  const wanted = maxAgeSeconds === null ? USUAL_MS : maxAgeSeconds * 1_000;
  return new Date(now.getTime() + Math.min(bounds.longestMs, Math.max(bounds.shortestMs, wanted)));
}

/** When a feed is next due after a failed poll: doubling with each failure in a row, within the bounds. */
export function retryPoll(now: Date, failures: number, bounds: PollBounds): Date {
  const wait = Math.min(bounds.longestMs, bounds.shortestMs * 2 ** Math.min(failures, 20));
  return new Date(now.getTime() + wait);
}
