import {
  authorsOf,
  date,
  enclosuresOf,
  identifier,
  imageOf,
  language,
  linkOf,
  originalOf,
  relatedOf,
  rich,
  skippedDays,
  skippedHours,
  tagsOf,
  titled,
  ttlOf,
} from "./feed-fields.ts";
import { childrenNamed } from "./feed-xml.ts";
import type { XmlElement } from "./feed-xml.ts";

/** Everything a feed says, in one form for RSS, RDF, Atom and JSON Feed. Markup is as the feed has it: untrusted. */
export interface FeedDocument {
  title: string | null;
  link: string | null;
  description: string | null;
  language: string | null;
  author: string | null;
  id: string | null;
  image: string | null;
  updated: Date | null;
  ttlSeconds: number | null;
  skipHours: number[];
  skipDays: number[];
  hub: string | null;
  self: string | null;
  items: FeedItem[];
}

export interface FeedItem {
  id: string | null;
  link: string | null;
  /** Where a link that counts clicks leads to (FeedBurner). */
  original: string | null;
  title: string | null;
  summary: string | null;
  content: string | null;
  authors: string[];
  published: Date | null;
  updated: Date | null;
  enclosures: string[];
  tags: string[];
}

/** More than a feed within the limit of its size holds in good faith. */
export const MAX_ITEMS = 10_000;
const FEED_ROOTS = new Set(["rss", "rdf:rdf", "rdf", "feed", "channel"]);

/** The feed in an XML tree, null when there is none. */
export function readXmlFeed(root: XmlElement): FeedDocument | null {
  const top = findFeedRoot(root);
  if (top === null) return null;
  const isAtom = top.name === "feed";
  const channel = isAtom ? top : (childrenNamed(top, "channel")[0] ?? top);
  const items = collectItems(top, channel).slice(0, MAX_ITEMS).map(readItem);
  const authors = authorsOf(channel);
  return {
    title: titled(channel, "title", "dc:title", "itunes:title"),
    link: linkOf(channel),
    description: rich(
      channel,
      "description",
      "subtitle",
      "tagline",
      "info",
      "itunes:summary",
      "itunes:subtitle",
      "feedburner:browserfriendly",
      "dc:description",
    ),
    language: language(channel, top),
    author: authors[0] ?? null,
    id: identifier(channel),
    image: imageOf(channel),
    updated: date(channel, "updated", "modified", "lastbuilddate", "dcterms:modified", "dc:date", "pubdate"),
    ttlSeconds: ttlOf(channel),
    skipHours: skippedHours(channel),
    skipDays: skippedDays(channel),
    hub: relatedOf(channel, "hub"),
    self: relatedOf(channel, "self"),
    // RFC 4287 section 4.2.1: an entry without an author has its feed's.
    items: isAtom ? items.map((item) => (item.authors.length > 0 ? item : { ...item, authors })) : items,
  };
}

/** Breadth first, so that a wrapper or a stray element around the feed does not hide it. */
function findFeedRoot(root: XmlElement): XmlElement | null {
  const queue: XmlElement[] = [root];
  for (let at = 0; at < queue.length && at < 200; at += 1) {
    const element = queue[at];
    if (element === undefined) break;
    if (FEED_ROOTS.has(element.name)) return element;
    for (const child of element.children) if (typeof child !== "string") queue.push(child);
  }
  return queue.some((element) => element.name === "item" || element.name === "entry") ? root : null;
}

/** Items stand in the channel (RSS), beside it (RDF), or deeper when something above them was never closed. */
function collectItems(top: XmlElement, channel: XmlElement): XmlElement[] {
  const direct = [
    ...childrenNamed(channel, "item", "entry"),
    ...(top === channel ? [] : childrenNamed(top, "item", "entry")),
  ];
  if (direct.length > 0) return direct;
  const found: XmlElement[] = [];
  const visit = (element: XmlElement): void => {
    for (const child of element.children) {
      if (typeof child === "string") continue;
      if (child.name === "item" || child.name === "entry") found.push(child);
      else visit(child);
    }
  };
  visit(top);
  return found;
}

function readItem(item: XmlElement): FeedItem {
  const content = rich(item, "content:encoded", "content", "xhtml:body", "body", "fullitem");
  const group = childrenNamed(item, "media:group")[0];
  const summary = rich(
    item,
    "description",
    "summary",
    "dc:description",
    "itunes:summary",
    "media:description",
    "abstract",
    "itunes:subtitle",
  );
  return {
    id: identifier(item),
    link: linkOf(item),
    original: originalOf(item),
    title: titled(item, "title", "dc:title", "media:title", "itunes:title"),
    summary: summary ?? (group === undefined ? null : rich(group, "media:description")),
    content,
    authors: authorsOf(item),
    published: date(
      item,
      "pubdate",
      "published",
      "issued",
      "dcterms:issued",
      "dc:date",
      "created",
      "dcterms:created",
      "dcterms:date",
      "date",
    ),
    updated: date(item, "updated", "modified", "dcterms:modified", "lastbuilddate", "dc:date"),
    enclosures: enclosuresOf(item),
    tags: childrenNamed(item, "tags", "category", "dc:subject", "itunes:keywords").flatMap(tagsOf),
  };
}
