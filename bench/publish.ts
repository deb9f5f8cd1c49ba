import { once } from "node:events";
import { createServer } from "node:http";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createReader } from "#src/adapters/web/reader.ts";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { clock, openPublishingDesk } from "#src/compose-tools.ts";
import type { Entry } from "#src/core/article.ts";
import type { Channel } from "#src/core/channel.ts";
import { createLog, type Log } from "#src/log.ts";
import { createLane } from "#src/pipeline/platform-lane.ts";
import { createClusters } from "#src/pipeline/clusters.ts";
import { deliverNext } from "#src/pipeline/deliver.ts";
import { NO_GRANTS } from "#src/core/operator.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import { publishNext } from "#src/pipeline/publish.ts";
import { startWorker } from "#src/pipeline/worker.ts";
import type { Platform, PostRequest } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { generateArticle } from "./articles.ts";
import { percentile, type Table, toRatio } from "./figures.ts";

const PUBLICATIONS = 200;
/** The first ones pay for compiling the code and opening the connection. */
const WARM_UP = 20;
const ONE_TIMEOUT_MS = 10_000;
/** Lets the runners find that nothing is left, so that their last look is not counted as the floor's. */
const SETTLE_MS = 5;
const GRACE_MS = 1_000;
const CHANNEL: Channel = "slack:bench:news";

/** From an article's arrival to its message being taken by the chat, beside one durable commit and one HTTP request. */
export async function measurePublish(folder: string): Promise<Table> {
  const chat = await openChat();
  const store = await openSqliteStore({ path: path.join(folder, "publish", "lede.sqlite") });
  const { reader, close } = createReader({ places: [] });
  // Warnings go to stderr: a publication that fails must say why.
  const log = createLog({ level: "warn", format: "json" });
  const line = startLine({ store, reader, log, chat: chat.url });
  const floor = openFloor(path.join(folder, "floor.sqlite"), chat.url);
  const took: number[] = [];
  const floors: number[] = [];
  for (let number = 0; number < WARM_UP + PUBLICATIONS; number += 1) {
    const published = await line.publish(number);
    await sleep(SETTLE_MS);
    const least = await floor.once(published.body);
    if (number < WARM_UP) continue;
    took.push(published.ms);
    floors.push(least);
  }
  await line.stop();
  floor.close();
  await close();
  await store.close();
  await chat.close();
  return toTable(took, floors);
}

function toTable(took: readonly number[], floors: readonly number[]): Table {
  const p50 = [percentile(took, 0.5), percentile(floors, 0.5)] as const;
  const p99 = [percentile(took, 0.99), percentile(floors, 0.99)] as const;
  return {
    title: `1. Publish to posted, loopback, built-in writer (${PUBLICATIONS} publications)`,
    head: ["", "p50 ms", "p99 ms"],
    rows: [
      ["article in -> message posted", p50[0].toFixed(2), p99[0].toFixed(2)],
      ["floor: 1 durable commit + 1 POST", p50[1].toFixed(2), p99[1].toFixed(2)],
      ["ratio", toRatio(...p50), toRatio(...p99)],
    ],
    note: "The floor is what any bot pays that keeps an article on disk before it posts it.",
  };
}

interface Posted {
  ms: number;
  body: string;
}

interface LineParts {
  store: Store;
  reader: ReturnType<typeof createReader>["reader"];
  log: Log;
  chat: string;
}

