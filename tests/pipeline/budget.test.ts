import { describe, expect, test } from "vitest";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { writerText } from "#src/core/brief-reply.ts";
import { NO_LIMITS, NOBODY, payerOf } from "#src/core/budget.ts";
import { NO_PRICES, Prices } from "#src/core/pricing.ts";
import { setLimits } from "#tests/contracts/store-fixtures.ts";
import { NOW, PARAGRAPHS, useWriting, wanted } from "./writing-setup.ts";

const bench = useWriting();
const PAYER = payerOf("discord:1:10");
const PRICES = Prices.parse({
  models: { "gpt-5-mini": { input: 1, output: 10 }, small: { input: 0.01, output: 0.1 } },
});

async function spentBy(payer = NOBODY): Promise<{ tokens: number; money: number } | undefined> {
  const states = await bench.store.budgetState(payer, { standing: NO_LIMITS, now: NOW });
  expect(states.map(({ day }) => day.reserved)).toEqual(states.map(() => ({ tokens: 0, money: 0 })));
  return states.at(-1)?.day.spent;
}

describe("what a brief costs", () => {
  test("is counted for its channel, its workspace and all of Lede, in tokens and money", async () => {
    const write = bench.writer({ purse: { prices: PRICES, limits: NO_LIMITS } });
    const { usage } = await write(wanted({ payer: PAYER }));
    const spent = {
      tokens: usage.inputTokens + usage.outputTokens,
      money: usage.inputTokens + usage.outputTokens * 10,
    };
    expect(usage.calls).toBe(1);
    expect(await spentBy(PAYER)).toEqual(spent);
    expect(await spentBy(NOBODY)).toEqual(spent);
  });

  test("is paid by who wants it first, and by nobody after", async () => {
    const write = bench.writer();
    await Promise.all([write(wanted({ payer: PAYER })), write(wanted({ payer: payerOf("slack:T1:C1") }))]);
    await write(wanted({ payer: payerOf("slack:T1:C1") }));
    expect(bench.peer.requests).toHaveLength(1);
    expect((await spentBy(PAYER))?.tokens).toBeGreaterThan(0);
    expect(await spentBy(payerOf("slack:T1:C1"))).toEqual({ tokens: 0, money: 0 });
  });

  test("is paid once for the same words under forty addresses, asked at once and later", async () => {
    const write = bench.writer();
    const links = Array.from({ length: 40 }, (_, link) => wanted({ id: `article-${link}`, payer: PAYER }));
    const briefs = await Promise.all(links.map((link) => write(link)));
    briefs.push(await bench.writer()(wanted({ id: "later", payer: PAYER })));
    expect(bench.peer.requests).toHaveLength(1);
    expect(new Set(briefs.map(({ id }) => id)).size).toBe(41);
    expect(briefs.map(({ articleId }) => articleId)).toEqual([
      ...links.map(({ article }) => article.id),
      "later",
    ]);
    expect(new Set(briefs.map(({ facts }) => JSON.stringify(facts))).size).toBe(1);
  });

  test("is one person's part of the day and no more, and nobody shares what that was too little for", async () => {
    const limits = { ...NO_LIMITS, dayTokens: 100_000, personPercent: 1 };
    const write = bench.writer({ purse: { prices: NO_PRICES, limits } });
    const person = "discord:7";
    const [asked, published] = await Promise.all([
      write(wanted({ payer: { ...PAYER, person } })),
      write(wanted({ payer: PAYER })),
    ]);
    expect(asked.writer.name).toBe("extractive");
    expect(writerText(asked.writer)).toContain("one person's part of Lede's budget for today is used up");
    expect(published.writer.name).toBe("openai");
    expect(bench.peer.requests).toHaveLength(1);
  });

  test.for([
    ["refused by the server", () => bench.peer.fail({ status: 401 }), 0],
    [
      "answered with a failure, each time",
      () => bench.peer.fail({ times: 3, status: 503, retryAfter: 0 }),
      0,
    ],
  ] as const)("is nothing when the call is %s", async ([, fail, tokens]) => {
    fail();
    const { writer } = await bench.writer()(wanted({ payer: PAYER }));
    expect(writer.name).toBe("extractive");
    expect(await spentBy(PAYER)).toEqual({ tokens, money: 0 });
  });

  test("is estimated where the server does not tell", async () => {
    bench.peer.profile("llamacpp-grammar");
    const { usage } = await bench.writer()(wanted({ payer: PAYER }));
    expect(usage.inputTokens).toBe(0);
    const spent = await spentBy(PAYER);
    expect(spent?.tokens).toBeGreaterThan(2_500);
  });

  test("is kept when the caller leaves in the middle", async () => {
    bench.peer.stall();
    const controller = new AbortController();
    const told: string[] = [];
    const writing = bench.writer()(
      wanted({ payer: PAYER, signal: controller.signal, progress: (text) => told.push(text) }),
    );
    await expect.poll(() => told.length).toBeGreaterThan(0);
    controller.abort(new Error("left"));
    await expect(writing).rejects.toThrow("left");
    expect((await spentBy(PAYER))?.tokens).toBeGreaterThan(1_000);
  });

  test("counts as the tier that served it", async () => {
    bench.peer.profile("openai");
    bench.peer.serveOn("flex");
    const prices = Prices.parse({
      models: { "gpt-5-mini": { input: 1, output: 10 }, "gpt-5-mini@flex": { input: 0, output: 1 } },
    });
    const { usage } = await bench.writer({ purse: { prices, limits: NO_LIMITS } })(wanted({ payer: PAYER }));
    expect((await spentBy(PAYER))?.money).toBe(usage.outputTokens);
  });
});

