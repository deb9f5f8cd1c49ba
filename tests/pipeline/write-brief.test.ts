import { describe, expect, test } from "vitest";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { createOpenAiJudge } from "#src/adapters/writer/openai-judge.ts";
import { revisionText } from "#src/core/article.ts";
import { HouseStyle } from "#src/core/house-style.ts";
import type { Judge } from "#src/ports.ts";
import { articleMessage, claimNumbers, honestAnswer } from "#tests/peers/openai/draft.ts";
import { PARAGRAPHS, useWriting, wanted } from "./writing-setup.ts";

const bench = useWriting();

function judge(): Judge {
  return createOpenAiJudge({ apiKey: null, model: "gpt-5-mini", baseUrl: bench.peer.url, api: "chat" });
}

/** The model's verdicts: false for the claims that hold the words. */
function refuting(...words: string[]): void {
  bench.peer.answer("draft");
  bench.peer.answer((asked) => {
    const prompt = articleMessage(asked);
    const verdicts = claimNumbers(prompt).map((claim) => {
      const line = new RegExp(`^\\[\\w+:${claim} claim\\] (.*)$`, "m").exec(prompt)?.[1] ?? "";
      return { claim, why: "as read", supported: !words.some((word) => line.includes(word)) };
    });
    return JSON.stringify({ verdicts });
  });
}

describe("a brief that two want at once", () => {
  test("is written once", async () => {
    const write = bench.writer();
    const [one, other] = await Promise.all([write(wanted()), write(wanted())]);
    expect(one).toBe(other);
    expect(bench.peer.requests).toHaveLength(1);
  });

  test("is written for the one who stays when the other leaves", async () => {
    bench.peer.hang();
    const write = bench.writer();
    const controller = new AbortController();
    const left = write(wanted({ signal: controller.signal }));
    const stayed = write(wanted());
    await expect.poll(() => bench.peer.requests.length).toBe(1);
    controller.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    expect((await stayed).writer.name).toBe("openai");
    expect(bench.peer.requests).toHaveLength(2);
  });
});

describe("a second reading", () => {
  test("sees each claim beside its passage, and nothing else of the article", async () => {
    const { facts, usage } = await bench.writer({ judge: judge() })(wanted());
    expect(usage.calls).toBe(2);
    const asked = articleMessage(
      bench.peer.requests[1]?.asked ?? {
        model: "",
        messages: [],
        format: "text",
        parameters: [],
        stream: false,
        tier: null,
      },
    );
    expect(claimNumbers(asked)).toEqual(facts.map((_, index) => index + 1));
    for (const { text } of facts) expect(asked).toContain(text);
    expect(asked).not.toContain("Council votes to close");
    expect(asked).not.toContain("did not say by how long");
  });

  test("takes away what it does not find, with the reason", async () => {
    refuting("9 to 4", "Mayor");
    const { facts, dropped } = await bench.writer({ judge: judge() })(wanted());
    expect(facts.map(({ text }) => text).join("\n")).not.toMatch(/Mayor/);
    expect(dropped.map(({ reason, text }) => [reason, text.slice(0, 12)])).toEqual([
      ["judged", "The city cou"],
      ["judged", "Mayor Lena B"],
    ]);
    expect(facts).toHaveLength(3);
  });

  test("that refutes everything leaves the article's own sentences", async () => {
    refuting("");
    const { facts, dropped } = await bench.writer({ judge: judge() })(wanted());
    expect(dropped.filter(({ reason }) => reason === "judged")).toHaveLength(5);
    const text = revisionText(wanted().revision);
    expect(facts.length).toBeGreaterThanOrEqual(3);
    for (const fact of facts) expect(text).toContain(fact.text);
  });

  test("can not bring back what the rules dropped", async () => {
    bench.peer.answer((asked) =>
      JSON.stringify(honestAnswer(asked)).replaceAll("9 to 4 on Monday", "12 to 4 on Monday"),
    );
    const { facts, dropped } = await bench.writer({ judge: judge() })(wanted());
    expect(dropped).toContainEqual(expect.objectContaining({ part: "fact", reason: "no-evidence" }));
    expect(facts.map(({ text }) => text).join()).not.toContain("12 to 4");
    const claims = bench.peer.requests[1]?.asked?.messages[1]?.content;
    expect(claims).not.toContain("12 to 4");
  });

  test.for([
    ["fails", () => bench.peer.fail({ status: 401 })],
    ["answers garbage twice", () => [bench.peer.answer("prose"), bench.peer.answer("wrong-json")]],
    [
      "judges nothing",
      () => [bench.peer.answer(() => '{"verdicts":[]}'), bench.peer.answer(() => '{"verdicts":[]}')],
    ],
  ] as const)("that %s leaves the brief as the rules left it", async ([, prepare]) => {
    bench.peer.answer((asked) => {
      prepare();
      return JSON.stringify(honestAnswer(asked));
    });
    const { facts, writer } = await bench.writer({ judge: judge() })(wanted());
    expect(facts).toHaveLength(5);
    expect(writer.name).toBe("openai");
  });

  test("is not asked about the article's own sentences", async () => {
    await bench.writer({ judge: judge(), writers: [createExtractiveWriter()] })(wanted());
    expect(bench.peer.requests).toHaveLength(0);
  });

  test("makes another brief than none", async () => {
    const writers = [bench.model(), createExtractiveWriter()];
    await bench.writer({ writers })(wanted());
    await bench.writer({ writers, judge: judge() })(wanted());
    expect(bench.keys()[1]).toBe(`${bench.keys()[0]}|gpt-5-mini:judge.v1`);
  });
});

