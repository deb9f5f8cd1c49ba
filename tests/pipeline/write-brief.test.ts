import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { revisionText } from "#src/core/article.ts";
import { HouseStyle } from "#src/core/house-style.ts";
import { createLog } from "#src/log.ts";
import { honestAnswer } from "#tests/peers/openai/draft.ts";
import { PARAGRAPHS, useWriting, wanted } from "./writing-setup.ts";

const bench = useWriting();

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

test("what was left out of a brief is counted in the log by reason and rule, without a word of it", async () => {
  const lines: string[] = [];
  const log = createLog({ level: "info", format: "json" }, { write: (line) => void lines.push(line) });
  const [first = ""] = PARAGRAPHS;
  const facts = [
    {
      quote: first,
      text: "The city council of Port Ansel voted 9 to 5 on Monday to close Harbour Street to cars.",
    },
    { quote: "Nothing of the kind.", text: "The mayor of Port Ansel resigned." },
  ];
  bench.peer.answer((asked) => {
    const draft = honestAnswer(asked);
    return JSON.stringify({
      ...draft,
      facts: [...facts, ...("facts" in draft && Array.isArray(draft.facts) ? draft.facts : [])],
    });
  });
  const { dropped, id } = await bench.writer({ log })(wanted());
  const [written = "", ...more] = lines.filter((line) => line.includes("brief written"));
  expect(more).toEqual([]);
  const told = z
    .object({ brief: z.string(), dropped: z.record(z.string(), z.int()) })
    .parse(JSON.parse(written));
  expect(told.brief).toBe(id);
  expect(Object.values(told.dropped).reduce((sum, count) => sum + count, 0)).toBe(dropped.length);
  expect(Object.keys(told.dropped).join()).toMatch(/number.*no-evidence/);
  expect(written).not.toMatch(/council|mayor/);
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
