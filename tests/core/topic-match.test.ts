import { expect, test } from "vitest";
import { explainTopic, matchTopic } from "#src/core/topic-match.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import { prepareSubject, type TopicArticle } from "#src/core/topic-subject.ts";

/** Says nothing that a topic could ask for; 20 words each. */
const FILLER = Array.from(
  { length: 8 },
  (_, i) =>
    `Filler number ${i} goes on and on for twenty words so that what follows it stands far down this page.`,
);

function article(parts: Partial<TopicArticle>) {
  return prepareSubject({
    title: "Untitled",
    paragraphs: [],
    site: null,
    url: null,
    language: "en",
    ...parts,
  });
}

const matches = (query: string, parts: Partial<TopicArticle>) =>
  matchTopic(parseTopicQuery(query), article(parts)) !== null;
const whyNot = (query: string, parts: Partial<TopicArticle>) =>
  explainTopic(parseTopicQuery(query), article(parts));

/** Query, text, and whether the text (as the first words of an article) matches. */
test.for([
  ["ai", "He said the paint was fine.", false],
  ["AI", "Ai no corrida was sung.", false],
  ["ai", "The AI model was shown.", true],
  ["ai", "New artificial intelligence rules", true],
  ["us", "He told us so.", false],
  ["US", "The U.S. said so.", true],
  ["us", "US officials said so.", true],
  ["IT", "It was late.", false],
  ["IT", "The IT department grew.", true],
  ["UN", "Un homme est mort.", false],
  ["C++", "The C++ language", true],
  ["C++", "Vitamin C helps.", false],
  ["C#", "Written in C#.", true],
  [".NET", "Built on .NET today", true],
  [".NET", "A net gain", false],
  ["AT&T", "AT&T said on Monday", true],
  ["AT&T", "at the bank", false],
  ["G20", "The G20 met.", true],
  ["COVID-19", "Covid 19 cases fell", true],
  ["G7", "G7 leaders", true],
  ["budgets", "A budget for all", true],
  ["budget", "BUDGETS AGREED", true],
  ['"budgets"', "A budget for all", false],
  ["=budget", "budgets for all", false],
  ['"housing budget"', "The housing budget grew.", true],
  ['"housing budget"', "The budget for housing grew.", false],
  ["elect*", "Electricity and elections", true],
  ["elect*", "A select few", false],
  ["economie", "L’économie ralentit", true],
  ["Économie", "economie", true],
  ["import", "An important day", false],
  ["car", "Health care for all", false],
  ["Poland", "Polish troops", true],
  ["Poland", "He polished it with polish.", false],
  ["Poland", "Talks in Warsaw", true],
  ["Iran", "Iranian and other officials", true],
  ['"Iran"', "Iranian and other officials", false],
  ["Turkey", "A turkey for dinner", false],
  ["UK", "British ministers", true],
  ["northern ireland", "Belfast in Northern Ireland", true],
  ["constructor", "The constructor left.", true],
] satisfies [string, string, boolean][])("'%s' in “%s”: %s", ([query, text, expected]) => {
  expect(matches(query, { paragraphs: [text] })).toBe(expected);
});

test.for([
  ["de", "Wahl", "Die Bundestagswahl naht", true],
  ["de", "Wahlen", "Die Bundestagswahl naht", true],
  ["de", "Wahl", "Eine große Auswahl", false],
  ["de", "Klima", "Der Klimawandel", true],
  ["de", "Frank", "In Frankreich und Frankfurt", false],
  ["de", "handel", "Sie haben lange verhandelt", false],
  ["de", '"Wahl"', "Die Bundestagswahl naht", false],
  ["de", "Haus", "Die Häuser", true],
  ["de", "Germany", "In Deutschland regnet es", true],
  ["fr", "Allemagne", "L’Allemagne hésite", true],
  ["fr", "Germany", "L’Allemagne hésite", true],
  ["es", "eleccion", "Las elecciones del domingo", true],
  ["it", "banca", "Le banche centrali", true],
  ["pt", "eleição", "As eleições de domingo", true],
  ["nl", "school", "De scholen sluiten", true],
  ["ja", "東京", "東京都で地震", true],
  ["ja", "京都", "東京都で地震", false],
  ["ja", "地震 東京", "東京都で地震", true],
  ["ja", "ﾄﾙｺ", "トルコで地震", true],
  ["zh", "美国", "美国总统", true],
  ["zh", "United States", "美国总统", true],
  ["ko", "서울", "서울에서 선거", true],
  ["th", "เลือกตั้ง", "การเลือกตั้งในกรุงเทพ", true],
  ["ar", "اقتصاد", "والاقتصاد العالمي", true],
  ["ar", "الاقتصاد", "اقتصاد قوي", true],
  ["ru", "Россия", "Россия заявила", true],
  ["und", "elections", "An election", false],
] satisfies [string, string, string, boolean][])(
  "in an article in %s, '%s' in “%s”: %s",
  ([language, query, text, expected]) => {
    expect(matches(query, { language, title: "–", paragraphs: [text] })).toBe(expected);
  },
);

