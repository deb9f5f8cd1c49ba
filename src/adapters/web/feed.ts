import { decodeHTML } from "entities";
import { AppError } from "#src/core/errors.ts";
import type { FeedEntry, ParsedFeed } from "#src/core/feed.ts";
import { isHttpUrl } from "#src/core/url.ts";
import { decodeText } from "./charset.ts";
import { discoverFeeds } from "./discover.ts";
import { readXmlFeed } from "./feed-document.ts";
import type { FeedDocument, FeedItem } from "./feed-document.ts";
import { readJsonFeed } from "./feed-json.ts";
import { parseXml } from "./feed-xml.ts";
import { jsonReader } from "./json-repair.ts";
import { relatedIn } from "./link-header.ts";
import { cleanOrNull } from "./text.ts";

export interface FeedSource {
  body: Uint8Array | string;
  contentType: string | null;
  /** Where the feed was read; relative links resolve against it. */
  url: string | null;
  /** The `Link` header it came with. */
  link?: string | null;
}

const PAGE = /<(?:!doctype\s+html|html|head|body)\b/i;
/** Where a page says that it is one. */
const PAGE_START_LENGTH = 4_096;

/**
 * A feed in any of its formats: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed. Reads what can be read of a broken
 * one. Titles and names are plain text; `content` is the feed's own HTML or text and not to be trusted. Throws
 * AppError `feed/page` for a web page, naming the feeds it offers, and `feed/unreadable` when nothing in it is a feed.
 */
export function parseFeed(source: FeedSource): ParsedFeed {
  const document = readFeedDocument(source);
  return {
    title: plainText(document.title),
    site: web(document.link),
    wishes: {
      ttlSeconds: document.ttlSeconds,
      skipHours: document.skipHours,
      skipDays: document.skipDays,
    },
    // W3C WebSub section 4: headers first.
    hub: web(relatedIn(source.link, "hub", source.url)) ?? web(document.hub),
    self: web(relatedIn(source.link, "self", source.url)) ?? web(document.self),
    entries: document.items.map(toEntry),
  };
}

/** The feed as it is written, with every field the formats share. Throws AppError `feed/page`, `feed/unreadable`. */
export function readFeedDocument(source: FeedSource): FeedDocument {
  const text =
    typeof source.body === "string" ? source.body : decodeText(source.body, source.contentType).text;
  const trimmed = text.replace(/^[\s\uFEFF]+/, "");
  const document = trimmed.startsWith("{")
    ? readJsonFeed(jsonReader()(trimmed))
    : readXmlFeed(parseXml(trimmed, source.url));
  if (document !== null) return document;
  if (PAGE.test(trimmed.slice(0, PAGE_START_LENGTH))) throw pageInstead(trimmed, source.url);
  throw new AppError("feed/unreadable", { details: { url: source.url, start: trimmed.slice(0, 80) } });
}

/** Sites put a page where a feed was; most of them name the new address on it. */
function pageInstead(html: string, url: string | null): AppError {
  const [found] = url === null ? [] : discoverFeeds(html, url);
  if (found === undefined) return new AppError("feed/page", { details: { url } });
  return new AppError("feed/page", {
    details: { url, found: found.url },
    say: `That address is a web page, not a feed. The page names this feed: ${found.url}`,
  });
}

function web(url: string | null): string | null {
  return url !== null && isHttpUrl(url) ? url : null;
}

function toEntry(item: FeedItem): FeedEntry {
  const title = plainText(item.title);
  return {
    guid: item.id ?? item.link ?? datedGuid(title, item.published),
    url: [item.original, item.link].find((link) => link !== null && isHttpUrl(link)) ?? null,
    title,
    content: item.content ?? item.summary,
    author: cleanOrNull(item.authors.join(", ")),
    publishedAt: item.published ?? item.updated,
    updatedAt: item.updated,
  };
}

/** A title alone is no name: some feeds give all entries the same one. */
function datedGuid(title: string | null, published: Date | null): string {
  return title === null || published === null ? "" : `${title}|${published.toISOString()}`;
}

/** Titles are HTML as often as text: entities are decoded once more, and known tags dropped. */
function plainText(raw: string | null): string | null {
  if (raw === null) return null;
  const untagged = raw.replace(
    /<\/?(?:a|abbr|b|bdi|big|br|cite|code|div|em|font|i|img|mark|p|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?\/?>/gi,
    " ",
  );
  return cleanOrNull(decodeHTML(untagged));
}
