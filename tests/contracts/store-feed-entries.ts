import { describe, expect, test } from "vitest";
import { makeItem, seenOf } from "#tests/feed-items.ts";
import { addFeed, poll, save, URL_OF_FEED } from "./feed-polls.ts";
import { claimAll, claimOne } from "./store-entries.ts";
import { at } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

export function describeFeedEntries(used: () => StoreInUse): void {
  describe("feeds' entries", () => {
    test("queue nothing of what they held before they were added, but what comes later", async () => {
      const { store } = used();
      const feed = { ...(await addFeed(store)), baselined: true };
      const before = [makeItem({ guid: "b" }), makeItem({ guid: "a" })];
      expect(await poll(store, feed, before)).toEqual({ queued: 0, baseline: 2 });
      expect(await poll(store, feed, [makeItem({ guid: "c" }), ...before])).toEqual({
        queued: 1,
        baseline: 0,
      });
      expect(await claimAll(store, 1)).toEqual(["c"]);
    });

    test("queue their newest few at first sight when asked to", async () => {
      const { store } = used();
      const feed = { ...(await addFeed(store, { backfill: 2 })), baselined: true };
      const items = ["d", "c", "b", "a"].map((guid, index) =>
        makeItem({ guid, publishedAt: at(-60 - index) }),
      );
      expect(await poll(store, feed, items)).toEqual({ queued: 2, baseline: 2 });
      expect(await poll(store, feed, [makeItem({ guid: "e" }), ...items])).toMatchObject({ queued: 1 });
      expect(await claimAll(store, 1)).toEqual(["c", "d", "e"]);
    });

    test("never queue an old entry, also when it is edited", async () => {
      const { store } = used();
      const feed = { ...(await addFeed(store)), baselined: true };
      await poll(store, feed, [makeItem()]);
      expect(await poll(store, feed, [makeItem({ title: "Edited" })])).toMatchObject({ queued: 0 });
      expect(await poll(store, feed, [makeItem({ title: "Edited twice" })])).toMatchObject({ queued: 0 });
      expect((await store.counts()).entries).toMatchObject({ baseline: 1, due: 0 });
    });

    test("take their baseline at the first good poll, not at a failed one", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      await save(store, { feed: { ...feed, failures: 1 }, seen: [], minutes: 0 });
      expect(await poll(store, { ...feed, baselined: true }, [makeItem()])).toMatchObject({ queued: 0 });
      expect((await store.counts()).entries).toMatchObject({ baseline: 1, due: 0 });
    });

    test("that were empty at first queue their first entry", async () => {
      const { store } = used();
      const feed = { ...(await addFeed(store)), baselined: true };
      await poll(store, feed, []);
      expect(await poll(store, feed, [makeItem()])).toEqual({ queued: 1, baseline: 0 });
    });

    test("queue all they hold when added without a baseline, oldest first", async () => {
      const { store } = used();
      const feed = await addFeed(store, { baseline: false });
      const items = [
        makeItem({ guid: "undated-newer", publishedAt: null }),
        makeItem({ guid: "undated-older", publishedAt: null }),
        makeItem({ guid: "dated-older", publishedAt: at(-9) }),
        makeItem({ guid: "dated-newer", publishedAt: at(-5) }),
      ];
      expect(await poll(store, feed, items)).toMatchObject({ queued: 4 });
      expect(await claimAll(store, 0)).toEqual([
        "dated-older",
        "dated-newer",
        "undated-older",
        "undated-newer",
      ]);
    });

    test("queue no more of one poll than anybody waits for: the newest, and count the rest as read", async () => {
      const { store } = used();
      const feed = await addFeed(store, { baseline: false });
      const items = Array.from({ length: 10_000 }, (_, index) =>
        makeItem({ guid: `g${index}`, publishedAt: at(-10_000 + index) }),
      );
      expect(await poll(store, feed, items)).toEqual({ queued: 200, baseline: 9_800 });
      expect(await poll(store, feed, items)).toEqual({ queued: 0, baseline: 0 });
      expect((await claimOne(store, 0)).entry.guid).toBe("g9800");
    });

    test("queue an entry again when its text changed, and only then", async () => {
      const { store } = used();
      const feed = await addFeed(store, { baseline: false });
      await poll(store, feed, [makeItem()]);
      await store.settleEntry(await claimOne(store, 0), { kind: "done" });
      expect(await poll(store, feed, [makeItem()])).toMatchObject({ queued: 0 });
      for (const change of [
        { title: "Eleven injured" },
        { title: "Eleven injured", content: "<p>Eleven people were injured.</p>" },
        { title: "Eleven injured", content: "<p>Eleven people were injured.</p>", updatedAt: at(-1) },
      ]) {
        expect(await poll(store, feed, [makeItem(change)])).toMatchObject({ queued: 1 });
        expect((await claimOne(store, 0)).entry.title).toBe("Eleven injured");
      }
    });

    test("know an entry again by address and title when its guid changes at every poll", async () => {
      const { store } = used();
      const feed = await addFeed(store, { baseline: false });
      const item = makeItem({ url: "https://news.example/a", title: "Fire" });
      expect(await poll(store, feed, [{ ...item, guid: "session-1" }])).toMatchObject({ queued: 1 });
      expect(await poll(store, feed, [{ ...item, guid: "session-2" }])).toEqual({ queued: 0, baseline: 0 });
      const edited = { ...item, guid: "session-3", content: "<p>Ten.</p>" };
      expect(await poll(store, feed, [edited])).toEqual({ queued: 1, baseline: 0 });
      expect((await store.counts()).entries).toMatchObject({ due: 1 });
    });

    test("know two entries under one guid apart, also when one of them is gone", async () => {
      const { store } = used();
      const feed = await addFeed(store, { baseline: false });
      const one = makeItem({ guid: "same", url: "https://news.example/1", title: "One" });
      const two = makeItem({ guid: "same", url: "https://news.example/2", title: "Two" });
      expect(await poll(store, feed, [two, one])).toMatchObject({ queued: 2 });
      expect(await poll(store, feed, [two])).toEqual({ queued: 0, baseline: 0 });
      expect(await poll(store, feed, [one])).toEqual({ queued: 0, baseline: 0 });
    });

    test("of two sites may use the same guid", async () => {
      const { store } = used();
      for (const url of ["https://a.example/feed", "https://b.example/feed"]) {
        const feed = await store.addFeed({ url, now: at(0), baseline: false });
        expect(await poll(store, feed, [makeItem({ guid: "1" })])).toMatchObject({ queued: 1 });
      }
      expect(await claimAll(store, 0)).toEqual(["1", "1"]);
    });

    test("learn from what comes undated when they publish", async () => {
      const { store } = used();
      const feed = await addFeed(store, { baseline: false });
      await poll(store, feed, [makeItem({ guid: "a", publishedAt: null })]);
      const [after] = await store.feeds();
      expect(after).toMatchObject({ lastEntryAt: at(0), cadence: null });
      const items = [makeItem({ guid: "b", publishedAt: null })];
      await save(store, { feed: { ...feed, lastEntryAt: at(0) }, seen: seenOf(items), minutes: 60 });
      expect((await store.feeds())[0]).toMatchObject({
        lastEntryAt: at(60),
        cadence: { typicalMs: 3_600_000, longMs: 3_600_000 },
      });
    });

    test("that are added again go on where they stopped, with a baseline of what is new since", async () => {
      const { store } = used();
      await poll(store, await addFeed(store, { baseline: false }), [makeItem({ guid: "a" })]);
      await store.removeFeed(URL_OF_FEED);
      const again = { ...(await addFeed(store)), baselined: true };
      const items = [makeItem({ guid: "b" }), makeItem({ guid: "a", title: "Corrected" })];
      expect(await poll(store, again, items)).toEqual({ queued: 1, baseline: 1 });
      expect((await claimOne(store, 1)).entry).toMatchObject({ guid: "a", title: "Corrected" });
      expect(await store.claimEntry(at(1))).toBeNull();
    });

    test("keep nothing of a poll that can not be stored as a whole", async () => {
      const { store } = used();
      const feed = await addFeed(store, { baseline: false });
      const [good, broken] = seenOf([makeItem({ guid: "good" }), makeItem({ guid: "broken" })]);
      if (good === undefined || broken === undefined) throw new Error("No entries");
      const bad = { ...broken, entry: { ...broken.entry, publishedAt: new Date(Number.NaN) } };
      const saving = save(store, { feed: { ...feed, etag: '"new"' }, seen: [bad, good], minutes: 0 });
      await expect(saving).rejects.toThrow(/date/i);
      expect(await store.feeds()).toMatchObject([{ etag: null }]);
      expect(await store.claimEntry(at(0))).toBeNull();
    });
  });
}
