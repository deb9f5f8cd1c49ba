import path from "node:path";
import { Hono } from "hono";
import pico from "picocolors";
import packageJson from "../package.json" with { type: "json" };
import { COMMANDS } from "#commands";
import { type ConsolePlatform, createConsole } from "#src/adapters/console/platform.ts";
import { createFigures, type Figures } from "#src/adapters/metrics/figures.ts";
import { scrape } from "#src/adapters/metrics/scrape.ts";
import { watchPlatform, watchStore, watchWriter } from "#src/adapters/metrics/watched.ts";
import { writeCaseFile } from "#src/adapters/store/case-file.ts";
import { readOpml, writeOpml } from "#src/adapters/web/opml.ts";
import { createReader } from "#src/adapters/web/reader.ts";
import { banner } from "#src/banner.ts";
import {
  clock,
  currencyOf,
  grantsOf,
  openChats,
  openDesk,
  openLanes,
  openLimits,
  openPrices,
  openPublishingDesk,
  openRates,
  openStore,
  type WritingDesk,
} from "#src/compose-tools.ts";
import { openFeeds, openPushes } from "#src/compose-feeds.ts";
import { openWeb, type Web } from "#src/compose-web.ts";
import { type Config, readConfig } from "#src/config.ts";
import { sendersOf, WEBHOOKS } from "#src/config-publishers.ts";
import { CONSOLE_CHANNEL, type PlatformName } from "#src/core/channel.ts";
import { type AppError, toAppError } from "#src/core/errors.ts";
import { EXIT, exitCodeOf } from "#src/exit.ts";
import { createLog, type Log } from "#src/log.ts";
import { backupJob } from "#src/pipeline/backups.ts";
import { stopSignal } from "#src/stop-signal.ts";
import { createBatches } from "#src/pipeline/batch.ts";
import { createCallQueue } from "#src/pipeline/calls.ts";
import { createClusters } from "#src/pipeline/clusters.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import { applyGrants } from "#src/pipeline/grants.ts";
import { type ConnectDeps, keepConnected } from "#src/pipeline/connect.ts";
import { createInbound } from "#src/pipeline/inbound.ts";
import { pipelineJobs } from "#src/pipeline/jobs.ts";
import { readReadiness } from "#src/pipeline/readiness.ts";
import { checkStore } from "#src/pipeline/store-watch.ts";
import { type Job, startWorker } from "#src/pipeline/worker.ts";
import type { Clock, Platform } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";

/** Work in hand gets this long to end after Ctrl-C. */
const GRACE_MS = 10_000;

/** Runs Lede until it is told to stop. Returns the exit code. */
export async function start(): Promise<number> {
  const stopped = stopSignal();
  let log: Log | null = null;
  try {
    const config = readConfig();
    log = openLog(config);
    const running = await run(config, log);
    process.stdout.write(running.banner);
    await stopped;
    process.stdout.write("\nFinishing what is in hand…\n");
    await running.stop();
    return EXIT.ok;
  } catch (thrown) {
    const error = toAppError(thrown);
    process.stderr.write(`${error.say}\n`);
    if (error.code === "bug") log?.fatal({ err: error }, "Lede could not start");
    return exitCodeOf(error.code);
  }
}

function openLog(config: Config): Log {
  const onTerminal = process.stderr.isTTY;
  return createLog({
    level: config.logLevel ?? (onTerminal ? "warn" : "info"),
    format: onTerminal ? "text" : "json",
  });
}

interface Running {
  banner: string;
  stop: () => Promise<void>;
}

async function run(config: Config, log: Log): Promise<Running> {
  const figures = createFigures({ version: packageJson.version });
  const { chats, desk, store } = await openWatched(config, log, figures);
  const prices = { currency: currencyOf(config), priceOf: openPrices(config) };
  const page = openConsole(store, log, () => chats);
  const platforms = byName([page, ...chats]);
  const pushes = openPushes({ config, store, log }, () => worker.wake());
  const signed = [...chats.flatMap((chat) => chat.routes ?? []), ...pushes];
  const parts = { config, log, store, desk, figures };
  const { lanes, monitored, writing } = openOutgoing(parts, [...platforms.values()]);
  const web = await openWeb({ config, log, store, page: page.pageRoutes(new Hono()), signed, monitored });
  const places = [...config.fetchAllow, ...web.samplePlaces];
  const { reader, askHub, close: closeReader } = createReader({ places });
  const publishing = {
    store,
    clock,
    log,
    ...writing,
    channels: config.channels,
    directory: createDirectory(store, grantsOf(config)),
  };
  const deps = {
    ...publishing,
    batches: createBatches({ ...publishing, ...desk, isOn: config.writing.batchBackfills }),
    reader,
    platforms,
    lanes,
    commands: COMMANDS,
    clusters: createClusters(store),
    opml: { readOpml, writeOpml },
    budgetLimits: openLimits(config),
    ...prices,
    rates: openRates(config),
    wake: (job: string) => worker.wake(job),
  };
  const grants = await applyGrants(deps);
  const queue = createCallQueue(deps);
  const feeds = openFeeds({ config, store, log, reader, askHub }, () => worker.wake("entries"));
  const worker = startWorker(
    [...feeds.jobs, grants, ...pipelineJobs(deps, queue), ...storeJobs(config, deps)],
    log,
  );
  web.onEntry(() => worker.wake("entries"));
  await queue.resume();
  const stopConnecting = await startPlatforms(platforms, createInbound(deps, queue.received), log);

  return {
    banner: await describe(config, store, web),
    stop: async () => {
      store.stopWaiting();
      stopConnecting();
      await Promise.all([web.close(), worker.stop(GRACE_MS)]);
      await feeds.flush();
      await Promise.all([...platforms.values()].map((platform) => platform.stop()));
      await closeReader();
      await store.close();
    },
  };
}

