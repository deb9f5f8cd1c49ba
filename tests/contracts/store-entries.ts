import { describe, expect, test } from "vitest";
import type { Entry, QueuedEntry } from "#src/core/article.ts";
import { LEASE_MS } from "#src/core/delivery.ts";
import type { Store } from "#src/ports-store.ts";
import { at, makeEntry } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

const LEASE_MINUTES = LEASE_MS / 60_000;

export function describeEntries(used: () => StoreInUse): void {
  describe("entries", () => {
    test("come back as they were queued", async () => {
      const { store } = used();
      const entry = makeEntry({ updatedAt: at(-30), releaseAt: at(-20) });
      expect(await store.addEntry(entry, at(0))).toBe(true);
      expect(await claimOne(store, 0)).toMatchObject({ entry, attempts: 1 });
    });

    test("come back with the source they came from, and with no article before they became one", async () => {
      const { store } = used();
      await store.addEntry(makeEntry({ via: "websub" }), at(0));
      expect(await claimOne(store, 0)).toMatchObject({ source: "websub", articleId: null });
    });

    test("come back with the article they became, wherever they move", async () => {
      const { store } = used();
      await store.addEntry(makeEntry(), at(0));
      await store.settleEntry(await claimOne(store, 0), { kind: "done", articleId: "article-1" });
      await store.addEntry(makeEntry({ url: "https://news.example/moved" }), at(1));
      expect(await claimOne(store, 1)).toMatchObject({ articleId: "article-1" });
    });

    test("taken over by newer content learn what the older content became", async () => {
      const { store } = used();
      await store.addEntry(makeEntry(), at(0));
      const older = await claimOne(store, 0);
      await store.addEntry(makeEntry({ title: "Corrected" }), at(1));
      await store.settleEntry(older, { kind: "done", articleId: "article-1" });
      expect(await claimOne(store, 1)).toMatchObject({ articleId: "article-1" });
    });

    test("come back without what the source did not say", async () => {
      const { store } = used();
      const entry = makeEntry({ url: null, title: null, content: null, byline: null, publishedAt: null });
      await store.addEntry(entry, at(0));
      expect((await claimOne(store, 0)).entry).toEqual(entry);
    });

    test("are queued once while the source says the same", async () => {
      const { store } = used();
      await store.addEntry(makeEntry(), at(0));
      expect(await store.addEntry(makeEntry(), at(1))).toBe(false);
      await store.settleEntry(await claimOne(store, 2), { kind: "done" });
      expect(await store.addEntry(makeEntry(), at(3))).toBe(false);
      expect(await store.claimEntry(at(4))).toBeNull();
    });

    test.for<[string, Partial<Entry>, boolean]>([
      ["another title", { title: "Fire at the harbour, eleven injured" }, true],
      ["another text", { content: { type: "html", body: "<p>Eleven.</p>" } }, true],
      [
        "another form of the same text",
        { content: { type: "text", body: "<p>Nine people were injured.</p>" } },
        true,
      ],
      ["another address", { url: "https://news.example/fire-2" }, true],
      ["another time of update", { updatedAt: at(1) }, true],
      ["another guid", { guid: "guid-2" }, true],
      ["another way in", { via: "websub" }, true],
      ["another visibility", { visibility: "members" }, true],
      ["another date of publication only", { publishedAt: at(1) }, false],
      ["another byline only", { byline: "B. Reporter" }, false],
    ])("with %s", async ([, changes, queued]) => {
      const { store } = used();
      await store.addEntry(makeEntry(), at(0));
      await store.settleEntry(await claimOne(store, 0), { kind: "done" });
      expect(await store.addEntry(makeEntry(changes), at(1))).toBe(queued);
      const next = await store.claimEntry(at(1));
      expect(next?.entry ?? null).toEqual(queued ? makeEntry(changes) : null);
    });

    test("are claimed in the order of publication, then of arrival", async () => {
      const { store } = used();
      const guids = ["late", "early", "undated", "early-too"];
      const published = [at(-1), at(-9), null, at(-9)];
      for (const [index, guid] of guids.entries())
        await store.addEntry(makeEntry({ guid, publishedAt: published[index] ?? null }), at(index / 100));
      expect(await claimAll(store, 1)).toEqual(["early", "early-too", "late", "undated"]);
    });

    test("are claimed newest first behind an outage, what stands in posts before, and the oldest at every fourth", async () => {
      const { store } = used();
      await store.addEntry(makeEntry({ guid: "known", publishedAt: at(-90) }), at(-60));
      await store.settleEntry(await claimOne(store, -60), { kind: "done", articleId: "article-1" });
      await store.addEntry(makeEntry({ guid: "known", title: "Corrected", publishedAt: at(-90) }), at(0));
      for (const minute of [1, 2, 3, 4, 5, 6])
        await store.addEntry(makeEntry({ guid: `${minute}`, publishedAt: at(minute) }), at(minute));
      await store.addEntry(makeEntry({ guid: "gone", event: "unpublish" }), at(6));
      const guids: string[] = [];
      for (let claim = 0; claim < 8; claim += 1) guids.push((await claimOne(store, 8)).entry.guid);
      expect(guids.slice(0, 2).toSorted()).toEqual(["gone", "known"]);
      expect(guids.slice(2)).toEqual(["6", "1", "5", "4", "3", "2"]);
    });

    test("are claimed in the order of publication while none waits longer than minutes", async () => {
      const { store } = used();
      for (const minute of [1, 2, 3])
        await store.addEntry(makeEntry({ guid: `${minute}`, publishedAt: at(minute) }), at(minute));
      expect(await claimAll(store, 5)).toEqual(["1", "2", "3"]);
    });

    test("are passed over while their page's host must not be asked, unless they need no page", async () => {
      const { store } = used();
      const content = null;
      const url = "https://News.example:8080/a";
      await store.addEntry(makeEntry({ guid: "closed", url, content }), at(0));
      await store.addEntry(
        makeEntry({ guid: "open", url: "https://other.example/news.example:8080", content }),
        at(0),
      );
      await store.addEntry(makeEntry({ guid: "sent", url }), at(0));
      const claim = async (exceptHosts: string[]): Promise<string | undefined> =>
        (await store.claimEntry(at(1), { exceptHosts }))?.entry.guid;
      expect(await claim(["news.example:8080", "a.example"])).toBe("open");
      expect(await claim(["news.example:8080"])).toBe("sent");
      expect(await claim(["news.example:8080"])).toBeUndefined();
      expect(await claim(["news.example"])).toBe("closed");
    });

    test("are not claimed twice while the lease lasts, and again once it ended", async () => {
      const { store } = used();
      await store.addEntry(makeEntry(), at(0));
      const first = await claimOne(store, 0);
      expect(await store.claimEntry(at(LEASE_MINUTES - 0.001))).toBeNull();
      const second = await claimOne(store, LEASE_MINUTES);
      expect(second).toMatchObject({ id: first.id, attempts: 2 });
      expect(second.token).not.toBe(first.token);
    });

    test("are not settled with a token that is no longer good", async () => {
      const { store } = used();
      await store.addEntry(makeEntry(), at(0));
      const first = await claimOne(store, 0);
      const second = await claimOne(store, LEASE_MINUTES);
      await store.settleEntry(first, { kind: "done" });
      expect((await store.counts()).entries).toMatchObject({ leased: 1, done: 0 });
      await store.settleEntry(second, { kind: "done" });
      await store.settleEntry(second, { kind: "dead", code: "late" });
      expect((await store.counts()).entries).toMatchObject({ leased: 0, done: 1, dead: 0 });
    });

    test("are tried again at the time given, or never after they were given up", async () => {
      const { store } = used();
      await store.addEntry(makeEntry(), at(0));
      await store.settleEntry(await claimOne(store, 0), { kind: "retry", at: at(9), code: "fetch/timeout" });
      expect(await store.claimEntry(at(8.9))).toBeNull();
      const again = await claimOne(store, 9);
      expect(again.attempts).toBe(2);
      await store.settleEntry(again, { kind: "dead", code: "fetch/not-found" });
      expect(await store.claimEntry(at(999))).toBeNull();
      expect((await store.counts()).entries).toMatchObject({ dead: 1 });
    });

    test.for<[string, number]>([
      ["fetch/timeout", 1],
      ["bug", 1],
      ["article/empty", 0],
      ["a code of an older Lede", 0],
    ])("given up for %s: %i of them comes back with all attempts", async ([code, count]) => {
      const { store } = used();
      const entry = makeEntry();
      await store.addEntry(entry, at(0));
      await store.settleEntry(await claimOne(store, 0), { kind: "dead", code });
      expect(await store.retryDeadEntries(at(9))).toBe(count);
      expect(await store.claimEntry(at(8.9))).toBeNull();
      const again = await store.claimEntry(at(9));
      expect(again === null ? null : [again.entry, again.attempts]).toEqual(count === 0 ? null : [entry, 1]);
      expect(await store.retryDeadEntries(at(9))).toBe(0);
    });

    test("that change while a worker has them are not settled by what the worker read", async () => {
      const { store } = used();
      await store.addEntry(makeEntry(), at(0));
      const older = await claimOne(store, 0);
      await store.addEntry(makeEntry({ title: "Corrected" }), at(1));
      await store.settleEntry(older, { kind: "done" });
      const newer = await claimOne(store, 1);
      expect(newer).toMatchObject({ entry: { title: "Corrected" }, attempts: 1 });
    });

    test("are each given to one of many who claim at once", async () => {
      const { store } = used();
      for (const guid of ["a", "b", "c"]) await store.addEntry(makeEntry({ guid }), at(0));
      const claims = await Promise.all(Array.from({ length: 8 }, () => store.claimEntry(at(0))));
      const guids = claims.flatMap((claimed) => (claimed === null ? [] : [claimed.entry.guid]));
      expect(guids.sort()).toEqual(["a", "b", "c"]);
    });

    test("held by a dead process are due again after recovery, and its token is void", async () => {
      const { reopen, store } = used();
      await store.addEntry(makeEntry(), at(0));
      const held = await claimOne(store, 0);
      const reopened = await reopen();
      await reopened.recover(at(1));
      await reopened.settleEntry(held, { kind: "done" });
      expect(await claimOne(reopened, 1)).toMatchObject({ id: held.id, attempts: 2 });
    });
  });
}

export async function claimOne(store: Store, minutes: number): Promise<QueuedEntry> {
  const queued = await store.claimEntry(at(minutes));
  if (queued === null) throw new Error("No entry is due");
  return queued;
}

/** The guids of all due entries in the order they are given out. */
export async function claimAll(store: Store, minutes: number): Promise<string[]> {
  const guids: string[] = [];
  for (;;) {
    const queued = await store.claimEntry(at(minutes));
    if (queued === null) return guids;
    guids.push(queued.entry.guid);
  }
}
