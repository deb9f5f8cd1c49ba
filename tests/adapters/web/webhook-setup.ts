import { afterEach, beforeEach } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createHealth, createMonitor } from "#src/adapters/web/health.ts";
import { composeRoutes, createWebServer, type WebServer } from "#src/adapters/web/server.ts";
import { createWebhook, type WebhookSenders } from "#src/adapters/web/webhook.ts";
import type { Entry } from "#src/core/article.ts";
import type { Publishers } from "#src/core/publisher.ts";
import { createLog } from "#src/log.ts";
import type { Store } from "#src/ports-store.ts";
import { idle, noFigures } from "./readiness.ts";

export const SECRETS = {
  articles: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  ghost: "a secret for the ghost",
  wordpress: "a secret for wordpress",
};
const EVERYBODYS: WebhookSenders = {
  articles: [{ source: "webhook", secrets: [SECRETS.articles] }],
  ghost: [{ source: "webhook", secrets: [SECRETS.ghost] }],
  wordpress: [{ source: "webhook", secrets: [SECRETS.wordpress] }],
};
const NOBODYS: Publishers = new Map();
const SILENT = createLog({ level: "silent", format: "json" });

export interface WebhookStage {
  store: Store;
  url: string;
  /** How often somebody was woken for a new entry. */
  accepted: () => number;
  /** Starts the server anew with these senders in place of the simple variables', and these publishers. */
  restart: (senders: Partial<WebhookSenders>, publishers?: Publishers) => Promise<void>;
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
  let server = await serve(store, { senders: EVERYBODYS, publishers: NOBODYS, onAccepted });
  const stage: WebhookStage = {
    store,
    url: server.url,
    accepted: () => accepted,
    restart: async (senders, publishers = NOBODYS) => {
      await server.close();
      server = await serve(store, { senders: { ...EVERYBODYS, ...senders }, publishers, onAccepted });
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

interface Served {
  senders: WebhookSenders;
  publishers: Publishers;
  onAccepted: () => void;
}

function serve(store: Store, served: Served): Promise<WebServer> {
  const routes = composeRoutes({
    host: "127.0.0.1",
    publicUrl: null,
    log: SILENT,
    signed: [createWebhook({ ...served, store, clock: () => new Date() })],
    open: [
      createHealth({ store, log: SILENT }),
      createMonitor({ readiness: idle, figures: noFigures, guard: (_context, next) => next() }),
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
