import { describe, expect, test } from "vitest";
import type { Batch, BatchLine, WaitingStory } from "#src/core/batch.ts";
import { NO_LIMITS, payerOf } from "#src/core/budget.ts";
import type { Store } from "#src/ports-store.ts";
import { at, makeArticle, NEWS } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

function makeBatch(changes: Partial<Batch> = {}): Batch {
  return {
    id: "batch-1",
    channel: NEWS,
    state: "due",
    remoteId: null,
    attempts: 0,
    createdAt: at(0),
    sentAt: null,
    ...changes,
  };
}

function makeLine(changes: Partial<BatchLine> = {}): BatchLine {
  return {
    id: "line-1",
    cacheKey: "article-1|1|model|en|standard",
    articleId: "article-1",
    revision: 1,
    length: "standard",
    language: null,
    most: {
      model: "m",
      tier: "batch",
      inputTokens: 10,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 5,
    },
    memo: '{"mark":"k7"}',
    request: '{"custom_id":"line-1"}',
    ...changes,
  };
}

const LATER = (): Date => at(10);
const PAYER = payerOf(NEWS);

async function storyOf(store: Store, id: string): Promise<WaitingStory> {
  const { article } = await store.saveArticle(
    makeArticle({ id, url: `https://news.example/${id}`, hash: id }),
  );
  return { subscriptionId: "s1", storyId: article.storyId, attempts: 0 };
}

export function describeBatches(used: () => StoreInUse): void {
  describe("batches", () => {
    test("one that is due is sending once it is claimed, and comes again at its time", async () => {
      const waiting = await storyOf(used().store, "article-1");
      await used().store.addBatch({ batch: makeBatch(), lines: [makeLine()], waiting: [waiting] });
      const store = await used().reopen();
      const claimed = await store.claimBatch(at(0), LATER);
      const batch = makeBatch({ state: "sending", attempts: 1 });
      expect(claimed).toEqual({ batch, lines: [makeLine()], awaited: true });
      expect(await store.claimBatch(at(9), LATER)).toBeNull();
      expect(await store.claimBatch(at(10), () => at(20))).toMatchObject({
        batch: { state: "sending", attempts: 2 },
      });
    });

    test("one that is sent keeps what its answers are read with, and no article", async () => {
      const waiting = await storyOf(used().store, "article-1");
      await used().store.addBatch({ batch: makeBatch(), lines: [makeLine()], waiting: [waiting] });
      const sent = makeBatch({ state: "sent", remoteId: "batch_9", sentAt: at(1) });
      await used().store.saveBatch(sent, at(2));
      const store = await used().reopen();
      expect(await store.claimBatch(at(1), LATER)).toBeNull();
      expect(await store.claimBatch(at(2), LATER)).toEqual({
        batch: { ...sent, attempts: 1 },
        lines: [makeLine({ request: "" })],
        awaited: true,
      });
    });

    test("a brief that an open line asks for is not asked for twice; whoever wants it waits", async () => {
      const { store } = used();
      const waiting = await storyOf(store, "article-1");
      await store.addBatch({ batch: makeBatch(), lines: [makeLine()], waiting: [waiting] });
      const other = { ...waiting, subscriptionId: "s2" };
      const second = makeBatch({ id: "batch-2", createdAt: at(1) });
      await store.addBatch({ batch: second, lines: [makeLine({ id: "line-2" })], waiting: [other] });
      await store.claimBatch(at(5), LATER);
      expect(await store.claimBatch(at(5), LATER)).toBeNull();
      expect(await store.claimWaiting(at(5), LATER)).toBeNull();
      await store.endBatch("batch-1");
      const first = await store.claimWaiting(at(5), LATER);
      const last = await store.claimWaiting(at(5), LATER);
      expect([first?.subscriptionId, last?.subscriptionId]).toEqual(["s1", "s2"]);
    });

    test("a story that waits for its words alone waits for no batch, and waits anew when it is told meanwhile", async () => {
      const { store } = used();
      const { storyId } = await storyOf(store, "article-1");
      await store.addBatch({
        batch: makeBatch(),
        lines: [makeLine()],
        waiting: [{ subscriptionId: "s1", storyId, attempts: 0 }],
      });
      const told = { storyId, version: 9, seen: [], owed: [], tellAgain: true };
      await store.publish({ ...told, now: at(1) });
      const waiting = await store.claimWaiting(at(1), LATER);
      expect(waiting).toEqual({ subscriptionId: "", storyId, attempts: 1 });
      await store.publish({ ...told, now: at(2) });
      if (waiting !== null) await store.endWaiting(waiting);
      const again = await store.claimWaiting(at(2), LATER);
      expect(again).toEqual({ subscriptionId: "", storyId, attempts: 1 });
      if (again !== null) await store.endWaiting(again);
      expect(await store.claimWaiting(at(60), LATER)).toBeNull();
    });

    test("a line is closed once, and its reservation settled once", async () => {
      const { store } = used();
      const waiting = await storyOf(store, "article-1");
      await store.addBatch({ batch: makeBatch(), lines: [makeLine()], waiting: [waiting] });
      const amount = { tokens: 15, money: 3 };
      const settled = { id: "line-1", payer: PAYER, amount, standing: NO_LIMITS, now: at(1) };
      await store.reserveBudget({ ...settled, now: at(0), holdMs: 60 * 60_000 });
      const state = (now: Date) => store.budgetState(PAYER, { standing: NO_LIMITS, now });
      expect((await state(at(50)))[0]?.day.reserved).toEqual(amount);
      expect(await store.closeLine(settled)).toBe(true);
      expect(await store.closeLine(settled)).toBe(false);
      expect((await state(at(1)))[0]?.day).toEqual({ spent: amount, reserved: { tokens: 0, money: 0 } });
    });

    test("a story waits for all of its articles' lines, also those that joined it", async () => {
      const { store } = used();
      const waiting = await storyOf(store, "article-1");
      const joining = makeArticle({
        id: "article-2",
        url: "https://b.example/",
        hash: "b",
        storyId: waiting.storyId,
      });
      await store.saveArticle(joining);
      const lines = [makeLine(), makeLine({ id: "line-2", cacheKey: "article-2", articleId: "article-2" })];
      await store.addBatch({ batch: makeBatch(), lines, waiting: [waiting] });
      const settled = { payer: PAYER, amount: null, standing: NO_LIMITS, now: at(1) };
      await store.closeLine({ ...settled, id: "line-1" });
      expect(await store.claimWaiting(at(1), LATER)).toBeNull();
      await store.closeLine({ ...settled, id: "line-2" });
      expect(await store.claimWaiting(at(1), LATER)).toEqual({ ...waiting, attempts: 1 });
      expect(await store.claimWaiting(at(9), LATER)).toBeNull();
      expect(await store.claimWaiting(at(10), LATER)).toEqual({ ...waiting, attempts: 2 });
      await store.endWaiting({ ...waiting, attempts: 2 });
      expect(await store.claimWaiting(at(60), LATER)).toBeNull();
    });

    test("a batch whose stories nobody waits for is not awaited", async () => {
      const { store } = used();
      const waiting = await storyOf(store, "article-1");
      await store.addBatch({ batch: makeBatch(), lines: [makeLine()], waiting: [waiting] });
      await store.endWaiting(waiting);
      expect(await store.claimBatch(at(0), LATER)).toMatchObject({ awaited: false });
    });
  });
}
