import { afterEach, expect, test } from "vitest";
import { createHealth, createMonitor } from "#src/adapters/web/health.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createLog } from "#src/log.ts";
import { IDLE, noFigures } from "./readiness.ts";

const SILENT = createLog({ level: "silent", format: "json" });
const AT = new Date("2026-11-24T12:00:00Z");

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test("Health tells strangers that it lives and no more", async () => {
  const store = await openSqliteStore({ path: ":memory:" });
  closing.push(() => store.close());
  const health = await createHealth({ store, log: SILENT }).request("/healthz");
  expect(await health.json()).toEqual({ status: "ok" });
});

test("Health says so when the store does not answer", async () => {
  const store = await openSqliteStore({ path: ":memory:" });
  await store.close();
  const answer = await createHealth({ store, log: SILENT }).request("/healthz");
  expect(answer.status).toBe(503);
});

test.for([
  [
    "a platform that is not connected",
    { state: "disconnected", since: AT, why: "no answer" },
    { state: "closed", since: AT },
  ],
  [
    "a platform that takes nothing",
    { state: "connected", since: AT },
    { state: "open", since: AT, why: "platform/unavailable" },
  ],
] as const)("Lede is not ready with %s, and says since when and why", async ([, connection, lane]) => {
  const due = { count: 2, oldestAt: AT };
  const queue = {
    entries: { count: 0, oldestAt: null },
    deliveries: [{ platform: "slack", due, held: 1, dead: 0 } as const],
  };
  const stored = { queue, feeds: { ok: 1, failing: 0, silent: 0, gone: 0 } };
  const model = {
    name: "gpt-5-mini",
    isGone: false,
    breaker: { state: "open", since: AT, why: null },
  } as const;
  const readiness = {
    storeTrouble: null,
    platforms: [{ name: "slack", connection, lane } as const],
    models: [model],
    stored,
  };
  const app = createMonitor({
    figures: noFigures,
    readiness: () => Promise.resolve(readiness),
    guard: (_context, next) => next(),
  });
  const answer = await app.request("/readyz");
  expect([answer.status, await answer.json()]).toEqual([
    503,
    JSON.parse(
      JSON.stringify({
        status: "disconnected",
        store: null,
        platforms: [{ name: "slack", ...connection, lane }],
        models: [{ name: "gpt-5-mini", state: "open", since: AT, why: null, isGone: false }],
        ...stored,
      }),
    ),
  ]);
  const fine = createMonitor({
    figures: noFigures,
    readiness: () => Promise.resolve({ ...IDLE, models: [model] }),
    guard: (_context, next) => next(),
  });
  expect((await fine.request("/readyz")).status).toBe(200);
});
