import { describe, expect, test } from "vitest";
import { deliveryKey } from "#src/core/delivery.ts";
import { newSubscription } from "#src/core/subscription-options.ts";
import { defaultSettings } from "#src/core/workspace.ts";
import {
  at,
  claimOn,
  claim,
  makeArticle,
  makeBrief,
  makeOwed,
  NEWS,
  sent,
  SPORT,
  storyView,
  viewOf,
} from "./store-fixtures.ts";
import { owe, save } from "./store-stories.ts";
import type { StoreInUse } from "./store-in-use.ts";

export function describeHeld(used: () => StoreInUse): void {
  describe("posts that wait", () => {
    test("until the same moment come together in one message, and are edited in it", async () => {
      const { store } = used();
      const stories = [await save(store, "a"), await save(store, "b")];
      for (const [index, storyId] of stories.entries())
        await owe(store, storyId, [
          makeOwed(NEWS, { view: storyView(index === 0 ? "a" : "b"), holdUntil: at(60) }),
        ]);
      expect(await claimOn(store, "discord", at(59))).toBeNull();
      expect(await store.releaseHeld(at(59))).toBe(0);
      expect(await store.releaseHeld(at(60))).toBe(1);
      const together = await claim(store, at(60));
      expect(await store.view(together.delivery.wanted)).toEqual({
        kind: "digest",
        items: stories.map((storyId, index) => ({
          key: deliveryKey(NEWS, storyId),
          viewId: viewOf(index === 0 ? "a" : "b"),
        })),
      });
      await sent(store, together, at(61));
      expect(await claimOn(store, "discord", at(99))).toBeNull();

      const [first = ""] = stories;
      await store.saveArticle(makeArticle({ id: "a", hash: "hash-2" }));
      await store.saveBrief("a2", makeBrief({ id: "a2", articleId: "a", revision: 2 }));
      const [merged] = await owe(store, first, [makeOwed(NEWS, { view: storyView("a2") })], 70);
      expect(merged).toMatchObject({ state: "merged", parent: together.delivery.key });
      const edit = await claim(store, at(70));
      expect(edit.delivery).toMatchObject({ key: together.delivery.key });
      expect(edit.delivery.message).not.toBeNull();
      expect(await store.view(edit.delivery.wanted)).toMatchObject({
        items: [{ viewId: viewOf("a2") }, { viewId: viewOf("b") }],
      });
    });

    test("alone are posted as they are", async () => {
      const { store } = used();
      const storyId = await save(store, "a");
      await owe(store, storyId, [makeOwed(NEWS, { view: storyView("a"), holdUntil: at(60) })]);
      await store.releaseHeld(at(60));
      expect((await claim(store, at(60))).delivery).toMatchObject({ storyId, wanted: viewOf("a") });
    });

    test("beyond the most an hour wait for the hour's end, in their own channel only", async () => {
      const { store } = used();
      const states: string[] = [];
      for (const [index, id] of ["a", "b", "c", "d"].entries()) {
        const storyId = await save(store, id);
        const owed = [
          makeOwed(NEWS, { view: storyView(id), maxAnHour: 2 }),
          makeOwed(SPORT, { view: storyView(id) }),
        ];
        const [news, sport] = await owe(store, storyId, owed, index);
        states.push(`${news?.state} ${sport?.state}`);
      }
      expect(states).toEqual(["due due", "due due", "held due", "held due"]);
      expect(await store.releaseHeld(at(59))).toBe(0);
      expect(await store.releaseHeld(at(60))).toBe(1);
    });

    test("are not posted once they are to be skipped, and are when that ends", async () => {
      const { store } = used();
      const storyId = await save(store, "a");
      const wish = makeOwed(NEWS, { view: storyView("a"), holdUntil: at(60) });
      await owe(store, storyId, [wish]);
      const [skipped] = await owe(store, storyId, [{ ...wish, skip: "unpublished" }], 1);
      expect(skipped).toMatchObject({ state: "skipped", reason: "unpublished" });
      expect(await store.releaseHeld(at(60))).toBe(0);
      const [again] = await owe(store, storyId, [{ ...wish, holdUntil: null }], 61);
      expect(again).toMatchObject({ state: "due", reason: null });
    });
  });

  describe("posts that wait and that nobody wants any more", () => {
    test.for([
      ["unsubscribed", null],
      ["paused", "by a moderator"],
    ] as const)("are skipped as %s, and posted where one subscription is left", async ([reason, paused]) => {
      const { store } = used();
      const reasons = ["one", "two"].map((subscription) => ({ subscription, topic: "T", terms: [] }));
      const put = (id: string, isPaused: string | null) => ({
        ...newSubscription({ channel: NEWS, topicId: id, now: at(0) }, defaultSettings("discord:1")),
        id,
        paused: isPaused,
      });
      const edits = [put("two", null), ...(paused === null ? [] : [put("one", paused)])];
      await store.change({
        workspace: "discord:1",
        by: "7",
        at: at(0),
        summary: "Set up",
        seen: null,
        edits: edits.map((value) => ({ kind: "subscription", id: value.id, value })),
      });
      const gone = await save(store, "a");
      const wanted = await save(store, "b");
      const wish = { holdUntil: at(60) };
      await owe(store, gone, [
        makeOwed(NEWS, { ...wish, view: storyView("a"), reasons: reasons.slice(0, 1) }),
      ]);
      await owe(store, wanted, [makeOwed(NEWS, { ...wish, view: storyView("b"), reasons })]);
      expect(await store.releaseHeld(at(60))).toBe(1);
      expect(await store.storyDeliveries(gone)).toMatchObject([{ state: "skipped", reason }]);
      expect((await claim(store, at(60))).delivery.storyId).toBe(wanted);
    });
  });

  describe("posts that came together", () => {
    test("leave nothing behind that was to go into the thread of one of them", async () => {
      const { store } = used();
      for (const id of ["a", "b"]) {
        const post = makeOwed(NEWS, { view: storyView(id), holdUntil: at(60) });
        await owe(store, await save(store, id), [
          post,
          makeOwed(NEWS, { view: storyView(id), slot: "body", thread: "" }),
        ]);
      }
      expect(await store.releaseHeld(at(60))).toBe(1);
      await sent(store, await claim(store, at(60)), at(60));
      expect((await store.counts()).deliveries).toMatchObject({ due: 0, held: 0, skipped: 2, merged: 2 });
    });

    test("lose one that must not be shown any more before they are posted", async () => {
      const { store } = used();
      const stories = [await save(store, "a"), await save(store, "b")];
      const wish = (id: string) => makeOwed(NEWS, { view: storyView(id), holdUntil: at(60) });
      for (const [index, id] of ["a", "b"].entries()) await owe(store, stories[index] ?? "", [wish(id)]);
      await store.releaseHeld(at(60));
      await owe(store, stories[0] ?? "", [{ ...wish("a"), skip: "members-only" }], 61);
      const together = await claim(store, at(61));
      expect(await store.view(together.delivery.wanted)).toMatchObject({ items: [{ viewId: viewOf("b") }] });
    });
  });
}
