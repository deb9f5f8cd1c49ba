import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import { createConsole } from "#src/adapters/console/platform.ts";
import { createSlack } from "#src/adapters/slack/platform.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createWebSub } from "#src/adapters/web/websub.ts";
import { openWeb } from "#src/compose-web.ts";
import { parseConfig } from "#src/config.ts";
import { createLog } from "#src/log.ts";
import { idle, noFigures } from "#tests/adapters/web/readiness.ts";

/** All that a stranger may reach. What is signed proves itself; the ticket's route takes a key. */
const OPEN = new Set([
  "GET /healthz",
  "GET /sign-in",
  "POST /sign-in/tickets",
  "POST /slack/events",
  "POST /v1/articles",
  "POST /v1/ghost",
  "POST /v1/wordpress",
  "GET /websub/:id",
  "POST /websub/:id",
]);
const SAMPLE = /^GET \/newsroom(?:\/|$)/;
/** How each way to refuse a stranger says so. */
const REFUSALS = new Set(["page/signed-out", "page/no-token"]);

const log = createLog({ level: "silent", format: "json" });
const clock = (): Date => new Date();

/** Everything that can be served, as it is composed when Lede starts. */
async function openEverything(): Promise<Hono> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "lede-"));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const store = await openSqliteStore({ path: ":memory:" });
  const config = parseConfig({
    LEDE_DATA: dataDir,
    LEDE_PORT: "0",
    LEDE_WEBHOOK_SECRET: "sixteen characters",
    LEDE_GHOST_SECRET: "sixteen characters",
    LEDE_WORDPRESS_SECRET: "sixteen characters",
    LEDE_METRICS_TOKEN: "sixteen characters",
  });
  const slack = createSlack({
    botToken: "xoxb-1",
    connection: { kind: "http", signingSecret: "s" },
    apiUrl: null,
    log,
    clock,
  });
  const page = createConsole({ store, clock, out: new PassThrough().resume(), color: false, log });
  const web = await openWeb({
    config: { ...config, sample: true },
    log,
    store,
    page: page.pageRoutes(new Hono()),
    monitored: { readiness: idle, figures: noFigures },
    signed: [slack.routes ?? new Hono(), createWebSub({ store, clock, log, onNews: () => {} })],
  });
  onTestFinished(async () => {
    await web.close();
    await store.close();
  });
  return web.routes;
}

test("Each route of Lede asks a stranger to sign in, but for those of a list", async () => {
  const routes = await openEverything();
  const served = routes.routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => ({ method, path, name: `${method} ${path}` }));
  // Each of the list is there, and the page is not in it.
  expect([...OPEN].filter((name) => !served.some((one) => one.name === name))).toEqual([]);
  const closed = served.filter(({ name }) => !OPEN.has(name) && !SAMPLE.test(name));
  expect(closed.length).toBeGreaterThan(20);
  for (const { method, path, name } of closed) {
    const asked = path.replaceAll(/:\w+/g, "x");
    const answer = await routes.request(`http://localhost${asked}`, {
      method,
      headers: { host: "localhost" },
    });
    expect([name, answer.status, refusalOf(await answer.text())]).toEqual([name, 401, expect.any(String)]);
  }
});

/** The code of a refusal that is one of ours; null for any other answer. */
function refusalOf(body: string): string | null {
  return [...REFUSALS].find((code) => body.includes(`"code":"${code}"`)) ?? null;
}
