import { afterEach, expect, test, vi } from "vitest";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { restModels } from "#src/pipeline/resting-models.ts";
import { useWriting, wanted } from "./writing-setup.ts";

const bench = useWriting();
afterEach(() => void vi.useRealTimers());

/** Time for the model; what is kept for the built-in writer comes on top. */
const PATIENCE_MS = 1_200;
const AFTER_MODELS_MS = 15_000;

function desk() {
  vi.useFakeTimers({ toFake: ["Date"] });
  const clock = (): Date => new Date();
  const { states, writers } = restModels([bench.model(), createExtractiveWriter()], clock);
  const write = bench.writer({ writers, clock });
  let number = 0;
  /** Briefs an article that nobody briefed before. */
  const brief = () => {
    number += 1;
    const paragraphs = [
      `The council of Port Ansel voted on item ${number} of ${number + 20} on Monday evening.`,
    ];
    const id = `article-${number}`;
    return write(wanted({ id, paragraphs, endsAt: new Date(Date.now() + AFTER_MODELS_MS + PATIENCE_MS) }));
  };
  return { brief, stateNow: () => states()[0]?.breaker };
}

test("a model that did not answer twice is not waited for, and asked again by one brief alone", async () => {
  const { brief, stateNow } = desk();
  expect(stateNow()).toMatchObject({ state: "closed" });
  bench.peer.hang(2);
  for (let waits = 0; waits < 2; waits += 1) expect((await brief()).writer.name).toBe("extractive");
  const since = Date.now();
  expect(stateNow()).toEqual({ state: "open", since: new Date(since), why: "writer/unavailable" });
  const started = performance.now();
  const rested = await brief();
  expect(performance.now() - started).toBeLessThan(PATIENCE_MS / 2);
  expect(rested.writer).toMatchObject({
    name: "extractive",
    steppedDown: expect.stringContaining("no answer"),
  });
  expect(bench.peer.requests).toHaveLength(2);

  vi.setSystemTime(Date.now() + 31_000);
  bench.peer.hang(1);
  let isAnswered = false;
  const asking = brief().finally(() => (isAnswered = true));
  await expect.poll(() => bench.peer.requests.length).toBe(3);
  expect((await brief()).writer.name).toBe("extractive");
  expect(stateNow()).toMatchObject({ state: "half-open" });
  expect(bench.peer.requests).toHaveLength(3);
  expect(isAnswered).toBe(false);
  expect((await asking).writer.name).toBe("extractive");

  expect(stateNow()).toMatchObject({ state: "open", since: new Date(since) });

  vi.setSystemTime(Date.now() + 120_000);
  expect((await brief()).writer.name).toBe("openai");
  expect((await brief()).writer.name).toBe("openai");
  expect(stateNow()).toEqual({ state: "closed", since: new Date() });
});

test("one article that a model can not write says nothing of the next", async () => {
  const { brief } = desk();
  for (let refusals = 0; refusals < 3; refusals += 1) {
    bench.peer.answer(() => "no JSON at all");
    await brief();
  }
  const asked = bench.peer.requests.length;
  await brief();
  expect(bench.peer.requests.length).toBeGreaterThan(asked);
});
