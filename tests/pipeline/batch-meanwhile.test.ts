import { expect, test } from "vitest";
import { NO_USAGE } from "#src/core/brief.ts";
import type { Judge } from "#src/ports.ts";
import { MINUTE_MS, openBatchDesk, SPORT, streetText } from "./batch-setup.ts";

const MODEL = { name: "openai", model: "gpt-5.6-mini", steppedDown: null };

test("a subscription that is removed meanwhile gets nothing, and its batch is called off", async () => {
  const desk = await openBatchDesk();
  const stories = await desk.publish(2);
  await desk.backfill(2);
  await desk.pass(MINUTE_MS);
  await desk.unsubscribe();
  await desk.pass(5 * MINUTE_MS);
  expect(desk.peer.batch.made).toMatchObject([{ status: "cancelling" }]);
  desk.peer.batch.end({ status: "cancelled", fate: (index) => (index === 0 ? "draft" : "missing") });
  await desk.pass(20 * MINUTE_MS);
  expect(await desk.owed(stories)).toEqual([null, null]);
  // What was written by then was paid for, and serves whoever asks next.
  expect(await desk.backfill(2)).toEqual({ stories: 2, waiting: 1 });
});

test("switched off, batches are begun no more, and those in hand are finished", async () => {
  const desk = await openBatchDesk();
  const stories = await desk.publish(2);
  await desk.backfill(1);
  await desk.pass(MINUTE_MS);
  await desk.restart("off");
  expect(await desk.backfill(2, SPORT)).toEqual({ stories: 2, waiting: 0 });
  expect(desk.peer.requests).toHaveLength(2);
  desk.peer.batch.end({ status: "completed" });
  await desk.pass(2 * MINUTE_MS);
  expect((await desk.owed(stories)).filter((brief) => brief !== null)).toHaveLength(1);
  expect(desk.peer.requests).toHaveLength(2);
});

test("where no model is asked any more, what waits is written without it", async () => {
  const desk = await openBatchDesk();
  const stories = await desk.publish(2);
  await desk.backfill(2);
  await desk.pass(MINUTE_MS);
  await desk.restart("no-model");
  await desk.pass(2 * MINUTE_MS);
  expect((await desk.owed(stories)).every((brief) => brief !== null)).toBe(true);
});

test("an article that is corrected meanwhile is posted as it is now", async () => {
  const desk = await openBatchDesk();
  const stories = await desk.publish(1);
  await desk.backfill(1);
  await desk.pass(MINUTE_MS);
  await desk.revise(
    "Ansel",
    streetText("Ansel").map((text) => text.replace("9 to 4", "8 to 5")),
  );
  desk.peer.batch.end({ status: "completed" });
  await desk.pass(2 * MINUTE_MS);
  const [brief] = await desk.owed(stories);
  expect(brief?.revision).toBe(2);
  expect(brief?.summary).toContain("8 to 5");
  expect(desk.peer.requests).toHaveLength(1);
});

test("a brief that somebody asked for meanwhile is not read a second time again", async () => {
  let readings = 0;
  const judge: Judge = {
    id: "reader",
    judge: ({ claims }) => {
      readings += 1;
      return Promise.resolve({ supported: claims.map(() => true), usage: NO_USAGE });
    },
  };
  const desk = await openBatchDesk({ judge });
  const [first = "", second = ""] = await desk.publish(2);
  await desk.backfill(2);
  await desk.pass(MINUTE_MS);
  await desk.writeNow(first);
  expect(readings).toBe(1);
  desk.peer.batch.end({ status: "completed" });
  await desk.pass(2 * MINUTE_MS);
  expect(readings).toBe(2);
  expect(await desk.owed([first, second])).toMatchObject([{ writer: MODEL }, { writer: MODEL }]);
});

test("an article that is taken back meanwhile is not posted", async () => {
  const desk = await openBatchDesk();
  const stories = await desk.publish(1);
  await desk.backfill(1);
  await desk.pass(MINUTE_MS);
  await desk.store().unpublish({ articleId: "article-Ansel", now: new Date(), by: "publisher" });
  desk.peer.batch.end({ status: "completed" });
  await desk.pass(2 * MINUTE_MS);
  expect(await desk.owed(stories)).toEqual([null]);
});
