import { describe, expect, test } from "vitest";
import { NO_LIMITS } from "#src/core/budget.ts";
import type { Purse } from "#src/pipeline/budget.ts";
import { HOUR_MS, MINUTE_MS, openBatchDesk } from "./batch-setup.ts";

describe("a batch and its budget", () => {
  const prices = {
    currency: "USD",
    models: {
      "gpt-5.6-mini": { input: 1_000, output: 4_000 },
      "gpt-5.6-mini@batch": { input: 500, output: 2_000 },
    },
  };
  const purse = (limits: Partial<Purse["limits"]>): Purse => ({
    prices,
    limits: { ...NO_LIMITS, ...limits },
  });

  test("is counted at its own price once, also after a restart, and holds nothing afterwards", async () => {
    const desk = await openBatchDesk({ purse: purse({ dayTokens: 1_000_000 }) });
    const stories = await desk.publish(2);
    await desk.backfill(2);
    await desk.pass(MINUTE_MS);
    expect((await desk.spent())?.reserved.tokens).toBeGreaterThan(0);
    desk.peer.batch.end({ status: "completed" });
    await desk.restart();
    await desk.pass(2 * MINUTE_MS);
    const briefs = await desk.owed(stories);
    const tokens = (kind: "inputTokens" | "outputTokens"): number =>
      briefs.reduce((sum, brief) => sum + (brief?.usage[kind] ?? 0), 0);
    expect(await desk.spent()).toEqual({
      spent: {
        tokens: tokens("inputTokens") + tokens("outputTokens"),
        money: tokens("inputTokens") * 500 + tokens("outputTokens") * 2_000,
      },
      reserved: { tokens: 0, money: 0 },
    });
  });

  test("holds what is in hand for all of its day", async () => {
    const desk = await openBatchDesk({ purse: purse({ dayTokens: 1_000_000 }) });
    await desk.publish(1);
    await desk.backfill(1);
    await desk.pass(20 * HOUR_MS);
    expect((await desk.spent())?.reserved.tokens).toBeGreaterThan(0);
  });

  test("gives back what failed", async () => {
    const desk = await openBatchDesk({ purse: purse({ dayTokens: 1_000_000 }) });
    await desk.publish(1);
    await desk.backfill(1);
    await desk.pass(MINUTE_MS);
    desk.peer.batch.end({ status: "expired", fate: () => "expired" });
    desk.peer.answer("draft");
    await desk.pass(2 * MINUTE_MS);
    const spent = await desk.spent();
    // Only the live call that came after it.
    expect(desk.peer.requests).toHaveLength(1);
    expect(spent?.reserved).toEqual({ tokens: 0, money: 0 });
  });

  test("gives back what was never sent", async () => {
    const desk = await openBatchDesk({ purse: purse({ dayTokens: 1_000_000 }) });
    await desk.publish(2);
    desk.peer.batch.fail("create", { status: 400 });
    await desk.backfill(2);
    await desk.settle();
    expect((await desk.spent())?.reserved).toEqual({ tokens: 0, money: 0 });
  });

  test("leaves out the lines it has no room for, which step down as ever", async () => {
    const probe = await openBatchDesk({ purse: purse({ dayTokens: 1_000_000 }) });
    await probe.publish(1);
    await probe.backfill(1);
    await probe.pass(MINUTE_MS);
    const one = (await probe.spent())?.reserved.tokens ?? 0;

    const desk = await openBatchDesk({ purse: purse({ dayTokens: Math.floor(one * 2.5) }) });
    const stories = await desk.publish(3);
    expect(await desk.backfill(3)).toEqual({ stories: 3, waiting: 3 });
    await desk.pass(MINUTE_MS);
    expect(desk.peer.batch.made).toMatchObject([{ lines: [{}, {}] }]);
    desk.peer.batch.end({ status: "completed" });
    await desk.pass(2 * MINUTE_MS);
    const writers = (await desk.owed(stories)).map((brief) => brief?.writer);
    expect(writers.filter((writer) => writer?.name === "openai")).toHaveLength(2);
    expect(writers).toContainEqual(
      expect.objectContaining({ name: "extractive", steppedDown: expect.stringMatching(/budget/) }),
    );
    expect(desk.peer.requests).toHaveLength(0);
  });
});
