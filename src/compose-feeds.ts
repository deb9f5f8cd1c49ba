import type { Hono } from "hono";
import { createWebSub, WEBSUB_PATH } from "#src/adapters/web/websub.ts";
import { clock } from "#src/compose-tools.ts";
import type { Config } from "#src/config.ts";
import { type PollBounds, POLL_BOUNDS } from "#src/core/feed-schedule.ts";
import type { Log } from "#src/log.ts";
import { createPoller } from "#src/pipeline/poll.ts";
import { subscribeNext } from "#src/pipeline/subscribe.ts";
import type { Job } from "#src/pipeline/worker.ts";
import type { AskHub, Reader } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";

/** The sample newsroom is Lede's own, so it may be asked often enough to see its news arrive. */
const SAMPLE_BOUNDS: PollBounds = { shortestMs: 5_000, longestMs: 5_000 };
/** Polls wait for other machines nearly all of their time; so many that hosts which hang leave places for the others. */
const POLL_RUNNERS = 128;

interface FeedParts {
  config: Pick<Config, "publicUrl" | "sample">;
  store: Store;
  log: Log;
}

/** What hubs call, where the internet reaches it; nothing where it does not. */
export function openPushes({ config, store, log }: FeedParts, onNews: () => void): Hono[] {
  return config.publicUrl === null ? [] : [createWebSub({ store, clock, log, onNews })];
}

export interface Feeds {
  jobs: Job[];
  /** Stores what polls found, after the last of them has ended. */
  flush: () => Promise<void>;
}

/** Feeds come in by polls, and by their hubs where the internet reaches Lede. */
export function openFeeds(
  { config, store, log, reader, askHub }: FeedParts & { reader: Reader; askHub: AskHub },
  onEntries: () => void,
): Feeds {
  const bounds = config.sample ? SAMPLE_BOUNDS : POLL_BOUNDS;
  const poller = createPoller({ store, reader, clock, log, bounds, onEntries });
  const { publicUrl } = config;
  const callback = (id: string): string => `${publicUrl}${WEBSUB_PATH}/${id}`;
  const subscribe: Job = {
    name: "pushes",
    runners: 1,
    idleMs: 60_000,
    next: (signal) => subscribeNext({ store, askHub, callback, clock, log }, signal),
  };
  return {
    jobs: [
      { name: "feeds", runners: POLL_RUNNERS, idleMs: 1_000, next: poller.next },
      ...(publicUrl === null ? [] : [subscribe]),
    ],
    flush: poller.flush,
  };
}
