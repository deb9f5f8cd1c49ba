import { describe, expect, test } from "vitest";
import type { Feed } from "#src/core/feed.ts";
import type { Store } from "#src/ports.ts";
import { claimAll, claimOne } from "./store-entries.ts";
import { at, makeEntry } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

const URL_OF_FEED = "https://news.example/feed.xml";

export function describeFeeds(used: () => StoreInUse): void {
  describe("feeds", () => {
    test("are due at once when added, and added again stay as they are", async () => {
      const { reopen, store } = used();
      const feed = await addFeed(store);
      expect(feed).toMatchObject({ url: URL_OF_FEED, failures: 0, baselined: false, dueAt: at(0) });
      await store.savePoll({ ...feed, title: "News", dueAt: at(10), baselined: true }, [], at(0));
      const again = await (await reopen()).addFeed({ url: URL_OF_FEED, now: at(5), baseline: true });
      expect(again).toEqual({ ...feed, title: "News", dueAt: at(10), baselined: true });
    });

    test("keep what a poll says about them", async () => {
      const { store } = used();
      const polled: Feed = {
        ...(await addFeed(store)),
        title: "News",
        etag: '"e1"',
        lastModified: "Tue, 24 Nov 2026 12:00:00 GMT",
        dueAt: at(10),
        failures: 3,
        baselined: true,
      };
      await store.savePoll(polled, [], at(0));
      expect(await store.dueFeeds(at(9.9), 9)).toEqual([]);
      expect(await store.dueFeeds(at(10), 9)).toEqual([polled]);
    });

    test("are due in the order of their times, no more than asked for", async () => {
      const { store } = used();
      for (const [index, minutes] of [3, 1, 2].entries())
        await store.addFeed({ url: `https://news.example/${index}`, now: at(minutes), baseline: true });
      const due = await store.dueFeeds(at(5), 2);
      expect(due.map((feed) => feed.url)).toEqual(["https://news.example/1", "https://news.example/2"]);
    });

    test("queue nothing of what they held before they were added, but what comes later", async () => {
      const { store } = used();
      const feed = { ...(await addFeed(store)), baselined: true };
      const before = [makeEntry({ guid: "b" }), makeEntry({ guid: "a" })];
      expect(await store.savePoll(feed, before, at(0))).toBe(0);
      expect(await store.savePoll(feed, [makeEntry({ guid: "c" }), ...before], at(1))).toBe(1);
      expect(await claimAll(store, 1)).toEqual(["c"]);
    });

    test("never queue an old entry, also when it is edited", async () => {
      const { store } = used();
      const feed = { ...(await addFeed(store)), baselined: true };
      await store.savePoll(feed, [makeEntry()], at(0));
      expect(await store.savePoll(feed, [makeEntry({ title: "Edited" })], at(1))).toBe(0);
      expect(await store.savePoll(feed, [makeEntry({ title: "Edited twice" })], at(2))).toBe(0);
      expect((await store.counts()).entries).toMatchObject({ baseline: 1, due: 0 });
    });

    test("take their baseline at the first good poll, not at a failed one", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      await store.savePoll({ ...feed, failures: 1 }, [], at(0));
      expect(await store.savePoll({ ...feed, baselined: true }, [makeEntry()], at(1))).toBe(0);
      expect((await store.counts()).entries).toMatchObject({ baseline: 1, due: 0 });
    });

    test("that were empty at first queue their first entry", async () => {
      const { store } = used();
      const feed = { ...(await addFeed(store)), baselined: true };
      await store.savePoll(feed, [], at(0));
      expect(await store.savePoll(feed, [makeEntry()], at(1))).toBe(1);
    });

    test("queue all they hold when added without a baseline, oldest first", async () => {
      const { store } = used();
      const feed = await store.addFeed({ url: URL_OF_FEED, now: at(0), baseline: false });
      const entries = [
        makeEntry({ guid: "undated-newer", publishedAt: null }),
        makeEntry({ guid: "undated-older", publishedAt: null }),
        makeEntry({ guid: "dated-older", publishedAt: at(-9) }),
        makeEntry({ guid: "dated-newer", publishedAt: at(-5) }),
      ];
      expect(await store.savePoll(feed, entries, at(0))).toBe(4);
      expect(await claimAll(store, 0)).toEqual([
        "dated-older",
        "dated-newer",
        "undated-older",
        "undated-newer",
      ]);
    });

    test("queue an entry again when its text changed, and only then", async () => {
      const { store } = used();
      const feed = await store.addFeed({ url: URL_OF_FEED, now: at(0), baseline: false });
      await store.savePoll(feed, [makeEntry()], at(0));
      await store.settleEntry(await claimOne(store, 0), { kind: "done" });
      expect(await store.savePoll(feed, [makeEntry()], at(1))).toBe(0);
      expect(await store.savePoll(feed, [makeEntry({ title: "Eleven injured" })], at(2))).toBe(1);
      expect((await claimOne(store, 2)).entry.title).toBe("Eleven injured");
    });

    test("of two sites may use the same guid", async () => {
      const { store } = used();
      for (const url of ["https://a.example/feed", "https://b.example/feed"]) {
        const feed = await store.addFeed({ url, now: at(0), baseline: false });
        expect(await store.savePoll(feed, [makeEntry({ guid: "1" })], at(0))).toBe(1);
      }
      expect(await claimAll(store, 0)).toEqual(["1", "1"]);
    });

    test("that are removed are polled no more, and what came from them stays queued", async () => {
      const { store } = used();
      const feed = await store.addFeed({ url: URL_OF_FEED, now: at(0), baseline: false });
      await store.savePoll(feed, [makeEntry({ guid: "a" })], at(0));
      await store.removeFeed(URL_OF_FEED);
      await store.removeFeed("https://nowhere.example/feed");
      expect(await store.dueFeeds(at(9), 9)).toEqual([]);
      expect(await store.savePoll(feed, [makeEntry({ guid: "b" })], at(1))).toBe(0);
      expect(await claimAll(store, 1)).toEqual(["a"]);
    });

    test("that are added again go on where they stopped, with a baseline of what is new since", async () => {
      const { store } = used();
      const first = await store.addFeed({ url: URL_OF_FEED, now: at(0), baseline: false });
      await store.savePoll(first, [makeEntry({ guid: "a" })], at(0));
      await store.removeFeed(URL_OF_FEED);
      const again = await addFeed(store);
      const entries = [makeEntry({ guid: "b" }), makeEntry({ guid: "a", title: "Corrected" })];
      expect(await store.savePoll({ ...again, baselined: true }, entries, at(1))).toBe(1);
      expect((await claimOne(store, 1)).entry).toMatchObject({ guid: "a", title: "Corrected" });
      expect(await store.claimEntry(at(1))).toBeNull();
    });

    test("keep nothing of a poll that can not be stored as a whole", async () => {
      const { store } = used();
      const feed = await store.addFeed({ url: URL_OF_FEED, now: at(0), baseline: false });
      const broken = makeEntry({ guid: "broken", publishedAt: new Date(Number.NaN) });
      const poll = store.savePoll(
        { ...feed, etag: '"new"' },
        [broken, makeEntry({ publishedAt: at(-99) })],
        at(0),
      );
      await expect(poll).rejects.toThrow(/date/i);
      expect(await store.dueFeeds(at(0), 1)).toEqual([feed]);
      expect(await store.claimEntry(at(0))).toBeNull();
    });
  });
}

function addFeed(store: Store): Promise<Feed> {
  return store.addFeed({ url: URL_OF_FEED, now: at(0), baseline: true });
}
