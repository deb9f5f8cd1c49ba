import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { NOON } from "#tests/feed-items.ts";
import { type Answer, rss } from "#tests/sites.ts";
import { MINUTE, pushedUntil, send, stage, type Stage, verified, verify } from "./websub-setup.ts";

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
