import { describe, expect, test } from "vitest";
import { at } from "#tests/contracts/store-fixtures.ts";
import { HOUR_MS, MINUTE_MS, openBatchDesk, SPORT, streetText } from "./batch-setup.ts";

const MODEL = { name: "openai", model: "gpt-5.6-mini", steppedDown: null };

test("older stories are written in one batch, out of order, and posted when it has ended", async () => {
  const desk = await openBatchDesk();
  const stories = await desk.publish(3);
  expect(await desk.backfill(3)).toEqual({ stories: 3, waiting: 3 });
  await desk.pass(MINUTE_MS);
  expect(await desk.owed(stories)).toEqual([null, null, null]);
  expect(desk.peer.batch.made).toMatchObject([{ endpoint: "/v1/responses", lines: [{}, {}, {}] }]);
  desk.peer.batch.end({ status: "completed" });
  await desk.pass(2 * MINUTE_MS);
  const briefs = await desk.owed(stories);
  expect(briefs.map((brief) => brief?.writer)).toEqual([MODEL, MODEL, MODEL]);
  expect(briefs.map((brief) => brief?.summary.match(/Port (\w+)/)?.[1])).toEqual([
    "Ansel",
    "Brevik",
    "Corvo",
  ]);
  expect(briefs.every((brief) => brief?.facts.every(({ text }) => !/\[\w+:\d+\]/.test(text)))).toBe(true);
  expect(desk.peer.requests).toHaveLength(0);
  expect(desk.peer.batch.files.size).toBe(0);
  const much = at(10_000);
  expect(await desk.store().claimBatch(much, () => much)).toBeNull();
  expect(await desk.store().claimWaiting(much, () => much)).toBeNull();
});

test("what is there already, by a batch or by itself, is asked for in none", async () => {
  const desk = await openBatchDesk();
  const stories = await desk.publish(2);
  await desk.backfill(2);
  await desk.pass(MINUTE_MS);
  expect(await desk.backfill(2, SPORT)).toEqual({ stories: 2, waiting: 2 });
  await desk.pass(MINUTE_MS);
  desk.peer.batch.end({ status: "completed" });
  await desk.pass(2 * MINUTE_MS);
  expect(desk.peer.batch.made).toHaveLength(1);
  const here = await desk.owed(stories);
  expect(here.map((brief) => brief?.writer)).toEqual([MODEL, MODEL]);
  expect(await desk.owed(stories, SPORT)).toEqual(here);
  await desk.unsubscribe(SPORT);
  expect(await desk.backfill(2, SPORT)).toEqual({ stories: 2, waiting: 0 });
});

test("an article that takes several calls is written at once", async () => {
  const desk = await openBatchDesk({ sectionChars: 300 });
  const stories = await desk.publish(2, (town) =>
    town === "Ansel"
      ? streetText(town)
      : [`The council of Port ${town} closed Harbour Street to cars on Monday.`],
  );
  expect(await desk.backfill(2)).toEqual({ stories: 2, waiting: 1 });
  expect((await desk.owed(stories)).map((brief) => brief?.writer)).toEqual([MODEL, undefined]);
});

describe("what a batch does not bring is written live", () => {
  test.for([
    ["failed", { status: "failed", code: "token_limit_exceeded" }, 4],
    [
      "expired after half of its lines",
      { status: "expired", fate: (index: number) => (index < 2 ? "draft" : "expired") },
      2,
    ],
    ["was cancelled", { status: "cancelled", fate: () => "missing" }, 4],
    [
      "has lines with errors",
      { status: "completed", fate: (index: number) => (index === 1 ? "status-500" : "draft") },
      1,
    ],
    [
      "has a refusal",
      { status: "completed", fate: (index: number) => (index === 1 ? "refusal" : "draft") },
      1,
    ],
    ["has prose", { status: "completed", fate: (index: number) => (index === 1 ? "prose" : "draft") }, 1],
    [
      "has broken lines",
      { status: "completed", fate: (index: number) => (index === 1 ? "garbage" : "draft") },
      1,
    ],
    ["lacks lines", { status: "completed", fate: (index: number) => (index < 3 ? "missing" : "draft") }, 3],
    [
      "has cut answers",
      { status: "completed", fate: (index: number) => (index === 1 ? "incomplete" : "draft") },
      1,
    ],
  ] as const)("when it %s", async ([, ending, live]) => {
    const desk = await openBatchDesk();
    const stories = await desk.publish(4);
    await desk.backfill(4);
    await desk.pass(MINUTE_MS);
    desk.peer.batch.end(ending);
    await desk.pass(2 * MINUTE_MS);
    expect((await desk.owed(stories)).map((brief) => brief?.writer)).toEqual([MODEL, MODEL, MODEL, MODEL]);
    expect(desk.peer.requests).toHaveLength(live);
    expect(desk.records.join("")).not.toContain("Port Ansel");
  });

  test("when the server never ends it: it is called off, and then no longer waited for", async () => {
    const desk = await openBatchDesk();
    const stories = await desk.publish(1);
    await desk.backfill(1);
    await desk.pass(24 * HOUR_MS);
    expect(desk.peer.batch.asked).not.toContain("cancel");
    expect(await desk.owed(stories)).toEqual([null]);
    await desk.pass(2 * HOUR_MS + 20 * MINUTE_MS);
    expect(desk.peer.batch.asked).toContain("cancel");
    expect(await desk.owed(stories)).toMatchObject([{ writer: MODEL }]);
  });

  test("when the server no longer knows it", async () => {
    const desk = await openBatchDesk();
    const stories = await desk.publish(1);
    await desk.backfill(1);
    await desk.pass(MINUTE_MS);
    desk.peer.batch.made.length = 0;
    await desk.pass(2 * MINUTE_MS);
    expect(await desk.owed(stories)).toMatchObject([{ writer: MODEL }]);
    expect(desk.peer.requests).toHaveLength(1);
  });

  test.for(["ollama-old", "vllm"] as const)(
    "when the server has no batches (%s), which is said once",
    async (name) => {
      const desk = await openBatchDesk();
      desk.peer.profile(name);
      const stories = await desk.publish(2);
      expect(await desk.backfill(1)).toEqual({ stories: 1, waiting: 1 });
      await desk.settle();
      expect(await desk.backfill(2, SPORT)).toEqual({ stories: 2, waiting: 0 });
      expect((await desk.owed(stories, SPORT)).map((brief) => brief?.writer)).toEqual([MODEL, MODEL]);
      expect(desk.records.filter((line) => line.includes("no-batches"))).toHaveLength(1);
    },
  );

  test.for([
    [401, "invalid_api_key"],
    [429, "insufficient_quota"],
    [400, "billing_hard_limit_reached"],
  ] as const)("when the server says no to it (%s %s)", async ([status, code]) => {
    const desk = await openBatchDesk();
    const stories = await desk.publish(1);
    desk.peer.batch.fail("create", { status, code });
    await desk.backfill(1);
    await desk.settle();
    expect(await desk.owed(stories)).toMatchObject([{ writer: MODEL }]);
    expect(desk.peer.batch.made).toHaveLength(0);
    // The article is not left behind.
    expect(desk.peer.batch.files.size).toBe(0);
  });
});

