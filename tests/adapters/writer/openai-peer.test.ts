import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenAiPeer, startOpenAiPeer } from "#tests/peers/openai/server.ts";

let peer: OpenAiPeer;

beforeEach(async () => {
  peer = await startOpenAiPeer();
});

afterEach(() => peer.stop());

const USER = { role: "user", content: "<article-k7>\nTitle: Rain\n\n[k7:1] It rained.\n</article-k7>" };
const CHAT = { model: "m", messages: [USER] };
const RESPONSES = {
  model: "m",
  input: [USER],
  text: { format: { type: "text" } },
  store: false,
  max_output_tokens: 100,
};
const SCHEMA = {
  type: "object",
  properties: { a: { type: "string" } },
  required: ["a"],
  additionalProperties: false,
};

async function send(path: string, body: object): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${peer.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

function strict(schema: object): object {
  return { ...RESPONSES, text: { format: { type: "json_schema", name: "n", strict: true, schema } } };
}

describe("the judge of requests", () => {
  test.for([
    ["/chat/completions", CHAT],
    ["/responses", RESPONSES],
    ["/responses", strict(SCHEMA)],
  ] as const)("has nothing against a right request to %s", async ([path, body]) => {
    expect((await send(path, body)).status).toBe(200);
    expect(peer.violations).toEqual([]);
  });

  test.for([
    ["no model", "/chat/completions", { messages: [USER] }, /model/],
    ["an unknown field", "/chat/completions", { ...CHAT, colour: "red" }, /colour/],
    ["tools", "/responses", { ...RESPONSES, tools: [] }, /tools/],
    ["keeping the article", "/responses", { ...RESPONSES, store: true }, /store/],
    ["a number as text", "/responses", { ...RESPONSES, max_output_tokens: "100" }, /max_output_tokens/],
    ["an optional property", "/responses", strict({ ...SCHEMA, required: [] }), /must be required/],
    [
      "an open object",
      "/responses",
      strict({ ...SCHEMA, additionalProperties: true }),
      /additionalProperties/,
    ],
    [
      "a default",
      "/responses",
      strict({ ...SCHEMA, properties: { a: { type: "string", default: "" } } }),
      /default/,
    ],
    [
      "a length",
      "/responses",
      strict({ ...SCHEMA, properties: { a: { type: "string", minLength: 1 } } }),
      /minLength/,
    ],
    [
      "JSON mode without the word",
      "/chat/completions",
      { ...CHAT, response_format: { type: "json_object" } },
      /JSON/,
    ],
    [
      "a cache breakpoint on a short text",
      "/responses",
      {
        ...RESPONSES,
        input: [
          {
            role: "system",
            content: [
              { type: "input_text", text: "Be brief.", prompt_cache_breakpoint: { mode: "explicit" } },
            ],
          },
          { role: "user", content: "Hello" },
        ],
        prompt_cache_options: { mode: "explicit" },
      },
      /breakpoint/,
    ],
    ["another route", "/completions", CHAT, /no such route/],
  ] as const)("objects to %s", async ([, path, body, violation]) => {
    await send(path, body);
    expect(peer.violations).toHaveLength(1);
    expect(peer.violations[0]).toMatch(violation);
  });
});

test("the peer lists the models it was given", async () => {
  peer.models = ["small", "large"];
  expect(await (await fetch(`${peer.url}/models`)).json()).toMatchObject({
    data: [{ id: "small" }, { id: "large" }],
  });
  expect(peer.violations).toEqual([]);
});
