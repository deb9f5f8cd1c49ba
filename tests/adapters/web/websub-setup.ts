import { createHmac } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { request } from "undici";
import { afterEach } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createWebServer, type WebServer } from "#src/adapters/web/server.ts";
import { createWebSub } from "#src/adapters/web/websub.ts";
import { POLL_BOUNDS } from "#src/core/feed-schedule.ts";
import type { PushSubscription } from "#src/core/websub.ts";
import { createLog } from "#src/log.ts";
import { createPoller } from "#src/pipeline/poll.ts";
import { subscribeNext } from "#src/pipeline/subscribe.ts";
import type { Store } from "#src/ports-store.ts";
import { NOON } from "#tests/feed-items.ts";
import { type Answer, openReader, openSite, rss, type Site } from "#tests/sites.ts";

export const MINUTE = 60_000;
const SIGNAL = new AbortController().signal;
const servers: WebServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

export interface Stage {
  store: Store;
  publisher: Site;
  hub: Site;
  /** What the hub was sent, as forms. */
  asked: URLSearchParams[];
  callback: () => string;
  poll: (minutes: number) => Promise<void>;
  subscribe: (minutes: number) => Promise<boolean>;
  push: () => Promise<PushSubscription>;
  news: () => number;
}

interface Parts {
  hub?: Answer;
  /** Whether a Link header names the hub instead of the feed itself. */
  header?: boolean;
  /** Whether the hub's address may be read although private. */
  allowHub?: boolean;
}

/** A publisher with a feed of one entry, its hub, and a Lede that both reach. */
export async function stage({ hub: hubAnswer, header = false, allowHub = true }: Parts = {}): Promise<Stage> {
  const asked: URLSearchParams[] = [];
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push(new URLSearchParams(await text(incoming)));
    if (hubAnswer === undefined) response.writeHead(202).end();
    else hubAnswer(incoming, response);
  };
  const hub = await openSite((incoming, response) => void answer(incoming, response));
  const publisher = await openSite((_request, response) => {
    const links = header ? { link: `<${hub.url}/>; rel="hub", <${publisher.url}/feed>; rel=self` } : {};
    const inFeed = `<atom:link rel="hub" href="${hub.url}/"/><atom:link rel="self" href="${publisher.url}/feed"/>`;
    response
      .writeHead(200, { "content-type": "application/rss+xml", ...links })
      .end(rss([{ guid: "old", date: new Date(NOON.getTime() - MINUTE) }], header ? "" : inFeed));
  });
  const store = await openSqliteStore({ path: ":memory:" });
  await store.addFeed({ url: `${publisher.url}/feed`, now: NOON, baseline: true });
  let now = NOON;
  let news = 0;
  const clock = (): Date => now;
  const log = createLog({ level: "silent", format: "json" });
  const { reader, askHub } = openReader(publisher, ...(allowHub ? [hub] : []));
  const onNews = (): void => {
    news += 1;
  };
  const server = await createWebServer(
    { host: "127.0.0.1", port: 0, portTries: 1, log },
    createWebSub({ store, clock, log, onNews }),
  );
  servers.push(server);
  const poller = createPoller({ store, reader, clock, log, bounds: POLL_BOUNDS, onEntries: () => {} });
  const callback = (id: string): string => `${server.url}/websub/${id}`;
  const pass = (minutes: number): void => {
    now = new Date(NOON.getTime() + minutes * MINUTE);
  };
  return {
    store,
    publisher,
    hub,
    asked,
    callback: () => asked.at(-1)?.get("hub.callback") ?? "",
    poll: async (minutes) => {
      pass(minutes);
      while (await poller.next(SIGNAL));
      await poller.flush();
    },
    subscribe: (minutes) => {
      pass(minutes);
      return subscribeNext({ store, askHub, callback, clock, log }, SIGNAL);
    },
    push: async () => {
      const push = await store.push(asked.at(-1)?.get("hub.callback")?.split("/").at(-1) ?? "");
      if (push === null) throw new Error("There is no subscription");
      return push;
    },
    news: () => news,
  };
}

/** Asks as a hub does whether the subscription is wanted. */
export async function verify(
  { callback, publisher }: Stage,
  changes: Record<string, string> = {},
): Promise<{ status: number; body: string; type: string }> {
  const query = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.topic": `${publisher.url}/feed`,
    "hub.challenge": "<b>challenge</b>",
    "hub.lease_seconds": "864000",
    ...changes,
  });
  const { statusCode, body, headers } = await request(`${callback()}?${query}`);
  return { status: statusCode, body: await body.text(), type: String(headers["content-type"]) };
}

/** Pushes as the hub does; gives the status of the answer. */
export async function send(
  stage: Stage,
  body: string,
  sign: { method?: string; secret?: string | null } = {},
): Promise<number> {
  const { method = "sha256", secret = (await stage.push()).secret } = sign;
  const signature = secret === null ? null : createHmac(method, secret).update(body).digest("hex");
  const { statusCode } = await request(stage.callback(), {
    method: "POST",
    headers: {
      "content-type": "application/rss+xml",
      ...(signature === null ? {} : { "x-hub-signature": `${method}=${signature}` }),
    },
    body,
  });
  return statusCode;
}

export async function pushedUntil({ store }: Stage): Promise<Date | null | undefined> {
  return (await store.feeds())[0]?.pushedUntil;
}

/** A stage whose subscription the hub has verified. */
export async function verified(parts: Parts = {}): Promise<Stage> {
  const set = await stage(parts);
  await set.poll(0);
  await set.subscribe(0);
  await verify(set);
  return set;
}