/** The pipeline as `lede start` composes it, with the chat as its only platform. */
function startLine({ store, reader, log, chat }: LineParts) {
  let posted = Promise.withResolvers<{ at: number; body: string }>();
  let settled = Promise.withResolvers<void>();
  const platform = chatPlatform(chat, (body) => posted.resolve({ at: performance.now(), body }));
  const desk = { writers: [createExtractiveWriter()] };
  const { writeBrief } = openPublishingDesk({ store, log, modelWaitMs: null }, desk);
  const lost = (): Promise<void> => Promise.resolve();
  const clusters = createClusters(store);
  const directory = createDirectory(store, NO_GRANTS);
  const channels = [CHANNEL];
  const gaveUp = lost;
  const deps = { store, reader, clock, log, writeBrief, channels, clusters, directory, lost, gaveUp };
  const lane = createLane(platform, { clock, monotonic: () => performance.now(), gapMs: 0 });
  const entries = async (signal: AbortSignal): Promise<boolean> => {
    const did = await publishNext(deps, { signal });
    if (did) worker.wake("deliveries");
    return did;
  };
  const deliveries = async (signal: AbortSignal): Promise<boolean> => {
    const did = await deliverNext(deps, lane, { signal });
    if (did) settled.resolve();
    return did;
  };
  const worker = startWorker(
    [
      { name: "entries", runners: 2, idleMs: 1_000, next: entries },
      { name: "deliveries", runners: 4, idleMs: 1_000, next: deliveries },
    ],
    log,
  );

  async function publish(number: number): Promise<Posted> {
    posted = Promise.withResolvers();
    settled = Promise.withResolvers();
    const id = `msg_${number}`;
    const entry = toEntry(number);
    const began = performance.now();
    await store.addWebhook({ source: "webhook", id, bodyHash: id, entry, now: clock() });
    worker.wake("entries");
    const { at, body } = await inTime(posted.promise, store);
    await inTime(settled.promise, store);
    return { ms: at - began, body };
  }

  return { publish, stop: () => worker.stop(GRACE_MS) };
}

/** Throws when it takes too long, saying in which states the rows were left. */
async function inTime<T>(work: Promise<T>, store: Store): Promise<T> {
  const late = new AbortController();
  const limit = sleep(ONE_TIMEOUT_MS, undefined, { signal: late.signal }).then(async () => {
    const counts = JSON.stringify(await store.counts());
    throw new Error(`Nothing was posted within ${ONE_TIMEOUT_MS} ms. The store holds ${counts}.`);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    limit.catch(() => undefined);
    late.abort();
  }
}

function toEntry(number: number): Entry {
  const { url, headline, articleBody } = generateArticle(number);
  return {
    guid: `msg_${number}`,
    url,
    title: headline,
    content: { type: "text", body: articleBody },
    byline: null,
    publishedAt: clock(),
    updatedAt: null,
    visibility: "public",
    event: "publish",
    releaseAt: null,
    via: "webhook",
  };
}

/** A chat whose post is one HTTP request. */
function chatPlatform(url: string, posted: (body: string) => void): Platform {
  const post = async ({ channel, key, reply, signal }: PostRequest) => {
    const body = JSON.stringify({ channel, key, reply });
    await send(url, body, signal);
    posted(body);
    return { kind: "sent" as const, message: { channel, id: key } };
  };
  return {
    name: "slack",
    start: async () => {},
    connection: () => ({ state: "listening", heardAt: null }),
    time: () => new Date(),
    post,
    update: async ({ message }) => ({ kind: "sent", message }),
    find: async () => null,
    respond: async ({ call }) => call.handle,
    standing: async () => ({ role: "member", why: "of the bench" }),
    hasRole: async () => false,
    readFile: async () => new Uint8Array(),
    channelName: async () => null,
    isInWorkspace: async () => true,
    render: (reply) => reply,
    check: async () => [],
    stop: async () => {},
  };
}

/** What must happen at least: the article is safe on disk, and the message is sent. */
function openFloor(file: string, url: string) {
  const database = new DatabaseSync(file);
  database.exec(
    "pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; create table posts (body text)",
  );
  const insert = database.prepare("insert into posts (body) values (?)");
  return {
    /** Milliseconds that one took. */
    once: async (body: string): Promise<number> => {
      const began = performance.now();
      insert.run(body);
      await send(url, body, AbortSignal.timeout(ONE_TIMEOUT_MS));
      return performance.now() - began;
    },
    close: () => database.close(),
  };
}

async function send(url: string, body: string, signal: AbortSignal): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(url, { method: "POST", body, headers, signal });
  await answer.text();
  if (!answer.ok) throw new Error(`The chat answered ${answer.status}.`);
}

async function openChat(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void text(request).then(() => response.end('{"ok":true}'));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The chat has no port.");
  return {
    url: `http://127.0.0.1:${address.port}/messages`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
