import { generateOpml } from "feedsmith";
import { Parser } from "htmlparser2";
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
/** Lines read of one file, folders among them: twice what a workspace has room for. */
const MOST_OUTLINES = 4_000;
const PIECE_CHARS = 16_384;

/** The feeds of an OPML file, out of all its folders. Declared entities stay as they are written. Throws AppError `opml/invalid`. */
export function readOpml(bytes: Uint8Array): FeedList {
  if (bytes.byteLength > MAX_BYTES)
    throw invalid("That file is too large for a list of feeds (the limit is 5 MB). Split it in two.");
  const { isOpml, outlines, whole } = readOutlines(decodeText(bytes, null).text);
  if (!isOpml) throw new AppError("opml/invalid");
  const found = new Map<string, ListedFeed>();
  let listed = 0;
  let unusable = 0;
  for (const outline of outlines) {
    const url = outline["xmlUrl"]?.trim() ?? "";
    if (url === "") continue;
    listed += 1;
    if (!isHttpUrl(url)) unusable += 1;
    else if (!found.has(feedKey(url))) found.set(feedKey(url), toFeed(outline, url));
  }
  if (listed === 0) throw invalid("That OPML file lists no feeds: none of its lines has an xmlUrl.");
  const twice = listed - unusable - found.size;
  return {
    feeds: [...found.values()],
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
      ...(whole
        ? []
        : [
            `Only the first ${MOST_OUTLINES.toLocaleString("en")} lines of the file were read. Split it in two.`,
          ]),
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

type Outline = Readonly<Record<string, string>>;

/** Names are compared in one case, as lenient readers do; values are as written. */
interface Outlines {
  isOpml: boolean;
  /** In document order, folders among them. */
  outlines: Outline[];
  /** False where the file goes on after what was read. */
  whole: boolean;
}

/** Reads no further than the limit: what a file says after it costs nothing. */
function readOutlines(text: string): Outlines {
  const read: Outlines = { isOpml: false, outlines: [], whole: true };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (name === "opml") read.isOpml = true;
        if (name === "outline" && read.isOpml) read.outlines.push(renamed(attributes));
      },
    },
    { xmlMode: true, lowerCaseTags: true },
  );
  for (let at = 0; at < text.length; at += PIECE_CHARS) {
    if (read.outlines.length > MOST_OUTLINES) break;
    parser.write(text.slice(at, at + PIECE_CHARS));
  }
  if (read.outlines.length <= MOST_OUTLINES) return read;
  return { ...read, outlines: read.outlines.slice(0, MOST_OUTLINES), whole: false };
}

const NAMES = new Map(["text", "title", "xmlUrl"].map((name) => [name.toLowerCase(), name]));

function renamed(attributes: Outline): Outline {
  const known = Object.entries(attributes).flatMap(([name, value]) => {
    const named = NAMES.get(name.toLowerCase());
    return named === undefined ? [] : [[named, value] as const];
  });
  return Object.fromEntries(known);
}

function toFeed(outline: Outline, url: string): ListedFeed {
  return { url, title: cleanOrNull(outline["title"] ?? null) ?? cleanOrNull(outline["text"] ?? null) };
}

function note(count: number, one: string, many: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? `1 ${one}` : `${count} ${many}`];
}

function invalid(say: string): AppError {
  return new AppError("opml/invalid", { say });
}
