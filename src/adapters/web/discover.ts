import { Parser } from "htmlparser2";
import { feedKey } from "#src/core/feed.ts";
import { isHttpUrl } from "#src/core/url.ts";
import { cleanOrNull } from "./text.ts";

/** A feed that a page names; whether it is one, only reading it tells. */
export interface NamedFeed {
  url: string;
  title: string | null;
}

const FEED_TYPE = /^(?:application|text)\/(?:rss|atom|rdf|feed)\+(?:xml|json)$|^application\/feed\+json$/;
/** Types that a `rel=alternate` link to a feed has, too, and that say nothing by themselves. */
const VAGUE_TYPE = /^(?:application|text)\/(?:xml|json)$/;
const FEED_PATH =
  /(?:^|[/._-])(?:rss|atom|feeds?|rdf)(?:\.(?:xml|json|php|rdf))?\/?$|\.(?:rss|atom)$|\/index\.xml$/i;
const FEED_QUERY = /[?&](?:feed|format|type|output)=(?:rss2?|atom|feed)\b/i;
const FEED_WORDS = /^(?:\W*)(?:rss|atom|rss[\s-]?feeds?|feed|web ?feed|xml)(?:\W*)$/i;
/** What readers of news do not mean. */
const SIDE_FEED = /comments?|kommentare?|commentaires?|comentarios?|podcast|\/replies\b|calendar/i;
const MOST_FEEDS = 20;
/** A page names its feeds at its head or its foot; a file without end is no page. */
const MOST_ANCHORS = 5_000;

/** The feeds a page names: those it declares first, then links that look like feeds; comments and podcasts last. */
export function discoverFeeds(html: string, url: string): NamedFeed[] {
  const { declared, linked } = collect(html, url);
  const found = new Map<string, NamedFeed>();
  for (const feed of [...declared, ...linked]) {
    const key = feedKey(feed.url);
    if (!found.has(key)) found.set(key, feed);
  }
  const all = [...found.values()];
  const isSide = ({ url: address, title }: NamedFeed): boolean => SIDE_FEED.test(`${address} ${title ?? ""}`);
  return [...all.filter((feed) => !isSide(feed)), ...all.filter(isSide)].slice(0, MOST_FEEDS);
}

interface Collected {
  declared: NamedFeed[];
  linked: NamedFeed[];
}

function collect(html: string, url: string): Collected {
  const collected: Collected = { declared: [], linked: [] };
  let base = url;
  let anchors = 0;
  let anchor: { href: string; text: string } | null = null;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === "base") base = URL.parse(attributes["href"] ?? "", url)?.href ?? base;
      if (name === "link") collected.declared.push(...declaredFeed(attributes, base));
      if (name === "a" && (anchors += 1) <= MOST_ANCHORS)
        anchor = { href: attributes["href"] ?? "", text: "" };
    },
    ontext: (text) => {
      if (anchor !== null && anchor.text.length < 100) anchor.text += text;
    },
    onclosetag: (name) => {
      if (name !== "a" || anchor === null) return;
      collected.linked.push(...linkedFeed(anchor, base));
      anchor = null;
    },
  });
  parser.end(html);
  return collected;
}

function declaredFeed(attributes: Record<string, string>, base: string): NamedFeed[] {
  const relations = (attributes["rel"] ?? "").toLowerCase().split(/\s+/);
  if (!relations.includes("alternate") && !relations.includes("feed")) return [];
  const type = (attributes["type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const href = attributes["href"] ?? "";
  const isFeed =
    FEED_TYPE.test(type) || relations.includes("feed") || (VAGUE_TYPE.test(type) && looksLikeFeed(href));
  return isFeed ? named(href, attributes["title"], base) : [];
}

function linkedFeed({ href, text }: { href: string; text: string }, base: string): NamedFeed[] {
  if (href === "" || (!looksLikeFeed(href) && !FEED_WORDS.test(text))) return [];
  return named(href, text, base);
}

function looksLikeFeed(href: string): boolean {
  const [address = ""] = href.split("#", 1);
  const [path = ""] = address.split("?", 1);
  return FEED_PATH.test(path) || FEED_QUERY.test(address);
}

function named(href: string, title: string | undefined, base: string): NamedFeed[] {
  const url = URL.parse(
    href
      .trim()
      .replace(/^feed:(?:\/\/)?(?=https?:)/i, "")
      .replace(/^feed:\/\//i, "https://"),
    base,
  );
  if (url === null || !isHttpUrl(url.href)) return [];
  url.hash = "";
  return [{ url: url.href, title: cleanOrNull(title) }];
}
