import { digest, type Entry } from "./article.ts";
import type { FeedEntry } from "./feed.ts";
import { canonicalUrl } from "./url.ts";

/** An entry of a feed as it is remembered. */
export interface SeenEntry {
  entry: Entry;
  /** Of what the source says about the article; another one queues the entry again. */
  hash: string;
  /** Of address and title: by it an entry is known again whose guid has changed. */
  alias: string;
}

export interface Arrival {
  /** Where the feed was read; relative links resolve against it. */
  base: string;
  via: "feed" | "websub";
  now: Date;
}

/** New entries of one poll beyond these are older than anybody waits for: they count as read. */
export const MAX_QUEUED = 200;
const LONGEST_GUID = 512;
/** Feeds that stamp every entry with the time of the request say nothing about when an entry was edited. */
const STAMP_MS = 10 * 60_000;
const LEAST_STAMPED = 3;

/**
 * The entries of a feed, newest first, each once and under a guid that will be the same at the next poll: one entry
 * under two guids is one, two entries under one guid are two. A date in the future is now; one that no feed can mean
 * (before 1990, days ahead) is unknown. What has neither address, title nor text is left out.
 */
export function seenEntries(items: readonly FeedEntry[], arrival: Arrival): SeenEntry[] {
  const stamped = isStamped(items, arrival.now);
  const byAlias = new Map<string, { item: FeedEntry; seen: SeenEntry }>();
  for (const item of items) {
    const seen = toSeen(stamped ? { ...item, updatedAt: null } : item, arrival);
    if (seen !== null && !byAlias.has(seen.alias)) byAlias.set(seen.alias, { item, seen });
  }
  return newestFirst(distinct([...byAlias.values()].map(({ seen }) => seen)));
}

/** Publication times that are known, for the cadence. */
export function publicationTimes(seen: readonly SeenEntry[]): Date[] {
  return seen.flatMap(({ entry }) => entry.publishedAt ?? []);
}

/** A feed's text is often cut short, so the page is fetched for every entry that has one. */
function toSeen(item: FeedEntry, { base, via, now }: Arrival): SeenEntry | null {
  const url = item.url === null ? null : canonicalUrl(item.url, base);
  const text = plainText(item.content);
  if (url === null && item.title === null && text === "") return null;
  const key = url === null ? [item.title, text] : [pageOf(url), item.title];
  const alias = digest(JSON.stringify(key));
  const entry: Entry = {
    guid: guidOf(item.guid, alias),
    url,
    title: item.title,
    content: url === null && item.content !== null ? { type: "html", body: item.content } : null,
    byline: item.author,
    publishedAt: notAfter(item.publishedAt, now),
    updatedAt: item.updatedAt,
    visibility: "public",
    event: "publish",
    releaseAt: null,
    via,
  };
  return { entry, hash: digest(JSON.stringify([url, item.title, text, item.updatedAt])), alias };
}

function guidOf(guid: string, alias: string): string {
  if (guid === "") return `text:${alias}`;
  return guid.length > LONGEST_GUID ? `long:${digest(guid)}` : guid;
}

/** Of several under one guid, the same page in two versions is one entry, the newer; other pages get guids of their own. */
function distinct(all: readonly SeenEntry[]): SeenEntry[] {
  const byGuid = Map.groupBy(all, ({ entry }) => entry.guid);
  return [...byGuid.values()].flatMap((sharing) => {
    if (sharing.length === 1) return sharing;
    const pages = Map.groupBy(sharing, pageKey);
    const newest = [...pages.values()].map((versions) => newestFirst(versions).slice(0, 1)).flat();
    if (newest.length === 1) return newest;
    return newest.map((seen) => ({ ...seen, entry: { ...seen.entry, guid: unsharedGuid(seen) } }));
  });
}

/** The guid an entry has while others of its feed come under the same one; once they are gone it comes under that again. */
export function unsharedGuid(seen: SeenEntry): string {
  return `${seen.entry.guid}#${digest(pageKey(seen))}`;
}

function pageKey({ entry, alias }: SeenEntry): string {
  return entry.url === null ? alias : pageOf(entry.url);
}

/** Feeds move between `http`, `https` and `www.` with all their entries. */
function pageOf(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, "");
}

/** By date where all have one; feeds list the newest first where not. */
function newestFirst(seen: readonly SeenEntry[]): SeenEntry[] {
  const times = seen.map(({ entry }) => (entry.updatedAt ?? entry.publishedAt)?.getTime() ?? null);
  if (times.includes(null)) return [...seen];
  return seen.toSorted((a, b) => newestOf(b) - newestOf(a));
}

function newestOf({ entry }: SeenEntry): number {
  return (entry.publishedAt ?? entry.updatedAt)?.getTime() ?? 0;
}

/** A clock that goes wrong by hours puts entries ahead of every other in the queue. */
function notAfter(date: Date | null, now: Date): Date | null {
  return date !== null && date > now ? now : date;
}

/** Letters alone: addresses in markup are signed anew on every request by some sites, and change nothing. */
function plainText(content: string | null): string {
  return (content ?? "")
    .replace(/<[^<>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function isStamped(items: readonly FeedEntry[], now: Date): boolean {
  const [first] = items;
  if (first?.updatedAt == null || items.length < LEAST_STAMPED) return false;
  const time = first.updatedAt.getTime();
  return (
    Math.abs(now.getTime() - time) < STAMP_MS && items.every((item) => item.updatedAt?.getTime() === time)
  );
}
