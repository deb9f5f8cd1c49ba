import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { type DraftBounds, readDraft } from "#src/adapters/writer/draft-output.ts";

const BOUNDS: DraftBounds = { mark: "k7", language: "en", sentences: 3, leastFacts: 1, mostFacts: 5 };
const DRAFT = {
  facts: [{ quote: "It rained for 9 days.", text: "It rained for 9 days." }],
  summary: "It rained.",
  headline: "Rain falls for 9 days",
  caveats: [],
  topics: ["weather"],
};
const JSON_TEXT = JSON.stringify(DRAFT);

describe("an answer is read", () => {
  test.for([
    ["plain", JSON_TEXT],
    ["in a fence", `\`\`\`json\n${JSON_TEXT}\n\`\`\``],
    ["after prose with braces", `Here {you} go: ${JSON_TEXT} Enjoy {it}!`],
    ["in a list", `[${JSON_TEXT}]`],
    ["after a quotation mark that is never closed", `The "JSON: ${JSON_TEXT}`],
    ["after another object", `{"plan":"write"}\n${JSON_TEXT}`],
    ["after thinking", `<think>{"facts":[]}</think>${JSON_TEXT}`],
    ["after thinking that was never opened", `I must count.\n</think>\n${JSON_TEXT}`],
    ["with a trailing comma", `${JSON_TEXT.slice(0, -1)},}`],
    ["with single quotes", JSON_TEXT.replaceAll('"', "'")],
    ["with more keys", JSON.stringify({ ...DRAFT, mood: "wet" })],
    ["with marks on its quote", JSON_TEXT.replace("It rained for", "[k7:3] It rained for")],
    ["with a full stop after the headline", JSON_TEXT.replace('9 days"', '9 days."')],
    ["with an address in its summary", JSON_TEXT.replace('"It rained."', '"It rained. https://a.example/b"')],
  ] as const)("%s", ([, text]) => {
    expect(readDraft(text, BOUNDS)).toEqual({ kind: "good", value: DRAFT });
  });

  test.for([
    ["nothing", "", /no JSON object/],
    ["prose", "The article says that it rained.", /no JSON object/],
    ["a list of texts", '["It rained."]', /no JSON object/],
    ["other keys", '{"title":"Rain"}', /facts: /],
    ["facts without quotes", JSON.stringify({ ...DRAFT, facts: ["It rained."] }), /facts\.0: /],
    ["no headline", JSON.stringify({ ...DRAFT, headline: "  " }), /headline: /],
    [
      "a headline that is an address",
      JSON.stringify({ ...DRAFT, headline: "https://a.example" }),
      /plain text/,
    ],
    ["no facts", JSON.stringify({ ...DRAFT, facts: [] }), /at least 1/],
    ["only empty quotes", JSON.stringify({ ...DRAFT, facts: [{ text: "a", quote: " " }] }), /at least 1/],
  ] as const)("as bad: %s", ([, text, issue]) => {
    const reading = readDraft(text, BOUNDS);
    expect(reading.kind).toBe("bad");
    expect(reading.kind === "bad" ? reading.issues.join() : "").toMatch(issue);
  });

  test("as thin when the article would have had more facts", () => {
    expect(readDraft(JSON_TEXT, { ...BOUNDS, leastFacts: 3 })).toMatchObject({ kind: "thin", value: DRAFT });
  });

  test("without ever throwing", () => {
    const pieces = constantFrom(
      "{",
      "}",
      '"',
      "\\",
      "```json\n",
      "\n```",
      "</think>",
      JSON_TEXT,
      "[",
      ",",
      "ü",
      "facts",
    );
    assert(
      property(array(oneof(pieces, string())), (parts) => {
        expect(["good", "thin", "bad"]).toContain(readDraft(parts.join(""), BOUNDS).kind);
      }),
    );
  });
});
