import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { decodeHTML } from "entities";
import { z } from "zod";
import { readFeedDocument } from "#src/adapters/web/feed.ts";
import type { FeedDocument } from "#src/adapters/web/feed-document.ts";

/** Usage: node eval/feeds.ts PATH_TO_feeds.jsonl [--each] */

const Row = z.object({
  id: z.string(),
  file: z.string(),
  group: z.string(),
  contentType: z.string().nullable(),
  url: z.string().nullable(),
  asserts: z.array(
    z.object({ path: z.array(z.union([z.string(), z.number()])), value: z.union([z.string(), z.number()]) }),
  ),
});
type Row = z.infer<typeof Row>;

const path = process.argv[2];
if (path === undefined) throw new Error("Give the path of feeds.jsonl");
const rows = readFileSync(path, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => Row.parse(JSON.parse(line)));

const groups = new Map<string, { feeds: number; right: number; thrown: number }>();
let bytes = 0;
let cpu = 0;
for (const row of rows) {
  const body = readFileSync(join(dirname(path), row.file));
  const before = process.cpuUsage();
  const { feed, error } = read(row, body);
  const spent = process.cpuUsage(before);
  cpu += (spent.user + spent.system) / 1e6;
  bytes += body.byteLength;
  const failed =
    feed === null ? row.asserts : row.asserts.filter((assert) => !holds(feed, assert.path, assert.value));
  const group = groups.get(row.group) ?? { feeds: 0, right: 0, thrown: 0 };
  group.feeds += 1;
  if (failed.length === 0) group.right += 1;
  if (error !== null) group.thrown += 1;
  groups.set(row.group, group);
  if (process.argv.includes("--each") && failed.length > 0) {
    console.log(`${row.id} ${row.group} ${error ?? ""}`);
    for (const assert of failed) {
      console.log(`  ${assert.path.join(".")} expected ${JSON.stringify(assert.value).slice(0, 160)}`);
      if (feed !== null)
        console.log(`    found ${JSON.stringify(valuesAt(feed, assert.path)).slice(0, 200)}`);
    }
  }
}
printTable();

function read(row: Row, body: Uint8Array): { feed: FeedDocument | null; error: string | null } {
  try {
    return { feed: readFeedDocument({ body, contentType: row.contentType, url: row.url }), error: null };
  } catch (error) {
    return { feed: null, error: String(error) };
  }
}

/** What the document holds at a path of the expectations; several values where a field repeats. */
function valuesAt(feed: FeedDocument, path: readonly (string | number)[]): readonly unknown[] {
  const [head, second, third] = path;
  if (head === "count") return [feed.items.length];
  if (head === "feed") return [feedField(feed, String(second))];
  const item = feed.items[Number(second)];
  if (item === undefined) return [];
  switch (String(third)) {
    case "author":
      return [item.authors.join(", "), ...item.authors];
    case "published":
      return [item.published, item.updated];
    case "updated":
      return [item.updated, item.published];
    case "enclosure":
      return item.enclosures;
    case "tag":
      return item.tags;
    case "summary":
      return [item.summary, item.content];
    case "content":
      return [item.content, item.summary];
    case "id":
      return [item.id, item.link];
    case "link":
      return [item.link];
    default:
      return [item.title];
  }
}

function feedField(feed: FeedDocument, field: string): unknown {
  const fields: Record<string, unknown> = { ...feed };
  return fields[field];
}

function holds(feed: FeedDocument, path: readonly (string | number)[], expected: string | number): boolean {
  return valuesAt(feed, path).some((found) => same(found, expected));
}

function same(found: unknown, expected: string | number): boolean {
  if (found instanceof Date) return found.getTime() === Date.parse(String(expected));
  if (typeof expected === "number") return found === expected;
  if (typeof found !== "string") return false;
  const [a, b] = [plain(found), plain(expected)];
  return (
    a === b ||
    a.replace(/\/$/, "") === b.replace(/\/$/, "") ||
    a.toLowerCase() === b.toLowerCase() ||
    b === `${a} (${/\(([^)]*)\)$/.exec(b)?.[1]})`
  );
}

/** Markup compared by its text and links: serializers differ in quotes, order and empty elements. */
function plain(text: string): string {
  const links = [...text.matchAll(/(?:href|src)\s*=\s*["']([^"']*)["']/gi)].map((match) => match[1] ?? "");
  const words = decodeHTML(decodeHTML(text).replace(/<[^<>]*>/g, " "))
    .replace(/\s+/g, " ")
    .trim();
  return [words, ...links].join(" ").trim();
}

function printTable(): void {
  let right = 0;
  let thrown = 0;
  for (const [name, group] of [...groups].sort(([a], [b]) => a.localeCompare(b))) {
    console.log(
      `${name.padEnd(20)} ${String(group.right).padStart(4)} of ${String(group.feeds).padStart(4)}  thrown ${group.thrown}`,
    );
    right += group.right;
    thrown += group.thrown;
  }
  console.log(
    `\nfeeds with every expectation met  ${right} of ${rows.length} (${((100 * right) / rows.length).toFixed(1)} %)`,
  );
  console.log(`thrown                            ${thrown}`);
  console.log(`MB per CPU second                 ${(bytes / 1e6 / cpu).toFixed(1)}`);
}
