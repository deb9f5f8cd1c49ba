import { z } from "zod";

/** What a feed asks of whoever polls it. */
export const FeedWishes = z.strictObject({
  /** Least time between two polls (RSS ttl, sy:updatePeriod), in seconds. */
  ttlSeconds: z.number().nullable(),
  /** Hours (0 to 23) and days (0 is Sunday) in UTC in which it does not want to be polled. */
  skipHours: z.array(z.int().min(0).max(23)),
  skipDays: z.array(z.int().min(0).max(6)),
});
export type FeedWishes = z.infer<typeof FeedWishes>;

export const NO_WISHES: FeedWishes = { ttlSeconds: null, skipHours: [], skipDays: [] };

/** How often a feed publishes, from the times between its publications. */
export const Cadence = z.strictObject({
  /** The usual time between two publications, in milliseconds. */
  typicalMs: z.number().min(0),
  /** Nine of ten are shorter, in milliseconds. */
  longMs: z.number().min(0),
  /** Whether it publishes on Saturdays and Sundays too. */
  weekends: z.boolean(),
});
export type Cadence = z.infer<typeof Cadence>;

export const FailedPoll = z.strictObject({
  at: z.date(),
  /** Of the table of errors. */
  code: z.string(),
  /** What the site answered with over HTTP; null when it did not answer. */
  status: z.int().nullable(),
});
export type FailedPoll = z.infer<typeof FailedPoll>;

/** "gone": the site said 410 and is polled no more. "silent": it answers and publishes nothing. */
export const FeedState = z.enum(["ok", "failing", "silent", "gone"]);
export type FeedState = z.infer<typeof FeedState>;

/** An address Lede polls. */
export const Feed = z.strictObject({
  id: z.string(),
  url: z.url(),
  title: z.string().nullable(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** Of the body that was read last; null when none was. */
  bodyHash: z.string().nullable(),
  dueAt: z.date(),
  /** Polls that failed since it was last read well. */
  failures: z.int().min(0),
  failingSince: z.date().nullable(),
  lastFailure: FailedPoll.nullable(),
  /** False until the first good poll: what a feed held before is baseline and is never posted. */
  baselined: z.boolean(),
  /** How many of its newest entries are queued all the same at that poll. */
  backfill: z.int().min(0),
  /** Where its permanent redirects led, and how often in a row. */
  movedTo: z.url().nullable(),
  moves: z.int().min(0),
  wishes: FeedWishes,
  cadence: Cadence.nullable(),
  lastSuccessAt: z.date().nullable(),
  /** When it published last, as far as is known. */
  lastEntryAt: z.date().nullable(),
  /** Where it can be subscribed to (WebSub), under the name it has there. */
  hub: z.url().nullable(),
  topic: z.url().nullable(),
  /** Until when its hub has promised to send what is new; null when none has. */
  pushedUntil: z.date().nullable(),
  health: FeedState,
  /** Since when it is as it is; null for what was never otherwise. */
  healthSince: z.date().nullable(),
  /** The state that people were last told of. */
  told: FeedState,
});
export type Feed = z.infer<typeof Feed>;

/** One item of a feed as it is written, before anything about it is believed. */
export interface FeedEntry {
  /** Empty when it has neither id, link nor date to be known by. */
  guid: string;
  url: string | null;
  title: string | null;
  content: string | null;
  author: string | null;
  publishedAt: Date | null;
  updatedAt: Date | null;
}

export interface ParsedFeed {
  title: string | null;
  site: string | null;
  wishes: FeedWishes;
  /** WebSub: where it can be subscribed to, and under which name. */
  hub: string | null;
  self: string | null;
  entries: FeedEntry[];
}

/** The key under which two addresses are one feed: neither scheme, fragment nor a slash at the end tells feeds apart. */
export function feedKey(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return url;
  return `${parsed.host}${parsed.pathname.replace(/\/$/, "")}${parsed.search}`;
}

/** The address as a person reads it: without scheme, `www.` and a slash at the end. */
export function feedName(url: string): string {
  return feedKey(url).replace(/^www\./, "");
}

/** Whose patience a poll takes: the host and its port. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
