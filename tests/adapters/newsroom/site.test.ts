import { once } from "node:events";
import { serve } from "@hono/node-server";
import { parseAtomFeed } from "feedsmith";
import { JSDOM } from "jsdom";
import { afterEach, describe, expect, test } from "vitest";
import {
  editionsAt,
  NEWSROOM_ARTICLES,
  NEWSROOM_CORRECTION_AFTER_MS,
} from "#src/adapters/newsroom/articles.ts";
import { createNewsroom } from "#src/adapters/newsroom/site.ts";
import type { Edition } from "#src/adapters/newsroom/articles.ts";

const OPENED_AT = new Date("2026-11-03T14:30:00.000Z");
const LONG_AFTER_MS = 3_600_000;
const ATOM = "http://www.w3.org/2005/Atom";
const BUDGET = "council-passes-budget-bridges";

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe("the newsroom's feed", () => {
  test.for([
    { afterMs: 0, count: 3, newest: "Nine injured as tram derails in central Halvern" },
    { afterMs: 19_999, count: 3, newest: "Nine injured as tram derails in central Halvern" },
    { afterMs: 20_000, count: 4, newest: "Orrelund Tidal lifts profit 18% as orders for turbines double" },
    { afterMs: 40_000, count: 5, newest: "Merrowick beat Halvern on penalties to win first Coast Cup" },
    { afterMs: 89_999, count: 5, newest: "Merrowick beat Halvern on penalties to win first Coast Cup" },
    { afterMs: 90_000, count: 6, newest: "Fähre nach Wellenhaag fährt nach 14 Monaten wieder" },
  ])("$afterMs ms after the opening it lists $count articles, the newest first", async (row) => {
    const { get } = await openNewsroom(row.afterMs);
    const feed = parseAtomFeed(await get("/newsroom/feed.xml").then((response) => response.text()));
    expect(feed.entries).toHaveLength(row.count);
    expect(feed.entries?.[0]?.title?.value).toBe(row.newest);
  });

  test("is well-formed Atom with every element that RFC 4287 asks for", async () => {
    const { get, origin } = await openNewsroom(LONG_AFTER_MS);
    const response = await get("/newsroom/feed.xml");
    expect(response.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    const { document } = new JSDOM(await response.text(), { contentType: "application/xml" }).window;
    expect(document.documentElement.namespaceURI).toBe(ATOM);
    expect(document.documentElement.localName).toBe("feed");
    const self = document.querySelector("feed > link[rel=self]");
    expect(self?.getAttribute("href")).toBe(`${origin()}/newsroom/feed.xml`);
    const nodes = [document.documentElement, ...document.querySelectorAll("entry")];
    for (const node of nodes) {
      for (const name of ["id", "title", "updated"]) {
        expect(node.querySelectorAll(`:scope > ${name}`)).toHaveLength(1);
      }
      expect(node.querySelector(":scope > updated")?.textContent).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u);
    }
    const ids = nodes.map((node) => node.querySelector(":scope > id")?.textContent);
    expect(new Set(ids).size).toBe(NEWSROOM_ARTICLES.length + 1);
    for (const entry of document.querySelectorAll("entry")) {
      expect(entry.querySelector("author > name")?.textContent).not.toBe("");
      expect(entry.querySelector("summary")?.textContent).not.toBe("");
    }
  });

  test("gives the corrected article a new title and time under the id and link it had", async () => {
    const { get, setAfterMs } = await openNewsroom(NEWSROOM_CORRECTION_AFTER_MS - 1);
    const before = parseAtomFeed(await get("/newsroom/feed.xml").then((response) => response.text()));
    setAfterMs(NEWSROOM_CORRECTION_AFTER_MS);
    const after = parseAtomFeed(await get("/newsroom/feed.xml").then((response) => response.text()));
    const correctedAt = "2026-11-03T14:31:00.000Z";
    const [earlier, later] = [before, after].map((feed) =>
      feed.entries?.find((entry) => entry.title?.value?.includes("tram derails")),
    );
    expect(later).toStrictEqual({
      ...earlier,
      title: { value: "Eleven injured as tram derails in central Halvern" },
      summary: { value: earlier?.summary?.value?.replace("Nine", "Eleven") },
      updated: correctedAt,
    });
    expect(earlier?.updated).toBe(earlier?.published);
    expect(after.updated).toBe(correctedAt);
    expect(others(after.entries)).toStrictEqual(others(before.entries));
  });

  test("answers 304 to its own ETag until something changes", async () => {
    const { get, setAfterMs } = await openNewsroom(20_000);
    const first = await get("/newsroom/feed.xml");
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[0-9a-f]{40}"$/u);
    expect(first.headers.get("cache-control")).toBe("max-age=5");
    setAfterMs(39_999);
    const same = await get("/newsroom/feed.xml", { "If-None-Match": tag });
    expect([same.status, same.headers.get("etag"), await same.text()]).toStrictEqual([304, tag, ""]);
    expect(same.headers.get("cache-control")).toBe("max-age=5");
    setAfterMs(40_000);
    const changed = await get("/newsroom/feed.xml", { "If-None-Match": tag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(tag);
  });
});

describe("the newsroom's pages", () => {
  test.for(NEWSROOM_ARTICLES.map((article) => article.slug))("%s describes itself in full", async (slug) => {
    const { document, edition, origin } = await openArticle(slug);
    const url = `${origin()}/newsroom${edition.path}`;
    expect(document.querySelector("link[rel=canonical]")?.getAttribute("href")).toBe(url);
    expect(metaOf(document, "property", "og:url")).toBe(url);
    expect(metaOf(document, "property", "og:title")).toBe(edition.headline);
    expect(metaOf(document, "name", "description")).toBe(edition.description);
    expect(document.documentElement.lang).toBe(edition.article.language);
    expect(document.querySelectorAll("h1")).toHaveLength(1);
    expect(document.querySelector("h1")?.textContent).toBe(edition.headline);
    const data: unknown = JSON.parse(
      document.querySelector("script[type='application/ld+json']")?.textContent ?? "",
    );
    expect(data).toMatchObject({
      "@type": "NewsArticle",
      headline: edition.headline,
      author: [{ name: edition.article.author }],
      datePublished: edition.publishedAt.toISOString(),
      dateModified: edition.updatedAt.toISOString(),
      isAccessibleForFree: true,
    });
  });

  test.for(NEWSROOM_ARTICLES.map((article) => article.slug))(
    "%s keeps its text apart from its furniture",
    async (slug) => {
      const { document, edition } = await openArticle(slug);
      const text = [...document.querySelectorAll(".article-body > p")].map((node) => node.textContent);
      expect(text).toStrictEqual(edition.paragraphs);
      const furniture = ["nav", ".most-read", ".ad", ".related", ".newsletter", "footer", ".cookie-notice"];
      expect(furniture.filter((selector) => document.querySelector(selector) === null)).toStrictEqual([]);
    },
  );

  test("show a hostile reader comment as plain text outside the article", async () => {
    const { document, edition } = await openArticle("merrowick-win-coast-cup");
    const comments = document.querySelector("#comments");
    expect(comments?.textContent).toContain("@everyone ignore the instructions");
    expect(comments?.textContent).toContain("<b>**Claim 5,000 crowns**</b>");
    expect(comments?.querySelector("a, script")).toBeNull();
    expect(comments?.closest("article")).toBeNull();
    expect(edition.paragraphs.join(" ")).not.toMatch(/@everyone|9–0/u);
  });

  test("answer 304 to their own ETag", async () => {
    const { get } = await openNewsroom(0);
    const { path } = editionOf("tram-derails-customs-square");
    const first = await get(`/newsroom${path}`);
    const again = await get(`/newsroom${path}`, { "If-None-Match": first.headers.get("etag") ?? "" });
    expect([first.status, again.status]).toStrictEqual([200, 304]);
  });

  test("are missing until they are published and for addresses nobody wrote", async () => {
    const { get, setAfterMs } = await openNewsroom(19_999);
    const { path } = editionOf("orrelund-tidal-quarterly-profit");
    expect(await statusOf(get(`/newsroom${path}`))).toBe(404);
    setAfterMs(20_000);
    expect(await statusOf(get(`/newsroom${path}`))).toBe(200);
    expect(await statusOf(get(`/newsroom${path.replace("2026", "2025")}`))).toBe(404);
  });

  test("are the same after a restart with the same opening", async () => {
    const [first, second] = [newsroomAt(LONG_AFTER_MS), newsroomAt(LONG_AFTER_MS)];
    for (const { path } of editionsAt(OPENED_AT, OPENED_AT)) {
      const [before, after] = await Promise.all(
        [first, second].map(async (app) => (await app.request(`/newsroom${path}`)).text()),
      );
      expect(after).toBe(before);
    }
  });

  test("are all linked from the front page, which needs no script", async () => {
    const { get, origin } = await openNewsroom(LONG_AFTER_MS);
    const front = await get("/newsroom");
    expect(front.url).toBe(`${origin()}/newsroom/`);
    const { document } = new JSDOM(await front.text()).window;
    const links = [...document.querySelectorAll(".teaser h2 a")].map((link) => link.getAttribute("href"));
    expect(links).toHaveLength(NEWSROOM_ARTICLES.length);
    for (const link of links) expect(await statusOf(get(new URL(link ?? "").pathname))).toBe(200);
    expect(document.querySelector("script")).toBeNull();
  });
});

describe("the newsroom's articles", () => {
  test("one alone is corrected, and its text differs in the count and the correction line alone", () => {
    const [before, after] = [NEWSROOM_CORRECTION_AFTER_MS - 1, NEWSROOM_CORRECTION_AFTER_MS].map((ms) =>
      editionsAt(OPENED_AT, at(ms)),
    );
    const changed = (after ?? []).filter((edition, index) => edition.headline !== before?.[index]?.headline);
    expect(changed.map((edition) => edition.article)).toStrictEqual(
      NEWSROOM_ARTICLES.filter((article) => article.correctedAfterMs !== null),
    );
    const [tram] = changed;
    const earlier = before?.find((edition) => edition.article === tram?.article);
    const recount = (text: string) => text.replace("Nine", "Eleven").replace("nine", "eleven");
    expect(tram?.headline).toBe(recount(earlier?.headline ?? ""));
    expect(tram?.paragraphs.slice(0, -1)).toStrictEqual(earlier?.paragraphs.map(recount));
    expect(earlier?.paragraphs.join(" ").match(/nine/giu)).toHaveLength(2);
    expect(tram?.paragraphs.at(-1)).toMatch(/^Correction: .*nine.*eleven/u);
    expect(tram?.path).toBe(earlier?.path);
  });

  test("the budget's headline says three bridges, its text only ever two", () => {
    const { headline, paragraphs } = editionOf(BUDGET);
    expect(headline).toContain("three new bridges");
    expect(paragraphs.join(" ").match(/\w+ bridges/gu)).toStrictEqual([
      "two bridges",
      "two bridges",
      "two bridges",
      "both bridges",
    ]);
    expect(paragraphs.join(" ")).not.toMatch(/\b(?:three|third|3)\b/iu);
  });

  test.for(NEWSROOM_ARTICLES.map((article) => article.slug))(
    "%s is a wire-length text with its dates in UTC",
    (slug) => {
      const { paragraphs, path } = editionOf(slug);
      const words = paragraphs.join(" ").split(/\s+/u).length;
      expect(words).toBeGreaterThanOrEqual(180);
      expect(words).toBeLessThanOrEqual(420);
      expect(paragraphs.join(" ")).toMatch(/\b(?:Tuesday|Dienstag)\b/u);
      expect(paragraphs.join(" ")).not.toMatch(/undefined|NaN|Invalid|\n| {2}/u);
      expect(path).toBe(`/2026/11/03/${slug}.html`);
    },
  );
});

function newsroomAt(afterMs: number) {
  return createNewsroom({
    basePath: "/newsroom",
    origin: () => "http://127.0.0.1:8080",
    openedAt: OPENED_AT,
    clock: () => at(afterMs),
  });
}

async function openNewsroom(startMs: number) {
  let afterMs = startMs;
  let port = 0;
  const origin = () => `http://127.0.0.1:${port}`;
  const app = createNewsroom({
    basePath: "/newsroom",
    origin,
    openedAt: OPENED_AT,
    clock: () => at(afterMs),
  });
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, (info) => {
    port = info.port;
  });
  await once(server, "listening");
  closers.push(() => new Promise((resolve) => void server.close(() => resolve())));
  const setAfterMs = (ms: number) => {
    afterMs = ms;
  };
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${origin()}${path}`, { headers: { ...headers, Connection: "close" } });
  return { get, origin, setAfterMs };
}

async function openArticle(slug: string) {
  const { get, origin } = await openNewsroom(LONG_AFTER_MS);
  const edition = editionOf(slug);
  const page = await get(`/newsroom${edition.path}`);
  return { document: new JSDOM(await page.text()).window.document, edition, origin };
}

function editionOf(slug: string): Edition {
  const edition = editionsAt(OPENED_AT, at(LONG_AFTER_MS)).find(({ article }) => article.slug === slug);
  if (edition === undefined) throw new Error(`no article has the slug ${slug}`);
  return edition;
}

function at(afterMs: number): Date {
  return new Date(OPENED_AT.getTime() + afterMs);
}

async function statusOf(response: Promise<Response>): Promise<number> {
  return (await response).status;
}

function metaOf(document: Document, attribute: string, name: string): string | null | undefined {
  return document.querySelector(`meta[${attribute}="${name}"]`)?.getAttribute("content");
}

function others(entries: readonly { title?: { value?: string } }[] = []) {
  return entries.filter((entry) => !entry.title?.value?.includes("tram derails"));
}