test.for([
  { where: "the title", parts: { title: "Budget agreed", paragraphs: FILLER }, expected: true },
  { where: "the first words", parts: { paragraphs: ["A budget.", ...FILLER] }, expected: true },
  {
    where: "the opening, once",
    parts: { paragraphs: [FILLER[0] ?? "", "A budget.", ...FILLER] },
    expected: false,
  },
  {
    where: "the opening, and once more",
    parts: { paragraphs: [FILLER[0] ?? "", "A budget.", ...FILLER, "The budget."] },
    expected: true,
  },
  {
    where: "the end, three times",
    parts: { paragraphs: [...FILLER, "Budget, budget and budget."] },
    expected: false,
  },
  {
    where: "the end, four times",
    parts: { paragraphs: [...FILLER, "Budget, budget, budget, budget."] },
    expected: true,
  },
  {
    where: "the end, four times in a very long article",
    parts: {
      paragraphs: [...Array.from({ length: 6 }, () => FILLER).flat(), "Budget, budget, budget, budget."],
    },
    expected: false,
  },
])("an article with the word in $where is about it: $expected", ({ parts, expected }) => {
  expect(matches("budget", parts)).toBe(expected);
});

test("mentions of one term's other words, and of terms joined by OR, count together", () => {
  const paragraphs = [...FILLER, "Iran, Tehran, Iranian envoys, Iraq."];
  expect(matches("Iran OR Iraq", { paragraphs })).toBe(true);
  expect(matches("Iran", { paragraphs })).toBe(false);
});

test.for([
  ["budget London", true],
  ["budget AND Paris", false],
  ["budget OR Paris", true],
  ["budget -Paris", true],
  ["budget -London", false],
  ["budget -(London Paris)", true],
  ["title:budget", true],
  ["title:London", false],
  ["text:harbour", true],
  ["harbour", false],
  ["-text:harbour budget", false],
  ["site:bbc.co.uk", true],
  ["site:news.bbc.co.uk", true],
  ["site:bbc", true],
  ['site:"bbc news"', true],
  ["site:co.uk", true],
  ["site:c.co.uk", false],
  ["-site:bbc.co.uk budget", false],
  ["lang:en", true],
  ["lang:de budget", false],
  ["*", true],
  ["-Paris", true],
  ["budget OR -London", true],
] satisfies [string, boolean][])("'%s' matches: %s", ([query, expected]) => {
  const parts = {
    title: "Budget passed",
    paragraphs: ["London argued.", ...FILLER, "At the harbour."],
    site: "BBC News",
    url: "https://news.bbc.co.uk/1",
    language: "en-GB",
  };
  expect(matches(query, parts)).toBe(expected);
});

test("a match shows the words as the article has them, once each", () => {
  const match = matchTopic(
    parseTopicQuery("elections Iran"),
    article({ title: "Iranian vote", paragraphs: ["The VOTE in Tehran. A vote."] }),
  );
  expect(match?.terms).toEqual(["Iranian", "vote", "Tehran"]);
  expect(match?.why).toBe(
    "“vote” in the title, 3 times in all; “Iranian”, “Tehran” in the title, twice in all",
  );
});

test("the score puts a story on the topic before one that touches it", () => {
  const query = parseTopicQuery("budget");
  const score = (parts: Partial<TopicArticle>) => matchTopic(query, article(parts))?.score ?? 0;
  const strong = score({ title: "Budget agreed", paragraphs: ["The budget.", ...FILLER] });
  const weak = score({ paragraphs: ["A budget.", ...FILLER] });
  expect(strong).toBeGreaterThan(weak);
  expect(strong).toBeLessThanOrEqual(1);
  expect(weak).toBeGreaterThan(0);
});

test.for([
  {
    query: "budget (London OR UK)",
    parts: { title: "Budget agreed", paragraphs: FILLER },
    why: "“Budget” in the title, but none of “London OR UK” occurs",
  },
  {
    query: "London",
    parts: { paragraphs: [...FILLER, "In London."] },
    why: "“London” is mentioned only once, in paragraph 9 (needed: in the title, in the first 20 words, twice with one in the first 60, or 4 times)",
  },
  {
    query: "budget -football",
    parts: { title: "Budget agreed", paragraphs: ["Then Football."] },
    why: "“Budget” in the title, but “Football” is excluded by the query and occurs in paragraph 1",
  },
  { query: "budget", parts: {}, why: "“budget” occurs nowhere" },
  { query: "title:budget", parts: { paragraphs: ["The budget."] }, why: "“title:budget” occurs nowhere" },
  {
    query: "budget -site:bbc.co.uk",
    parts: { title: "Budget", url: "https://bbc.co.uk/1" },
    why: "“Budget” in the title, but “site:bbc.co.uk” is excluded by the query",
  },
  { query: "site:cnn.com", parts: { url: "https://bbc.co.uk/1" }, why: "the site is not cnn.com" },
  { query: "lang:de", parts: { language: "en" }, why: "the language is en, not de" },
  { query: "lang:de", parts: { language: null }, why: "the language is not known, not de" },
])("why '$query' does not match is said", ({ query, parts, why }) => {
  expect(whyNot(query, parts)).toEqual({ matches: false, why });
});

test("an explanation of a match is the match's own", () => {
  const parts = { title: "Budget agreed" };
  expect(whyNot("budget", parts)).toEqual({
    matches: true,
    why: matchTopic(parseTopicQuery("budget"), article(parts))?.why,
  });
});

test("an article without a single capital is read without asking for any", () => {
  expect(matches("Poland", { title: "polish troops", paragraphs: ["they met in warsaw."] })).toBe(true);
});

test("a phrase does not reach from one paragraph into the next", () => {
  expect(matches('"housing budget"', { paragraphs: ["The housing", "budget grew."] })).toBe(false);
});

test("an empty article matches what asks for nothing, and nothing else", () => {
  expect(matches("*", { title: "" })).toBe(true);
  expect(matches("budget", { title: "" })).toBe(false);
});
