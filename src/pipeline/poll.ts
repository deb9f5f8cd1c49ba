import { createHash } from "node:crypto";
import { seenEntries } from "#src/core/feed-entries.ts";
import { healthNews } from "#src/core/feed-health.ts";
import {
  afterFailure,
  afterRead,
  afterUnchanged,
  type ClaimedFeed,
  type FeedPoll,
  mayCompare,
  type PollFailure,
  type PollSaved,
  type PollTime,
} from "#src/core/feed-poll.ts";
import type { PollBounds } from "#src/core/feed-schedule.ts";
import { hostOf } from "#src/core/feed.ts";
import { type AppError, toAppError } from "#src/core/errors.ts";
import { isStoreCode } from "#src/core/store-trouble.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Reader } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { type Aside, type AsideBounds, createAside } from "./aside.ts";
import { createHostGate, type HostGate, type Politeness, POLITENESS } from "./poll-hosts.ts";
import { createPollSaves, type PollSaves } from "./poll-saves.ts";

export interface PollerDeps {
  store: Pick<Store, "claimDueFeeds" | "savePolls">;
  reader: Pick<Reader, "fetchPage" | "readFeed">;
  clock: Clock;
  log: Log;
  bounds: PollBounds;
  politeness?: Politeness;
  asideBounds?: AsideBounds;
  /** Called once entries were queued. */
  onEntries: () => void;
}

export interface Poller {
  /**
   * Polls one feed that is due and whose host may be asked; false when there is none. Many may run at once. Returns when
   * the poll has ended or is slow: then it goes on by itself. `onClaimed` hears of it as soon as there is one.
   */
  next: (signal: AbortSignal, onClaimed?: () => void) => Promise<boolean>;
  /** Resolves once everything that was found is stored. */
  flush: () => Promise<void>;
}

/** Feeds claimed with one write to the disk. They wait their turn here, within the lease. */
const CLAIMED_AT_ONCE = 128;
/** A host that answers does so within a second; one that hangs is waited for aside, with a socket each. */
const PATIENCE: AsideBounds = { slowMs: 1_000, most: 512 };

interface Polling extends PollerDeps {
  gate: HostGate;
  saves: PollSaves;
  aside: Aside;
}

/** Polls feeds: each address once however many channels read it, and no host more than politeness allows. */
export function createPoller(deps: PollerDeps): Poller {
  const polling: Polling = {
    ...deps,
    gate: createHostGate(deps.politeness ?? POLITENESS),
    saves: createPollSaves(deps),
    aside: createAside(deps.asideBounds ?? PATIENCE),
  };
  const take = createClaims(polling);
  return {
    next: async (signal, onClaimed = () => undefined) => {
      const claimed = await take();
      if (claimed === null) return false;
      onClaimed();
      await polling.aside.run(pollClaimed(polling, claimed, signal));
      return !signal.aborted;
    },
    flush: async () => {
      await polling.aside.ended();
      await polling.saves.flush();
    },
  };
}

async function pollClaimed(polling: Polling, claimed: ClaimedFeed, signal: AbortSignal): Promise<void> {
  try {
    await poll(polling, claimed, signal);
  } catch (error) {
    if (!signal.aborted) recordFailure(polling, claimed, error);
  } finally {
    polling.gate.leave(hostOf(claimed.feed.url));
  }
}

/** Hands out feeds that are due, claiming many with one write; runners that ask meanwhile wait for the same claim. */
function createClaims({ store, clock, gate }: Polling): () => Promise<ClaimedFeed | null> {
  let ready: ClaimedFeed[] = [];
  let claiming: Promise<void> | null = null;
  const claim = async (): Promise<void> => {
    const now = clock();
    const claimed = await store.claimDueFeeds({
      now,
      limit: CLAIMED_AT_ONCE,
      excludeHosts: gate.closed(now),
    });
    for (const { feed } of claimed) gate.enter(hostOf(feed.url), now);
    ready = [...ready, ...claimed];
  };
  return async () => {
    if (ready.length === 0) {
      claiming ??= claim().finally(() => {
        claiming = null;
      });
      await claiming;
    }
    return ready.shift() ?? null;
  };
}

async function poll(polling: Polling, claimed: ClaimedFeed, signal: AbortSignal): Promise<void> {
  const { feed } = claimed;
  const compare = mayCompare(feed);
  const { etag, lastModified } = compare ? feed : { etag: null, lastModified: null };
  const page = await polling.reader.fetchPage({ url: feed.url, by: "moderator", etag, lastModified, signal });
  const time = timeOf(polling);
  const bodyHash = page.kind === "unchanged" ? feed.bodyHash : hash(page.body);
  if (page.kind === "unchanged" || (compare && bodyHash === feed.bodyHash)) {
    const next = afterUnchanged(feed, page, time);
    save(polling, claimed, { ...claimed, feed: next, kind: next.url === feed.url ? "unchanged" : "changed" });
    return;
  }
  const parsed = polling.reader.readFeed(page);
  const seen = seenEntries(parsed.entries, { base: page.url, via: "feed", now: time.now });
  const next = afterRead(feed, { ...page, bodyHash, parsed, seen }, time);
  save(polling, claimed, { ...claimed, feed: next, kind: "read", seen });
}

/** Nobody waits for it: the runner goes on with the next feed, which the lease keeps from being this one. */
function save(polling: Polling, claimed: ClaimedFeed, found: FeedPoll): void {
  const { saves, log, onEntries } = polling;
  const stored = ({ queued, baseline }: PollSaved): void => {
    if (found.feed.health !== claimed.feed.health)
      log.warn({ feed: found.feed.url }, healthNews(found.feed) ?? found.feed.health);
    if (queued === 0) return;
    log.info({ feed: found.feed.url, queued, baseline }, "new entries; those in baseline count as read");
    onEntries();
  };
  const lost = (error: unknown): void => {
    // It waits for a store that takes nothing; where it is given up, Lede ends, and polls again after its start.
    if (isStoreCode(toAppError(error).code)) return;
    if (found.kind === "read") recordFailure(polling, claimed, error);
    else log.error({ feed: found.feed.url, err: error }, "a poll could not be stored");
  };
  saves.add(found).then(stored, lost);
}

function recordFailure(polling: Polling, claimed: ClaimedFeed, thrown: unknown): void {
  const { feed } = claimed;
  const error = toAppError(thrown);
  const failure = toFailure(error);
  const time = timeOf(polling);
  const next = afterFailure(feed, failure, time);
  if (failure.retryAfterSeconds !== null && (failure.status === 429 || failure.status === 503))
    polling.gate.rest(hostOf(feed.url), time.now, failure.retryAfterSeconds);
  if (error.code === "fetch/timeout") polling.gate.hung(hostOf(feed.url), time.now);
  // One line when it begins; in between nothing is new, and what becomes of it is its health.
  const level = feed.failures === 0 ? "warn" : "debug";
  polling.log[error.code === "bug" ? "error" : level](
    { feed: feed.url, failures: next.failures, err: error },
    "feed could not be read",
  );
  save(polling, claimed, { ...claimed, feed: next, kind: "changed" });
}

function toFailure({ code, details }: AppError): PollFailure {
  const { status, retryAfter } = details;
  return {
    code,
    status: typeof status === "number" ? status : null,
    retryAfterSeconds: typeof retryAfter === "number" ? retryAfter : null,
  };
}

function hash(body: Uint8Array): string {
  return createHash("sha256").update(body).digest("base64");
}

function timeOf({ clock, bounds }: Polling): PollTime {
  return { now: clock(), bounds };
}
