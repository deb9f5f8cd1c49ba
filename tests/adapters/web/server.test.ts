import { request } from "node:http";
import { createServer } from "node:net";
import { once } from "node:events";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { isLoopback } from "#src/adapters/web/server-guard.ts";
import { createHealth } from "#src/adapters/web/health.ts";
import { composeRoutes, createWebServer, type WebServer } from "#src/adapters/web/server.ts";
import { ERRORS } from "#src/core/error-table.ts";
import { AppError } from "#src/core/errors.ts";
import { createLog } from "#src/log.ts";

const SILENT = createLog({ level: "silent", format: "json" });
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Peer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Speaks HTTP by hand, since fetch lets nobody set Host and Origin. */
function ask(
  port: number,
  path: string,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  return new Promise<Peer>((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    sent.on("error", reject).end();
  });
}

const TROUBLES = ["full", "locked", "damaged", "failing"] as const;

async function start(host: string): Promise<WebServer> {
  const store = await openSqliteStore({ path: ":memory:" });
  closing.push(() => store.close());
  const page = new Hono()
    .get("/", (context) => context.html("<p>page</p>"))
    .post("/api/brief", (context) => context.json({ ok: true }))
    .get("/api/broken", () => {
      throw new Error("the password is hunter2");
    })
    .get("/api/known", () => {
      throw new AppError("fetch/timeout");
    })
    .get("/api/store/:trouble", (context) => {
      const trouble = z.enum(TROUBLES).parse(context.req.param("trouble"));
      throw new AppError(`store/${trouble}`);
    });
  const open = new Hono().get("/newsroom/story", (context) => context.html("<p>story</p>"));
  const signed = new Hono().post("/slack/events", (context) => context.json({ ok: true }));
  const routes = composeRoutes({
    host,
    publicUrl: new URL("https://lede.example"),
    log: SILENT,
    signed: [signed],
    open: [createHealth({ store, log: SILENT })],
    sample: { path: "/newsroom", app: open },
    guard: (_context, next) => next(),
    page: [page],
  });
  const server = await createWebServer({ host, port: 0, portTries: 1, log: SILENT }, routes);
  closing.push(server.close);
  return server;
}

test.for([
  ["localhost", 200],
  ["LOCALHOST", 200],
  ["127.0.0.1", 200],
  ["[::1]", 200],
  ["evil.example", 403],
  ["localhost.evil.example", 403],
  ["127.0.0.1.evil.example", 403],
  ["10.0.0.7", 403],
  ["lede.example", 200],
] as const)("On a loopback bind the host %s gets the page with %i", async ([host, status]) => {
  const { port } = await start("127.0.0.1");
  for (const path of ["/", "/newsroom/story", "/healthz"]) {
    const answer = await ask(port, path, { headers: { Host: `${host}:${port}` } });
    expect(answer.status).toBe(status);
  }
});

test("A route that proves its requests by signature is reached under any name, as through a tunnel", async () => {
  const { port } = await start("127.0.0.1");
  const headers = { Host: "tunnel.example", Origin: "https://slack.example" };
  expect((await ask(port, "/slack/events", { method: "POST", headers })).status).toBe(200);
});

test.for([
  ["no origin", {}, 200],
  ["the page's own origin", { Origin: "http://localhost:PORT" }, 200],
  ["the page's own origin behind TLS", { Origin: "https://localhost:PORT" }, 200],
  ["another site", { Origin: "https://evil.example" }, 403],
  ["another port", { Origin: "http://localhost:1" }, 403],
  ["a hidden origin", { Origin: "null" }, 403],
  ["the public address, through a proxy that replaced Host", { Origin: "https://lede.example" }, 200],
  [
    "a browser that says same-origin, through a proxy that replaced Host",
    { "Sec-Fetch-Site": "same-origin", Origin: "http://news.example" },
    200,
  ],
  ["a browser that says cross-site", { "Sec-Fetch-Site": "cross-site" }, 403],
  ["a browser that says same-site", { "Sec-Fetch-Site": "same-site" }, 403],
  [
    "a browser that says same-origin",
    { "Sec-Fetch-Site": "same-origin", Origin: "http://localhost:PORT" },
    200,
  ],
] as const)("A write from %s is answered as it should be", async ([, headers, status]) => {
  const { port } = await start("127.0.0.1");
  const filled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace("PORT", String(port))]),
  );
  for (const type of ["application/json", "text/plain"]) {
    const all = { Host: `localhost:${port}`, "Content-Type": type, ...filled };
    expect((await ask(port, "/api/brief", { method: "POST", headers: all })).status).toBe(status);
  }
});

