import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { Readability } from "@mozilla/readability";
import { JSDOM, VirtualConsole } from "jsdom";
import { z } from "zod";
import { extractArticle } from "#src/adapters/web/extract.ts";
import { AppError } from "#src/core/errors.ts";
import type { Table } from "./figures.ts";
import { toRatio } from "./figures.ts";

const OWN_PAGES = path.join(import.meta.dirname, "..", "tests", "fixtures", "pages");
/** Both have read the pages this long before anything counts: code that was just loaded is slow. */
const WARM_UP_MS = 2_000;
/** The whole round ends at the first look after this; every page was read as often by both. */
const MEASURE_MS = 30_000;
const MAX_ROUNDS = 200;

const Line = z.object({ url: z.url(), file: z.string().optional(), html: z.string().optional() });

interface Page {
  url: string;
  html: string;
}

/**
 * Pages per second of CPU time that the extraction and @mozilla/readability with jsdom read, taking turns on each page.
 * `source` is a folder of HTML files or a JSON Lines file of `url` and `html` or `file` (which may end in .gz).
 */
export async function measureExtraction(source: string = OWN_PAGES): Promise<Table> {
  const pages = await readPages(source);
  if (pages.length === 0) throw new Error(`There are no HTML pages at ${source}.`);
  readAll(pages, { until: performance.now() + WARM_UP_MS, rounds: 1 });
  const { lede, peer, read } = readAll(pages, {
    until: performance.now() + MEASURE_MS,
    rounds: MAX_ROUNDS,
  });
  const [ours, theirs] = [read / lede, read / peer];
  const bytes = pages.reduce((sum, page) => sum + page.html.length, 0) / pages.length;
  return {
    title: `4. Extraction (${pages.length} pages of ${(bytes / 1_024).toFixed(1)} Ki characters on average, ${read} readings each)`,
    head: ["", "pages per CPU second"],
    rows: [
      ["lede extractArticle", ours.toFixed(0)],
      ["@mozilla/readability with jsdom", theirs.toFixed(0)],
      ["ratio", toRatio(ours, theirs)],
    ],
    note: "A page that is no article counts as read: saying so is part of the work.",
  };
}

interface Limits {
  /** On the clock of `performance.now()`. */
  until: number;
  rounds: number;
}

/** CPU seconds of both over the same readings. */
function readAll(pages: readonly Page[], { until, rounds }: Limits) {
  const total = { lede: 0, peer: 0, read: 0 };
  for (let round = 0; round < rounds; round += 1) {
    for (const page of pages) {
      if (performance.now() >= until && total.read > 0) return total;
      total.lede += cpuSeconds(() => readWithLede(page));
      total.peer += cpuSeconds(() => readWithPeer(page));
      total.read += 1;
    }
  }
  return total;
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

function readWithLede(page: Page): void {
  try {
    extractArticle(page);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

function readWithPeer({ html, url }: Page): void {
  // Its own console drops what jsdom says about style sheets it does not understand.
  const { window } = new JSDOM(html, { url, virtualConsole: new VirtualConsole() });
  try {
    new Readability(window.document).parse();
  } finally {
    window.close();
  }
}

async function readPages(source: string): Promise<Page[]> {
  const isFolder = (await stat(source)).isDirectory();
  if (isFolder && !(await readdir(source)).includes("pages.jsonl")) return readFolder(source);
  return readLines(isFolder ? path.join(source, "pages.jsonl") : source);
}

async function readFolder(folder: string): Promise<Page[]> {
  const names = (await readdir(folder)).filter((name) => /\.html(\.gz)?$/.test(name)).toSorted();
  return Promise.all(
    names.map(async (name) => ({
      url: `https://courier.example/2026/03/03/${name}`,
      html: await readHtml(path.join(folder, name)),
    })),
  );
}

async function readLines(file: string): Promise<Page[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line.trim() !== "");
  return Promise.all(
    lines.map(async (line) => {
      const { url, file: name, html } = Line.parse(JSON.parse(line));
      return { url, html: html ?? (await readHtml(path.join(path.dirname(file), name ?? ""))) };
    }),
  );
}

async function readHtml(file: string): Promise<string> {
  const bytes = await readFile(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}
