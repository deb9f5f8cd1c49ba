import { z } from "zod";
import { parseDate } from "./dates.ts";
import { MAX_ITEMS } from "./feed-document.ts";
import type { FeedDocument, FeedItem } from "./feed-document.ts";

/** Numbers stand for strings in many feeds (ids above all); anything else is as good as missing. */
const Text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);
const Person = z.looseObject({ name: Text }).nullish().catch(null);
const People = z.array(Person).nullish().catch(null);

const JsonItem = z.looseObject({
  id: Text,
  url: Text,
  external_url: Text,
  title: Text,
  content_html: Text,
  content_text: Text,
  summary: Text,
  date_published: Text,
  date_modified: Text,
  author: Person,
  authors: People,
  tags: z.array(Text).nullish().catch(null),
  attachments: z
    .array(z.looseObject({ url: Text }))
    .nullish()
    .catch(null),
});

const JsonFeed = z.looseObject({
  version: Text,
  title: Text,
  home_page_url: Text,
  feed_url: Text,
  description: Text,
  language: Text,
  icon: Text,
  author: Person,
  authors: People,
  hubs: z
    .array(z.looseObject({ url: Text }))
    .nullish()
    .catch(null),
  items: z.array(JsonItem.nullable().catch(null)).nullish().catch(null),
});

/** A JSON Feed 1.0 or 1.1 (jsonfeed.org), null when the value is none. */
export function readJsonFeed(value: unknown): FeedDocument | null {
  const parsed = JsonFeed.safeParse(value);
  if (!parsed.success) return null;
  const feed = parsed.data;
  const authors = namesOf(feed.author, feed.authors);
  if (!feed.items && !/jsonfeed/i.test(feed.version ?? "")) return null;
  return {
    title: feed.title ?? null,
    link: feed.home_page_url ?? null,
    description: feed.description ?? null,
    language: feed.language ?? null,
    author: authors[0] ?? null,
    id: feed.feed_url ?? null,
    image: feed.icon ?? null,
    updated: null,
    ttlSeconds: null,
    skipHours: [],
    skipDays: [],
    hub: feed.hubs?.[0]?.url ?? null,
    self: feed.feed_url ?? null,
    items: (feed.items ?? [])
      .slice(0, MAX_ITEMS)
      .flatMap((item) => (item === null ? [] : [readItem(item, authors)])),
  };
}

function readItem(item: z.infer<typeof JsonItem>, feedAuthors: string[]): FeedItem {
  const authors = namesOf(item.author, item.authors);
  return {
    id: item.id ?? null,
    link: item.url ?? item.external_url ?? null,
    original: null,
    title: item.title ?? null,
    summary: item.summary ?? null,
    content: item.content_html ?? item.content_text ?? null,
    authors: authors.length > 0 ? authors : feedAuthors,
    published: parseDate(item.date_published),
    updated: parseDate(item.date_modified),
    enclosures: (item.attachments ?? []).flatMap((attachment) => attachment.url ?? []),
    tags: (item.tags ?? []).flatMap((tag) => tag ?? []),
  };
}

function namesOf(author: z.infer<typeof Person>, authors: z.infer<typeof People>): string[] {
  return [...(authors ?? []), author].flatMap((person) => person?.name ?? []);
}
