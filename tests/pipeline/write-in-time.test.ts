import { expect, test } from "vitest";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { createOpenAiJudge } from "#src/adapters/writer/openai-judge.ts";
import { honestAnswer } from "#tests/peers/openai/draft.ts";
import { NOW, useWriting, wanted } from "./writing-setup.ts";

const bench = useWriting();
/** What is kept of the time for the built-in writer, the rules and a second reading. */
const AFTER_MODELS_MS = 15_000;
const LONG = Array.from(
  { length: 900 },
  (_, index) =>
    `In part ${index + 1} of the plan the office of Port Ansel said that ${index + 11} sites would be rebuilt by the harbour board, and that the council would pay.`,
);

function clockFrom(start: Date) {
  let now = start.getTime();
  return { clock: () => new Date(now), pass: (ms: number) => (now += ms) };
}

function judge() {
  return createOpenAiJudge({ apiKey: null, model: "gpt-5-mini", baseUrl: bench.peer.url, api: "chat" });
}

test("two models that never answer leave the built-in writer its time, also for a long article", async () => {
  bench.peer.hang(2);
  const writers = [bench.model("a"), bench.model("b"), createExtractiveWriter()];
  const started = Date.now();
  const { writer } = await bench.writer({ writers, clock: () => new Date() })(
    wanted({ paragraphs: LONG, endsAt: new Date(started + AFTER_MODELS_MS + 3_000) }),
  );
  expect(writer).toMatchObject({ name: "extractive", steppedDown: "no answer from the model in 2 s" });
  expect(bench.peer.requests.map(({ asked }) => asked?.model)).toEqual(["a", "b"]);
  expect(Date.now() - started).toBeLessThan(3_000 + AFTER_MODELS_MS);
}, 20_000);

test("a better model has all the time but for what the one after it needs", async () => {
  const { clock, pass } = clockFrom(NOW);
  const given: (number | undefined)[] = [];
  const slow = (name: string, ms: number) => ({
    ...bench.model(name),
    write: (request: Parameters<ReturnType<typeof bench.model>["write"]>[0]) => {
      given.push(request.withinMs);
      pass(ms);
      return Promise.reject(new Error("slow"));
    },
  });
  const writers = [slow("a", 75_000), slow("b", 25_000), slow("c", 1), createExtractiveWriter()];
  await bench.writer({ writers, clock })(wanted());
  // The third has nothing left, and is not asked.
  expect(given).toEqual([50_000, 12_500]);
});

test("a model is not asked when there is no time left for an answer", async () => {
  const { writer } = await bench.writer()(wanted({ endsAt: new Date(NOW.getTime() + AFTER_MODELS_MS) }));
  expect(writer).toMatchObject({ name: "extractive", steppedDown: "no answer from the model in time" });
  expect(bench.peer.requests).toHaveLength(0);
});

test("a judge is not asked when there is no time left, and the brief that was paid for stands", async () => {
  const { clock, pass } = clockFrom(NOW);
  bench.peer.answer((asked) => {
    pass(108_000);
    return JSON.stringify(honestAnswer(asked));
  });
  const { writer, facts } = await bench.writer({ judge: judge(), clock })(wanted());
  expect(writer.name).toBe("openai");
  expect(facts).toHaveLength(5);
  expect(bench.peer.requests).toHaveLength(1);
  expect(bench.keys()).toEqual([expect.stringMatching(/\|unjudged$/)]);
});

test("a judge that never answers is given up in time", async () => {
  const { clock, pass } = clockFrom(NOW);
  bench.peer.answer((asked) => {
    pass(106_500);
    bench.peer.hang();
    return JSON.stringify(honestAnswer(asked));
  });
  const started = Date.now();
  const { writer } = await bench.writer({ judge: judge(), clock })(wanted());
  expect(writer.name).toBe("openai");
  expect(bench.peer.requests).toHaveLength(2);
  expect(Date.now() - started).toBeLessThan(8_000);
}, 15_000);