describe("one batch is made once", () => {
  test.for([false, true])("when its answer is lost (restarted: %s)", async (restarts) => {
    const desk = await openBatchDesk();
    const stories = await desk.publish(3);
    desk.peer.batch.fail("create", { status: 502, lost: true });
    await desk.backfill(3);
    await desk.settle();
    if (restarts) await desk.restart();
    await desk.pass(5 * MINUTE_MS);
    expect(desk.peer.batch.made).toHaveLength(1);
    desk.peer.batch.end({ status: "completed" });
    if (restarts) await desk.restart();
    await desk.pass(10 * MINUTE_MS);
    expect((await desk.owed(stories)).map((brief) => brief?.writer)).toEqual([MODEL, MODEL, MODEL]);
    expect(desk.peer.requests).toHaveLength(0);
  });

  test("when nobody can say whether it was made", async () => {
    const desk = await openBatchDesk();
    await desk.publish(1);
    desk.peer.batch.fail("create", { status: 502, lost: true });
    desk.peer.batch.fail("list", { status: 500, times: 2 });
    await desk.backfill(1);
    await desk.pass(10 * MINUTE_MS);
    expect(desk.peer.batch.made).toHaveLength(1);
    expect(desk.peer.batch.asked.filter((route) => route === "create")).toHaveLength(1);
  });

  test.for([
    ["upload", 500],
    ["upload", 429],
    ["create", 503],
    ["create", 429],
  ] as const)("when the server is busy (%s %s)", async ([route, status]) => {
    const desk = await openBatchDesk();
    const stories = await desk.publish(1);
    desk.peer.batch.fail(route, { status, times: 2 });
    await desk.backfill(1);
    await desk.pass(10 * MINUTE_MS);
    expect(desk.peer.batch.made).toHaveLength(1);
    desk.peer.batch.end({ status: "completed" });
    await desk.pass(10 * MINUTE_MS);
    expect(await desk.owed(stories)).toMatchObject([{ writer: MODEL }]);
    expect(desk.peer.requests).toHaveLength(0);
    // A failure of the server's may have been a batch all the same: its file is left to it.
    expect(desk.peer.batch.files.size).toBe(status === 503 ? 2 : 0);
  });

  test("and not before the server wants to be asked again", async () => {
    const desk = await openBatchDesk();
    await desk.publish(1);
    desk.peer.batch.fail("create", { status: 429, retryAfter: 1_200 });
    await desk.backfill(1);
    await desk.pass(19 * MINUTE_MS);
    expect(desk.peer.batch.asked.filter((route) => route === "create")).toHaveLength(1);
    await desk.pass(3 * MINUTE_MS);
    expect(desk.peer.batch.made).toHaveLength(1);
  });

  test("and looked at again when looking or reading failed", async () => {
    const desk = await openBatchDesk();
    const stories = await desk.publish(2);
    await desk.backfill(2);
    await desk.pass(MINUTE_MS);
    desk.peer.batch.end({ status: "completed" });
    desk.peer.batch.fail("retrieve", { status: 503 });
    desk.peer.batch.fail("content", { status: 500 });
    await desk.pass(10 * MINUTE_MS);
    expect((await desk.owed(stories)).map((brief) => brief?.writer)).toEqual([MODEL, MODEL]);
    expect(desk.peer.requests).toHaveLength(0);
  });
});
