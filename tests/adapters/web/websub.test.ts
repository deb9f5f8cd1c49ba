import { createHmac } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { request } from "undici";
import { afterEach, expect, test } from "vitest";
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

const MINUTE = 60_000;
const SIGNAL = new AbortController().signal;
const servers: WebServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

interface Stage {
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
async function stage({ hub: hubAnswer, header = false, allowHub = true }: Parts = {}): Promise<Stage> {
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

async function verify(
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

async function send(
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

async function pushedUntil({ store }: Stage): Promise<Date | null | undefined> {
  return (await store.feeds())[0]?.pushedUntil;
}

async function verified(parts: Parts = {}): Promise<Stage> {
  const set = await stage(parts);
  await set.poll(0);
  await set.subscribe(0);
  await verify(set);
  return set;
}

test.for([true, false])(
  "a hub that a feed names is asked, verified, and sends; polls only watch over it (by header: %o)",
  async (header) => {
    const set = await stage({ header });
    await set.poll(0);
    expect(await set.subscribe(0)).toBe(true);
    expect(Object.fromEntries(set.asked[0] ?? [])).toMatchObject({
      "hub.mode": "subscribe",
      "hub.topic": `${set.publisher.url}/feed`,
      "hub.lease_seconds": "864000",
      "hub.secret": (await set.push()).secret,
    });
    expect(await pushedUntil(set)).toBeNull();
    expect(await verify(set)).toMatchObject({ status: 200, body: "<b>challenge</b>" });
    expect(await pushedUntil(set)).toEqual(new Date(NOON.getTime() + 864_000_000));
    expect(await set.subscribe(1)).toBe(false);

    expect(await send(set, rss([{ guid: "new", date: NOON }]))).toBe(202);
    const queued = await set.store.claimEntry(new Date(NOON.getTime() + MINUTE));
    expect(queued?.entry).toMatchObject({ guid: "new", via: "websub", url: "https://news.example/new" });
    expect(set.news()).toBe(1);

    await set.poll(15);
    const [feed] = await set.store.feeds();
    expect((feed?.dueAt.getTime() ?? 0) - NOON.getTime()).toBeGreaterThan(4 * 60 * MINUTE);
  },
);

test("the challenge is answered as plain text, whatever it is", async () => {
  const set = await stage();
  await set.poll(0);
  await set.subscribe(0);
  expect((await verify(set)).type).toMatch(/^text\/plain/);
});

test.for<[string, Record<string, string>]>([
  ["another topic", { "hub.topic": "https://other.example/feed" }],
  ["no challenge", { "hub.challenge": "" }],
  ["an unsubscription nobody asked for", { "hub.mode": "unsubscribe" }],
  ["a mode nobody knows", { "hub.mode": "other" }],
])("a verification with %s is refused", async ([, changes]) => {
  const set = await stage();
  await set.poll(0);
  await set.subscribe(0);
  expect((await verify(set, changes)).status).toBe(404);
  expect(await pushedUntil(set)).toBeNull();
});

test("a second verification that nobody asked for is refused", async () => {
  const set = await verified();
  expect((await verify(set, { "hub.lease_seconds": "99999999" })).status).toBe(404);
});

test.for(["sha1", "sha256", "sha384", "sha512"])("a push signed with %s is taken", async (method) => {
  const set = await verified();
  await send(set, rss([{ guid: "new" }]), { method });
  expect((await set.store.counts()).entries).toMatchObject({ due: 1 });
});

test.for<[string, { method?: string; secret?: string | null }]>([
  ["another secret", { secret: "other" }],
  ["no signature", { secret: null }],
  ["a method hubs do not use", { method: "md5" }],
])("a push with %s is acknowledged and left aside", async ([, sign]) => {
  const set = await verified();
  expect(await send(set, rss([{ guid: "forged" }]), sign)).toBe(202);
  expect((await set.store.counts()).entries).toMatchObject({ due: 0 });
  expect(set.news()).toBe(0);
});

test("a push to an address nobody has is answered with 410", async () => {
  const set = await verified();
  const { statusCode } = await request(set.callback().replace(/[^/]+$/, "unknown"), {
    method: "POST",
    body: "x",
  });
  expect(statusCode).toBe(410);
});

test("a push that can not be read makes the feed be polled", async () => {
  const set = await verified();
  await set.poll(15);
  await set.subscribe(20);
  const before = set.publisher.requests.length;
  expect(await send(set, "something is new")).toBe(202);
  await set.poll(20);
  expect(set.publisher.requests).toHaveLength(before + 1);
});

test("a push of more than 5 MB is refused", async () => {
  const set = await verified();
  expect(await send(set, "x".repeat(6 * 1024 * 1024))).toBe(413);
});

test("what a push brought is known to the poll, and the other way round", async () => {
  const set = await verified();
  await send(set, rss([{ guid: "old", date: new Date(NOON.getTime() - MINUTE) }]));
  expect((await set.store.counts()).entries).toMatchObject({ baseline: 1, due: 0 });
});

test("a lease is renewed before it ends, and goes on while the hub has not answered", async () => {
  const set = await verified();
  const day = 24 * 60;
  expect(await set.subscribe(7 * day)).toBe(false);
  expect(await set.subscribe(8 * day)).toBe(true);
  expect(set.asked).toHaveLength(2);
  expect(await pushedUntil(set)).toEqual(new Date(NOON.getTime() + 864_000_000));
  await verify(set);
  expect(await pushedUntil(set)).toEqual(new Date(NOON.getTime() + 8 * 86_400_000 + 864_000_000));
});

test("a hub that never calls back is asked again ever more rarely, and the feed is polled at its own pace", async () => {
  const set = await stage();
  await set.poll(0);
  const times: number[] = [];
  for (let minutes = 0; minutes <= 300; minutes += 10) if (await set.subscribe(minutes)) times.push(minutes);
  expect(times).toEqual([0, 10, 30, 70, 150]);
  await set.poll(20);
  expect(set.publisher.requests).toHaveLength(2);
});

test("a hub that denies is not asked again for a week, and the feed is polled", async () => {
  const set = await verified();
  const denied = await verify(set, { "hub.mode": "denied", "hub.reason": "not yours" });
  expect(denied.status).toBe(200);
  expect(await set.push()).toMatchObject({ state: "denied", reason: "not yours" });
  expect(await pushedUntil(set)).toBeNull();
  expect(await set.subscribe(6 * 24 * 60)).toBe(false);
  expect(await set.subscribe(7 * 24 * 60)).toBe(true);
});

test.for<[string, Answer]>([
  ["an error", (_request, response) => response.writeHead(500).end()],
  ["a refusal", (_request, response) => response.writeHead(403).end("no")],
  ["a cut connection", (incoming) => incoming.socket.destroy()],
])("%s of the hub leaves the feed polled", async ([, hub]) => {
  const set = await stage({ hub });
  await set.poll(0);
  expect(await set.subscribe(0)).toBe(true);
  expect(await set.push()).toMatchObject({ state: "wanted", failures: 1 });
  expect(await pushedUntil(set)).toBeNull();
});

test("a hub that calls back before it answers is not taken for one that failed", async () => {
  let set: Stage | null = null;
  set = await stage({
    hub: (_request, response) => {
      const during = set;
      if (during === null) throw new Error("not yet");
      void verify(during)
        .then(() => sleep(5))
        .then(() => response.writeHead(500).end());
    },
  });
  await set.poll(0);
  await set.subscribe(0);
  expect(await set.push()).toMatchObject({ state: "verified" });
});

test("a hub at a private address is never asked", async () => {
  const set = await stage({ allowHub: false });
  await set.poll(0);
  expect(await set.subscribe(0)).toBe(true);
  expect(set.hub.requests).toHaveLength(0);
});
