import { describe, expect, test } from "vitest";
import { createExtractiveWriter } from "#src/adapters/writer/extractive.ts";
import { createOpenAiJudge } from "#src/adapters/writer/openai-judge.ts";
import { revisionText } from "#src/core/article.ts";
import type { Brief } from "#src/core/brief.ts";
import { createLog } from "#src/log.ts";
import type { Judge } from "#src/ports.ts";
import { articleMessage, claimNumbers, honestAnswer } from "#tests/peers/openai/draft.ts";
import type { AskedFor } from "#tests/peers/openai/shapes.ts";
import { PARAGRAPHS, useWriting, wanted } from "./writing-setup.ts";

const bench = useWriting();

function judge(): Judge {
  return createOpenAiJudge({ apiKey: null, model: "gpt-5-mini", baseUrl: bench.peer.url, api: "chat" });
}

/** The model's verdicts: false for the claims that hold the words. */
function refusal(...words: string[]): (asked: AskedFor) => string {
  return (asked) => {
    const prompt = articleMessage(asked);
    const verdicts = claimNumbers(prompt).map((claim) => {
      const line = new RegExp(`^\\[\\w+:${claim} claim\\] (.*)$`, "m").exec(prompt)?.[1] ?? "";
      return { claim, why: "as read", supported: !words.some((word) => line.includes(word)) };
    });
    return JSON.stringify({ verdicts });
  };
}

function refuting(...words: string[]): void {
  bench.peer.answer("draft");
  bench.peer.answer(refusal(...words));
}

/** A brief of a draft, of which the judge refutes what holds the words. */
function writeWith(draft: object, words: string, paragraphs = PARAGRAPHS): Promise<Brief> {
  bench.peer.answer(() => JSON.stringify(draft));
  bench.peer.answer(refusal(words));
  return bench.writer({ judge: judge() })(wanted({ paragraphs }));
}

describe("a second reading", () => {
  test("sees each claim beside its passage, and nothing else of the article", async () => {
    const { facts, headline, summary, usage } = await bench.writer({ judge: judge() })(wanted());
    expect(usage.calls).toBe(2);
    const asked = articleMessage(
      bench.peer.requests[1]?.asked ?? {
        model: "",
        messages: [],
        format: "text",
        parameters: [],
        stream: false,
        tier: null,
        effort: null,
      },
    );
    // This summary says what facts say, in the same words.
    for (const { text } of facts)
      expect(summary.includes(text) || asked.includes(`claim] ${text}`)).toBe(true);
    expect(asked).toContain(`claim] ${headline}`);
    expect(claimNumbers(asked)).toHaveLength(facts.length + 1);
    expect(asked).not.toContain("did not say by how long");
  });

  test("takes away what it does not find, with the reason", async () => {
    refuting("9 to 4", "Mayor");
    const { facts, dropped } = await bench.writer({ judge: judge() })(wanted());
    expect(facts.map(({ text }) => text).join("\n")).not.toMatch(/Mayor/);
    expect(dropped.map(({ part, reason, text }) => [part, reason, text.slice(0, 12)])).toEqual([
      ["fact", "judged", "The city cou"],
      ["fact", "judged", "Mayor Lena B"],
      ["headline", "judged", "The city cou"],
      ["summary", "judged", "The city cou"],
      ["summary", "judged", "Mayor Lena B"],
    ]);
    expect(facts).toHaveLength(3);
  });

  test("that refutes everything leaves the article's own sentences", async () => {
    refuting("");
    const { facts, dropped } = await bench.writer({ judge: judge() })(wanted());
    expect(dropped.filter(({ part, reason }) => part === "fact" && reason === "judged")).toHaveLength(5);
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
    const [unread, read] = bench.keys().filter((key) => key.startsWith("article-"));
    expect(read).toBe(`${unread}|gpt-5-mini:judge.v1`);
  });
});

/** A draft whose claims stand by the rules. */
const DRAFT = {
  facts: [
    "The city council of Port Ansel voted 9 to 4 on Monday to close Harbour Street to cars.",
    "The closure begins on 1 May and is planned to last two years.",
    "A ferry that was to bring the paving stones is delayed.",
  ].map((text) => ({ text, quote: text })),
  summary:
    "The council of Port Ansel voted to close Harbour Street to cars. The work will cost about 2.4 million euros.",
  headline: "Harbour Street closes to cars for two years",
  caveats: [],
  topics: [],
};

