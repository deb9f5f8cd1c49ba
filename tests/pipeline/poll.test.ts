import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { createHostGate } from "#src/pipeline/poll-hosts.ts";
import type { Reader } from "#src/ports.ts";
import { NOON } from "#tests/feed-items.ts";
import { openReader, openSite, rss } from "#tests/sites.ts";
import { FEED, MINUTE, newsroom, oneFeed } from "./newsroom.ts";

function header(request: IncomingMessage | undefined, name: string): string | undefined {
  return request?.headers[name]?.toString();
}

test("a feed that has not changed costs one short answer, and no entry is written", async () => {
  const { site, poll, feed, store } = await oneFeed((request, response) => {
    if (request.headers["if-none-match"] === '"v1"') response.writeHead(304).end();
    else response.writeHead(200, { ...FEED, etag: '"v1"' }).end(rss([{ guid: "a" }]));
  });
  await poll(0);
  expect(await feed()).toMatchObject({ title: "News", etag: '"v1"', baselined: true, lastSuccessAt: NOON });
  expect(await poll(1)).toBe(0);
  expect(await poll(30)).toBe(1);
  expect(header(site.requests[1], "if-none-match")).toBe('"v1"');
  expect((await store.counts()).entries).toMatchObject({ baseline: 1, due: 0 });
  const after = await feed();
  expect(after.lastSuccessAt).toEqual(new Date(NOON.getTime() + 30 * MINUTE));
  expect(after.dueAt.getTime()).toBeGreaterThan(NOON.getTime() + 39 * MINUTE);
});

test("a site that knows no validators is not parsed again while its body is the same", async () => {
  const site = await openSite((_request, response) =>
    response.writeHead(200, FEED).end(rss([{ guid: "a" }])),
  );
  const { reader } = openReader(site);
  let parsed = 0;
  const counting: Reader = {
    ...reader,
    readFeed: (page) => {
      parsed += 1;
      return reader.readFeed(page);
    },
  };
  const { poll } = await newsroom(counting, [`${site.url}/feed`]);
  await poll(0);
  await poll(30);
  await poll(60);
  expect([site.requests.length, parsed]).toEqual([3, 1]);
});

test("what is new is queued, and known again when the feed is shuffled or its guids change", async () => {
  let body = rss([{ guid: "a" }]);
  const { poll, store } = await oneFeed((_request, response) => response.writeHead(200, FEED).end(body));
  await poll(0);
  body = rss([{ guid: "b" }, { guid: "a" }]);
  await poll(30);
  body = rss([
    { guid: "x9", title: "Title a", link: "https://news.example/a" },
    { guid: "x7", title: "Title b", link: "https://news.example/b" },
  ]);
  await poll(60);
  expect((await store.counts()).entries).toMatchObject({ baseline: 1, due: 1 });
});

test("a feed that fails is asked for the whole of it until it has been read", async () => {
  const answers = [200, 500, 200];
  const { site, poll, feed } = await oneFeed((_request, response) => {
    const status = answers[site.requests.length - 1] ?? 200;
    response.writeHead(status, { ...FEED, etag: '"v1"' }).end(rss([{ guid: "a" }]));
  });
  await poll(0);
  await poll(30);
  expect(await feed()).toMatchObject({
    failures: 1,
    lastFailure: { code: "fetch/status", status: 500 },
    etag: '"v1"',
  });
  await poll(60);
  expect(header(site.requests[1], "if-none-match")).toBe('"v1"');
  expect(header(site.requests[2], "if-none-match")).toBeUndefined();
  expect(await feed()).toMatchObject({ failures: 0, failingSince: null, lastFailure: null });
});

test.for<[string, number, Record<string, string>, number]>([
  ["429 with seconds", 429, { "retry-after": "7200" }, 120],
  ["503 with a date", 503, { "retry-after": "DATE" }, 120],
  ["404", 404, {}, 30],
])("%s is not asked again before its time", async ([, status, headers, minutes]) => {
  // The date is read with the system's clock, as a header's has to be.
  const date = new Date(Date.now() + 120 * MINUTE).toUTCString();
  const { poll, feed } = await oneFeed((_request, response) => {
    const told = headers["retry-after"] === "DATE" ? { "retry-after": date } : headers;
    response.writeHead(status, told).end();
  });
  await poll(0);
  const wait = ((await feed()).dueAt.getTime() - NOON.getTime()) / MINUTE;
  expect(wait).toBeGreaterThanOrEqual(minutes - 0.1);
  expect(wait).toBeLessThanOrEqual(minutes * 1.2 + 0.1);
});

