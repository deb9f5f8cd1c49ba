import { expect, test } from "vitest";
import { discoverFeeds } from "#src/adapters/web/discover.ts";
import { relatedIn } from "#src/adapters/web/link-header.ts";
import { openReader, openSite, rss, type Site } from "#tests/sites.ts";

const SIGNAL = new AbortController().signal;
const HTML = "text/html; charset=utf-8";

function urls(html: string, url = "https://news.example/section/"): string[] {
  return discoverFeeds(html, url).map((feed) => feed.url);
}

test.for<[string, string, string[]]>([
  [
    "declared in its head",
    `<link rel="alternate" type="application/rss+xml" title="All &amp; more" href="/rss">`,
    ["https://news.example/rss"],
  ],
  [
    "declared as Atom and JSON, with odd case and parameters",
    `<LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" HREF="atom"><link rel=alternate type=application/feed+json href=feed.json>`,
    ["https://news.example/section/atom", "https://news.example/section/feed.json"],
  ],
  [
    "relative to its base",
    `<base href="https://cdn.example/x/"><link rel=alternate type=application/rss+xml href=rss>`,
    ["https://cdn.example/x/rss"],
  ],
  [
    "linked by address",
    `<a href="/news.rss">Follow</a><a href="/feed/">x</a>`,
    ["https://news.example/news.rss", "https://news.example/feed/"],
  ],
  ["linked by word", `<a href="/subscribe/all"><b>RSS</b> feed</a>`, ["https://news.example/subscribe/all"]],
  ["linked by query", `<a href="/?feed=rss2">Follow</a>`, ["https://news.example/?feed=rss2"]],
  [
    "under the feed scheme",
    `<a href="feed:https://other.example/rss">Follow</a>`,
    ["https://other.example/rss"],
  ],
  [
    "with comments last and each once",
    `<link rel=alternate type=application/rss+xml href=/comments/feed title=Comments><link rel=alternate type=application/rss+xml href=/feed><a href="http://news.example/feed/">RSS</a>`,
    ["https://news.example/feed", "https://news.example/comments/feed"],
  ],
  [
    "not in other alternates and links",
    `<link rel=alternate hreflang=de href=/de><link rel=alternate type=application/json href=/wp-json/post/1><a href="/feeding-animals">Feeding</a><a href="javascript:rss()">RSS</a><a href="/a/newsfeed-story.html">x</a>`,
    [],
  ],
])("a page's feeds are found %s", ([, html, wanted]) => {
  expect(urls(html)).toEqual(wanted);
});

test("a page of a hundred thousand links ends in an answer", () => {
  expect(urls(`<a href="/feed/x.rss">`.repeat(100_000)).length).toBeLessThanOrEqual(20);
});

test.for<[string | null, "hub" | "self", string | null]>([
  [
    `<https://hub.example/>; rel="hub", <https://news.example/feed>; rel="self"`,
    "self",
    "https://news.example/feed",
  ],
  [`<https://hub.example/>; rel=hub`, "hub", "https://hub.example/"],
  [`</feed>; title="a, b; c"; rel="self alternate"`, "self", "https://news.example/feed"],
  [`<https://a.example/>; rel="next"`, "hub", null],
  ["<<<;;;,,,", "hub", null],
  [null, "hub", null],
])("the header %o gives for %s: %o", ([header, relation, wanted]) => {
  expect(relatedIn(header, relation, "https://news.example/page")).toBe(wanted);
});

interface Page {
  type: string;
  body: string;
  status?: number;
}

async function site(
  pages: Record<string, Page>,
): Promise<{ site: Site; find: (path: string) => Promise<unknown> }> {
  const opened = await openSite((request, response) => {
    const page = pages[request.url ?? ""];
    if (page === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(page.status ?? 200, { "content-type": page.type })
        .end(page.body.replaceAll("SITE", opened.url));
  });
  const { reader } = openReader(opened);
  return { site: opened, find: (path) => reader.findFeeds(`${opened.url}${path}`, SIGNAL) };
}

const FEED: Page = { type: "application/rss+xml", body: rss([{ guid: "a" }]) };

test("a feed's own address finds itself", async () => {
  const { site: opened, find } = await site({ "/rss": FEED });
  expect(await find("/rss")).toMatchObject([
    { url: `${opened.url}/rss`, title: "News", feed: { entries: [{ guid: "a" }] } },
  ]);
  expect(opened.requests).toHaveLength(1);
});

test("a page's feeds are read before they are offered, the dead ones left out", async () => {
  const links = ["/dead", "/rss", "/page"].map(
    (path) => `<link rel=alternate type=application/rss+xml href=${path} title=T>`,
  );
  const { site: opened, find } = await site({
    "/": { type: HTML, body: `<html>${links.join("")}</html>` },
    "/rss": FEED,
    "/page": { type: HTML, body: "<html></html>" },
  });
  expect(await find("/")).toMatchObject([{ url: `${opened.url}/rss` }]);
});

test("a page that names none is looked for where feeds usually are, one request after the other", async () => {
  const { site: opened, find } = await site({
    "/news/today": { type: HTML, body: "<html></html>" },
    "/rss.xml": FEED,
  });
  expect(await find("/news/today")).toMatchObject([{ url: `${opened.url}/rss.xml` }]);
  expect(opened.requests.map((request) => request.url)).toEqual(["/news/today", "/feed", "/rss", "/rss.xml"]);
});

test("a site without a feed is said to have none, and what to do", async () => {
  const { find } = await site({ "/": { type: HTML, body: "<html></html>" } });
  await expect(find("/")).rejects.toMatchObject({
    code: "feed/none",
    say: expect.stringContaining("That page offers no feed"),
  });
});

test("a site that refuses is not asked for more", async () => {
  const { site: opened, find } = await site({
    "/": { type: HTML, body: "<html></html>" },
    "/feed": { type: HTML, body: "", status: 403 },
  });
  await expect(find("/")).rejects.toMatchObject({ code: "feed/none" });
  expect(opened.requests).toHaveLength(2);
});

test("a page that can not be read says why", async () => {
  const { find } = await site({});
  await expect(find("/")).rejects.toMatchObject({ code: "fetch/not-found" });
});

test("an address without a scheme is read as a browser would read it", async () => {
  const { reader } = openReader();
  await expect(reader.findFeeds("127.0.0.1/feed", SIGNAL)).rejects.toMatchObject({
    code: "fetch/not-public",
  });
  await expect(reader.findFeeds("not an address", SIGNAL)).rejects.toMatchObject({
    code: "fetch/not-public",
  });
});

test("who gives up ends the search with the own reason", async () => {
  const { site: opened } = await site({ "/": { type: HTML, body: "<html></html>" } });
  const controller = new AbortController();
  const { reader } = openReader(opened);
  const slow = await openSite(() => controller.abort(new Error("enough")));
  const { reader: slowReader } = openReader(slow);
  await expect(slowReader.findFeeds(slow.url, controller.signal)).rejects.toThrow("enough");
  await expect(reader.findFeeds(opened.url, controller.signal)).rejects.toThrow("enough");
});