describe("a second reading of headline and summary", () => {
  test("shows each beside the few sentences that it rests on", async () => {
    bench.peer.answer(() => JSON.stringify(DRAFT));
    await bench.writer({ judge: judge() })(wanted());
    const lines = bench.peer.requests[1]?.asked?.messages[1]?.content.split("\n") ?? [];
    const number = lines.find((line) => line.endsWith(DRAFT.headline))?.match(/:(\d+) claim\]/)?.[1] ?? "";
    const passages = lines.filter((line) => line.includes(`:${number} passage]`)).join("\n");
    expect(passages).toContain("close Harbour Street to cars");
    expect(passages).toContain("planned to last two years");
    expect(passages.split("\n").length).toBeLessThanOrEqual(3);
  });

  test("replaces a headline it does not bear out by the article's title", async () => {
    const { dropped, headline, facts } = await writeWith(DRAFT, DRAFT.headline);
    expect(headline).toBe("Council votes to close Harbour Street to cars");
    expect(dropped).toEqual([
      { part: "headline", text: DRAFT.headline, reason: "judged", detail: null, rule: null },
    ]);
    expect(facts).toHaveLength(3);
  });

  test("takes out a sentence of the summary, and keeps the others", async () => {
    const { dropped, summary, headline } = await writeWith(DRAFT, "2.4 million");
    expect(summary).toBe("The council of Port Ansel voted to close Harbour Street to cars.");
    expect(headline).toBe(DRAFT.headline);
    expect(dropped).toMatchObject([{ part: "summary", reason: "judged" }]);
  });

  test("of a translation rests on the passages of the facts it repeats, else of all", async () => {
    const german = {
      ...DRAFT,
      facts: [
        {
          quote: DRAFT.facts[0]?.quote,
          text: "Der Stadtrat von Port Ansel stimmte am Montag mit 9 zu 4 Stimmen.",
        },
        { quote: DRAFT.facts[1]?.quote, text: "Die Sperrung beginnt am 1. Mai und soll zwei Jahre dauern." },
        {
          quote: DRAFT.facts[2]?.quote,
          text: "Eine Fähre, die Pflastersteine bringen sollte, ist verspätet.",
        },
      ],
      summary: "Es soll zwei Jahre dauern.",
      headline: "Bald nur noch Fußgänger",
    };
    bench.peer.answer(() => JSON.stringify(german));
    await bench.writer({ judge: judge() })(wanted({ language: "de" }));
    const asked = bench.peer.requests[1]?.asked?.messages[1]?.content ?? "";
    const passagesOf = (claim: string): string[] => {
      const lines = asked.split("\n");
      const number = /:(\d+) claim/.exec(lines.find((line) => line.endsWith(claim)) ?? "")?.[1] ?? "";
      return lines
        .filter((line) => line.includes(`:${number} passage]`))
        .map((line) => line.replace(/^.*?\] /, "").slice(0, 12));
    };
    expect(passagesOf(german.summary)).toEqual(["The closure "]);
    expect(passagesOf(german.headline)).toEqual(
      expect.arrayContaining(["The city cou", "The closure ", "A ferry that"]),
    );
  });
});

test("a sentence of the article's own that was refuted is not filled up with again", async () => {
  const [first] = DRAFT.facts;
  const paragraphs = [
    ...DRAFT.facts.map(({ text }) => text),
    "The work will cost about 2.4 million euros.",
    "Mayor Lena Brandt will speak about it on Friday.",
  ];
  const { facts } = await writeWith(DRAFT, first?.text ?? "", paragraphs);
  expect(facts).toHaveLength(3);
  expect(facts.map(({ text }) => text)).not.toContain(first?.text);
});

test("a near copy that was dropped beside a refuted fact does not come back for it", async () => {
  const [first] = DRAFT.facts;
  const copy = { text: first?.text.replace("on Monday ", "") ?? "", quote: first?.quote ?? "" };
  const { facts } = await writeWith({ ...DRAFT, facts: [...DRAFT.facts, copy] }, "9 to 4");
  expect(facts.map(({ text }) => text).join("\n")).not.toContain("9 to 4");
});

test("a brief without anything else to show shows its one sentence", async () => {
  const only = DRAFT.facts.slice(0, 1);
  const draft = { ...DRAFT, facts: only, summary: only[0]?.text ?? "" };
  const { dropped, facts } = await writeWith(draft, "9 to 4", [only[0]?.text ?? ""]);
  expect(dropped).toContainEqual(expect.objectContaining({ part: "fact", reason: "judged" }));
  expect(facts).toHaveLength(1);
});

describe("a judge that can not be asked", () => {
  test("is asked once more the next time, without writing again", async () => {
    bench.peer.answer(() => {
      bench.peer.fail({ status: 401 });
      return JSON.stringify(DRAFT);
    });
    const write = bench.writer({ judge: judge() });
    const first = await write(wanted());
    expect(bench.keys()).toEqual([expect.stringMatching(/\|unjudged$/)]);
    bench.peer.answer(refusal("9 to 4"));
    const second = await write(wanted());
    expect(bench.peer.requests).toHaveLength(3);
    expect(bench.keys()[1]).toBe(bench.keys()[0]?.replace("|unjudged", ""));
    expect(second.id).not.toBe(first.id);
    expect(second.usage.calls).toBe(2);
    expect(first.facts.map(({ text }) => text).join()).toContain("9 to 4");
    expect(second.facts.map(({ text }) => text).join()).not.toContain("9 to 4");
    expect(second.dropped).toMatchObject([{ part: "fact", reason: "judged" }]);
    expect(await write(wanted())).toBe(second);
    expect(bench.peer.requests).toHaveLength(3);
  });

  test("leaves the brief that is there when it fails again", async () => {
    bench.peer.answer(() => {
      bench.peer.fail({ status: 401, times: 2 });
      return JSON.stringify(DRAFT);
    });
    const write = bench.writer({ judge: judge() });
    const first = await write(wanted());
    expect(await write(wanted())).toBe(first);
    expect(bench.peer.requests).toHaveLength(3);
    expect(bench.keys()).toHaveLength(1);
  });

  test("is told to the log", async () => {
    const lines: string[] = [];
    bench.peer.answer(() => {
      bench.peer.fail({ status: 401 });
      return JSON.stringify(DRAFT);
    });
    const log = createLog({ level: "warn", format: "json" }, { write: (line) => void lines.push(line) });
    await bench.writer({ judge: judge(), log })(wanted());
    expect(lines.join("")).toContain('"judge gave up"');
  });
});
