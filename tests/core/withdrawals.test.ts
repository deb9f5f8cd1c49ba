import { expect, test } from "vitest";
import { revisionText } from "#src/core/article.ts";
import type { BriefView } from "#src/core/brief-reply.ts";
import { factKey } from "#src/core/post-view.ts";
import { standingPart, takenParts, type Withdrawal } from "#src/core/withdrawals.ts";
import { makeBrief } from "#tests/contracts/store-fixtures.ts";
import { FIRE } from "#tests/scenarios/desk.ts";

const PARAGRAPHS = FIRE("9");
const OWNER = PARAGRAPHS[4] ?? "";
const PORT = "The port stays closed until Thursday.";

function viewOf(summary: string, facts: readonly { text: string; quote: string }[]): BriefView {
  const revision = {
    articleId: "a",
    number: 1,
    hash: "h",
    title: "Fire at the harbour",
    paragraphs: PARAGRAPHS,
    fetchedAt: new Date(0),
    change: null,
  };
  const text = revisionText(revision);
  const brief = makeBrief({
    articleId: "a",
    summary,
    facts: facts.map(({ quote, text: said }) => {
      const start = text.indexOf(quote);
      return { text: said, evidence: [{ start, end: start + quote.length }] };
    }),
  });
  const article = {
    id: "a",
    url: null,
    site: null,
    byline: null,
    language: "en",
    publishedAt: null,
    firstSeenAt: new Date(0),
    unpublishedAt: null,
    visibility: "public" as const,
    storyId: "s",
    latest: 1,
  };
  return { article, brief, revision };
}

const OWNED: Withdrawal = {
  articleId: "a",
  fact: factKey("a", "Brandt Logistics owned the warehouse."),
  text: "Brandt Logistics owned the warehouse.",
  evidence: [OWNER],
};
const FACTS = [{ text: PARAGRAPHS[3] ?? "", quote: PARAGRAPHS[3] ?? "" }];

test.each([
  [
    "that says more beside",
    "Nine were hurt in a warehouse that Brandt Logistics owned, next to two cranes.",
    "",
  ],
  ["that puts it in other words", `Its owner is a city company that employs 340 people there. ${PORT}`, PORT],
  ["that says something else", PORT, PORT],
])("a summary's sentence %s", (_which, summary, left) => {
  const view = viewOf(summary, FACTS);
  expect(standingPart(view.brief, takenParts(view, [OWNED])).summary).toBe(left);
});

test.each([
  ["the same sentence", OWNER, true],
  ["most of it", "The warehouse belonged to the company Brandt Logistics", true],
  ["another sentence", PARAGRAPHS[0] ?? "", false],
])("a fact in other words that rests on %s", (_which, quote, isTaken) => {
  const view = viewOf(PORT, [...FACTS, { text: "Das Lager gehörte Brandt.", quote }]);
  expect(takenParts(view, [OWNED]).withdrawn).toHaveLength(isTaken ? 1 : 0);
});

test("a withdrawal without evidence takes the fact of its words, and one of another article takes nothing", () => {
  const view = viewOf(PORT, [...FACTS, { text: OWNED.text, quote: OWNER }]);
  expect(takenParts(view, [{ ...OWNED, evidence: [] }])).toEqual({ withdrawn: [OWNED.fact] });
  expect(takenParts(view, [{ ...OWNED, articleId: "b" }])).toEqual({ withdrawn: [] });
});