/** What is counted as it happens. A house style or price list that can not be read ends the start before anything is opened. */
async function openWatched(config: Config, log: Log, figures: Figures) {
  const desk = openDesk(config, log);
  const writers = desk.writers.map((writer) => watchWriter(writer, figures));
  const store = watchStore(await openRecovered(config, log), figures, clock);
  const chats = (await openChats(config, log)).map((chat) => watchPlatform(chat, figures));
  return { chats, desk: { ...desk, writers }, store };
}

function byName(platforms: readonly Platform[]): Map<PlatformName, Platform> {
  return new Map(platforms.map((platform) => [platform.name, platform]));
}

interface OutgoingParts {
  config: Config;
  log: Log;
  store: Store;
  desk: WritingDesk;
  figures: Figures;
}

/** What is written and the ways it goes out, with how all of that is. */
function openOutgoing({ config, desk, figures, log, store }: OutgoingParts, platforms: readonly Platform[]) {
  const lanes = openLanes(platforms);
  const writing = openPublishingDesk({ store, log, modelWaitMs: config.writing.modelWaitMs }, desk);
  const readiness = () => readReadiness({ store, lanes, models: writing.models, clock });
  const monitored = { readiness, figures: async () => scrape(figures, await readiness(), clock()) };
  return { lanes, writing, monitored };
}

/** With what a process before this one left in work given back; it is read through for damage from then on. */
async function openRecovered(config: Config, log: Log): Promise<Store> {
  const store = await openStore(config);
  await store.recover(clock());
  void checkStore({ store, log });
  return store;
}

function openConsole(store: Store, log: Log, chats: () => readonly Platform[]): ConsolePlatform {
  // What is printed elsewhere is kept as a log, which is no place for articles.
  const out = process.stdout.isTTY ? process.stdout : null;
  return createConsole({ store, clock, out, color: pico.isColorSupported, log, chats });
}

/** What is written beside the store. */
function storeJobs(config: Config, deps: { store: Store; clock: Clock; log: Log }): Job[] {
  const copies = config.backups.keep === 0 ? [] : [backupJob(deps)];
  return [...copies, caseJob(config, deps.store)];
}

/** Facts that were taken back, as a file that the evaluation reads while Lede runs and has its store to itself. */
function caseJob({ dataDir }: Config, store: Store): Job {
  return {
    name: "cases",
    runners: 1,
    idleMs: 3_600_000,
    next: async () => {
      await writeCaseFile(path.join(dataDir, "cases.jsonl"), await store.cases());
      return false;
    },
  };
}

/** The console first, then each chat on its own: one that can not connect must not hold up the other. */
async function startPlatforms(
  platforms: ReadonlyMap<PlatformName, Platform>,
  inbound: ConnectDeps["inbound"],
  log: Log,
): Promise<() => void> {
  const stopping = new AbortController();
  const said = new Set<string>();
  const refused = ({ name }: Platform, { say }: AppError): void => {
    const line = `${name}: ${say} It is tried again every few minutes.\n`;
    if (!said.has(line)) process.stderr.write(line);
    said.add(line);
  };
  for (const platform of platforms.values()) {
    const tried = keepConnected(platform, { inbound, log, refused, signal: stopping.signal });
    if (platform.name === "console") await tried;
  }
  return () => stopping.abort();
}

async function describe(config: Config, store: Store, web: Web): Promise<string> {
  const counts = await store.counts();
  return banner({
    version: packageJson.version,
    page: web.url,
    signIn: process.stdout.isTTY ? web.signInUrl() : null,
    dataDir: config.dataDir,
    articles: counts.articles,
    posts: counts.deliveries["sent"] ?? 0,
    model: config.openai?.model ?? null,
    discord: config.discord !== null,
    slack: config.slack !== null,
    webhooks: WEBHOOKS.filter((name) => sendersOf(config, name).length > 0).map(
      (name) => `${web.url}/v1/${name}`,
    ),
    subscriptions: await countSubscriptions(store),
    sample: web.sample,
    channels: config.channels.filter((channel) => channel !== CONSOLE_CHANNEL).length,
  });
}

async function countSubscriptions(store: Store): Promise<number> {
  let count = 0;
  for (const workspace of await store.workspaces())
    count += (await store.decisions(workspace)).subscriptions.length;
  return count;
}