describe("at a limit", () => {
  test("the built-in writer writes, the model is not asked, and the post says why", async () => {
    const write = bench.writer({ purse: { prices: NO_PRICES, limits: { ...NO_LIMITS, dayTokens: 1_000 } } });
    const { writer, usage } = await write(wanted({ payer: PAYER }));
    expect(bench.peer.requests).toHaveLength(0);
    expect(usage.calls).toBe(0);
    expect(writerText(writer)).toBe("Written by Lede's built-in writer (Lede's budget for today is used up)");
    expect(await bench.store.budgetNotices(NOW)).toMatchObject([{ scope: "all", level: "reached" }]);
  });

  test("a cheaper model writes where there is one, and is not asked twice for one article", async () => {
    await setLimits(bench.store, "workspace:discord:1", { ...NO_LIMITS, monthMoney: 20_000 });
    const writers = [bench.model(), bench.model("small"), createExtractiveWriter()];
    const write = bench.writer({ writers, purse: { prices: PRICES, limits: NO_LIMITS } });
    const { writer } = await write(wanted({ payer: PAYER }));
    expect(writerText(writer)).toBe(
      "Written by small (this workspace's budget for this month is used up), every fact checked against the article",
    );
    await write(wanted({ payer: PAYER }));
    expect(bench.peer.requests.map((request) => request.asked?.model)).toEqual(["small"]);
  });

  test("another workspace goes on with the model", async () => {
    await setLimits(bench.store, "workspace:discord:1", { ...NO_LIMITS, dayTokens: 10 });
    const write = bench.writer();
    expect((await write(wanted({ payer: PAYER }))).writer.name).toBe("extractive");
    // The lesser brief is not pinned to the article: who can pay gets the better one.
    expect((await write(wanted({ payer: payerOf("slack:T1:C1") }))).writer.name).toBe("openai");
    expect((await write(wanted({ payer: PAYER }))).writer.name).toBe("openai");
  });

  test("runners side by side do not pass it together", async () => {
    const limits = { ...NO_LIMITS, dayTokens: 20_000 };
    const write = bench.writer({ purse: { prices: NO_PRICES, limits } });
    const briefs = await Promise.all(
      Array.from({ length: 6 }, (_, index) => {
        const paragraphs = [...PARAGRAPHS, `It was decision ${index} of the day.`];
        return write(wanted({ id: `article-${index}`, paragraphs }));
      }),
    );
    const byModel = briefs.filter(({ writer }) => writer.name === "openai").length;
    expect(byModel).toBe(1);
    expect((await spentBy())?.tokens).toBeLessThanOrEqual(limits.dayTokens);
  });

  test("in the middle of a brief, what was paid for stays on the bill", async () => {
    bench.peer.answer("prose");
    const limits = { ...NO_LIMITS, dayTokens: 12_000 };
    const { writer, usage } = await bench.writer({ purse: { prices: NO_PRICES, limits } })(wanted());
    expect(writer).toMatchObject({
      name: "extractive",
      steppedDown: "Lede's budget for today is used up",
    });
    expect(usage.calls).toBe(1);
    expect((await spentBy())?.tokens).toBe(usage.inputTokens + usage.outputTokens);
  });
});
