import { describe, expect, test } from "vitest";
import type { Entry } from "#src/core/article.ts";
import { claimAll, claimOne } from "./store-entries.ts";
import { at } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";
import { send, webhook } from "./store-webhooks.ts";

export function describeEmbargoes(used: () => StoreInUse): void {
  describe("embargoed entries", () => {
    const held = (changes: Partial<Entry> = {}): Partial<Entry> => ({ releaseAt: at(30), ...changes });

    test("are given out at their moment and not before", async () => {
      const { store } = used();
      await send(store, held());
      expect(await store.claimEntry(at(29.999))).toBeNull();
      expect(await claimOne(store, 30)).toMatchObject({ entry: { releaseAt: at(30) }, attempts: 1 });
    });

    test("are given out before all that waits when their moment has come", async () => {
      const { store } = used();
      await send(store, held({ guid: "held", publishedAt: at(30) }));
      await send(store, { guid: "waiting", publishedAt: at(-999) });
      expect(await claimAll(store, 30)).toEqual(["held", "waiting"]);
    });

    test("do not hold up what may be published", async () => {
      const { store } = used();
      await send(store, held({ guid: "held" }));
      await send(store, { guid: "open" });
      expect(await claimAll(store, 1)).toEqual(["open"]);
    });

    test("still wait after a restart, and after the recovery that follows it", async () => {
      const { reopen, store } = used();
      await send(store, held());
      const reopened = await reopen();
      await reopened.recover(at(1));
      expect(await reopened.claimEntry(at(29))).toBeNull();
      expect((await claimOne(reopened, 30)).entry.releaseAt).toEqual(at(30));
    });

    test("of the past wait for nothing", async () => {
      const { store } = used();
      await send(store, { releaseAt: at(-1) });
      expect((await claimOne(store, 0)).entry.guid).toBe("guid-1");
    });

    test.for<[string, Partial<Entry>, number]>([
      ["replaced by an update are given out as the update says", { title: "new", releaseAt: at(30) }, 30],
      ["put off are given out later", { releaseAt: at(45) }, 45],
      ["brought forward are given out sooner", { releaseAt: at(15) }, 15],
    ])("%s", async ([, changes, minute]) => {
      const { store } = used();
      await send(store, held({ title: "old" }));
      await send(store, changes, 1);
      expect(await store.claimEntry(at(minute - 0.001))).toBeNull();
      const queued = await claimOne(store, minute);
      expect(queued.entry).toEqual(webhook(changes));
      await store.settleEntry(queued, { kind: "done" });
      expect(await store.claimEntry(at(999))).toBeNull();
    });

    test("released early are given out at once", async () => {
      const { store } = used();
      await send(store, held());
      await send(store, { releaseAt: null }, 1);
      expect((await claimOne(store, 1)).entry.releaseAt).toBeNull();
    });

    test("that were taken back are never given out", async () => {
      const { store } = used();
      await send(store, held({ updatedAt: at(-20) }));
      await send(store, { event: "unpublish", updatedAt: at(-10) }, 1);
      const queued = await claimOne(store, 1);
      expect(queued.entry).toMatchObject({ event: "unpublish" });
      await store.settleEntry(queued, { kind: "done" });
      expect(await send(store, held({ updatedAt: at(-20) }), 2)).toMatchObject({ kind: "stale" });
      expect(await store.claimEntry(at(999))).toBeNull();
    });

    test("put off while a worker has them wait anew", async () => {
      const { store } = used();
      await send(store, {});
      const older = await claimOne(store, 0);
      await send(store, held(), 1);
      await store.settleEntry(older, { kind: "retry", at: at(2), code: "fetch/timeout" });
      expect(await store.claimEntry(at(29))).toBeNull();
      expect((await claimOne(store, 30)).entry.releaseAt).toEqual(at(30));
    });
  });
}
