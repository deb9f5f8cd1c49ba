import { learnCadence } from "./feed-cadence.ts";
import { publicationTimes, type SeenEntry } from "./feed-entries.ts";
import { withHealth } from "./feed-health.ts";
import { nextPoll, type PollBounds, retryPoll } from "./feed-schedule.ts";
import type { Feed, ParsedFeed } from "./feed.ts";

/** When a poll ended, and how often feeds may be asked. */
export interface PollTime {
  now: Date;
  bounds: PollBounds;
}

/** What every good answer says. */
export interface Answered {
  maxAgeSeconds: number | null;
  /** Where permanent redirects led; null when there were none. */
  movedTo: string | null;
}

export interface ReadAnswer extends Answered {
  etag: string | null;
  lastModified: string | null;
  bodyHash: string | null;
  parsed: Omit<ParsedFeed, "entries">;
  seen: readonly SeenEntry[];
}

export interface PollFailure {
  code: string;
  status: number | null;
  retryAfterSeconds: number | null;
}

/** A feed that this caller alone polls until the lease ends. */
export interface ClaimedFeed {
  feed: Feed;
  token: string;
}

/**
 * What a poll found: the feed's next state, and with "read" its entries, newest first. With "unchanged" only its times,
 * its health and its redirects are new, which is stored with less work.
 */
export type FeedPoll = ClaimedFeed &
  ({ kind: "unchanged" } | { kind: "changed" } | { kind: "read"; seen: readonly SeenEntry[] });

export interface PollSaved {
  queued: number;
  /** Entries never seen before that were not queued. */
  baseline: number;
}

/** A new address is believed once the same permanent redirect was met this often in a row: redirects are set by mistake, too. */
const MOVES_BELIEVED = 3;

/**
 * Whether the answer may be compared with what was read last. While a feed is failing it is asked for the whole of it,
 * since only entries that were read prove that it works again.
 */
export function mayCompare(feed: Feed): boolean {
  return feed.failures === 0 && feed.baselined;
}

/** The feed after it was read. With no entry in it that proves nothing: a failing feed then goes on counting as failing. */
export function afterRead(feed: Feed, answer: ReadAnswer, { now, bounds }: PollTime): Feed {
  const { parsed, seen } = answer;
  const times = publicationTimes(seen);
  const read: Feed = {
    ...followMove(feed, answer.movedTo),
    ...(seen.length > 0 ? RECOVERED : {}),
    title: parsed.title ?? feed.title,
    etag: answer.etag,
    lastModified: answer.lastModified,
    bodyHash: answer.bodyHash,
    wishes: parsed.wishes,
    hub: parsed.hub,
    topic: parsed.hub === null ? null : (parsed.self ?? feed.url),
    baselined: true,
    lastSuccessAt: now,
    lastEntryAt: latest([...times, ...(feed.lastEntryAt === null ? [] : [feed.lastEntryAt])]),
    cadence: learnCadence(feed.cadence, times, now),
  };
  return scheduled(read, answer, { now, bounds });
}

/** The feed after the answer that nothing changed, which is neither a failure nor the end of one. */
export function afterUnchanged(feed: Feed, answer: Answered, time: PollTime): Feed {
  const lastSuccessAt = feed.failures === 0 ? time.now : feed.lastSuccessAt;
  return scheduled({ ...followMove(feed, answer.movedTo), lastSuccessAt }, answer, time);
}

/** The feed after a poll that failed. */
export function afterFailure(feed: Feed, failure: PollFailure, { now, bounds }: PollTime): Feed {
  const { code, status, retryAfterSeconds } = failure;
  const failures = feed.failures + 1;
  const dueAt = retryPoll({ id: feed.id, failures, status, retryAfterSeconds, now, bounds });
  const failed: Feed = {
    ...feed,
    failures,
    dueAt,
    failingSince: feed.failingSince ?? now,
    lastFailure: { at: now, code, status },
    movedTo: null,
    moves: 0,
  };
  return withHealth(failed, now);
}

const RECOVERED = { failures: 0, failingSince: null, lastFailure: null } as const;

function scheduled(feed: Feed, { maxAgeSeconds }: Answered, { now, bounds }: PollTime): Feed {
  return withHealth({ ...feed, dueAt: nextPoll({ feed, maxAgeSeconds, now, bounds }) }, now);
}

function followMove(feed: Feed, movedTo: string | null): Feed {
  if (movedTo === null || movedTo === feed.url) return { ...feed, movedTo: null, moves: 0 };
  const moves = movedTo === feed.movedTo ? feed.moves + 1 : 1;
  if (moves < MOVES_BELIEVED) return { ...feed, movedTo, moves };
  return { ...feed, url: movedTo, movedTo: null, moves: 0 };
}

function latest(dates: readonly Date[]): Date | null {
  return dates.reduce<Date | null>((last, date) => (last === null || date > last ? date : last), null);
}
