import { describe, expect, test } from "vitest";
import { createOpenAiJudge } from "#src/adapters/writer/openai-judge.ts";
import type { Meter } from "#src/ports.ts";
import { failureOf, KEY, PARAGRAPHS, useBench, writeRequest } from "./openai-setup.ts";

const bench = useBench();
const TEXT = PARAGRAPHS.join("\n\n");

/** The real client believes that it talks to this host; the bytes go to the peer. */
function hostedAs(origin: string): typeof fetch {
  return (input, init) => {
    const url = input instanceof Request ? input.url : input.toString();
    return fetch(url.replace(origin, new URL(bench.peer.url).origin), init);
  };
}

describe("each server", () => {
  test.for([
    // server, API tried first, calls for the first brief, path and rung that are remembered
    ["openai", "responses", 1, "/v1/responses", "strict-schema"],
    ["openai", "auto", 1, "/v1/chat/completions", "strict-schema"],
    ["azure", "responses", 2, "/v1/responses", "strict-schema"],
    ["ollama", "auto", 1, "/v1/chat/completions", "strict-schema"],
    ["ollama", "responses", 1, "/v1/responses", "strict-schema"],
    ["ollama-old", "responses", 2, "/v1/chat/completions", "strict-schema"],
    ["ollama-cloud", "auto", 1, "/v1/chat/completions", "strict-schema"],
    ["vllm", "auto", 1, "/v1/chat/completions", "strict-schema"],
    ["vllm-small", "auto", 2, "/v1/chat/completions", "strict-schema"],
    ["lmstudio", "auto", 1, "/v1/chat/completions", "strict-schema"],
    ["lmstudio", "responses", 1, "/v1/responses", "strict-schema"],
    ["llamacpp", "auto", 1, "/v1/chat/completions", "strict-schema"],
    ["llamacpp", "responses", 2, "/v1/chat/completions", "strict-schema"],
    ["llamacpp-grammar", "auto", 3, "/v1/chat/completions", "json_object"],
    ["gateway", "auto", 3, "/v1/chat/completions", "schema"],
    ["json-mode-only", "auto", 3, "/v1/chat/completions", "json_object"],
    ["text-only", "auto", 4, "/v1/chat/completions", "text"],
    ["text-only", "responses", 5, "/v1/chat/completions", "text"],
  ] as const)("%s asked by %s gives a draft within %i calls and is known afterwards", async (row) => {
    const [profile, api, calls, path, format] = row;
    bench.peer.profile(profile);
    // A deployment's name that says nothing about its model: a temperature is tried.
    const writer = bench.writer({ api, model: "newsroom" });
    const { draft, usage } = await writer.write(writeRequest());
    for (const { quote } of draft.facts) expect(TEXT).toContain(quote);
    expect(usage.calls).toBe(calls);
    expect(bench.peer.requests).toHaveLength(calls);

    const again = await writer.write(writeRequest({ length: "long" }));
    expect(again.usage.calls).toBe(1);
    expect(bench.peer.requests.at(-1)).toMatchObject({ path, asked: { format } });
  });

  test("that does not enforce a form gets the schema in the prompt", async () => {
    bench.peer.profile("text-only");
    await bench.writer({ api: "chat" }).write(writeRequest());
    const rules = bench.peer.requests.map((request) => request.asked?.messages[0]?.content ?? "");
    expect(rules.map((content) => content.includes('"additionalProperties":false'))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test.for(["ollama-cloud", "llamacpp"] as const)(
    "%s, which takes a form and ignores it, has the model shown it from the first bad answer on",
    async (profile) => {
      bench.peer.profile(profile);
      bench.peer.answer("prose");
      const writer = bench.writer({ api: "chat" });
      await writer.write(writeRequest());
      await writer.write(writeRequest({ length: "long" }));
      const shown = bench.peer.requests.map(({ asked }) => ({
        format: asked?.format,
        schema: asked?.messages[0]?.content.includes('"additionalProperties":false'),
      }));
      expect(shown).toEqual([
        { format: "strict-schema", schema: false },
        { format: "strict-schema", schema: true },
        { format: "strict-schema", schema: true },
      ]);
    },
  );

  test("with a small window is asked without a limit on the answer, not for a shorter article", async () => {
    bench.peer.profile("vllm-small");
    await bench.writer({ api: "chat" }).write(writeRequest());
    expect(bench.peer.requests.map(({ asked }) => asked?.parameters.includes("max_tokens"))).toEqual([
      true,
      false,
    ]);
  });

  test("that fails on the way down is not remembered as lower", async () => {
    bench.peer.profile("json-mode-only");
    bench.peer.fail({ status: 400, message: "response_format is invalid" });
    bench.peer.fail({ status: 401 });
    const writer = bench.writer({ api: "chat" });
    await failureOf(writer.write(writeRequest()));
    await writer.write(writeRequest());
    expect(bench.peer.requests.map((request) => request.asked?.format)).toEqual([
      "strict-schema",
      "schema",
      "strict-schema",
      "schema",
      "json_object",
    ]);
  });

  test("that answers with a web page is named as no API", async () => {
    const page: typeof fetch = async () =>
      new Response("<html>hello</html>", { headers: { "content-type": "text/html" } });
    for (const api of ["responses", "chat"] as const) {
      const error = await failureOf(bench.writer({ api, fetch: page }).write(writeRequest()));
      expect(error.details).toMatchObject({ reason: "not-an-api", usage: { calls: 1 } });
    }
  });

  test("that sends more than a draft could need is not asked again", async () => {
    const choices = [{ message: { content: "{}" } }];
    const flood: typeof fetch = async () => Response.json({ choices, padding: "x".repeat(5 * 1024 * 1024) });
    const error = await failureOf(bench.writer({ api: "chat", fetch: flood }).write(writeRequest()));
    expect(error.details).toMatchObject({ reason: "not-an-api", usage: { calls: 1 } });
  });
});

describe("OpenRouter", () => {
  const origin = "https://openrouter.ai";
  const options = { baseUrl: `${origin}/v1`, api: "auto", model: "some/model" } as const;

  test("is told to ask only servers that know the form, and gives it up where there are none", async () => {
    bench.peer.profile("openrouter");
    const writer = bench.writer({ ...options, fetch: hostedAs(origin) });
    await writer.write(writeRequest());
    expect(bench.peer.requests.map(({ asked }) => asked?.format)).toEqual([
      "strict-schema",
      "schema",
      "json_object",
    ]);
    for (const { body } of bench.peer.requests)
      expect(body).toMatchObject({ provider: { require_parameters: true } });
  });

  test.for([
    [429, "rate-limited", 3],
    [502, "server-error", 3],
    [402, "quota", 1],
    [403, "bad-key", 1],
  ] as const)("failing with %i inside an answer that is 200 is the failure it is", async (row) => {
    const [code, reason, calls] = row;
    const failing: typeof fetch = async () =>
      Response.json({ error: { code, message: "Provider returned error" } });
    const error = await failureOf(bench.writer({ ...options, fetch: failing }).write(writeRequest()));
    expect(error.details).toMatchObject({ reason, usage: { calls } });
  });

  test("failing in the middle of a stream is asked again", async () => {
    const line = JSON.stringify({ error: { code: 502, message: "Provider disconnected" }, choices: [] });
    let calls = 0;
    const failing: typeof fetch = async () => {
      calls += 1;
      return new Response(`data: ${line}\n\n`, { headers: { "content-type": "text/event-stream" } });
    };
    const request = writeRequest({ progress: () => undefined });
    const error = await failureOf(bench.writer({ ...options, fetch: failing }).write(request));
    expect({ calls, reason: error.details["reason"] }).toEqual({ calls: 3, reason: "server-error" });
  });
});

describe("a service tier", () => {
  test.for(["responses", "chat"] as const)("is asked for by %s only when it is set", async (api) => {
    await bench.writer({ api }).write(writeRequest());
    await bench.writer({ api, tier: "flex" }).write(writeRequest());
    expect(bench.peer.requests.map(({ asked }) => asked?.tier)).toEqual([null, "flex"]);
  });

  test("that served is the one that is billed, not the one that was asked for", async () => {
    bench.peer.serveOn("default");
    const settled: unknown[] = [];
    const meter: Meter = {
      reserve: async ({ tier }) => {
        expect(tier).toBe("flex");
        return { settle: async (use) => void settled.push(use) };
      },
    };
    await bench.writer({ tier: "flex" }).write(writeRequest({ meter }));
    expect(settled).toMatchObject([{ model: "gpt-5.6-mini", tier: "default" }]);
    expect(bench.logged).toMatchObject([{ tier: "default" }]);
  });
});

describe("OpenAI's own host", () => {
  test("is asked by Responses, with an explicit cache from GPT-5.6 on", async () => {
    const writer = bench.writer({ baseUrl: null, api: "auto", fetch: hostedAs("https://api.openai.com") });
    await writer.write(writeRequest());
    const { usage } = await writer.write(writeRequest());
    expect(bench.peer.requests[0]?.body).toMatchObject({
      model: "gpt-5.6-mini",
      input: [
        { role: "system", content: [{ type: "input_text", prompt_cache_breakpoint: { mode: "explicit" } }] },
        { role: "user" },
      ],
      text: { format: { type: "json_schema", strict: true } },
      store: false,
      reasoning: { effort: "none" },
      prompt_cache_key: "brief.v2",
      prompt_cache_options: { mode: "explicit" },
    });
    // From this size on a provider caches a prefix; all briefs share it.
    expect(usage.cachedTokens).toBeGreaterThanOrEqual(1024);
  });

  test("is not told to cache a prefix that is too short for it, nor the text after it", async () => {
    const judge = createOpenAiJudge({
      apiKey: KEY,
      model: "gpt-5.6-mini",
      baseUrl: null,
      api: "auto",
      fetch: hostedAs("https://api.openai.com"),
    });
    const { signal } = writeRequest();
    await judge.judge({ claims: [{ claim: "A ferry is late.", passages: ["A ferry is delayed."] }], signal });
    expect(bench.peer.requests[0]?.body).toMatchObject({
      input: [{ role: "system", content: expect.stringContaining("You check") }, { role: "user" }],
      prompt_cache_options: { mode: "explicit" },
    });
  });

  test.for([
    ["gpt-4.1-mini", { temperature: 0, reasoning: false, options: false }],
    ["gpt-5-mini", { temperature: undefined, reasoning: true, options: false }],
    ["o4-mini", { temperature: undefined, reasoning: true, options: false }],
    ["gpt-6-astra", { temperature: undefined, reasoning: true, options: true }],
  ] as const)("is sent only what %s understands", async ([model, wanted]) => {
    const fetch = hostedAs("https://api.openai.com");
    await bench.writer({ baseUrl: null, api: "auto", model, fetch }).write(writeRequest());
    const parameters = bench.peer.requests[0]?.asked?.parameters ?? [];
    expect(parameters.includes("reasoning")).toBe(wanted.reasoning);
    expect(parameters.includes("prompt_cache_options")).toBe(wanted.options);
    expect(parameters.includes("temperature")).toBe(wanted.temperature !== undefined);
    expect(parameters).toContain("prompt_cache_key");
  });

  test("is not called without a key", async () => {
    const fetch = hostedAs("https://api.openai.com");
    const error = await failureOf(bench.writer({ baseUrl: null, apiKey: null, fetch }).write(writeRequest()));
    expect(error.details).toMatchObject({ reason: "no-key", usage: { calls: 0 } });
    expect(bench.peer.requests).toHaveLength(0);
  });
});

describe("a model is known by its name wherever it is served", () => {
  const AZURE = "https://desk.openai.azure.com";
  const FOUNDRY = "https://desk.services.ai.azure.com";
  const ROUTER = "https://openrouter.ai";
  const GATEWAY = "https://models.example";
  test.for([
    // server, name there, path, effort, temperature, explicit cache
    [AZURE, "gpt-6-luna", "/v1/responses", "none", false, true],
    [AZURE, "newsroom-gpt-5-mini-eu", "/v1/responses", "minimal", false, false],
    [AZURE, "gpt-4.1-mini", "/v1/responses", null, true, false],
    [FOUNDRY, "desk_gpt-6.1-terra", "/v1/responses", "none", false, true],
    [ROUTER, "openai/gpt-6-luna", "/v1/chat/completions", "none", false, false],
    [ROUTER, "openai/o4-mini", "/v1/chat/completions", "low", false, false],
    [ROUTER, "openai/gpt-4o", "/v1/chat/completions", null, true, false],
    [ROUTER, "openai/gpt-oss-120b", "/v1/chat/completions", null, true, false],
    [GATEWAY, "azure/gpt-5.6-mini", "/v1/chat/completions", "none", false, false],
  ] as const)("%s %s: one call", async ([origin, model, path, effort, temperature, explicit]) => {
    if (!temperature) bench.peer.profile("thinks");
    const server = { baseUrl: `${origin}/v1`, api: "auto", model, fetch: hostedAs(origin) } as const;
    await bench.writer(server).write(writeRequest());
    expect(bench.peer.requests).toHaveLength(1);
    const [request] = bench.peer.requests;
    expect(request).toMatchObject({ path, asked: { effort } });
    const parameters = request?.asked?.parameters ?? [];
    expect(parameters.includes("temperature")).toBe(temperature);
    expect(parameters.includes("prompt_cache_options")).toBe(explicit);
    expect(parameters.includes("prompt_cache_key")).toBe(explicit);
  });
});

describe("the effort", () => {
  test.for(["responses", "chat"] as const)("is the one that is set, asked by %s", async (api) => {
    await bench.writer({ api, effort: "high" }).write(writeRequest());
    expect(bench.peer.requests.map(({ asked }) => asked?.effort)).toEqual(["high"]);
  });

  test.for([
    ["responses", "thinks-always", ["none", "low", "low"]],
    ["chat", "thinks-always", ["none", "low", "low"]],
    ["responses", "thinks-as-it-will", ["none", null, null]],
    ["chat", "thinks-as-it-will", ["none", null, null]],
  ] as const)(
    "that is refused by %s (%s) costs one call and is remembered",
    async ([api, profile, efforts]) => {
      bench.peer.profile(profile);
      const writer = bench.writer({ api, model: "gpt-6-luna" });
      await writer.write(writeRequest());
      await writer.write(writeRequest({ length: "long" }));
      expect(bench.peer.requests.map(({ asked }) => asked?.effort ?? null)).toEqual(efforts);
    },
  );
});

test("a server that wants no key gets none of ours", async () => {
  bench.peer.key = "none";
  const { usage } = await bench.writer({ apiKey: null, api: "chat" }).write(writeRequest());
  expect(usage.calls).toBe(1);
});
