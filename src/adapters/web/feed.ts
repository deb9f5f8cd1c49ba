import { jsonrepair } from "jsonrepair";
import { decodeHTML } from "entities";
import { AppError } from "#src/core/errors.ts";
import { isHttpUrl } from "#src/core/url.ts";
import type { FeedEntry, ParsedFeed } from "#src/ports.ts";
import { decodeText } from "./charset.ts";
import { readXmlFeed } from "./feed-document.ts";
import type { FeedDocument, FeedItem } from "./feed-document.ts";
import { readJsonFeed } from "./feed-json.ts";
import { parseXml } from "./feed-xml.ts";
import { cleanOrNull } from "./text.ts";

export interface FeedSource {
  body: Uint8Array | string;
  contentType: string | null;
  /** Where the feed was read; relative links resolve against it. */
  url: string | null;
}

/** Longest JSON that is worth repairing when it is broken. */
const MAX_REPAIRED_LENGTH = 1_000_000;

/**
 * A feed in any of its formats: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed. Reads what can be read of a broken
 * one. Titles and names are plain text; `content` is the feed's own HTML or text and not to be trusted. Throws
 * AppError `feed/unreadable` when nothing in it is a feed.
 */
export function parseFeed(source: FeedSource): ParsedFeed {
  const document = readFeedDocument(source);
  return {
    title: plainText(document.title),
    site: document.link !== null && isHttpUrl(document.link) ? document.link : null,
    ttlSeconds: document.ttlSeconds,
    hub: document.hub !== null && isHttpUrl(document.hub) ? document.hub : null,
    entries: document.items.map(toEntry),
  };
}

/** The feed as it is written, with every field the formats share. Throws AppError `feed/unreadable`. */
export function readFeedDocument(source: FeedSource): FeedDocument {
  const text =
    typeof source.body === "string" ? source.body : decodeText(source.body, source.contentType).text;
  const trimmed = text.replace(/^[\s\uFEFF]+/, "");
  const document = trimmed.startsWith("{")
    ? readJsonFeed(parseJson(trimmed))
    : readXmlFeed(parseXml(trimmed, source.url));
  if (document === null)
    throw new AppError("feed/unreadable", { details: { url: source.url, start: trimmed.slice(0, 80) } });
  return document;
}

function toEntry(item: FeedItem): FeedEntry {
  const title = plainText(item.title);
  return {
    guid: item.id ?? item.link ?? `${title ?? ""}|${item.published?.toISOString() ?? ""}`,
    url: [item.original, item.link].find((link) => link !== null && isHttpUrl(link)) ?? null,
    title,
    content: item.content ?? item.summary,
    author: cleanOrNull(item.authors.join(", ")),
    publishedAt: item.published ?? item.updated,
    updatedAt: item.updated,
  };
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.length > MAX_REPAIRED_LENGTH ? null : parseRepaired(text);
  }
}

function parseRepaired(text: string): unknown {
  try {
    return JSON.parse(jsonrepair(text));
  } catch {
    return null;
  }
}
