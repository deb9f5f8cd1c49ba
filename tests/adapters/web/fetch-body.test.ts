import { createServer, type RequestListener, type Server } from "node:http";
import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { createFetch, type PageFetcher } from "#src/adapters/web/fetch.ts";
import { placesOf } from "#tests/sites.ts";

const BY = { by: "moderator" } as const;

const PAGE = "<!doctype html><title>Ferry</title><p>The ferry has been taken out of service.</p>";
const BOMB = Buffer.alloc(20 * 1024 * 1024, "a");

interface Site {
  url: string;
  port: string;
  fetcher: PageFetcher;
  requests: () => number;
  /** The codings that the last request asked for. */
  asked: () => string;
}

const sites: { server: Server; fetcher: PageFetcher }[] = [];

afterEach(async () => {
  for (const { server, fetcher } of sites.splice(0)) {
    await fetcher.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

test.for([
  ["gzip", gzipSync(PAGE)],
  ["x-gzip", gzipSync(PAGE)],
  ["deflate", deflateSync(PAGE)],
  ["deflate", deflateRawSync(PAGE)],
  ["zstd", zstdCompressSync(PAGE)],
  ["gzip, zstd", zstdCompressSync(gzipSync(PAGE))],
  ["identity", Buffer.from(PAGE)],
] as const)("a body in %s is unpacked", async ([coding, body]) => {
  const site = await serve(body, { "content-type": "text/html", "content-encoding": coding });
  expect(await read(site)).toBe(PAGE);
});

test.for(["br", "BR", " br ", "gzip, br", "br, gzip", "br, br, br, br", "compress", "dcb", "aws-chunked"])(
  "a body in %j is refused before any of it is opened, and was not asked for",
  async (coding) => {
    // What would be opened is no such body at all: opening it would end in another error.
    const site = await serve(Buffer.from(PAGE), { "content-type": "text/html", "content-encoding": coding });
    await expect(site.fetcher.fetchPage(site.url, BY)).rejects.toMatchObject({ code: "fetch/coding" });
    expect(site.asked()).toBe("gzip, deflate, zstd");
  },
);

test("the first part of a compressed body that was cut off is still read", async () => {
  const whole = "The ferry has been taken out of service. ".repeat(2000);
  const packed = gzipSync(whole, { level: 0 });
  const site = await serve(packed.subarray(0, packed.length - 500), {
    "content-type": "text/html",
    "content-encoding": "gzip",
  });
  const text = await read(site);
  expect(text.length).toBeGreaterThan(10_000);
  expect(whole.startsWith(text)).toBe(true);
});

test.for([
  ["zstd", zstdCompressSync(BOMB)],
  ["deflate", deflateSync(BOMB)],
  ["gzip, gzip", gzipSync(gzipSync(BOMB))],
] as const)("a small body in %s that unpacks to 20 MB is too large", async ([coding, body]) => {
  const site = await serve(body, { "content-type": "text/html", "content-encoding": coding });
  await expect(site.fetcher.fetchPage(site.url, BY)).rejects.toMatchObject({ code: "fetch/too-large" });
});

test.for([
  ["image/svg+xml", "<svg/>"],
  ["video/mp4", "...."],
  ["text/html", "%PDF-1.7 mislabelled"],
  ["application/octet-stream", "PK\u0003\u0004"],
  [undefined, "GIF89a"],
  ["text/plain", "abc\u0000def"],
] as const)("%s starting with %j is not text", async ([type, body]) => {
  const site = await serve(Buffer.from(body, "latin1"), type === undefined ? {} : { "content-type": type });
  await expect(site.fetcher.fetchPage(site.url, BY)).rejects.toMatchObject({ code: "fetch/not-text" });
});

test.for([
  ["application/xhtml+xml", PAGE],
  ["application/rss+xml", "<rss/>"],
  ["application/feed+json", "{}"],
  ["text/plain", "words"],
  ["application/octet-stream", PAGE],
  [undefined, PAGE],
  ["text/html", ""],
] as const)("%s is read as text", async ([type, body]) => {
  const site = await serve(Buffer.from(body), type === undefined ? {} : { "content-type": type });
  expect(await read(site)).toBe(body);
});

test("UTF-16 is text although it is full of NUL bytes", async () => {
  const site = await serve(Buffer.from(`\uFEFF${PAGE}`, "utf16le"), { "content-type": "text/html" });
  await expect(site.fetcher.fetchPage(site.url, BY)).resolves.toMatchObject({ kind: "fresh" });
});

test("redirects are followed to where they end", async () => {
  const site = await open((request, response) => {
    if (request.url === "/end") response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    else
      response
        .writeHead(request.url === "/" ? 301 : 307, { location: request.url === "/" ? "/next" : "end" })
        .end();
  });
  await expect(site.fetcher.fetchPage(`${site.url}/#part`, BY)).resolves.toMatchObject({
    url: `${site.url}/end`,
  });
});

test.for([
  "http://127.0.0.1:PORT/",
  "http://localhost:PORT/",
  "http://[::1]:PORT/",
  "http://2130706433:PORT/",
  "http://user:pw@127.0.0.1:PORT/",
  "file:///etc/passwd",
  "javascript:1",
])("a redirect to %s is not followed", async (target) => {
  const secret = await serve(Buffer.from("secret"), { "content-type": "text/html" });
  const site = await open((_request, response) => {
    response.writeHead(302, { location: target.replace("PORT", secret.port) }).end();
  });
  await expect(site.fetcher.fetchPage(site.url, BY)).rejects.toMatchObject({ code: "fetch/not-public" });
  expect(secret.requests()).toBe(0);
});

test("an error of the site says how long to wait", async () => {
  const site = await open((_request, response) => response.writeHead(503, { "retry-after": "30" }).end());
  await expect(site.fetcher.fetchPage(site.url, BY)).rejects.toMatchObject({
    code: "fetch/status",
    details: { status: 503, retryAfter: 30 },
  });
});

test("a host that is allowed is allowed at its port alone", async () => {
  const site = await serve(Buffer.from(PAGE), { "content-type": "text/html" });
  const other = await serve(Buffer.from("secret"), { "content-type": "text/html" });
  await expect(site.fetcher.fetchPage(other.url, BY)).rejects.toMatchObject({ code: "fetch/not-public" });
  expect(other.requests()).toBe(0);
});

function serve(body: Uint8Array, headers: Record<string, string>): Promise<Site> {
  return open((_request, response) => response.writeHead(200, headers).end(body));
}

async function open(listener: RequestListener): Promise<Site> {
  let requests = 0;
  let asked = "";
  const server = createServer((request, response) => {
    requests += 1;
    asked = String(request.headers["accept-encoding"]);
    listener(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = String(typeof address === "object" && address !== null ? address.port : 0);
  const fetcher = createFetch({ places: placesOf(`127.0.0.1:${port}`), userAgent: "test" });
  sites.push({ server, fetcher });
  return { url: `http://127.0.0.1:${port}`, port, fetcher, requests: () => requests, asked: () => asked };
}

async function read(site: Site): Promise<string> {
  const page = await site.fetcher.fetchPage(site.url, BY);
  return page.kind === "fresh" ? new TextDecoder().decode(page.body) : page.kind;
}
