import { createServer as createTlsServer } from "node:https";
import { generate } from "selfsigned";
import { expect, test } from "vitest";
import { NOON } from "#tests/feed-items.ts";
import { type Answer, listenOn, openReader, rss } from "#tests/sites.ts";
import { FEED, MINUTE, newsroom, oneFeed } from "./newsroom.ts";

interface Bad {
  name: string;
  code: string;
  answer: Answer;
}

const BAD: Bad[] = [
  {
    name: "a web page",
    code: "feed/page",
    answer: (_q, r) => r.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>Hello</p>"),
  },
  { name: "words", code: "feed/unreadable", answer: (_q, r) => r.writeHead(200, FEED).end("hello") },
  { name: "nothing", code: "feed/unreadable", answer: (_q, r) => r.writeHead(200, FEED).end() },
  {
    name: "50 MB",
    code: "fetch/too-large",
    answer: (_q, r) => {
      const chunk = Buffer.alloc(1024 * 1024, "x");
      r.writeHead(200, FEED);
      let sent = 0;
      const more = (): void => {
        sent += 1;
        if (sent > 50) r.end();
        else r.write(chunk, more);
      };
      more();
    },
  },
  {
    name: "redirects without end",
    code: "fetch/redirects",
    answer: (q, r) => r.writeHead(302, { location: `${q.url}x` }).end(),
  },
  { name: "a cut connection", code: "fetch/unreachable", answer: (q) => q.socket.destroy() },
  { name: "a login", code: "fetch/needs-login", answer: (_q, r) => r.writeHead(401).end() },
];

test.for(BAD)("$name keeps what was known of the feed and is counted as $code", async ({ code, answer }) => {
  let bad = false;
  const { poll, feed, store } = await oneFeed((request, response) => {
    if (bad) answer(request, response);
    else response.writeHead(200, { ...FEED, etag: '"v1"' }).end(rss([{ guid: "a" }]));
  });
  await poll(0);
  bad = true;
  await poll(30);
  expect(await feed()).toMatchObject({ failures: 1, etag: '"v1"', title: "News", lastFailure: { code } });
  bad = false;
  await poll(120);
  expect(await feed()).toMatchObject({ failures: 0, health: "ok" });
  expect((await store.counts()).entries).toMatchObject({ baseline: 1, due: 0 });
});

test("a certificate that proves nothing is said to be one", async () => {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
  });
  const site = await listenOn(createTlsServer({ key, cert }, (_request, response) => response.end("secret")));
  const { reader } = openReader(site);
  const { poll, feed } = await newsroom(reader, [`https://${site.host}/feed`]);
  await poll(0);
  expect(await feed()).toMatchObject({ lastFailure: { code: "fetch/certificate", status: null } });
});

test("a feed of entries with dates of 1970 and 2099, or none, is read like any other", async () => {
  const dates = [new Date(0), new Date("2099-01-01T00:00:00Z"), undefined];
  const items = dates.map((date, index) => ({ guid: `g${index}`, ...(date === undefined ? {} : { date }) }));
  let body = rss([]);
  const { poll, store, feed } = await oneFeed((_request, response) =>
    response.writeHead(200, FEED).end(body),
  );
  await poll(0);
  body = rss(items);
  await poll(30);
  expect((await store.counts()).entries).toMatchObject({ due: 3 });
  expect((await feed()).lastEntryAt).toEqual(new Date(NOON.getTime() + 30 * MINUTE));
  const queued = await store.claimEntry(new Date(NOON.getTime() + 31 * MINUTE));
  expect(queued?.entry.publishedAt).toBeNull();
});
