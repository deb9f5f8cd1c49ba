import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { createFetch, type FetchOptions, type PageFetcher } from "#src/adapters/web/fetch.ts";
import { AppError } from "#src/core/errors.ts";
import { placesOf } from "#tests/sites.ts";

const BY = { by: "moderator" } as const;

const servers: Server[] = [];
const fetchers: PageFetcher[] = [];

afterEach(async () => {
  for (const fetcher of fetchers.splice(0)) await fetcher.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** A site on loopback; its `host:port`. */
async function site(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function reader(options: Partial<FetchOptions> = {}): PageFetcher {
  const fetcher = createFetch({ places: [], userAgent: "test", ...options });
  fetchers.push(fetcher);
  return fetcher;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return "read";
}

test.for([
  "http://127.0.0.1/",
  "http://localhost/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0177.0.0.1/",
  "http://127.1/",
  "http://0.0.0.0/",
  "http://10.0.0.8/",
  "http://172.16.3.4/",
  "http://192.168.1.1/",
  "http://169.254.169.254/latest/meta-data",
  "http://100.64.0.1/",
  "http://[::1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:7f00:1]/",
  "http://[64:ff9b::7f00:1]/",
  "http://[fe80::1]/",
  "http://[fd00::1]/",
  "http://224.0.0.1/",
  "http://user:password@example.com/",
  "http://example.com:22/",
  "ftp://example.com/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "not a link",
])("%s is refused before anything is dialled", async (url) => {
  expect(await codeOf(reader().fetchPage(url, BY))).toBe("fetch/not-public");
});

test("a name that resolves to a private address is never dialled", async () => {
  let hits = 0;
  const host = await site((_request, response) => {
    hits += 1;
    response.end("secret");
  });
  const port = host.split(":")[1] ?? "";
  const answers = [["127.0.0.1"], ["10.0.0.1", "::1"], []];
  for (const addresses of answers) {
    const resolve = (): Promise<string[]> => Promise.resolve(addresses);
    const fetcher = reader({ resolve, places: placesOf(`other.example:${port}`) });
    expect(await codeOf(fetcher.fetchPage("http://rebound.example/", BY))).toBe("fetch/not-public");
  }
  expect(hits).toBe(0);
});

test("a name that changes its mind gains nothing: the answer that was checked is the one that is dialled", async () => {
  let asked = 0;
  const resolve = (): Promise<string[]> => {
    asked += 1;
    // Public at the first look (a documentation-free, never answering address), private at any later one.
    return Promise.resolve(asked === 1 ? ["192.0.0.8", "127.0.0.1"] : ["127.0.0.1"]);
  };
  const fetcher = reader({ resolve, limits: { connectMs: 300, deadlineMs: 1_500 } });
  expect(await codeOf(fetcher.fetchPage("http://rebound.example/", BY))).toBe("fetch/not-public");
  expect(asked).toBe(1);
});

test("a redirect to a private address is refused", async () => {
  let hits = 0;
  const inner = await site((_request, response) => {
    hits += 1;
    response.end("secret");
  });
  const outer = await site((_request, response) => {
    response.writeHead(302, { location: `http://${inner}/` }).end();
  });
  expect(await codeOf(reader({ places: placesOf(outer) }).fetchPage(`http://${outer}/`, BY))).toBe(
    "fetch/not-public",
  );
  expect(hits).toBe(0);
});

interface Answer {
  name: string;
  code: string;
  listener: RequestListener;
}

const MEGABYTE = 1024 * 1024;

const ANSWERS: Answer[] = [
  { name: "404", code: "fetch/not-found", listener: (_q, r) => r.writeHead(404).end("gone") },
  { name: "410", code: "fetch/not-found", listener: (_q, r) => r.writeHead(410).end() },
  { name: "401", code: "fetch/needs-login", listener: (_q, r) => r.writeHead(401).end() },
  { name: "402", code: "fetch/needs-login", listener: (_q, r) => r.writeHead(402).end() },
  { name: "403", code: "fetch/needs-login", listener: (_q, r) => r.writeHead(403).end() },
  { name: "500", code: "fetch/status", listener: (_q, r) => r.writeHead(500).end() },
  { name: "503", code: "fetch/status", listener: (_q, r) => r.writeHead(503).end() },
  {
    name: "a body of 20 MB",
    code: "fetch/too-large",
    listener: (_q, r) => r.writeHead(200, { "content-type": "text/html" }).end("x".repeat(20 * MEGABYTE)),
  },
  {
    name: "a small gzip that unpacks to 20 MB",
    code: "fetch/too-large",
    listener: (_q, r) =>
      r
        .writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" })
        .end(gzipSync("x".repeat(20 * MEGABYTE))),
  },
  {
    name: "a PDF",
    code: "fetch/not-text",
    listener: (_q, r) => r.writeHead(200, { "content-type": "application/pdf" }).end("%PDF-1.7"),
  },
  {
    name: "an image",
    code: "fetch/not-text",
    listener: (_q, r) =>
      r.writeHead(200, { "content-type": "image/png" }).end(Buffer.from([0x89, 0x50, 0x4e, 0x47])),
  },
  {
    name: "binary without a type",
    code: "fetch/not-text",
    listener: (_q, r) =>
      r.writeHead(200, { "content-type": "application/octet-stream" }).end(Buffer.alloc(4_096)),
  },
  { name: "no answer", code: "fetch/timeout", listener: () => {} },
  {
    name: "a body that never ends",
    code: "fetch/timeout",
    listener: (_q, r) => void r.writeHead(200, { "content-type": "text/html" }).write("<html>"),
  },
  { name: "a cut connection", code: "fetch/unreachable", listener: (q) => q.socket.destroy() },
  {
    name: "redirects in a circle",
    code: "fetch/redirects",
    listener: (_q, r) => r.writeHead(302, { location: "/" }).end(),
  },
];

test.for(ANSWERS)("$name is answered with $code", async ({ code, listener }) => {
  const host = await site(listener);
  const fetcher = reader({ places: placesOf(host), limits: { deadlineMs: 800, headersMs: 600 } });
  expect(await codeOf(fetcher.fetchPage(`http://${host}/`, BY))).toBe(code);
});

test("a closed port is unreachable", async () => {
  const host = await site(() => {});
  await new Promise((done) => servers.pop()?.close(done));
  expect(await codeOf(reader({ places: placesOf(host) }).fetchPage(`http://${host}/`, BY))).toBe(
    "fetch/unreachable",
  );
});

test("a page is read with its validators, and is unchanged when they still hold", async () => {
  const host = await site((request, response) => {
    if (request.headers["if-none-match"] === '"v1"')
      return response.writeHead(304, { "cache-control": "max-age=30" }).end();
    response.writeHead(200, {
      "content-type": "text/html",
      etag: '"v1"',
      "cache-control": "max-age=60",
      "content-encoding": "gzip",
    });
    return response.end(gzipSync("<p>hello</p>"));
  });
  const fetcher = reader({ places: placesOf(host) });
  const page = await fetcher.fetchPage(`http://${host}/`, BY);
  expect(page).toMatchObject({ kind: "fresh", etag: '"v1"', cacheControl: 60 });
  expect(page.kind === "fresh" ? new TextDecoder().decode(page.body) : "").toBe("<p>hello</p>");
  expect(await fetcher.fetchPage(`http://${host}/`, { ...BY, etag: '"v1"' })).toEqual({
    kind: "unchanged",
    cacheControl: 30,
    movedTo: null,
  });
});

test("a caller that gives up ends the fetch with its own reason", async () => {
  const host = await site(() => {});
  const reason = new Error("enough");
  const controller = new AbortController();
  const work = reader({ places: placesOf(host) }).fetchPage(`http://${host}/`, {
    ...BY,
    signal: controller.signal,
  });
  controller.abort(reason);
  await expect(work).rejects.toBe(reason);
});
