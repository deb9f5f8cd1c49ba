import { describe, expect, test } from "vitest";
import type { Feed } from "#src/core/feed.ts";
import { makeItem, seenOf } from "#tests/feed-items.ts";
import { addFeed, claim, poll, save, URL_OF_FEED } from "./feed-polls.ts";
import { claimAll } from "./store-entries.ts";
import { at } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

const LEASE_MINUTES = 5;

export function describeFeeds(used: () => StoreInUse): void {
  describe("feeds", () => {
    test("are due at once when added, and added again stay as they are", async () => {
      const { reopen, store } = used();
      const feed = await addFeed(store);
      expect(feed).toMatchObject({ url: URL_OF_FEED, failures: 0, baselined: false, dueAt: at(0) });
      const next: Feed = { ...feed, title: "News", dueAt: at(10), baselined: true };
      await save(store, { feed: next, seen: [], minutes: 0 });
      const again = await (await reopen()).addFeed({ url: URL_OF_FEED, now: at(5), baseline: true });
      expect(again).toEqual(next);
    });

    test("keep all that a poll says about them", async () => {
      const { store } = used();
      const polled: Feed = {
        ...(await addFeed(store)),
        title: "News",
        etag: '"e1"',
        lastModified: "Tue, 24 Nov 2026 12:00:00 GMT",
        bodyHash: "hash",
        dueAt: at(10),
        failures: 3,
        failingSince: at(-9),
        lastFailure: { at: at(-1), code: "fetch/status", status: 503 },
        baselined: true,
        movedTo: "https://moved.example/feed",
        moves: 2,
        wishes: { ttlSeconds: 60, skipHours: [1, 2], skipDays: [0] },
        cadence: { typicalMs: 5_000, longMs: 9_000, weekends: true },
        lastSuccessAt: at(-2),
        lastEntryAt: at(-3),
        hub: "https://hub.example/",
        topic: "https://news.example/self",
        health: "failing",
        healthSince: at(-9),
      };
      await save(store, { feed: polled, seen: [], minutes: 0 });
      expect(await claim(store, 9.9)).toEqual([]);
      const [claimed] = await claim(store, 10);
      expect(claimed?.feed).toEqual({ ...polled, dueAt: at(10 + LEASE_MINUTES) });
      expect(await store.feeds()).toEqual([claimed?.feed]);
    });

    test("are claimed in the order of their times, one of each host, no more than asked for", async () => {
      const { store } = used();
      for (const [index, minutes] of [3, 1, 2].entries())
        await store.addFeed({ url: `https://news${index}.example/`, now: at(minutes), baseline: true });
      await store.addFeed({ url: "https://news1.example/second", now: at(1), baseline: true });
      const due = await claim(store, 5, { limit: 2 });
      expect(due.map(({ feed }) => feed.url)).toEqual(["https://news1.example/", "https://news2.example/"]);
    });

    test("of a host that must not be asked are not claimed", async () => {
      const { store } = used();
      await store.addFeed({ url: "https://news.example/a", now: at(0), baseline: true });
      await store.addFeed({ url: "https://news.example:8443/b", now: at(1), baseline: true });
      const due = await claim(store, 5, { excludeHosts: ["news.example"] });
      expect(due.map(({ feed }) => feed.url)).toEqual(["https://news.example:8443/b"]);
    });

    test("are each given to one of many who claim at once", async () => {
      const { store } = used();
      for (const name of ["a", "b", "c"])
        await store.addFeed({ url: `https://${name}.example/`, now: at(0), baseline: true });
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim(store, 0, { limit: 1 })));
      expect(
        claims
          .flat()
          .map(({ feed }) => feed.url)
          .sort(),
      ).toEqual(["https://a.example/", "https://b.example/", "https://c.example/"]);
    });

    test("come back when a lease ends, and what was found under the old lease is left aside", async () => {
      const { store } = used();
      await addFeed(store, { baseline: false });
      const [first] = await claim(store, 0);
      expect(await claim(store, LEASE_MINUTES - 0.001)).toEqual([]);
      const [second] = await claim(store, LEASE_MINUTES);
      if (first === undefined || second === undefined) throw new Error("Nothing is due");
      const read = { kind: "read", seen: seenOf([makeItem()]) } as const;
      expect(await store.savePolls([{ ...first, ...read }], at(6))).toEqual([{ queued: 0, baseline: 0 }]);
      await store.savePolls([{ ...first, kind: "unchanged" }], at(6));
      expect(await store.savePolls([{ ...second, ...read }], at(6))).toEqual([{ queued: 1, baseline: 0 }]);
    });

    test("that a dead process polled are due again after recovery, and its token is void", async () => {
      const { reopen, store } = used();
      await addFeed(store, { baseline: false });
      const [held] = await claim(store, 0);
      const reopened = await reopen();
      await reopened.recover(at(1));
      expect(await claim(reopened, 1)).toHaveLength(1);
      if (held === undefined) throw new Error("Nothing is due");
      const saved = await reopened.savePolls([{ ...held, kind: "read", seen: seenOf([makeItem()]) }], at(1));
      expect(saved).toEqual([{ queued: 0, baseline: 0 }]);
    });

    test("are stored together when many have not changed, each with its own times", async () => {
      const { store } = used();
      for (let index = 0; index < 300; index += 1)
        await store.addFeed({ url: `https://n${index}.example/`, now: at(0), baseline: true });
      const claimed = await claim(store, 0, { limit: 300 });
      const polls = claimed.map(({ feed, token }, index) => ({
        kind: "unchanged" as const,
        token,
        feed: { ...feed, dueAt: at(10 + index), lastSuccessAt: at(1), moves: 1, title: "not stored" },
      }));
      await store.savePolls(polls, at(1));
      const stored = new Map((await store.feeds()).map((feed) => [feed.id, feed]));
      expect(polls.map(({ feed }) => stored.get(feed.id))).toEqual(
        polls.map(({ feed }) => ({ ...feed, title: null })),
      );
    });

    test("that are removed are polled no more, and what came from them stays queued", async () => {
      const { store } = used();
      const feed = await addFeed(store, { baseline: false });
      await poll(store, feed, [makeItem({ guid: "a" })]);
      const [held] = await claim(store, 100);
      await store.removeFeed(URL_OF_FEED);
      await store.removeFeed("https://nowhere.example/feed");
      expect(await claim(store, 200)).toEqual([]);
      if (held === undefined) throw new Error("Nothing is due");
      const late = await store.savePolls(
        [{ ...held, kind: "read", seen: seenOf([makeItem({ guid: "b" })]) }],
        at(1),
      );
      expect(late).toEqual([{ queued: 0, baseline: 0 }]);
      expect(await claimAll(store, 1)).toEqual(["a"]);
    });

    test("that moved are polled at their new address and known by the old one", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      await save(store, { feed: { ...feed, url: "https://new.example/feed" }, seen: [], minutes: 0 });
      const [claimed] = await claim(store, 99, { excludeHosts: ["news.example"] });
      expect(claimed?.feed).toMatchObject({ id: feed.id, url: "https://new.example/feed" });
      expect(await addFeed(store)).toMatchObject({ id: feed.id, url: "https://new.example/feed" });
      await store.removeFeed(URL_OF_FEED);
      expect(await store.feeds()).toEqual([]);
    });

    test("that moved to where another feed is stay where they were", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      await store.addFeed({ url: "https://new.example/feed", now: at(99), baseline: true });
      await save(store, { feed: { ...feed, url: "https://new.example/feed" }, seen: [], minutes: 0 });
      expect((await store.feeds()).map(({ url }) => url)).toEqual(["https://new.example/feed", URL_OF_FEED]);
    });

    test("that are gone are polled no more until somebody adds them again", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      const gone: Feed = {
        ...feed,
        failures: 1,
        lastFailure: { at: at(0), code: "fetch/not-found", status: 410 },
        health: "gone",
        healthSince: at(0),
      };
      await save(store, { feed: gone, seen: [], minutes: 0 });
      expect(await claim(store, 99_999)).toEqual([]);
      const again = await store.addFeed({ url: URL_OF_FEED, now: at(5), baseline: true });
      expect(again).toMatchObject({ id: feed.id, health: "ok", failures: 0, lastFailure: null });
      expect(await claim(store, 5)).toHaveLength(1);
    });

    test("are told of once for each change of their health", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      expect(await store.feedNews()).toEqual([]);
      const failing: Feed = { ...feed, health: "failing", healthSince: at(0) };
      await save(store, { feed: failing, seen: [], minutes: 0 });
      expect(await store.feedNews()).toMatchObject([{ id: feed.id, health: "failing", told: "ok" }]);
      await store.saveFeedTold(feed.id, "failing");
      await save(store, { feed: failing, seen: [], minutes: 99 });
      expect(await store.feedNews()).toEqual([]);
      await save(store, { feed: { ...feed, healthSince: at(200) }, seen: [], minutes: 200 });
      expect(await store.feedNews()).toMatchObject([{ health: "ok", told: "failing" }]);
    });

    test("are polled soon when something says that they have news, but not twice a minute", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      const later: Feed = { ...feed, dueAt: at(60), lastSuccessAt: at(0) };
      await save(store, { feed: later, seen: [], minutes: 0 });
      await store.pollSoon(feed.id, at(0.1));
      expect(await claim(store, 0.9)).toEqual([]);
      expect(await claim(store, 1)).toHaveLength(1);
      await save(store, { feed: later, seen: [], minutes: 0 });
      await store.pollSoon(feed.id, at(30));
      expect(await claim(store, 30)).toHaveLength(1);
    });
  });
}
