import { describe, expect, test } from "vitest";
import type { Delivery } from "#src/core/delivery.ts";
import type { Owed } from "#src/core/owed.ts";
import type { PostView } from "#src/core/post-view.ts";
import type { Store } from "#src/ports-store.ts";
import {
  at,
  claim,
  decide,
  claimOn,
  makeArticle,
  makeBrief,
  makeOwed,
  NEWS,
  sent,
  storyView,
} from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

/** Stores an article and a brief of it under the article's id. */
export async function save(store: Store, id: string, storyId: string | null = null): Promise<string> {
  const saved = await store.saveArticle(makeArticle({ id, storyId, url: `https://${id}.example/` }));
  await store.saveBrief(id, makeBrief({ id, articleId: id }));
  return saved.article.storyId;
}

/** Owes messages about a story as it is now. */
export async function owe(store: Store, storyId: string, owed: Owed[], minutes = 0): Promise<Delivery[]> {
  const version = (await store.storyState(storyId))?.version ?? 0;
  const seen = await store.storyDeliveries(storyId);
  return (await store.publish({ storyId, version, seen, owed, now: at(minutes) })) ?? [];
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
      const value = { articleId: "a", text: "Nine.", evidence: [] };
      const taken = await decide(store, "discord:1", { kind: "fact", id: "f", value });
      expect(taken).toMatchObject({ kind: "changed", stories: [storyId] });
      expect(await version()).toBe(first + 4);
      const undone = await store.undo({ workspace: "discord:1", by: "7", at: at(3) });
      expect(undone).toMatchObject({ kind: "changed", stories: [storyId] });
      expect(await version()).toBe(first + 5);
      expect(await store.withdrawnFacts(["a"])).toEqual([]);
    });

    test("that changed meanwhile are not published as they were", async () => {
      const { store } = used();
      const storyId = await save(store, "a");
      const { version = 0 } = (await store.storyState(storyId)) ?? {};
      await store.unpublish({ articleId: "a", now: at(1), by: "publisher" });
      const late = {
        storyId,
        version,
        seen: [],
        owed: [makeOwed(NEWS, { view: storyView("a") })],
        now: at(2),
      };
      expect(await store.publish(late)).toBeNull();
      expect(await store.storyDeliveries(storyId)).toEqual([]);
    });

    test("withhold nothing that went out while it was decided", async () => {
      const { store } = used();
      const storyId = await save(store, "a");
      const [waiting] = await owe(store, storyId, [makeOwed(NEWS, { view: storyView("a") })]);
      const seen = await store.storyDeliveries(storyId);
      const claimed = await claim(store, at(1));
      const { version = 0 } = (await store.storyState(storyId)) ?? {};
      const skipped = [makeOwed(NEWS, { view: { kind: "withheld" }, skip: "unpublished" })];
      const late = { storyId, version, seen, owed: skipped, now: at(2) };
      expect(await store.publish(late)).toBeNull();
      expect(await store.delivery(waiting?.key ?? "")).toMatchObject({
        state: "sending",
        wanted: waiting?.wanted,
      });
      // Whoever saw that it is on its way decides knowing so.
      const now = await store.storyDeliveries(storyId);
      expect(await store.publish({ ...late, seen: now })).toMatchObject([{ key: claimed.delivery.key }]);
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

    test("keep the facts that a workspace took back, each once, with the words they rest on", async () => {
      const { reopen, store } = used();
      await save(store, "a");
      const said = { articleId: "a", text: "Nine.", evidence: ["Nine people.", "They were hurt."] };
      for (const workspace of ["discord:1", "discord:1", "slack:T1"] as const)
        await decide(store, workspace, { kind: "fact", id: "f", value: said });
      expect(await (await reopen()).withdrawnFacts(["a"])).toEqual([
        { workspace: "discord:1", fact: "f", ...said },
        { workspace: "slack:T1", fact: "f", ...said },
      ]);
      expect(await (await reopen()).withdrawnFacts([])).toEqual([]);
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

    test("begin with the first publication of an article that people had asked about before", async () => {
      const { store } = used();
      const storyId = await save(store, "a");
      await store.saveArticle(makeArticle({ id: "b", source: null }));
      const published = { id: "b", storyId, sketch: null, recheckAt: at(9), now: at(5) };
      const { article } = await store.saveArticle(makeArticle(published));
      expect(article).toMatchObject({ storyId, firstSeenAt: at(5) });
      expect((await store.storyState(storyId))?.members).toHaveLength(2);
      expect((await store.claimRecheck(at(9), () => null))?.article.id).toBe("b");
      const again = await store.saveArticle(makeArticle({ id: "b", storyId: "other", now: at(8) }));
      expect(again.article).toMatchObject({ storyId, firstSeenAt: at(5) });
    });

    test("that were only asked about are no news", async () => {
      const { store } = used();
      await save(store, "a");
      await store.saveArticle(makeArticle({ id: "b", source: null }));
      const known = await store.articlesSince(at(-1), 9);
      expect(known.map(({ article }) => article.id)).toEqual(["a"]);
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
      expect(await claimOn(store, "discord", at(2))).toBeNull();
      await store.notify({ channel: NEWS, slot: "feed:1", view: notice("works"), now: at(3) });
      const edit = await claim(store, at(3));
      expect(edit.delivery.key).toBe(first.delivery.key);
      expect(await store.view(edit.delivery.wanted)).toEqual(notice("works"));
    });
  });
}
