import { expect, test } from "vitest";
import { withinLimits } from "#src/adapters/writer/openai-batch-lines.ts";
import { checkBatches } from "#src/adapters/writer/openai-check.ts";
import type { PreparedLine } from "#src/core/batch.ts";
import type { BatchFound } from "#src/ports.ts";
import { articleMessage } from "#tests/peers/openai/draft.ts";
import type { AskedFor } from "#tests/peers/openai/shapes.ts";
import { failureOf, KEY, PARAGRAPHS, useBench, writeRequest } from "./openai-setup.ts";

const bench = useBench();
const signal = new AbortController().signal;

function prepared(options = {}): PreparedLine[] {
  const wishes = ["a", "b"].map((id) => ({ id, request: writeRequest() }));
  return bench.writer(options).batch.prepare(wishes);
}

async function ended(
  lines: readonly PreparedLine[],
  remoteId: string,
): Promise<BatchFound & { kind: "ended" }> {
  // Another instance reads it, as after a restart.
  const found = await bench.writer().batch.collect({ remoteId, lines, signal });
  if (found.kind !== "ended") throw new Error("The batch still runs");
  return found;
}

async function sent(lines: readonly PreparedLine[], key = "key-1"): Promise<string> {
  const outcome = await bench.writer().batch.send({ key, lines, signal });
  if (outcome.kind !== "sent") throw new Error(`It was not sent: ${outcome.reason}`);
  return outcome.remoteId;
}

/** The code word that an article's lines begin with. */
function markOf(asked: AskedFor): string {
  return /<article-(\w+)>/.exec(articleMessage(asked))?.[1] ?? "";
}

function withoutMark(body: unknown, mark: string): string {
  return JSON.stringify(body).replaceAll(mark, "MARK");
}

test.for([
  ["responses", {}],
  ["chat", { api: "chat" as const }],
  ["responses of a tier", { tier: "flex" as const }],
] as const)("a line holds the very body of the live call, but for the tier (%s)", async ([, options]) => {
  const [line] = prepared(options);
  const { custom_id: id, body, url } = JSON.parse(line?.request ?? "");
  expect(id).toBe("a");
  await bench.writer(options).write(writeRequest());
  const [live] = bench.peer.requests;
  expect(`/v1${url.slice(3)}`).toBe(live?.path);
  const { service_tier: _tier, ...expected } = Object(live?.body);
  const mark = /<article-(\w+)>/;
  expect(withoutMark(body, mark.exec(JSON.stringify(body))?.[1] ?? "")).toBe(
    withoutMark(expected, mark.exec(JSON.stringify(expected))?.[1] ?? ""),
  );
});

test("no line's code word is one that the rules show as an example", () => {
  const wishes = Array.from({ length: 300 }, (_, id) => ({ id: String(id), request: writeRequest() }));
  for (const { request } of bench.writer({ api: "chat" }).batch.prepare(wishes)) {
    const [rules, article] = JSON.parse(request).body.messages;
    const mark = /<article-(\w+)>/.exec(article.content)?.[1] ?? "";
    expect(mark).toMatch(/^\w{4,}$/);
    expect(rules.content).not.toContain(mark);
  }
});

test("a file takes so many lines and so many bytes, and the others are left out", () => {
  const lines = ["aaaa", "bbbbbbbb", "cc", "dd"].map((request, index) => {
    const [line] = prepared();
    if (line === undefined) throw new Error("no line");
    return { ...line, id: String(index), request };
  });
  const ids = (limits: { lines: number; bytes: number }): string[] =>
    withinLimits(lines, limits).map(({ id }) => id);
  expect(ids({ lines: 2, bytes: 100 })).toEqual(["0", "1"]);
  // Each line ends with a line break.
  expect(ids({ lines: 9, bytes: 11 })).toEqual(["0", "2", "3"]);
  expect(ids({ lines: 9, bytes: 10 })).toEqual(["0", "2"]);
});

test("a batch asks in the way that the model was found to understand", async () => {
  bench.peer.profile("gateway");
  const writer = bench.writer({ api: "chat" });
  await writer.write(writeRequest());
  const [line] = writer.batch.prepare([{ id: "a", request: writeRequest() }]);
  expect(JSON.parse(line?.request ?? "").body).not.toHaveProperty("max_tokens");
  expect(line?.request).not.toContain('"strict"');
});

test("an article that takes several calls gets no line", () => {
  const paragraphs = Array.from({ length: 20 }, () => PARAGRAPHS).flat();
  const { batch } = bench.writer({ sectionChars: 4_000 });
  const wishes = [
    { id: "long", request: writeRequest({ paragraphs }) },
    { id: "short", request: writeRequest() },
  ];
  expect(batch.prepare(wishes).map(({ id }) => id)).toEqual(["short"]);
});

