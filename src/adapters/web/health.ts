import { Hono, type MiddlewareHandler } from "hono";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Logger } from "pino";
import { type Readiness, standstill } from "#src/core/readiness.ts";
import type { Store } from "#src/ports-store.ts";
import { refuse } from "./server-errors.ts";

type Counts = Awaited<ReturnType<Store["counts"]>>;

interface HealthOptions {
  store: Pick<Store, "setting" | "trouble">;
  log: Logger;
}

/** `GET /healthz` for a supervisor, and for everybody: whether this process lives and its store takes what comes, and nothing else. */
export function createHealth({ store, log }: HealthOptions): Hono {
  return new Hono().get("/healthz", async (context) => {
    // Written to only by who looks after it: asking for the health must not keep a disk busy.
    if (store.trouble() !== null)
      return refuse(context, {
        status: 503,
        code: "store/unavailable",
        message: "The store takes nothing.",
      });
    try {
      // Any row will do, also one that is not there.
      await store.setting("health");
      return context.json({ status: "ok" });
    } catch (error) {
      log.error({ err: error }, "the store did not answer the health check");
      return refuse(context, {
        status: 503,
        code: "store/unavailable",
        message: "The store does not answer.",
      });
    }
  });
}

interface MonitorOptions {
  store: Pick<Store, "counts">;
  /** How all of Lede is. */
  readiness: () => Promise<Readiness>;
  /** Who may read it. */
  guard: MiddlewareHandler;
}

/** `GET /readyz` and `GET /metrics` (Prometheus): how it goes, for those who run it. */
export function createMonitor({ store, readiness, guard }: MonitorOptions): Hono {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const setCounts = createCountGauges(registry);
  const app = new Hono();
  app.get("/readyz", guard, async (context) => {
    const ready = await readiness();
    const trouble = standstill(ready);
    return context.json(toJson(ready), trouble === null ? 200 : 503);
  });
  app.get("/metrics", guard, async (context) => {
    setCounts(await store.counts());
    return context.body(await registry.metrics(), 200, { "Content-Type": registry.contentType });
  });
  return app;
}

function toJson(ready: Readiness): object {
  const { models, platforms, stored, storeTrouble } = ready;
  return {
    status: standstill(ready) ?? "ready",
    store: storeTrouble === null ? null : { code: storeTrouble.code, message: storeTrouble.say },
    platforms: platforms.map(({ connection, lane, name }) => ({ name, ...connection, lane })),
    models: models.map(({ breaker, isGone, name }) => ({ name, ...breaker, isGone })),
    queue: stored?.queue ?? null,
    feeds: stored?.feeds ?? null,
  };
}

function createCountGauges(registry: Registry): (counts: Counts) => void {
  const registers = [registry];
  const articles = new Gauge({ name: "lede_articles", help: "Articles stored.", registers });
  const briefs = new Gauge({ name: "lede_briefs", help: "Briefs stored.", registers });
  const entries = new Gauge({
    name: "lede_entries",
    help: "Entries by state.",
    labelNames: ["state"],
    registers,
  });
  const deliveries = new Gauge({
    name: "lede_deliveries",
    help: "Deliveries by state.",
    labelNames: ["state"],
    registers,
  });
  return (counts) => {
    articles.set(counts.articles);
    briefs.set(counts.briefs);
    setByState(entries, counts.entries);
    setByState(deliveries, counts.deliveries);
  };
}

/** A state that emptied must go to nothing instead of keeping its last figure. */
function setByState(gauge: Gauge<"state">, counts: Record<string, number>): void {
  gauge.reset();
  for (const [state, rows] of Object.entries(counts)) gauge.set({ state }, rows);
}
