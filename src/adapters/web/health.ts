import { Hono, type MiddlewareHandler } from "hono";
import type { Logger } from "pino";
import { type Readiness, standstill } from "#src/core/readiness.ts";
import type { Store } from "#src/ports-store.ts";
import { refuse } from "./server-errors.ts";

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

export interface Monitored {
  /** How all of Lede is. */
  readiness: () => Promise<Readiness>;
  /** The figures, in the form of their media type. */
  figures: () => Promise<{ type: string; text: string }>;
}

interface MonitorOptions extends Monitored {
  /** Who may read it. */
  guard: MiddlewareHandler;
}

/** `GET /readyz` and `GET /metrics` (Prometheus): how it goes, for those who run it. */
export function createMonitor({ figures, readiness, guard }: MonitorOptions): Hono {
  const app = new Hono();
  app.get("/readyz", guard, async (context) => {
    const ready = await readiness();
    const trouble = standstill(ready);
    return context.json(toJson(ready), trouble === null ? 200 : 503);
  });
  app.get("/metrics", guard, async (context) => {
    const { text, type } = await figures();
    return context.body(text, 200, { "Content-Type": type });
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