describe("house style", () => {
  const style = HouseStyle.parse({
    spelling: "en-US",
    units: { euros: "EUR" },
    replace: { "shop owners": "shopkeepers", "Port Ansel": "Puerto Ansel" },
    banned: ["delayed"],
  });

  test("holds in the brief, and neither in quotations nor in evidence", async () => {
    const paragraphs = [
      ...PARAGRAPHS,
      'Shop owners said "we shop owners organise ourselves" in 12 streets. Critics of Port Ansel criticised the labour costs of 300 euros.',
    ];
    const { headline, summary, facts } = await bench.writer({ style, writers: [createExtractiveWriter()] })(
      wanted({ paragraphs, length: "long" }),
    );
    const text = revisionText(wanted({ paragraphs }).revision);
    const shown = [headline, summary, ...facts.map((fact) => fact.text)].join("\n");
    expect(shown).toContain("Puerto Ansel");
    expect(shown).not.toMatch(/(?<!Puerto )Ansel\b/);
    expect(shown).toContain("million EUR");
    for (const { evidence } of facts) {
      for (const { start, end } of evidence) expect(text.slice(start, end)).not.toMatch(/Puerto|EUR/);
    }
    expect(shown).toContain("we shop owners organise ourselves");
    expect(shown).toContain("criticized the labor costs of 300 EUR");
  });

  test("has a banned word written again", async () => {
    const first = { quote: PARAGRAPHS[3] ?? "", text: "A ferry with stones is delayed." };
    bench.peer.answer((asked) => {
      const draft = honestAnswer(asked);
      return JSON.stringify({
        ...draft,
        facts: [first, ...("facts" in draft && Array.isArray(draft.facts) ? draft.facts : [])],
      });
    });
    const model = await import("#src/adapters/writer/openai.ts");
    const writer = model.createOpenAiWriter({
      apiKey: null,
      model: "m",
      baseUrl: bench.peer.url,
      api: "chat",
      style,
    });
    const { facts, usage } = await bench.writer({ style, writers: [writer] })(wanted());
    expect(usage.calls).toBe(2);
    expect(bench.peer.requests[0]?.asked?.messages[1]?.content).toContain('never use: "delayed"');
    expect(bench.peer.requests[1]?.asked?.messages.at(-1)?.content).toContain(
      'the house style does not allow "delayed"',
    );
    expect(facts.map(({ text }) => text).join()).not.toContain("delayed");
  });

  test("drops what holds a banned word all the same, with the word", async () => {
    const stubborn = JSON.stringify({
      headline: "Ferry delayed in Port Ansel",
      summary: "A ferry is delayed. The council voted 9 to 4 on Monday.",
      facts: [
        { quote: "A ferry that was to bring the paving stones is delayed.", text: "A ferry is delayed." },
        ...PARAGRAPHS.slice(0, 3).map((quote) => ({ quote, text: quote })),
      ],
      caveats: [],
      topics: [],
    });
    bench.peer.answer(() => stubborn);
    bench.peer.answer(() => stubborn);
    const { dropped, summary, headline } = await bench.writer({ style })(wanted());
    expect(dropped.filter(({ reason }) => reason === "style")).toEqual([
      {
        part: "headline",
        text: "Ferry delayed in Port Ansel",
        reason: "style",
        detail: "delayed",
        rule: null,
      },
      { part: "summary", text: "A ferry is delayed.", reason: "style", detail: "delayed", rule: null },
      { part: "fact", text: "A ferry is delayed.", reason: "style", detail: "delayed", rule: null },
    ]);
    expect(`${headline} ${summary}`).not.toContain("delayed");
  });

  test("shows a banned word of the article's own only where there is nothing else", async () => {
    const delayed = "The ferry to Port Ansel is delayed by ice.";
    const writers = [createExtractiveWriter()];
    const other = "The pilot Ines Dahl closed pier 4 on Monday.";
    const both = await bench.writer({ style, writers })(
      wanted({ id: "a", paragraphs: [`${delayed} ${other}`] }),
    );
    expect(both.facts.map(({ text }) => text)).toEqual([other]);
    expect(both.dropped).toContainEqual(expect.objectContaining({ reason: "style", detail: "delayed" }));
    const alone = await bench.writer({ style, writers })(wanted({ id: "b", paragraphs: [delayed] }));
    expect(alone.facts.map(({ text }) => text)).toEqual(["The ferry to Puerto Ansel is delayed by ice."]);
  });
});
