import { describe, expect, test } from "vitest";
import { type Delivery, deliveryKey } from "#src/core/delivery.ts";
import type { PostView } from "#src/core/post-view.ts";
import type { Owed, Store } from "#src/ports.ts";
import {
  at,
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
import type { StoreInUse } from "./store-in-use.ts";

/** Stores an article and a brief of it under the article's id. */
async function save(store: Store, id: string, storyId: string | null = null): Promise<string> {
  const saved = await store.saveArticle(makeArticle({ id, storyId, url: `https://${id}.example/` }));
  await store.saveBrief(id, makeBrief({ id, articleId: id }));
  return saved.article.storyId;
}

async function owe(store: Store, storyId: string, owed: Owed[], minutes = 0): Promise<Delivery[]> {
  const version = (await store.storyState(storyId))?.version ?? 0;
  return store.publish({ storyId, version, owed, now: at(minutes) });
}

export function describeStories(used: () => StoreInUse): void {
  describe("stories", () => {
    test("hold the articles of several outlets, the first one first, with their sources", async () => {
      const { reopen, store } = used();
      const storyId = await save(store, "a");
      await store.saveArticle(makeArticle({ id: "b", storyId, source: "feed:f2", now: at(1) }));
      await store.saveArticle(makeArticle({ id: "b", storyId, source: "webhook", now: at(2) }));
      const state = await (await reopen()).storyState(storyId);
      expect(state?.members.map(({ article, sources }) => [article.id, sources])).toEqual([
        ["a", ["feed:f1"]],
        ["b", ["feed:f2", "webhook"]],
      ]);
    });

    test("have a version that rises with what a post may show, and with nothing else", async () => {
      const { store } = used();
      const storyId = await save(store, "a");
      const version = async (): Promise<number> => (await store.storyState(storyId))?.version ?? 0;
      const first = await version();
      await store.saveArticle(makeArticle({ id: "a" }));
      expect(await version()).toBe(first);
      await store.saveArticle(makeArticle({ id: "a", hash: "hash-2" }));
      await store.saveArticle(makeArticle({ id: "b", storyId }));
      await store.unpublish({ articleId: "b", now: at(1), by: "gone" });
      await store.withdrawFact({ key: "f", articleId: "a", text: "Nine.", by: "7", at: at(2) });
      expect(await version()).toBe(first + 4);
    });

    test("that changed meanwhile are not published as they were", async () => {
      const { store } = used();
      const storyId = await save(store, "a");
      const { version = 0 } = (await store.storyState(storyId)) ?? {};
      await store.unpublish({ articleId: "a", now: at(1), by: "publisher" });
      const late = { storyId, version, owed: [makeOwed(NEWS, { view: storyView("a") })], now: at(2) };
      expect(await store.publish(late)).toEqual([]);
      expect(await store.storyDeliveries(storyId)).toEqual([]);
    });

    test("taken back by their publisher stay so whatever a feed says, until the publisher says otherwise", async () => {
      const { store } = used();
      expect(await store.unpublish({ articleId: "a", now: at(0), by: "publisher" })).toBeNull();
      const unpublishedAt = async (source: string, hash: string): Promise<Date | null> => {
        const saved = await store.saveArticle(makeArticle({ id: "a", source, hash, now: at(1) }));
        return saved.article.unpublishedAt;
      };
      expect(await unpublishedAt("feed:f1", "1")).toEqual(at(0));
      expect(await unpublishedAt("feed:f1", "2")).toEqual(at(0));
      expect(await unpublishedAt("webhook", "3")).toBeNull();
      expect(await unpublishedAt("feed:f1", "4")).toBeNull();
    });

    test("whose page was gone stand again with what a feed brings, and not with what somebody asked", async () => {
      const { store } = used();
      await save(store, "a");
      await store.unpublish({ articleId: "a", now: at(1), by: "gone" });
      const asked = await store.saveArticle(makeArticle({ id: "a", hash: "2", source: null }));
      expect(asked.article.unpublishedAt).toEqual(at(1));
      const fed = await store.saveArticle(makeArticle({ id: "a", hash: "3" }));
      expect(fed.article.unpublishedAt).toBeNull();
    });

    test("keep the facts that were taken back, each once", async () => {
      const { store } = used();
      await save(store, "a");
      const fact = { key: "f", articleId: "a", text: "Nine.", by: "7", at: at(0) };
      expect([await store.withdrawFact(fact), await store.withdrawFact(fact)]).toEqual([true, false]);
      expect(await store.withdrawnFacts(["a"])).toEqual(["f"]);
      expect(await store.withdrawnFacts([])).toEqual([]);
    });

    test("are looked at again at their time, once a time, with what was seen", async () => {
      const { store } = used();
      await store.saveArticle(makeArticle({ id: "a", recheckAt: at(10) }));
      const next = (looks: number): Date | null => (looks < 2 ? at(20) : null);
      expect(await store.claimRecheck(at(9), next)).toBeNull();
      expect(await store.claimRecheck(at(10), next)).toMatchObject({
        article: { id: "a" },
        source: "feed:f1",
        missingSince: null,
      });
      expect(await store.claimRecheck(at(10), next)).toBeNull();
      await store.markMissing("a", { missingSince: at(10), recheckAt: at(12) });
      expect(await store.claimRecheck(at(12), next)).toMatchObject({ missingSince: at(10) });
      expect(await store.claimRecheck(at(99), next)).toBeNull();
    });

    test("that were only asked about are no news", async () => {
      const { store } = used();
      await save(store, "a");
      await store.saveArticle(makeArticle({ id: "b", source: null }));
      const known = await store.articlesSince(at(-1), 9);
      expect(known.map(({ article }) => article.id)).toEqual(["a"]);
    });
  });

  describe("posts that wait", () => {
    test("until the same moment come together in one message, and are edited in it", async () => {
      const { store } = used();
      const stories = [await save(store, "a"), await save(store, "b")];
      for (const [index, storyId] of stories.entries())
        await owe(store, storyId, [
          makeOwed(NEWS, { view: storyView(index === 0 ? "a" : "b"), holdUntil: at(60) }),
        ]);
      expect(await store.claimDelivery(at(59), ["discord"])).toBeNull();
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
      expect(await store.claimDelivery(at(99), ["discord"])).toBeNull();

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

  describe("messages in a thread", () => {
    test("wait for the message that the thread hangs on", async () => {
      const { store } = used();
      const storyId = await save(store, "a");
      const thread = makeOwed(NEWS, { view: storyView("a"), slot: "add:b", thread: "" });
      await owe(store, storyId, [thread, makeOwed(NEWS, { view: storyView("a") })]);
      const post = await claim(store, at(0));
      expect(post.delivery.slot).toBe("");
      await sent(store, post, at(1));
      const addition = await claim(store, at(1));
      expect(addition.delivery).toMatchObject({ slot: "add:b", parent: post.delivery.key });
      expect(addition.thread).toEqual((await store.delivery(post.delivery.key))?.message);
    });
  });

  describe("notices", () => {
    test("of one name are one message that is edited", async () => {
      const { store } = used();
      const notice = (title: string): PostView => ({ kind: "notice", tone: "info", title, lines: [] });
      await store.notify({ channel: NEWS, slot: "feed:1", view: notice("fails"), now: at(0) });
      const first = await claim(store, at(0));
      await sent(store, first, at(1));
      await store.notify({ channel: NEWS, slot: "feed:1", view: notice("fails"), now: at(2) });
      expect(await store.claimDelivery(at(2), ["discord"])).toBeNull();
      await store.notify({ channel: NEWS, slot: "feed:1", view: notice("works"), now: at(3) });
      const edit = await claim(store, at(3));
      expect(edit.delivery.key).toBe(first.delivery.key);
      expect(await store.view(edit.delivery.wanted)).toEqual(notice("works"));
    });
  });
}