test("a feed that is gone is asked no more", async () => {
  const { site, poll, feed } = await oneFeed((_request, response) => response.writeHead(410).end());
  await poll(0);
  expect(await feed()).toMatchObject({ health: "gone" });
  expect(await poll(9_999)).toBe(0);
  expect(site.requests).toHaveLength(1);
});

test.for([
  [301, true],
  [308, true],
  [302, false],
  [307, false],
] as const)("redirects with %i, met again and again, change the address: %o", async ([status, moves]) => {
  const { site, poll, feed } = await oneFeed((request, response) => {
    if (request.url === "/feed") response.writeHead(status, { location: "/new" }).end();
    else if (request.headers["if-none-match"] === '"v1"') response.writeHead(304).end();
    else response.writeHead(200, { ...FEED, etag: '"v1"' }).end(rss([{ guid: "a" }]));
  });
  for (const minutes of [0, 30, 60]) await poll(minutes);
  expect((await feed()).url).toBe(`${site.url}${moves ? "/new" : "/feed"}`);
});

test("a redirect that only leads to a page is no new address", async () => {
  const { site, poll, feed } = await oneFeed((request, response) => {
    if (request.url === "/feed") response.writeHead(301, { location: "/login" }).end();
    else response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Log in</body></html>");
  });
  for (const minutes of [0, 30, 200, 600]) await poll(minutes);
  expect(await feed()).toMatchObject({ url: `${site.url}/feed`, lastFailure: { code: "feed/page" } });
});

test("a host gets two requests at a time at most, and one a second", () => {
  const gate = createHostGate({ perHost: 2, gapMs: 1_000 });
  const at = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1_000);
  expect(gate.closed(at(0))).toEqual([]);
  gate.enter("a.example", at(0));
  expect(gate.closed(at(0.9))).toEqual(["a.example"]);
  expect(gate.closed(at(1))).toEqual([]);
  gate.enter("a.example", at(1));
  expect(gate.closed(at(99))).toEqual(["a.example"]);
  gate.leave("a.example");
  expect(gate.closed(at(99))).toEqual([]);
});

test("a hundred feeds of one host are asked one a second, those of others meanwhile", async () => {
  const busy = await openSite((_request, response) => {
    response.writeHead(200, FEED).end(rss([{ guid: "a" }]));
  });
  const others = await Promise.all(
    Array.from({ length: 5 }, () =>
      openSite((_request, response) => response.writeHead(200, FEED).end(rss([{ guid: "a" }]))),
    ),
  );
  const { reader } = openReader(busy, ...others);
  const urls = [
    ...Array.from({ length: 100 }, (_, index) => `${busy.url}/${index}`),
    ...others.map((site) => `${site.url}/feed`),
  ];
  const { poll } = await newsroom(reader, urls);
  expect(await poll(0, 16)).toBe(6);
  expect(busy.requests).toHaveLength(1);
  expect(await poll(1, 16)).toBe(1);
});

test("a host that asks for time is left alone by the polls of its other feeds, too", async () => {
  const { site, poll, store } = await oneFeed((_request, response) =>
    response.writeHead(429, { "retry-after": "1800" }).end(),
  );
  await store.addFeed({ url: `${site.url}/other`, now: NOON, baseline: true });
  await poll(0);
  await poll(20);
  expect(site.requests).toHaveLength(1);
  await poll(31);
  expect(site.requests).toHaveLength(2);
});

test("one feed that can not be stored does not keep the others from it", async () => {
  const sites = await Promise.all(
    ["bad", "good"].map((guid) =>
      openSite((_request, response) => response.writeHead(200, FEED).end(rss([{ guid }]))),
    ),
  );
  const { reader } = openReader(...sites);
  const broken: Reader = {
    ...reader,
    readFeed: (page) => {
      const feed = reader.readFeed(page);
      const bad = feed.entries.some((entry) => entry.guid === "bad");
      return bad
        ? { ...feed, entries: feed.entries.map((entry) => ({ ...entry, publishedAt: new Date(Number.NaN) })) }
        : feed;
    },
  };
  const { poll, store } = await newsroom(
    broken,
    sites.map((site) => `${site.url}/feed`),
    { baseline: false },
  );
  await poll(0, 4);
  const feeds = await store.feeds();
  expect(feeds.map((feed) => feed.failures).toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect((await store.counts()).entries).toMatchObject({ due: 1 });
});
