import { expect, test } from "vitest";
import { parseFeed } from "#src/adapters/web/feed.ts";
import type { ParsedFeed } from "#src/core/feed.ts";

function parse(body: string, contentType = "application/xml"): ParsedFeed {
  return parseFeed({ body: new TextEncoder().encode(body), contentType, url: "https://news.example/feed" });
}

const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title>News &amp; more</title><link>https://news.example/</link><ttl>30</ttl>
<item><title>Bridge &lt;reopens&gt;</title><link>/a</link><guid isPermaLink="false">g1</guid><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate><description>Text</description></item>
<item><title>Second</title><link>https://news.example/b</link></item></channel></rss>`;

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom news</title>
<entry><id>tag:a</id><title type="html">A &amp;amp; B</title><link href="https://news.example/c"/><updated>2026-03-02T11:00:00Z</updated><published>2026-03-02T10:00:00Z</published></entry></feed>`;

const JSON_FEED = JSON.stringify({
  version: "https://jsonfeed.org/version/1.1",
  title: "JSON news",
  items: [{ id: 7, url: "https://news.example/d", title: "Seven", date_published: "2026-03-02T10:00:00Z" }],
});

test("RSS gives titles, links, guids, dates and its wish for the next poll", () => {
  const feed = parse(RSS);
  expect(feed).toMatchObject({ title: "News & more", wishes: { ttlSeconds: 1_800 } });
  expect(feed.entries[0]).toMatchObject({
    guid: "g1",
    title: "Bridge <reopens>",
    publishedAt: new Date("2026-03-02T10:00:00Z"),
  });
  expect(feed.entries[1]).toMatchObject({ url: "https://news.example/b", publishedAt: null });
});

test("Atom tells when an entry was updated", () => {
  expect(parse(ATOM).entries).toMatchObject([
    {
      guid: "tag:a",
      url: "https://news.example/c",
      publishedAt: new Date("2026-03-02T10:00:00Z"),
      updatedAt: new Date("2026-03-02T11:00:00Z"),
    },
  ]);
});

test("JSON Feed with a number for an id is read", () => {
  expect(parse(JSON_FEED, "application/feed+json").entries).toMatchObject([
    { guid: "7", url: "https://news.example/d" },
  ]);
});

test.for([
  { name: "cut in the middle", body: RSS.slice(0, RSS.indexOf("<item><title>Second")) },
  { name: "with a bare ampersand", body: RSS.replace("&amp;", "&") },
  { name: "with junk before its declaration", body: `\n\n junk ${RSS}` },
  { name: "with a __proto__ element", body: RSS.replace("<ttl>", "<__proto__>x</__proto__><ttl>") },
])("a feed $name still gives its first entry", ({ body }) => {
  expect(parse(body).entries[0]).toMatchObject({ guid: "g1" });
});

test("an entity bomb is neither expanded nor fatal", () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${RSS.slice(RSS.indexOf("<rss")).replace("Text", "&b;&b;&b;")}`;
  expect(parse(bomb).entries[0]?.content?.length ?? 0).toBeLessThan(200);
});

test.for<[string, string]>([
  ["<html><body><p>Not a feed</p></body></html>", "feed/page"],
  ["<!DOCTYPE html>\n<title>Front page</title>", "feed/page"],
  ["", "feed/unreadable"],
  ["{}", "feed/unreadable"],
  ["plain words", "feed/unreadable"],
])("%o is no feed: %s", ([body, code]) => {
  expect(() => parse(body)).toThrow(expect.objectContaining({ code }));
});

test("a page that stands where a feed was names the feed it offers", () => {
  const page = `<html><head><link rel="alternate" type="application/rss+xml" href="/new.xml"></head></html>`;
  expect(() => parse(page)).toThrow(
    expect.objectContaining({ say: expect.stringContaining("https://news.example/new.xml") }),
  );
});

test("a feed's wishes for its polls are read", () => {
  const head = `<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>x</hour></skipHours><skipDays><day>Saturday</day><day>sunday</day><day>Caturday</day></skipDays>`;
  expect(parse(RSS.replace("<ttl>", `${head}<ttl>`)).wishes).toEqual({
    ttlSeconds: 1_800,
    skipHours: [0, 7],
    skipDays: [6, 0],
  });
});

test("the hub and the feed's own name are read from the feed, and from the header before it", () => {
  const inside = ATOM.replace(
    "<title>",
    `<link rel="hub" href="https://hub.example/"/><link rel="self" href="/self"/><title>`,
  );
  expect(parse(inside)).toMatchObject({ hub: "https://hub.example/", self: "https://news.example/self" });
  const link = `<https://other.example/>; rel="hub"`;
  const body = new TextEncoder().encode(inside);
  expect(parseFeed({ body, contentType: null, url: "https://news.example/feed", link })).toMatchObject({
    hub: "https://other.example/",
    self: "https://news.example/self",
  });
});

test("dates of 1970 and 2099 are taken for unknown", () => {
  const dated = (date: string) => RSS.replace("Mon, 02 Mar 2026 10:00:00 GMT", date);
  for (const date of ["Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 2099 00:00:00 GMT", "soon"])
    expect(parse(dated(date)).entries[0]?.publishedAt).toBeNull();
});

test("an entry with neither id, link nor date has no name, so that its text can be one", () => {
  const bare = RSS.replace(
    /<item>[\s\S]*<\/item>/,
    "<item><title>News</title><description>First</description></item>",
  );
  expect(parse(bare).entries).toMatchObject([{ guid: "", url: null, title: "News", content: "First" }]);
});

test("ten thousand entries are read", () => {
  const items = Array.from(
    { length: 10_000 },
    (_, at) => `<item><guid>g${at}</guid><title>T${at}</title></item>`,
  );
  expect(parse(`<rss><channel>${items.join("")}</channel></rss>`).entries).toHaveLength(10_000);
});
