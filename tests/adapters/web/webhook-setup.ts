import { afterEach, beforeEach } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createHealth, createMonitor } from "#src/adapters/web/health.ts";
import { composeRoutes, createWebServer, type WebServer } from "#src/adapters/web/server.ts";
import { createWebhook, type WebhookSecrets } from "#src/adapters/web/webhook.ts";
import type { Entry } from "#src/core/article.ts";
import { createLog } from "#src/log.ts";
import type { Store } from "#src/ports-store.ts";

export const SECRETS = {
  articles: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  ghost: "a secret for the ghost",
  wordpress: "a secret for wordpress",
};
const SILENT = createLog({ level: "silent", format: "json" });

export interface WebhookStage {
  store: Store;
  url: string;
  /** How often somebody was woken for a new entry. */
  accepted: () => number;
  /** Starts the server anew with these secrets. */
  restart: (secrets: Partial<WebhookSecrets>) => Promise<void>;
  /** The entries that are due until then, in the order they are worked on, each settled. */
  work: (until?: Date) => Promise<Entry[]>;
  /** Entries of any state. */
  entries: () => Promise<number>;
}

/** A store and a server over it for each test, on a free port of loopback. */
export function useWebhooks(): () => WebhookStage {
  let opened: { stage: WebhookStage; close: () => Promise<void> } | null = null;
  beforeEach(async () => {
    opened = await openStage();
  });
  afterEach(async () => {
    await opened?.close();
  });
  return () => {
    if (opened === null) throw new Error("No server runs");
    return opened.stage;
  };
}

async function openStage(): Promise<{ stage: WebhookStage; close: () => Promise<void> }> {
  let accepted = 0;
  const store = await openSqliteStore({ path: ":memory:" });
  const onAccepted = (): void => {
    accepted += 1;
  };
  let server = await serve(store, SECRETS, onAccepted);
  const stage: WebhookStage = {
    store,
    url: server.url,
    accepted: () => accepted,
    restart: async (secrets) => {
      await server.close();
      server = await serve(store, { ...SECRETS, ...secrets }, onAccepted);
      stage.url = server.url;
    },
    work: (until = new Date()) => work(store, until),
    entries: async () => {
      const { entries } = await store.counts();
      return Object.values(entries).reduce((sum, rows) => sum + rows, 0);
    },
  };
  const close = async (): Promise<void> => {
    await server.close();
    await store.close();
  };
  return { stage, close };
}

function serve(store: Store, secrets: WebhookSecrets, onAccepted: () => void): Promise<WebServer> {
  const routes = composeRoutes({
    host: "127.0.0.1",
    publicUrl: null,
    log: SILENT,
    signed: [createWebhook({ secrets, store, clock: () => new Date(), onAccepted })],
    open: [
      createHealth({ store, log: SILENT }),
      createMonitor({ store, platforms: [], model: null, guard: (_context, next) => next() }),
    ],
    sample: null,
    guard: (_context, next) => next(),
    page: [],
  });
  return createWebServer({ host: "127.0.0.1", port: 0, portTries: 1, log: SILENT }, routes);
}

async function work(store: Store, until: Date): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const queued = await store.claimEntry(until);
    if (queued === null) return entries;
    await store.settleEntry(queued, { kind: "done" });
    entries.push(queued.entry);
  }
}