test("Each answer carries a strict policy; only the newsroom may carry its own style, and it runs no script", async () => {
  const { port } = await start("127.0.0.1");
  const page = await ask(port, "/");
  const policy = String(page.headers["content-security-policy"]);
  expect(policy).toContain(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:",
  );
  expect(policy).not.toContain("unsafe");
  expect(page.headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "no-referrer",
  });
  const newsroom = String((await ask(port, "/newsroom/story")).headers["content-security-policy"]);
  expect(newsroom).toContain("script-src 'none'; style-src 'self' 'unsafe-inline'");
});

test("What breaks is answered in one form and tells nothing of the machine", async () => {
  const { port } = await start("127.0.0.1");
  const bug = await ask(port, "/api/broken");
  expect(bug.status).toBe(500);
  expect(JSON.parse(bug.body)).toMatchObject({ error: { code: "bug" } });
  expect(bug.body).not.toContain("hunter2");
  const outside = await ask(port, "/api/known");
  expect([outside.status, JSON.parse(outside.body).error.code]).toEqual([502, "fetch/timeout"]);
  const missing = await ask(port, "/nothing");
  expect([missing.status, JSON.parse(missing.body).error.code]).toEqual([404, "http/not-found"]);
});

test.for(TROUBLES)("Whoever asks while the store is %s is told to ask again", async (trouble) => {
  const { port } = await start("127.0.0.1");
  const answer = await ask(port, `/api/store/${trouble}`);
  expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "30"]);
  const { code, message } = JSON.parse(answer.body).error;
  expect([code, message]).toEqual([`store/${trouble}`, ERRORS[`store/${trouble}`].say]);
});

async function takePort(): Promise<number> {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  closing.push(async () => {
    taken.close();
    await once(taken, "close");
  });
  const address = taken.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("A port the operator chose is never left for another; a port nobody chose is", async () => {
  const port = await takePort();
  const options = { host: "127.0.0.1", port, log: SILENT };
  const chosen = createWebServer({ ...options, portTries: 1 }, new Hono());
  await expect(chosen).rejects.toMatchObject({
    code: "port/in-use",
    say: expect.stringContaining(String(port)),
  });
  const free = await createWebServer({ ...options, portTries: 20 }, new Hono());
  closing.push(free.close);
  expect(free.port).toBeGreaterThan(port);
  expect(free.url).toBe(`http://localhost:${free.port}`);
});

test("A host that is not of this machine is a mistake in the configuration", async () => {
  const start = createWebServer({ host: "203.0.113.1", port: 0, portTries: 1, log: SILENT }, new Hono());
  await expect(start).rejects.toMatchObject({
    code: "config/invalid",
    say: expect.stringContaining("LEDE_HOST"),
  });
});

test("Closing lets go of an event stream that never ends", async () => {
  const routes = new Hono().get("/", (context) => streamSSE(context, () => new Promise(() => undefined)));
  const server = await createWebServer({ host: "127.0.0.1", port: 0, portTries: 1, log: SILENT }, routes);
  const stream = await fetch(server.url);
  await server.close();
  await expect(stream.text()).rejects.toThrow("terminated");
  await expect(fetch(server.url)).rejects.toThrow("fetch failed");
});

test.for([
  ["localhost", true],
  ["127.0.0.1", true],
  ["127.8.9.1", true],
  ["::1", true],
  ["[::1]", true],
  ["::ffff:127.0.0.1", true],
  ["0.0.0.0", false],
  ["::", false],
  ["192.168.1.5", false],
  ["lede.example", false],
  ["", false],
] as const)("Listening on %s is local: %s", ([host, local]) => {
  expect(isLoopback(host)).toBe(local);
});
