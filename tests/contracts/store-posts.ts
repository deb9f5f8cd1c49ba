import { describe, expect, test } from "vitest";
import type { Store } from "#src/ports-store.ts";
import {
  at,
  claim,
  deliveryOf,
  NEWS,
  publishNew,
  saveRevision,
  sent,
  settleAs,
  storyView,
  SPORT,
  publishBrief,
} from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

export function describePosts(used: () => StoreInUse): void {
  describe("posts", () => {
    test("are a channel's sent ones, newest first, no more than asked for", async () => {
      const { store } = used();
      for (const [index, id] of ["a", "b", "c"].entries()) {
        await publishNew(store, { id, brief: id, channels: [NEWS, SPORT], now: at(index) });
        await sent(store, await claim(store, at(index)), at(index));
        await sent(store, await claim(store, at(index)), at(index));
      }
      await publishNew(store, { id: "unsent", brief: "unsent", now: at(9) });
      const posts = await store.posts(NEWS, 2);
      expect(
        posts.map(({ brief, delivery }) => [brief?.article.id, brief?.brief.id, delivery.channel]),
      ).toEqual([
        ["c", "c", NEWS],
        ["b", "b", NEWS],
      ]);
    });

    test("hold the brief that is shown and its revision, while a newer one is due", async () => {
      const { reopen, store } = used();
      const { brief, storyId } = await publishNew(store);
      await sent(store, await claim(store, at(0)), at(0));
      const newer = await saveRevision(store, { brief: "brief-2" });
      await publishBrief(store, { brief: newer.brief, storyId, channels: [NEWS], skip: null, now: at(1) });
      const reopened = await reopen();
      expect(await reopened.posts(NEWS, 9)).toEqual([
        {
          delivery: await deliveryOf(reopened, NEWS, storyId),
          view: storyView("brief-1"),
          brief: {
            brief,
            article: newer.saved.article,
            revision: await reopened.revision("article-1", 1),
          },
        },
      ]);
      await sent(reopened, await claim(reopened, at(1)), at(2));
      expect(await reopened.posts(NEWS, 9)).toMatchObject([
        { brief: { brief: { id: "brief-2" }, revision: { number: 2 } } },
      ]);
    });

    test.for([
      ["platform/message-gone", 0],
      ["platform/forbidden", 1],
    ] as const)("whose edit failed by %s are %i", async ([code, count]) => {
      const { store } = used();
      await postAndFailEdit(store, code);
      expect(await store.posts(NEWS, 9)).toHaveLength(count);
    });
  });
}

async function postAndFailEdit(store: Store, code: string): Promise<void> {
  const { storyId } = await publishNew(store);
  await sent(store, await claim(store, at(0)), at(0));
  const { brief } = await saveRevision(store, { brief: "brief-2" });
  await publishBrief(store, { brief, storyId, channels: [NEWS], skip: null, now: at(1) });
  await settleAs(store, { kind: "failed", code }, 1);
}
