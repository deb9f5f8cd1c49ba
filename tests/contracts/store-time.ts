import { describe, expect, test } from "vitest";
import { claim as claimFeeds } from "./feed-polls.ts";
import { claimOne } from "./store-entries.ts";
import {
  anyClaim,
  at,
  claim,
  makeArticle,
  makeEntry,
  makeOwed,
  NEWS,
  publishNew,
  settleAs,
} from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";
import { owe, save } from "./store-stories.ts";
import { send } from "./store-webhooks.ts";

/** How far the clock is set back, in minutes. */
const BACK = 120;

export function describeTime(used: () => StoreInUse): void {
  describe("a clock that is set back by two hours", () => {
    const setBack = async (): Promise<number> => {
      const { store } = used();
      await store.keepTime(at(0));
      return store.keepTime(at(-BACK));
    };

    test("is noticed once, and one that goes on is not", async () => {
      const { store } = used();
      expect(await setBack()).toBe(BACK * 60_000);
      expect(await store.keepTime(at(-BACK))).toBe(0);
      expect(await store.keepTime(at(-BACK + 5))).toBe(0);
    });

    test("delays no entry that is tried again, nor one in work", async () => {
      const { store } = used();
      await store.addEntry(makeEntry(), at(0));
      const retry = { kind: "retry", at: at(10), code: "bug" } as const;
      await store.settleEntry(await claimOne(store, 0), retry);
      await setBack();
      expect(await store.claimEntry(at(-BACK + 9))).toBeNull();
      expect(await claimOne(store, -BACK + 10)).toMatchObject({ attempts: 2 });
    });

    test("publishes no embargoed entry before its time", async () => {
      const { store } = used();
      await send(store, { releaseAt: at(30) });
      await setBack();
      expect(await store.claimEntry(at(29))).toBeNull();
    });

    test("delays no feed", async () => {
      const { store } = used();
      await store.addFeed({ url: "https://a.example/feed", now: at(10), baseline: false });
      await setBack();
      expect(await claimFeeds(store, -BACK + 9)).toHaveLength(0);
      expect(await claimFeeds(store, -BACK + 10)).toHaveLength(1);
    });

    test("delays no second look at a page", async () => {
      const { store } = used();
      await store.saveArticle(makeArticle({ recheckAt: at(10) }));
      await setBack();
      expect(await store.claimRecheck(at(-BACK + 9), () => null)).toBeNull();
      expect(await store.claimRecheck(at(-BACK + 10), () => null)).not.toBeNull();
    });

    test("delays no post that is tried again, and holds no channel", async () => {
      const { store } = used();
      await publishNew(store);
      await settleAs(store, { kind: "retry", code: "platform/unavailable", afterMs: 60_000 });
      await setBack();
      expect(await anyClaim(store, at(-BACK + 0.9))).toBeNull();
      await claim(store, at(-BACK + 1));
      await store.keepTime(at(-BACK + 3));
      await store.keepTime(at(-2 * BACK));
      expect(await anyClaim(store, at(-2 * BACK + 1))).toBeNull();
      expect((await anyClaim(store, at(-2 * BACK + 5)))?.readBackFrom).toEqual(at(-BACK + 1));
    });

    test("delays no post of an hour that was full, and brings no digest forward", async () => {
      const { store } = used();
      const first = await save(store, "a");
      await owe(store, first, [makeOwed(NEWS)]);
      await owe(store, await save(store, "b"), [makeOwed(NEWS, { maxAnHour: 1 })]);
      await owe(store, await save(store, "c"), [makeOwed(NEWS, { holdUntil: at(30) })]);
      await setBack();
      expect(await store.releaseHeld(at(-BACK + 61))).toBe(1);
      expect(await store.releaseHeld(at(29))).toBe(0);
    });

    test("is noticed at the next start", async () => {
      const { store, reopen } = used();
      await store.addFeed({ url: "https://a.example/feed", now: at(10), baseline: false });
      await store.keepTime(at(0));
      const reopened = await reopen();
      await reopened.recover(at(-BACK));
      expect(await claimFeeds(reopened, -BACK + 10)).toHaveLength(1);
    });
  });
}
