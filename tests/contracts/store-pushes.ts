import { describe, expect, test } from "vitest";
import type { Feed } from "#src/core/feed.ts";
import { afterPush, type PushSubscription } from "#src/core/websub.ts";
import type { Store } from "#src/ports-store.ts";
import { makeItem, seenOf } from "#tests/feed-items.ts";
import { poll } from "./feed-polls.ts";
import { claimAll } from "./store-entries.ts";
import { at } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

const HUB = "https://hub.example/";
const TOPIC = "https://news.example/feed";

export function describePushes(used: () => StoreInUse): void {
  describe("pushes", () => {
    test("are wanted for feeds that name a hub, and for no other", async () => {
      const { store } = used();
      await addFeed(store, { hub: null });
      expect(await store.duePush(at(0))).toBeNull();
      const feed = await addFeed(store, { url: "https://hubbed.example/feed" });
      const push = await due(store, 0);
      expect(push).toMatchObject({ feedId: feed.id, hub: HUB, topic: TOPIC, state: "wanted", failures: 0 });
      expect(push.secret.length).toBeGreaterThan(40);
      expect(push.id).toMatch(/^[\w-]{20,}$/);
    });

    test("keep their state over a restart, and are due again at their time", async () => {
      const { reopen, store } = used();
      await addFeed(store);
      const asked = afterPush(await due(store, 0), { kind: "ask" }, at(0));
      expect(await store.savePush({ push: asked, now: at(0) })).toBe(true);
      const reopened = await reopen();
      expect(await reopened.duePush(at(9))).toBeNull();
      expect(await reopened.duePush(at(10))).toEqual(asked);
      expect(await reopened.push(asked.id)).toEqual(asked);
      expect(await reopened.push("unknown")).toBeNull();
    });

    test("that are verified let the feed be polled slowly until their lease ends", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      const verified = afterPush(await due(store, 0), { kind: "verified", leaseSeconds: 600 }, at(0));
      await store.savePush({ push: verified, now: at(0) });
      expect(await feedOf(store, feed.id)).toMatchObject({ pushedUntil: at(10) });
      const denied = afterPush(verified, { kind: "denied", reason: "no" }, at(1));
      await store.savePush({ push: denied, now: at(1) });
      expect(await feedOf(store, feed.id)).toMatchObject({ pushedUntil: null });
    });

    test("are not changed by a failure that comes after the hub has called back", async () => {
      const { store } = used();
      await addFeed(store);
      const asked = afterPush(await due(store, 0), { kind: "ask" }, at(0));
      const verified = afterPush(asked, { kind: "verified", leaseSeconds: 600 }, at(0));
      await store.savePush({ push: verified, now: at(0) });
      const failed = afterPush(asked, { kind: "failed", code: "fetch/timeout" }, at(0));
      expect(await store.savePush({ push: failed, unless: "verified", now: at(0) })).toBe(false);
      expect(await store.push(asked.id)).toEqual(verified);
    });

    test("follow a feed to another hub, under another address and secret", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      const first = await due(store, 0);
      await store.savePush({
        push: afterPush(first, { kind: "verified", leaseSeconds: 600 }, at(0)),
        now: at(0),
      });
      await poll(store, { ...feed, hub: "https://other.example/" }, []);
      const second = await due(store, 0);
      expect(second).toMatchObject({ hub: "https://other.example/", state: "wanted" });
      expect(second.id).not.toBe(first.id);
      expect(second.secret).not.toBe(first.secret);
      expect(await store.push(first.id)).toBeNull();
      expect(await feedOf(store, feed.id)).toMatchObject({ pushedUntil: null });
    });

    test("end with their feed, or when it names no hub any more", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      const first = await due(store, 0);
      await poll(store, { ...feed, hub: null, topic: null }, []);
      expect(await store.duePush(at(0))).toBeNull();
      expect(await store.push(first.id)).toBeNull();
      await poll(store, feed, []);
      const second = await due(store, 0);
      await store.removeFeed(feed.url);
      expect(await store.push(second.id)).toBeNull();
      expect(await store.savePush({ push: second, now: at(0) })).toBe(false);
    });

    test("queue what a poll would, and nothing twice by both ways", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      const [pushed] = seenOf([makeItem({ guid: "a" })]);
      if (pushed === undefined) throw new Error("No entry");
      const sent = {
        feedId: feed.id,
        seen: [{ ...pushed, entry: { ...pushed.entry, via: "websub" as const } }],
      };
      expect(await store.savePushed({ ...sent, now: at(0) })).toBe(1);
      expect(await store.savePushed({ ...sent, now: at(1) })).toBe(0);
      expect(await poll(store, feed, [makeItem({ guid: "a" })])).toEqual({ queued: 0, baseline: 0 });
      expect(await poll(store, feed, [makeItem({ guid: "b" })])).toMatchObject({ queued: 1 });
      const again = seenOf([makeItem({ guid: "b" })]);
      expect(await store.savePushed({ feedId: feed.id, seen: again, now: at(2) })).toBe(0);
      expect(await claimAll(store, 2)).toEqual(["a", "b"]);
      expect((await feedOf(store, feed.id))?.lastEntryAt).toEqual(at(-60));
    });

    test("of a feed that is no more are left aside", async () => {
      const { store } = used();
      expect(await store.savePushed({ feedId: "none", seen: seenOf([makeItem()]), now: at(0) })).toBe(0);
    });

    test("that did not come although a poll found news are relied on no more", async () => {
      const { store } = used();
      const feed = await addFeed(store);
      const push = await due(store, 0);
      const verified = afterPush(push, { kind: "verified", leaseSeconds: 86_400 }, at(0));
      await store.savePush({ push: verified, now: at(0) });
      await poll(store, feed, [makeItem({ guid: "just-now", publishedAt: at(-1) })]);
      expect((await feedOf(store, feed.id))?.pushedUntil).not.toBeNull();
      await poll(store, feed, [makeItem({ guid: "long-ago", publishedAt: at(-11) })]);
      expect((await feedOf(store, feed.id))?.pushedUntil).toBeNull();
    });
  });
}

async function addFeed(store: Store, changes: Partial<Feed> = {}): Promise<Feed> {
  const url = changes.url ?? TOPIC;
  const feed = await store.addFeed({ url, now: at(0), baseline: true });
  const named: Feed = { ...feed, hub: HUB, topic: TOPIC, baselined: true, ...changes };
  await poll(store, named, []);
  return named;
}

async function due(store: Store, minutes: number): Promise<PushSubscription> {
  const push = await store.duePush(at(minutes));
  if (push === null) throw new Error("No hub has to be asked");
  return push;
}

async function feedOf(store: Store, id: string): Promise<Feed | undefined> {
  return (await store.feeds()).find((feed) => feed.id === id);
}
