import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";

let peer: OpenAiPeer;

beforeEach(async () => {
  peer = await startOpenAiPeer();
});

afterEach(() => peer.stop());

const BODY = {
  model: "m",
  input: [{ role: "user", content: "<article-k7>\nTitle: Rain\n\n[k7:1] It rained.\n</article-k7>" }],
  text: { format: { type: "text" } },
  store: false,
  max_output_tokens: 100,
};
const LINE = { custom_id: "a", method: "POST", url: "/v1/responses", body: BODY };

async function upload(
  lines: readonly object[],
  { purpose = "batch", name = "in.jsonl" } = {},
): Promise<string> {
  const form = new FormData();
  form.set("purpose", purpose);
  form.set("file", new File([lines.map((line) => `${JSON.stringify(line)}\n`).join("")], name));
  const answer = await fetch(`${peer.url}/files`, { method: "POST", body: form });
  return Object(await answer.json()).id;
}

async function create(changes: object): Promise<number> {
  const body = { input_file_id: await upload([LINE]), endpoint: "/v1/responses", completion_window: "24h" };
  const answer = await fetch(`${peer.url}/batches`, {
    method: "POST",
    body: JSON.stringify({ ...body, ...changes }),
  });
  return answer.status;
}

test("the peer has nothing against a right file and a right batch", async () => {
  expect(await create({ metadata: { key: "value" } })).toBe(200);
  expect(peer.violations).toEqual([]);
});

test.for([
  ["another purpose", [LINE], { purpose: "assistants" }, /purpose/],
  ["another kind of file", [LINE], { name: "in.txt" }, /jsonl/],
  ["two lines of one name", [LINE, LINE], {}, /not unique/],
  ["a long name", [{ ...LINE, custom_id: "a".repeat(65) }], {}, /custom_id/],
  ["two models", [LINE, { ...LINE, custom_id: "b", body: { ...BODY, model: "n" } }], {}, /more than one/],
  ["a stream", [{ ...LINE, body: { ...BODY, stream: true } }], {}, /stream/],
  ["a tier", [{ ...LINE, body: { ...BODY, service_tier: "flex" } }], {}, /service_tier/],
  ["a body that is none", [{ ...LINE, body: { ...BODY, store: true } }], {}, /store/],
  ["another method", [{ ...LINE, method: "GET" }], {}, /method/],
] as const)("the peer objects to a file with %s", async ([, lines, form, violation]) => {
  await upload(lines, form);
  expect(peer.violations).not.toEqual([]);
  expect(peer.violations.every((one) => violation.test(one))).toBe(true);
});

test.for([
  ["another window", { completion_window: "1h" }, /completion_window/],
  ["another endpoint than its lines", { endpoint: "/v1/chat/completions" }, /endpoint/],
  [
    "too much metadata",
    { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`k${at}`, ""])) },
    /16 keys/,
  ],
  ["a long value", { metadata: { key: "v".repeat(513) } }, /metadata/],
  ["an unknown field", { colour: "red" }, /colour/],
] as const)("the peer objects to a batch with %s", async ([, changes, violation]) => {
  await create(changes);
  expect(peer.violations).toHaveLength(1);
  expect(peer.violations[0]).toMatch(violation);
});

test("the peer refuses a batch of a file it does not have", async () => {
  expect(await create({ input_file_id: "file-none" })).toBe(400);
});
