import { describe, expect, test } from "vitest";
import { failureOf, PARAGRAPHS, useBench, writeRequest } from "./openai-setup.ts";

const bench = useBench();
const TEXT = PARAGRAPHS.join("\n\n");

function listening(): { told: string[]; progress: (text: string) => void } {
  const told: string[] = [];
  return { told, progress: (text) => told.push(text) };
}

describe.for(["responses", "chat"] as const)("an answer streamed by %s", (api) => {
  test("is the same draft, counted as it comes", async () => {
    const { told, progress } = listening();
    const plain = await bench.writer({ api }).write(writeRequest());
    // A second passes with every look at the clock.
    let ticks = 0;
    const clock = (): Date => new Date(1_000 * ticks++);
    const streamed = await bench
      .writer({ api, clock, deadlineMs: 10_000_000 })
      .write(writeRequest({ progress }));
    expect(bench.peer.requests.map((request) => request.asked?.stream)).toEqual([false, true]);
    expect(streamed.draft).toEqual(plain.draft);
    expect({ ...streamed.usage, cachedTokens: 0 }).toEqual({ ...plain.usage, cachedTokens: 0 });
    expect(told).toEqual([
      "Writing…",
      "Writing… 1 fact so far",
      "Writing… 2 facts so far",
      "Writing… 3 facts so far",
      "Writing… 4 facts so far",
      "Writing… 5 facts so far",
    ]);
  });

  test("is told of no more often than a message may be edited", async () => {
    const { told, progress } = listening();
    const clock = (): Date => new Date(1_000_000);
    await bench.writer({ api, clock }).write(writeRequest({ progress }));
    expect(told).toEqual(["Writing…"]);
  });

  test.for([
    ["refusal", "refused"],
    ["incomplete", "cut-off"],
    ["filtered", "filtered"],
  ] as const)("that is a %s is one, with its usage", async ([kind, reason]) => {
    bench.peer.answer(kind);
    const { progress } = listening();
    const error = await failureOf(bench.writer({ api }).write(writeRequest({ progress })));
    expect(error.details).toMatchObject({ reason, usage: { calls: 1 } });
    expect(JSON.stringify(error.details["usage"])).toMatch(/"inputTokens":[1-9]/);
  });

  test("that breaks off is asked for again", async () => {
    bench.peer.breakOff();
    const { progress } = listening();
    const { draft, usage } = await bench.writer({ api }).write(writeRequest({ progress }));
    for (const { quote } of draft.facts) expect(TEXT).toContain(quote);
    expect(usage.calls).toBe(2);
  });

  test("that stalls is left at the deadline", async () => {
    bench.peer.stall();
    const { progress } = listening();
    const writer = bench.writer({ api, deadlineMs: 300 });
    const error = await failureOf(writer.write(writeRequest({ progress })));
    expect(error.details).toMatchObject({ reason: "timeout", usage: { calls: 1 } });
    await expect.poll(() => bench.peer.abandoned()).toBe(1);
  });

  test("ends at once when the caller aborts in the middle of it", async () => {
    bench.peer.stall();
    const controller = new AbortController();
    const { told, progress } = listening();
    const writing = bench.writer({ api }).write(writeRequest({ progress, signal: controller.signal }));
    await expect.poll(() => told.length).toBeGreaterThan(0);
    controller.abort(new Error("nobody waits any more"));
    await expect(writing).rejects.toThrow("nobody waits any more");
    // The server stops as well: tokens nobody reads are not paid for.
    await expect.poll(() => bench.peer.abandoned()).toBe(1);
    expect(bench.peer.requests).toHaveLength(1);
  });
});

describe("a server that does not stream", () => {
  test.for([
    // profile, API, calls for the first brief
    ["openai-unverified", "responses", 2],
    ["openai-unverified", "chat", 2],
    ["gateway", "chat", 4],
    ["text-only", "chat", 5],
  ] as const)("%s by %s still answers, and is known afterwards", async ([profile, api, calls]) => {
    bench.peer.profile(profile);
    const { progress } = listening();
    const writer = bench.writer({ api });
    expect((await writer.write(writeRequest({ progress }))).usage.calls).toBe(calls);
    expect((await writer.write(writeRequest({ progress }))).usage.calls).toBe(1);
  });

  test("that sends too much is cut short", async () => {
    const line = `data: ${JSON.stringify({ choices: [{ delta: { content: "x".repeat(60_000) } }] })}\n\n`;
    const flood: typeof fetch = async () =>
      new Response(line.repeat(100), { headers: { "content-type": "text/event-stream" } });
    const { progress } = listening();
    const error = await failureOf(
      bench.writer({ api: "chat", fetch: flood }).write(writeRequest({ progress })),
    );
    expect(error.code).toBe("writer/unavailable");
  });
});