test("answers are read by another process, by their names, without the marks of their lines", async () => {
  const lines = prepared();
  const remoteId = await sent(lines);
  expect(await bench.writer().batch.collect({ remoteId, lines, signal })).toEqual({ kind: "running" });
  const marked = (asked: AskedFor): string =>
    JSON.stringify({
      headline: `[${markOf(asked)}:1] Street closes`,
      summary: `[${markOf(asked)}:1] The council voted 9 to 4.`,
      facts: [1, 2, 3].map((number) => ({
        quote: `[${markOf(asked)}:${number}] voted 9 to 4`,
        text: `Fact ${number} of the street`,
      })),
      caveats: [],
      topics: [],
    });
  bench.peer.batch.end({ status: "completed", fate: (index) => (index === 0 ? marked : "thin") });
  const { answers } = await ended(lines, remoteId);
  expect(answers.map(({ id, outcome }) => [id, outcome])).toEqual([
    ["b", "thin"],
    ["a", "good"],
  ]);
  const first = answers.find(({ id }) => id === "a");
  expect(first?.written).toMatchObject({
    draft: {
      headline: "Street closes",
      summary: "The council voted 9 to 4.",
      facts: [{ quote: "voted 9 to 4" }, {}, {}],
    },
    writer: { name: "openai", model: "gpt-5.6-mini", steppedDown: null },
    prompt: "brief.v2",
  });
  expect(first?.use).toMatchObject({ model: "gpt-5.6-mini", tier: "batch" });
  expect(first?.written?.usage.calls).toBe(1);
});

test("what is not an answer costs nothing, what is no draft costs what it took", async () => {
  const lines = prepared();
  const remoteId = await sent(lines);
  bench.peer.batch.end({ status: "expired", fate: (index) => (index === 0 ? "expired" : "refusal") });
  const { answers, status } = await ended(lines, remoteId);
  expect(status).toBe("expired");
  expect(answers).toContainEqual({ id: "a", use: null, written: null, outcome: "batch_expired" });
  const refused = answers.find(({ id }) => id === "b");
  expect(refused).toMatchObject({ written: null, outcome: "refused" });
  expect(refused?.use?.inputTokens).toBeGreaterThan(100);
});

test("a batch that failed says why, in the server's code", async () => {
  const lines = prepared();
  const remoteId = await sent(lines);
  bench.peer.batch.end({ status: "failed", code: "token_limit_exceeded" });
  expect(await ended(lines, remoteId)).toEqual({
    kind: "ended",
    status: "failed",
    codes: ["token_limit_exceeded"],
    answers: [],
  });
});

test("a batch is found by its key on any page of the list", async () => {
  const lines = prepared();
  const first = await sent(lines);
  for (let count = 0; count < 150; count += 1) await sent(lines.slice(0, 1), `other-${count}`);
  const { batch } = bench.writer();
  const since = new Date();
  expect(await batch.find({ key: "key-1", since, signal })).toBe(first);
  expect(bench.peer.batch.asked.filter((route) => route === "list")).toHaveLength(2);
  expect(await batch.find({ key: "key-2", since, signal })).toBeNull();
});

test("what was made long before is not looked at", async () => {
  const lines = prepared();
  await sent(lines);
  for (let count = 0; count < 100; count += 1) await sent(lines.slice(0, 1), `other-${count}`);
  const later = new Date(Date.now() + 3 * 3_600_000);
  expect(await bench.writer().batch.find({ key: "key-1", since: later, signal })).toBeNull();
  expect(bench.peer.batch.asked.filter((route) => route === "list")).toHaveLength(1);
});

test("a server that does not answer the search gives no answer to it", async () => {
  bench.peer.batch.fail("list", { status: 503 });
  const error = await failureOf(bench.writer().batch.find({ key: "k", since: new Date(), signal }));
  expect(error).toMatchObject({ code: "writer/unavailable", details: { reason: "server-error" } });
});

test.for([
  ["upload", { status: 429, retryAfter: 7 }, { kind: "later", reason: "rate-limited", afterMs: 7_000 }],
  ["create", { status: 500 }, { kind: "later", reason: "server-error", afterMs: null }],
  ["create", { status: 500, lost: true }, { kind: "later", reason: "unreachable", afterMs: null }],
  ["upload", { status: 404 }, { kind: "refused", reason: "not-an-api", forGood: true }],
  ["create", { status: 405 }, { kind: "refused", reason: "rejected", forGood: true }],
  ["create", { status: 501 }, { kind: "refused", reason: "server-error", forGood: true }],
  ["create", { status: 400 }, { kind: "refused", reason: "rejected", forGood: false }],
  ["upload", { status: 401 }, { kind: "refused", reason: "bad-key", forGood: false }],
] as const)("%s failing with %o is %o", async ([route, fault, outcome]) => {
  bench.peer.batch.fail(route, fault);
  expect(await bench.writer().batch.send({ key: "k", lines: prepared(), signal })).toEqual(outcome);
});

test("a wrong key is told without the key", async () => {
  bench.peer.key = "sk-another";
  const outcome = await bench.writer().batch.send({ key: "k", lines: prepared(), signal });
  expect(outcome).toEqual({ kind: "refused", reason: "bad-key", forGood: false });
  expect(JSON.stringify(outcome)).not.toContain(KEY);
});

test("whoever stops gets no outcome", async () => {
  const stopped = AbortSignal.abort(new Error("stopped"));
  await expect(bench.writer().batch.send({ key: "k", lines: prepared(), signal: stopped })).rejects.toThrow(
    "stopped",
  );
});

test.for([
  ["openai", "ok", /within a day/],
  ["ollama", "warning", /404.*at once/],
] as const)("the doctor tells whether a server has batches (%s)", async ([profile, level, text]) => {
  bench.peer.profile(profile);
  const finding = await checkBatches({ apiKey: KEY, baseUrl: bench.peer.url });
  expect(finding).toMatchObject({ about: "batches", level });
  expect(finding.text).toMatch(text);
});
