import { describe, expect, test } from "vitest";
import { revisionText } from "#src/core/article.ts";
import { sampleArticle } from "#tests/core/articles.ts";
import { useWriting, wanted } from "./writing-setup.ts";

const bench = useWriting();

interface Row {
  language: string;
  title: string;
  paragraphs: string[];
  quote: string;
  /** A true and a false statement of the quote, in the brief's language. */
  right: string;
  wrong: string;
  into: string;
  asked: string;
}

const ROWS: Row[] = [
  {
    language: "ja",
    title: "火事で45人けが",
    paragraphs: ["市議会は月曜日、火事で45人がけがをしたと発表した。警察が原因を調べている。"],
    quote: "市議会は月曜日、火事で45人がけがをしたと発表した。",
    right: "The city council said on Monday that 45 people were injured in a fire.",
    wrong: "The city council said on Monday that 46 people were injured in a fire.",
    into: "en",
    asked: "English (en)",
  },
  {
    language: "ru",
    title: "Пожар в Петрозаводске",
    paragraphs: [
      "Городской совет Петрозаводска в понедельник сообщил, что при пожаре пострадали 45 человек. Полиция ведёт расследование.",
    ],
    quote: "Городской совет Петрозаводска в понедельник сообщил, что при пожаре пострадали 45 человек.",
    right: "The city council of Petrozavodsk said on Monday that 45 people were hurt in the fire.",
    wrong: "The city council of Petrozavodsk said on Monday that 450 people were hurt in the fire.",
    into: "en",
    asked: "English (en)",
  },
  {
    language: "en",
    title: "Fire injures 45,000",
    paragraphs: ["The council said on Monday that 45,000 people were injured. Police are investigating."],
    quote: "The council said on Monday that 45,000 people were injured.",
    right: "市議会は月曜日、4万5000人がけがをしたと発表した。",
    wrong: "市議会は月曜日、5万5000人がけがをしたと発表した。",
    into: "ja",
    asked: "Japanese (ja)",
  },
];

describe("a brief in another language", () => {
  test.for(ROWS)("from $language into $into is in that language, proved in the article's", async (row) => {
    bench.peer.answer(() => JSON.stringify(draftOf(row)));
    const request = wanted({ paragraphs: row.paragraphs, language: row.into });
    const { article, revision } = request;
    const brief = await bench.writer()({
      ...request,
      article: { ...article, language: row.language },
      revision: { ...revision, title: row.title },
    });
    expect(brief.language).toBe(row.into);
    expect(brief.facts[0]?.text).toBe(row.right);
    expect(brief.facts.map(({ text }) => text)).not.toContain(row.wrong);
    expect(brief.dropped).toContainEqual(
      expect.objectContaining({ part: "fact", text: row.wrong, reason: "number" }),
    );
    const text = revisionText(request.revision);
    const [proof] = brief.facts[0]?.evidence ?? [];
    expect(text.slice(proof?.start, proof?.end)).toBe(row.quote);
    expect(bench.peer.requests[0]?.asked?.messages[1]?.content).toContain(
      `${row.asked}; every \`quote\` stays`,
    );
  });

  test("is another brief than the one in the article's own", async () => {
    const write = bench.writer();
    await write(wanted());
    await write(wanted({ language: "de" }));
    await write(wanted({ language: "de" }));
    expect(bench.peer.requests).toHaveLength(2);
  });

  test("can not be had of the built-in writer, and the reader is told", async () => {
    bench.peer.fail({ status: 401 });
    const { language, caveats } = await bench.writer()(wanted({ language: "fr" }));
    expect(language).toBe("en");
    expect(caveats).toContain(
      "The built-in writer does not translate: this brief keeps the article's language (en), not fr.",
    );
  });
});

test.for([
  ["short", 1, 3],
  ["standard", 3, 5],
  ["long", 4, 7],
] as const)("a %s brief has at most %i sentences and %i facts", async ([length, sentences, facts]) => {
  const { paragraphs } = sampleArticle("en-bridge");
  const brief = await bench.writer()(wanted({ paragraphs, length }));
  expect(brief.writer.name).toBe("openai");
  expect(brief.facts).toHaveLength(facts);
  expect(brief.summary.match(/[.!?](?:\s|$)/g)?.length).toBeLessThanOrEqual(sentences);
  expect(bench.peer.requests[0]?.asked?.messages[1]?.content).toContain(`at most ${sentences} sentence(s)`);
});

function draftOf({ right, wrong, quote }: Row): object {
  return {
    headline: right.replace(/[.。]$/, ""),
    summary: right,
    facts: [
      { text: right, quote },
      { text: wrong, quote },
    ],
    caveats: [],
    topics: [],
  };
}
