import { expect, test } from "vitest";
import { parseFeed } from "#src/adapters/web/feed.ts";
import type { ParsedFeed } from "#src/ports.ts";

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
  expect(feed).toMatchObject({ title: "News & more", ttlSeconds: 1_800 });
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

test.for(["<html><body><p>Not a feed</p></body></html>", "", "{}", "plain words"])(
  "%o is no feed",
  (body) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ code: "feed/unreadable" }));
  },
);
