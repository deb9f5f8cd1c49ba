import { generateOpml, type Opml, parseOpml } from "feedsmith";
import { AppError } from "#src/core/errors.ts";
import { feedKey } from "#src/core/feed.ts";
import { isHttpUrl } from "#src/core/url.ts";
import { decodeText } from "./charset.ts";
import { cleanOrNull } from "./text.ts";

export interface ListedFeed {
  url: string;
  title: string | null;
}

export interface FeedList {
  /** In the order of the file, each address once. */
  feeds: ListedFeed[];
  /** What was left out and why, in sentences for the person whose file it is. */
  notes: string[];
}

const MAX_BYTES = 5 * 1024 * 1024;
/** More than a newsroom follows; a longer list is a mistake or an attack. */
const MOST_FEEDS = 10_000;

type Outline = Opml.Outline<string>;

/** The feeds of an OPML file, out of all its folders. Declared entities stay as they are written. Throws AppError `opml/invalid`. */
export function readOpml(bytes: Uint8Array): FeedList {
  if (bytes.byteLength > MAX_BYTES)
    throw invalid("That file is too large for a list of feeds (the limit is 5 MB). Split it in two.");
  const outlines = parse(decodeText(bytes, null).text);
  const found = new Map<string, ListedFeed>();
  let listed = 0;
  let unusable = 0;
  for (const outline of flatten(outlines)) {
    const url = outline.xmlUrl?.trim();
    if (url === undefined || url === "") continue;
    listed += 1;
    if (!isHttpUrl(url)) unusable += 1;
    else if (!found.has(feedKey(url))) found.set(feedKey(url), toFeed(outline, url));
  }
  if (listed === 0) throw invalid("That OPML file lists no feeds: none of its lines has an xmlUrl.");
  const feeds = [...found.values()].slice(0, MOST_FEEDS);
  const twice = listed - unusable - found.size;
  return {
    feeds,
    notes: [
      ...note(
        twice,
        "address stood there twice and counts once.",
        "addresses stood there twice and count once.",
      ),
      ...note(
        unusable,
        "line has no http(s) address and was left out.",
        "lines have no http(s) address and were left out.",
      ),
      ...note(
        found.size - feeds.length,
        "feed beyond the first 10,000 was left out.",
        "feeds beyond the first 10,000 were left out.",
      ),
    ],
  };
}

/** An OPML 2.0 file that every feed reader takes. */
export function writeOpml(title: string, feeds: readonly ListedFeed[]): string {
  return generateOpml({
    head: { title },
    body: {
      outlines: feeds.map((feed) => {
        const name = feed.title ?? feed.url;
        return { type: "rss", text: name, title: name, xmlUrl: feed.url };
      }),
    },
  });
}

function parse(text: string): Outline[] {
  try {
    return parseOpml(text).body?.outlines?.map(toOutline) ?? [];
  } catch (cause) {
    throw new AppError("opml/invalid", { cause });
  }
}

/** The library's types leave every field open; what is used is read here. */
function toOutline(outline: Partial<Outline>): Outline {
  return { ...outline, text: outline.text ?? "" };
}

/** In document order, without recursion: folders may stand in folders. */
function flatten(outlines: readonly Outline[]): Outline[] {
  const flat: Outline[] = [];
  const open = outlines.toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    flat.push(next);
    for (const inner of (next.outlines ?? []).toReversed()) open.push(inner);
  }
  return flat;
}

function toFeed(outline: Outline, url: string): ListedFeed {
  return { url, title: cleanOrNull(outline.title) ?? cleanOrNull(outline.text) };
}

function note(count: number, one: string, many: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? `1 ${one}` : `${count} ${many}`];
}

function invalid(say: string): AppError {
  return new AppError("opml/invalid", { say });
}
