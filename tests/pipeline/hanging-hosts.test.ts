import { afterEach, expect, test } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { openFeeds } from "#src/compose-feeds.ts";
import { AppError } from "#src/core/errors.ts";
import { POLL_BOUNDS } from "#src/core/feed-schedule.ts";
import { createLog } from "#src/log.ts";
import { createPoller } from "#src/pipeline/poll.ts";
import { startWorker, type Worker } from "#src/pipeline/worker.ts";
import type { Store } from "#src/ports-store.ts";
import { type Answer, openReader, openSite, rss, type Site } from "#tests/sites.ts";
import { FEED, MINUTE } from "./newsroom.ts";

const log = createLog({ level: "silent", format: "json" });
const SIGNAL = new AbortController().signal;
const answers: Answer = (_request, response) => response.writeHead(200, FEED).end(rss([{ guid: "a" }]));
const hangs: Answer = () => undefined;

let worker: Worker | null = null;
afterEach(async () => {
  await worker?.stop(0);
  worker = null;
});

function openSites(count: number, answer: Answer): Promise<Site[]> {
  return Promise.all(Array.from({ length: count }, () => openSite(answer)));
}

/** A store with a feed on each of the sites, the first of them due the longest. */
async function storeOf(sites: readonly Site[]): Promise<Store> {
  const store = await openSqliteStore({ path: ":memory:" });
  const start = Date.now() - 60 * MINUTE;
  for (const [index, { url }] of sites.entries())
    await store.addFeed({ url: `${url}/feed`, now: new Date(start + index), baseline: true });
  return store;
}

const asked = (sites: readonly Site[]): number => sites.filter(({ requests }) => requests.length > 0).length;

async function read(store: Store): Promise<{ well: number; failed: number }> {
  const feeds = await store.feeds();
  return {
    well: feeds.filter(({ lastSuccessAt }) => lastSuccessAt !== null).length,
    failed: feeds.filter(({ failures }) => failures > 0).length,
  };
}

test("60 of 200 hosts hang at the very first poll, and the other 140 are read before any of them gives up", async () => {
  const hanging = await openSites(60, hangs);
  const well = await openSites(140, answers);
  const store = await storeOf([...hanging, ...well]);
  const feeds = openFeeds(
    { config: { sample: false, publicUrl: null }, store, log, ...openReader(...hanging, ...well) },
    () => undefined,
  );
  worker = startWorker(feeds.jobs, log);
  await expect.poll(() => read(store), { timeout: 30_000 }).toEqual({ well: 140, failed: 0 });
  expect(asked(hanging)).toBe(60);
});

test("hosts that hang go aside: twice as many of them as are asked at a time keep none from the others", async () => {
  const hanging = await openSites(8, hangs);
  const well = await openSites(40, answers);
  const store = await storeOf([...hanging, ...well]);
  const { reader } = openReader(...hanging, ...well);
  const asideBounds = { slowMs: 50, most: 8 };
  const poller = createPoller({
    store,
    reader,
    log,
    asideBounds,
    bounds: POLL_BOUNDS,
    clock: () => new Date(),
    onEntries: () => undefined,
  });
  worker = startWorker([{ name: "feeds", runners: 4, idleMs: 1_000, next: poller.next }], log);
  await expect.poll(() => read(store), { timeout: 30_000 }).toEqual({ well: 40, failed: 0 });
  expect(asked(hanging)).toBe(8);
});

test("no more of them are waited for than there is room, and what they end with is stored", async () => {
  const letGo = Promise.withResolvers<void>();
  const late: Answer = (_request, response) =>
    void letGo.promise.then(() => response.writeHead(200, FEED).end(rss([{ guid: "a" }])));
  const slow = await openSites(8, late);
  const store = await storeOf(slow);
  const { reader } = openReader(...slow);
  const poller = createPoller({
    store,
    reader,
    log,
    asideBounds: { slowMs: 20, most: 3 },
    bounds: POLL_BOUNDS,
    clock: () => new Date(),
    onEntries: () => undefined,
  });
  const polls = Array.from({ length: 2 }, async () => {
    while (await poller.next(SIGNAL));
  });
  await expect.poll(() => asked(slow), { timeout: 10_000 }).toBe(5);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(asked(slow)).toBe(5);
  letGo.resolve();
  await Promise.all(polls);
  await poller.flush();
  expect(await read(store)).toEqual({ well: 8, failed: 0 });
});

test("a host that hangs is not asked for its other feeds for a minute", async () => {
  const host = await openSite(hangs);
  const store = await openSqliteStore({ path: ":memory:" });
  let now = new Date();
  for (const feed of ["a", "b", "c"])
    await store.addFeed({ url: `${host.url}/${feed}`, now, baseline: true });
  let asked = 0;
  const fetchPage = (): Promise<never> => {
    asked += 1;
    return Promise.reject(new AppError("fetch/timeout"));
  };
  const poller = createPoller({
    store,
    log,
    reader: { ...openReader(host).reader, fetchPage },
    bounds: POLL_BOUNDS,
    clock: () => now,
    onEntries: () => undefined,
  });
  const pollAfter = async (minutes: number): Promise<number> => {
    now = new Date(now.getTime() + minutes * MINUTE);
    while (await poller.next(SIGNAL));
    await poller.flush();
    return asked;
  };
  expect(await pollAfter(0)).toBe(1);
  expect(await pollAfter(0.9)).toBe(1);
  expect(await pollAfter(0.2)).toBe(2);
});
