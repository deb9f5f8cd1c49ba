import { type ErrorCode } from "#src/core/error-table.ts";
import { AppError } from "#src/core/errors.ts";
import type { ParsedFeed } from "#src/core/feed.ts";
import { feedKey } from "#src/core/feed.ts";
import type { FetchPage, FindFeeds, FoundFeed } from "#src/ports.ts";
import { decodeText } from "./charset.ts";
import { discoverFeeds } from "./discover.ts";
import { parseFeed } from "./feed.ts";

/** Where sites keep their feed without naming it, the most usual first. */
const USUAL_PATHS = ["/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml"];
/** Feeds of one page that are looked into; who wants another gives its own address. */
const MOST_READ = 5;
/** Answers of a site that wants to be left alone: no other of its addresses is tried then. */
const LEAVE_ALONE: ReadonlySet<ErrorCode> = new Set([
  "fetch/needs-login",
  "fetch/timeout",
  "fetch/unreachable",
  "fetch/certificate",
]);

/** One request after the other, and no more than is needed: a site is asked as a person would ask it. */
export function createFindFeeds(fetchPage: FetchPage): FindFeeds {
  return async (raw, signal) => {
    const url = withScheme(raw);
    const page = await fetchPage({ url, by: "moderator", signal });
    if (page.kind === "unchanged") throw new AppError("fetch/status", { details: { status: 304 } });
    const own = tryFeed(() => parseFeed(page));
    if (own !== null) return [{ url: page.url, title: own.title, feed: own }];
    const names = discoverFeeds(decodeText(page.body, page.contentType).text, page.url);
    const read = createTry(fetchPage, signal);
    const found: FoundFeed[] = [];
    for (const { url: named, title } of names.slice(0, MOST_READ)) {
      const feed = await read(named);
      if (feed !== null) found.push({ ...feed, title: feed.title ?? title });
    }
    if (found.length > 0) return found;
    for (const path of USUAL_PATHS) {
      const feed = await read(new URL(path, page.url).href);
      if (feed !== null) return [feed];
    }
    throw new AppError("feed/none", { details: { url, named: names.length } });
  };
}

/** Reads an address once as a feed, null where there is none; tries no more of a site that wants to be left alone. */
function createTry(fetchPage: FetchPage, signal: AbortSignal): (url: string) => Promise<FoundFeed | null> {
  const tried = new Set<string>();
  const closed = new Set<string>();
  return async (url) => {
    const { host } = new URL(url);
    if (closed.has(host) || tried.has(feedKey(url))) return null;
    tried.add(feedKey(url));
    try {
      const page = await fetchPage({ url, by: "moderator", signal });
      if (page.kind === "unchanged") return null;
      const feed = parseFeed(page);
      return { url: page.url, title: feed.title, feed };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      if (LEAVE_ALONE.has(error.code) || error.details["status"] === 429) closed.add(host);
      return null;
    }
  };
}

function tryFeed(read: () => ParsedFeed): ParsedFeed | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** People write addresses as they see them in a browser. */
function withScheme(raw: string): string {
  const trimmed = raw
    .trim()
    .replace(/^feed:\/\//i, "https://")
    .replace(/^feed:(?=https?:)/i, "");
  return /^[a-z][\w+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
}
