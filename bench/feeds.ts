import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { parseFeed as parsePeer, Parser } from "htmlparser2";
import { Agent, request } from "undici";
import { z } from "zod";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { parseFeed } from "#src/adapters/web/feed.ts";
import { createReader } from "#src/adapters/web/reader.ts";
import { POLL_BOUNDS } from "#src/core/feed-schedule.ts";
import type { FetchPlace } from "#src/core/fetch-place.ts";
import { createLog } from "#src/log.ts";
import { createPoller } from "#src/pipeline/poll.ts";
import type { Store } from "#src/ports-store.ts";
import { type Table, toRatio } from "./figures.ts";

const FEEDS = 10_000;
/** One feed in so many has something new. */
const CHANGED_EACH = 50;
const RUNNERS = 16;
const ETAG = '"v1"';
const PARSED_ITEMS = 2_000;
const PARSES = 15;
const MEGABYTE = 1024 * 1024;

const Ready = z.object({ port: z.int() });

/** Ten thousand feeds polled once, beside the same requests by the bare client. */
export async function measureFeeds(folder: string): Promise<Table> {
  const parsed = measureParsing();
  const server = fork(new URL("./feed-server.ts", import.meta.url));
  const [message] = await once(server, "message");
  const urls = addresses(Ready.parse(message).port);
  const store = await openSqliteStore({ path: path.join(folder, "feeds", "lede.sqlite") });
  await addAll(store, urls);
  const before = process.memoryUsage.rss();
  const bare = [await pollBare(urls)];
  const lede = await pollAll(store, urls);
  const grown = process.memoryUsage.rss() - before;
  bare.push(await pollBare(urls));
  const { due } = (await store.counts()).entries;
  await store.close();
  server.disconnect();
  const floor = average(bare);
  return {
    title: `5. Feeds (${FEEDS} hosts, ${100 / CHANGED_EACH} % with news, ${RUNNERS} at a time)`,
    head: ["", "a second", "a CPU second"],
    rows: [
      ["polls, stored", lede.wall.toFixed(0), lede.cpu.toFixed(0)],
      ["floor: undici requests alone", floor.wall.toFixed(0), floor.cpu.toFixed(0)],
      ["ratio", toRatio(lede.wall, floor.wall), toRatio(lede.cpu, floor.cpu)],
      ["MB of feeds read", "", parsed.ours.toFixed(1)],
      ["peer: MB read by htmlparser2's parseFeed", "", parsed.peer.toFixed(1)],
      ["ratio", "", toRatio(parsed.ours, parsed.peer)],
      ["floor: MB through htmlparser2's tokens", "", parsed.floor.toFixed(1)],
      ["ratio", "", toRatio(parsed.ours, parsed.floor)],
    ],
    note: `${due} new entries were queued; resident memory grew by ${(grown / MEGABYTE).toFixed(0)} MiB. 10,000 feeds every ten minutes are 17 polls a second.`,
  };
}

function addresses(port: number): string[] {
  return Array.from({ length: FEEDS }, (_, index) => {
    const host = `127.${1 + (index >> 14)}.${(index >> 7) & 127}.${1 + (index & 127)}:${port}`;
    return `http://${host}/${index % CHANGED_EACH === 0 ? "changed" : "unchanged"}`;
  });
}

/** As they stand after their first poll. */
async function addAll(store: Store, urls: readonly string[]): Promise<void> {
  const now = new Date(Date.now() - 3_600_000);
  for (const url of urls) await store.addFeed({ url, now, baseline: false });
  for (;;) {
    const claimed = await store.claimDueFeeds({ now, limit: 500, excludeHosts: [] });
    if (claimed.length === 0) return;
    const polls = claimed.map(({ feed, token }) => ({
      kind: "changed" as const,
      token,
      feed: { ...feed, etag: ETAG, dueAt: new Date(now.getTime() + 1) },
    }));
    await store.savePolls(polls, now);
  }
}

function placeOf(url: string): FetchPlace {
  const { hostname, port } = new URL(url);
  return { hostname, port, path: "/" };
}

async function pollAll(store: Store, urls: readonly string[]): Promise<Rate> {
  const { reader, close } = createReader({ places: urls.map(placeOf) });
  const log = createLog({ level: "error", format: "json" });
  const poller = createPoller({
    store,
    reader,
    clock: () => new Date(),
    log,
    bounds: POLL_BOUNDS,
    onEntries: () => {},
  });
  const { signal } = new AbortController();
  const rate = startRate();
  const runners = Array.from({ length: RUNNERS }, async () => {
    let polls = 0;
    while (await poller.next(signal)) polls += 1;
    return polls;
  });
  const polls = (await Promise.all(runners)).reduce((sum, one) => sum + one, 0);
  await poller.flush();
  const measured = rate(polls);
  await close();
  return measured;
}

async function pollBare(urls: readonly string[]): Promise<Rate> {
  const agent = new Agent();
  const waiting = urls.values();
  const rate = startRate();
  const runners = Array.from({ length: RUNNERS }, async () => {
    for (const url of waiting) {
      const { body } = await request(url, { dispatcher: agent, headers: { "if-none-match": ETAG } });
      await body.dump();
    }
  });
  await Promise.all(runners);
  const measured = rate(urls.length);
  await agent.destroy();
  return measured;
}

/** Of something, in a second by the clock and in a second of this process's CPU time. */
interface Rate {
  wall: number;
  cpu: number;
}

function startRate(): (count: number) => Rate {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  return (count) => {
    const { user, system } = process.cpuUsage(cpu);
    return { wall: (count * 1_000) / (performance.now() - wall), cpu: (count * 1_000_000) / (user + system) };
  };
}

function average(rates: readonly Rate[]): Rate {
  const mean = (pick: (rate: Rate) => number): number =>
    rates.reduce((sum, rate) => sum + pick(rate), 0) / rates.length;
  return { wall: mean((rate) => rate.wall), cpu: mean((rate) => rate.cpu) };
}

interface Parsing {
  ours: number;
  peer: number;
  floor: number;
}

/** Megabytes a second of CPU time, the three taking turns. */
function measureParsing(): Parsing {
  const text = bigFeed();
  const body = new TextEncoder().encode(text);
  let [ours, peer, floor] = [0, 0, 0];
  for (let turn = 0; turn < PARSES; turn += 1) {
    ours += took(() =>
      parseFeed({ body, contentType: "application/rss+xml", url: "https://news.example/feed" }),
    );
    peer += took(() => parsePeer(new TextDecoder().decode(body)));
    floor += took(() => {
      const parser = new Parser({}, { xmlMode: true });
      parser.end(new TextDecoder().decode(body));
    });
  }
  const megabytes = (body.byteLength * PARSES) / MEGABYTE;
  return { ours: megabytes / ours, peer: megabytes / peer, floor: megabytes / floor };
}

function took(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000_000;
}

function bigFeed(): string {
  const item = (number: number): string =>
    `<item><title>Story ${number} &amp; more</title><link>https://news.example/story/${number}</link><guid>https://news.example/story/${number}</guid><pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate><dc:creator>A. Reporter</dc:creator><category>World</category><description><![CDATA[<p>${"Nine people were injured when the ferry met the quay. ".repeat(8)}</p>]]></description></item>`;
  const items = Array.from({ length: PARSED_ITEMS }, (_, number) => item(number));
  return `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title>${items.join("")}</channel></rss>`;
}
