import { digest } from "./article.ts";
import type { Feed, FeedWishes } from "./feed.ts";

/** How often a feed may be asked, in milliseconds. */
export interface PollBounds {
  shortestMs: number;
  longestMs: number;
}

export const POLL_BOUNDS: PollBounds = { shortestMs: 60_000, longestMs: 6 * 3_600_000 };

/** A feed nothing is known about. */
const USUAL_MS = 10 * 60_000;
/** A feed is asked this often within the usual time between its publications… */
const POLLS_PER_GAP = 8;
/** …and at least this often while it publishes at all, so that a daily paper's extra is not hours late. */
const RHYTHM_LONGEST_MS = 3_600_000;
/** A feed that has been quiet is asked this often within the time it has been quiet. */
const POLLS_PER_QUIET = 48;
/** Longest wait a cache lifetime or ttl is followed for: many are set once and never looked at again. */
const WISH_LONGEST_MS = 3_600_000;
/** A ttl is not followed beyond this where the feed itself publishes more often: blog systems print "hourly" unasked. */
const OFTEN_MS = 15 * 60_000;
/** While a hub sends what is new, polls only watch over the hub. */
const PUSHED_MS = 4 * 3_600_000;
/** First wait after an answer that a person has to change (401, 403, 404). */
const REFUSED_MS = 15 * 60_000;
/** Longest wait a server is believed to mean with Retry-After. */
const LONGEST_RETRY_AFTER_MS = 86_400_000;
/** Share of the wait that feeds are spread over, by their ids. */
const SPREAD = 0.2;
const HOUR_MS = 3_600_000;
/** Skipped hours and days are left aside when they leave no hour within these. */
const MOST_SKIPPED_HOURS = 72;

interface NextPoll {
  feed: Pick<Feed, "id" | "cadence" | "lastEntryAt" | "wishes" | "pushedUntil">;
  /** How long the answer may be reused, in seconds; null when it does not say. */
  maxAgeSeconds: number | null;
  now: Date;
  bounds: PollBounds;
}

/**
 * When a feed is next due after an answer: as often as it publishes, no oftener than it asks, within the bounds and a
 * fifth beyond them, by which feeds are spread out; later by as much as the hours it wants to be left alone.
 */
export function nextPoll({ feed, maxAgeSeconds, now, bounds }: NextPoll): Date {
  const usual = Math.max(rhythmMs(feed, now), wishedMs(feed, maxAgeSeconds));
  const polled = now.getTime() + spread(feed.id, clamp(usual, bounds));
  const pushedUntil = feed.pushedUntil?.getTime() ?? 0;
  if (pushedUntil <= polled) return afterSkipped(polled, feed.wishes);
  const watched = now.getTime() + spread(feed.id, clamp(Math.max(usual, PUSHED_MS), bounds));
  // Once the hub's promise ends, polls have to be back at their own pace.
  return afterSkipped(Math.min(watched, pushedUntil), feed.wishes);
}

interface RetryPoll {
  id: string;
  /** Polls that failed, this one included. */
  failures: number;
  status: number | null;
  /** What the server asked for, in seconds. */
  retryAfterSeconds: number | null;
  now: Date;
  bounds: PollBounds;
}

/** When a feed is next due after a failed poll: doubling with each failure within the bounds, or later as the server said. */
export function retryPoll({ id, failures, status, retryAfterSeconds, now, bounds }: RetryPoll): Date {
  const first = status === 401 || status === 403 || status === 404 ? REFUSED_MS : bounds.shortestMs;
  const backOff = clamp(first * 2 ** Math.min(failures, 20), bounds);
  // RFC 9110 section 10.2.3 and RFC 6585 section 4: elsewhere the header says something else.
  const waits = status === 429 || status === 503 ? (retryAfterSeconds ?? 0) * 1_000 : 0;
  return new Date(now.getTime() + spread(id, Math.max(backOff, Math.min(LONGEST_RETRY_AFTER_MS, waits))));
}

function rhythmMs({ cadence, lastEntryAt }: NextPoll["feed"], now: Date): number {
  const rhythm = cadence === null ? USUAL_MS : Math.min(RHYTHM_LONGEST_MS, cadence.typicalMs / POLLS_PER_GAP);
  const quiet = lastEntryAt === null ? 0 : now.getTime() - lastEntryAt.getTime();
  return Math.max(rhythm, quiet / POLLS_PER_QUIET);
}

function wishedMs({ cadence, wishes }: NextPoll["feed"], maxAgeSeconds: number | null): number {
  const ttl = Math.min(WISH_LONGEST_MS, (wishes.ttlSeconds ?? 0) * 1_000);
  const believed = cadence === null ? ttl : Math.min(ttl, Math.max(OFTEN_MS, cadence.typicalMs));
  return Math.max(believed, Math.min(WISH_LONGEST_MS, (maxAgeSeconds ?? 0) * 1_000));
}

function clamp(wait: number, { shortestMs, longestMs }: PollBounds): number {
  return Math.min(longestMs, Math.max(shortestMs, wait));
}

/** Longer by the feed's own share: the same at every poll, so that a thousand feeds added at once drift apart. */
function spread(id: string, wait: number): number {
  const share = Number.parseInt(digest(id).slice(0, 8), 16) / 2 ** 32;
  return Math.round(wait * (1 + SPREAD * share));
}

function afterSkipped(due: number, wishes: FeedWishes): Date {
  for (let hours = 0; hours <= MOST_SKIPPED_HOURS; hours += 1) {
    const at = new Date(due + hours * HOUR_MS);
    if (!wishes.skipHours.includes(at.getUTCHours()) && !wishes.skipDays.includes(at.getUTCDay())) return at;
  }
  return new Date(due);
}
