import { randomBytes } from "node:crypto";
import type { Hono } from "hono";
import { createNewsroom } from "#src/adapters/newsroom/site.ts";
import { createHealth } from "#src/adapters/web/health.ts";
import { composeRoutes, createWebServer } from "#src/adapters/web/server.ts";
import { isLoopback } from "#src/adapters/web/server-guard.ts";
import { createWebhook } from "#src/adapters/web/webhook.ts";
import { clock } from "#src/compose-tools.ts";
import { type Config, portOf } from "#src/config.ts";
import type { Log } from "#src/log.ts";
import type { Store } from "#src/ports-store.ts";

/** Ports tried when the operator did not choose one. */
const PORT_TRIES = 10;
const SAMPLE_PATH = "/newsroom";
const SAMPLE_FEED = `${SAMPLE_PATH}/feed.xml`;

export interface Web {
  /** The page's address, with the token where one is needed. */
  page: string;
  url: string;
  /** Address of the sample newsroom; null when it does not run. */
  sample: string | null;
  /** `host:port` of the sample newsroom, which is private and may be read all the same. */
  sampleHosts: string[];
  /** Sets who is told when the webhook stored an entry. */
  onEntry: (tell: () => void) => void;
  close: () => Promise<void>;
}

interface WebParts {
  config: Config;
  log: Log;
  store: Store;
  page: Hono;
  /** Routes that prove each request by its own signature, such as Slack's. */
  signed: readonly Hono[];
}

/** Everything Lede serves, on one port. Throws AppError `port/in-use`. */
export async function openWeb({ config, log, store, page, signed }: WebParts): Promise<Web> {
  let tell = (): void => {};
  let url = "";
  const secrets = {
    articles: config.webhookSecret,
    ghost: config.ghostSecret,
    wordpress: config.wordpressSecret,
  };
  const webhook = createWebhook({ secrets, store, clock, onAccepted: () => tell() });
  const token = await pageToken(store);
  const openedAt = await sampleOpening(store);
  const newsroom = createNewsroom({ basePath: SAMPLE_PATH, origin: () => url, openedAt, clock });
  const routes = composeRoutes({
    host: config.host,
    token,
    log,
    signed: [webhook, ...signed],
    health: createHealth({ store, log }),
    open: config.sample ? [{ path: SAMPLE_PATH, app: newsroom }] : [],
    page,
  });
  const portTries = config.port === null ? PORT_TRIES : 1;
  const server = await createWebServer({ host: config.host, port: portOf(config), portTries, log }, routes);
  ({ url } = server);
  if (config.sample) await subscribeToSample(store, url);
  return {
    page: isLoopback(config.host) ? url : `${url}/?token=${token}`,
    url,
    sample: config.sample ? `${url}${SAMPLE_PATH}/` : null,
    sampleHosts: config.sample ? [new URL(url).host] : [],
    onEntry: (listener) => {
      tell = listener;
    },
    close: server.close,
  };
}

/** Kept, so that a bookmark of the page outlives a restart. */
async function pageToken(store: Store): Promise<string> {
  const known = await store.setting("page.token");
  if (known !== null) return known;
  const token = randomBytes(24).toString("base64url");
  await store.saveSetting("page.token", token);
  return token;
}

/** When the sample newsroom opened first: its articles and its correction keep their times over a restart. */
async function sampleOpening(store: Store): Promise<Date> {
  const known = await store.setting("newsroom.openedAt");
  if (known !== null) return new Date(known);
  const now = clock();
  await store.saveSetting("newsroom.openedAt", now.toISOString());
  return now;
}

/** The sample is there to be seen, so what it published before Lede looked is posted as well. */
async function subscribeToSample(store: Store, url: string): Promise<void> {
  const feed = `${url}${SAMPLE_FEED}`;
  const before = await store.setting("newsroom.feed");
  if (before !== null && before !== feed) await store.removeFeed(before);
  await store.saveSetting("newsroom.feed", feed);
  await store.addFeed({ url: feed, now: clock(), baseline: false });
}
