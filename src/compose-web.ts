import { randomBytes } from "node:crypto";
import type { Hono } from "hono";
import { createNewsroom } from "#src/adapters/newsroom/site.ts";
import { monitorsOnly, signedInOnly } from "#src/adapters/sign-in/guard.ts";
import { createOperatorRoutes } from "#src/adapters/sign-in/operator-routes.ts";
import { createSessionRoutes, createSignIn, SIGN_IN_PATH } from "#src/adapters/sign-in/routes.ts";
import { writeRunning } from "#src/adapters/sign-in/running-file.ts";
import { createSessions } from "#src/adapters/sign-in/sessions.ts";
import { createTickets } from "#src/adapters/sign-in/tickets.ts";
import { createHealth, createMonitor, type Monitored } from "#src/adapters/web/health.ts";
import { composeRoutes, createWebServer } from "#src/adapters/web/server.ts";
import { createWebhook } from "#src/adapters/web/webhook.ts";
import { clock } from "#src/compose-tools.ts";
import { type Config, portOf } from "#src/config.ts";
import { publishersOf, sendersOf } from "#src/config-publishers.ts";
import type { FetchPlace } from "#src/core/fetch-place.ts";
import type { Log } from "#src/log.ts";
import { retryAll } from "#src/pipeline/retry-all.ts";
import type { Store } from "#src/ports-store.ts";

/** Ports tried when the operator did not choose one. */
const PORT_TRIES = 10;
const SAMPLE_PATH = "/newsroom";
/** Of the key by which `lede page-link` proves that it reads the data folder. */
const KEY_BYTES = 32;
const SAMPLE_FEED = `${SAMPLE_PATH}/feed.xml`;

export interface Web {
  url: string;
  /** All that is served. */
  routes: Hono;
  /** An address of the page that signs in. */
  signInUrl: () => string;
  /** Address of the sample newsroom; null when it does not run. */
  sample: string | null;
  /** The sample newsroom, which is private and may be read all the same. */
  samplePlaces: FetchPlace[];
  /** Sets who is told when an entry is due by itself: the webhook stored it, or the operator has it tried again. */
  onEntry: (tell: () => void) => void;
  close: () => Promise<void>;
}

function samplePlace({ hostname, port }: URL): FetchPlace {
  return { hostname, port: port === "" ? "80" : port, path: `${SAMPLE_PATH}/` };
}

interface WebParts {
  config: Config;
  log: Log;
  store: Store;
  page: Hono;
  monitored: Monitored;
  /** Routes that prove each request by its own signature, such as Slack's. */
  signed: readonly Hono[];
}

/** Everything Lede serves, on one port. Throws AppError `port/in-use`. */
export async function openWeb({ config, log, store, page, signed, monitored }: WebParts): Promise<Web> {
  let tell = (): void => {};
  let url = "";
  const webhook = createWebhook({
    senders: {
      articles: sendersOf(config, "articles"),
      ghost: sendersOf(config, "ghost"),
      wordpress: sendersOf(config, "wordpress"),
    },
    publishers: publishersOf(config.publishers),
    store,
    clock,
    onAccepted: () => tell(),
  });
  const access = openAccess(config, store);
  const openedAt = await sampleOpening(store);
  const newsroom = createNewsroom({ basePath: SAMPLE_PATH, origin: () => url, openedAt, clock });
  const routes = composeRoutes({
    host: config.host,
    publicUrl: access.publicUrl,
    log,
    signed: [webhook, ...signed],
    open: [
      createHealth({ store, log }),
      createMonitor({ ...monitored, guard: access.monitors }),
      access.signIn,
      createOperatorRoutes({
        key: access.key,
        backup: (kind) => store.backup({ kind, now: clock() }),
        retry: async () => {
          const retried = await retryAll({ clock, store });
          tell();
          return retried;
        },
      }),
    ],
    sample: config.sample ? { path: SAMPLE_PATH, app: newsroom } : null,
    guard: access.signedIn,
    page: [access.sessions, page],
  });
  const portTries = config.port === null ? PORT_TRIES : 1;
  const server = await createWebServer({ host: config.host, port: portOf(config), portTries, log }, routes);
  ({ url } = server);
  if (config.sample) await subscribeToSample(store, url);
  const forgetRunning = await writeRunning(config.dataDir, { url, key: access.key });
  return {
    url,
    routes,
    signInUrl: () => `${url}${SIGN_IN_PATH}?ticket=${access.tickets.issue()}`,
    sample: config.sample ? `${url}${SAMPLE_PATH}/` : null,
    samplePlaces: config.sample ? [samplePlace(new URL(url))] : [],
    onEntry: (listener) => {
      tell = listener;
    },
    close: async () => {
      await forgetRunning();
      await server.close();
    },
  };
}

/** Who may see the page and the figures. */
function openAccess({ publicUrl: address, metricsToken }: Config, store: Store) {
  const publicUrl = address === null ? null : new URL(address);
  const key = randomBytes(KEY_BYTES).toString("base64url");
  const tickets = createTickets(clock);
  const sessions = createSessions({ store, clock });
  return {
    publicUrl,
    key,
    tickets,
    signIn: createSignIn({ sessions, tickets, key, publicUrl }),
    sessions: createSessionRoutes(sessions),
    signedIn: signedInOnly(sessions),
    monitors: monitorsOnly({ sessions, token: metricsToken }),
  };
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
