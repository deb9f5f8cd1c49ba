import fc from "fast-check";
import { expect, test } from "vitest";
import { listExpansions, matchesEverything, printTopicQuery } from "#src/core/topic-node.ts";
import { MAX_QUERY_LENGTH, parseTopicQuery } from "#src/core/topic-query.ts";

test.for([
  ["budget", "budget"],
  ["London budget", "London AND budget"],
  ["climate change", "(climate change)"],
  ["oil OR gas -Iran", "oil OR (gas AND -Iran)"],
  ["(oil OR gas) NOT Iran", "(oil OR gas) AND -Iran"],
  ["oil | gas || coal", "oil OR gas OR coal"],
  ["oil && gas & coal", "oil AND gas AND coal"],
  ["Klima ODER Energie", "Klima OR Energie"],
  ['"carbon tax" wind', '"carbon tax" AND wind'],
  ["“carbon tax” „Wahl“ «grève»", '"carbon tax" AND "Wahl" AND "grève"'],
  ["'live blog' mayor's", '"live blog" AND mayor\'s'],
  ["=oil +gas", '"oil" AND gas'],
  ["elect* polls", "elect* AND polls"],
  ["title:budget", "title:budget"],
  ["title: (London OR Paris) budget", "(title:London OR title:Paris) AND budget"],
  ['-title:"live blog"', '-title:"live blog"'],
  ["text:Acme", "text:Acme"],
  ["site:https://www.BBC.co.uk/news budget", "site:bbc.co.uk AND budget"],
  ["site:*.gov lang:de-AT", "site:gov AND lang:de"],
  ["site:(bbc.co.uk OR cnn.com)", "site:bbc.co.uk OR site:cnn.com"],
  ['site:"BBC News"', 'site:"bbc news"'],
  ["NOT NOT oil", "oil"],
  ["—oil gas", "-oil AND gas"],
  ["--oil gas", "-oil AND gas"],
  ["oil - gas", "oil AND gas"],
  ["((oil))", "oil"],
  ["ｃｌｉｍａｔｅ　（ｏｉｌ）", "climate AND oil"],
  ["COVID-19 G20 AT&T C++ .NET", "COVID-19 AND G20 AND AT&T AND C++ AND .NET"],
  ["東京 地震", "東京 AND 地震"],
  ["“東京都”", '"東京都"'],
  ["الاقتصاد", "الاقتصاد"],
  ["climate, energy; water", "climate OR energy OR water"],
  ["10,000 jobs", "10,000 AND jobs"],
] satisfies [string, string][])("'%s' is read as '%s'", ([typed, printed]) => {
  expect(printTopicQuery(parseTopicQuery(typed))).toBe(printed);
});

test.for([
  [
    "(London OR UK",
    "London OR UK",
    "The parenthesis at character 1 is never closed; I read it as if it closed at the end.",
  ],
  ["oil) gas", "oil AND gas", "There is a closing parenthesis too many; I left it out."],
  [
    '"carbon tax',
    '"carbon tax"',
    "The quotation mark is never closed; I read it as if it closed at the end.",
  ],
  ["oil ()", "oil", "There is nothing between the parentheses; I left them out."],
  ['oil ""', "oil", "There is nothing between the quotation marks; I left them out."],
  ["oil OR", "oil", "Nothing follows an OR; I left it out."],
  ["oil NOT", "oil", "Nothing follows a NOT or a minus; I left it out."],
  ["oil -*", "oil", "NOT * would exclude every article; I left it out."],
  ["/foo.*/i", '"foo"', "“/foo.*/i” looks like a regular expression"],
  ["/oil price/", '"oil price"', "“/oil price/” looks like a regular expression"],
  ["^a|b$", '"a b"', "“^a|b$” looks like a regular expression"],
  ["bits\\b oil", '"bits" AND oil', "“bits\\b” looks like a regular expression"],
  [
    "climate or energy",
    "climate OR energy",
    "I read “or” as OR; put it in quotes to look for the word itself.",
  ],
  ["climate and energy", "climate AND energy", "I read “and” as AND"],
  ["climate not energy", "climate AND -energy", "I read “not” as NOT"],
  ["oil gas OR coal", "(oil AND gas) OR coal", "OR parts the query, AND binds closer"],
  ["oil, gas", "oil OR gas", "I read the comma as OR."],
  ["the price of oil", "price AND oil", "I left out “the”, which nearly every article has; quotes keep it."],
  ["a*", '"a"', "“a*” would find nearly every word; I look for “a” as it stands."],
  ["author:Smith", '"author:Smith"', "I do not know “author:” and read it as words"],
  [
    "https://bbc.co.uk/news/1 oil",
    "site:bbc.co.uk AND oil",
    "I read the address https://bbc.co.uk/news/1 as the site it belongs to.",
  ],
  ["lang:klingon oil", "oil", "“klingon” is no language code, such as en or de; I left it out."],
  ["title: oil site:", "title:oil", "Nothing follows"],
  ["oil !!!", "oil", "“!!!” holds no word to look for; I left it out."],
] satisfies [string, string, string][])("'%s' is read as '%s' and says so", ([typed, printed, note]) => {
  const query = parseTopicQuery(typed);
  expect(printTopicQuery(query)).toBe(printed);
  expect(query.notes.join("\n")).toContain(note);
});

test.for(["budget", "title:budget -Iran", '"or" C++', "東京", "climate OR energy", "site:bbc.co.uk"])(
  "'%s' needs no note",
  (typed) => {
    expect(parseTopicQuery(typed).notes).toEqual([]);
  },
);

test.for(["or", "and", "not"])("'%s' alone is a word", (word) => {
  expect(printTopicQuery(parseTopicQuery(word))).toBe(`"${word}"`);
});

test.for([
  "",
  "   ",
  "*",
  "-sport",
  "NOT (a OR b)",
  "* OR oil",
  '""',
  "- -",
  "😀",
  "AND",
  "(())",
  "oil OR -gas",
])("'%s' matches everything and says so", (typed) => {
  const query = parseTopicQuery(typed);
  expect(matchesEverything(query)).toBe(true);
  expect(query.notes.join()).toMatch(/every article/);
});

test.for(["oil", "oil -gas", "site:bbc.co.uk", "lang:en", "(oil OR gas) -*", "-(-oil)"])(
  "'%s' does not match everything",
  (typed) => {
    expect(matchesEverything(parseTopicQuery(typed))).toBe(false);
  },
);

test("a country's other names are shown, a quoted one has none", () => {
  expect(listExpansions(parseTopicQuery("Iran"))).toEqual([
    { term: "Iran", also: ["Islamic Republic of Iran", "Iranian", "Tehran"] },
  ]);
  expect(listExpansions(parseTopicQuery('"Iran" =Iran Ira*'))).toEqual([]);
});

test.for([
  ["us", "United States"],
  ["Deutschland", "German"],
  ["Royaume-Uni", "British"],
  ["côte d'ivoire", "Ivorian"],
  ["interest rates", "discount rate"],
  ["interest rate", "discount rate"],
  ["ai", "artificial intelligence"],
] satisfies [string, string][])("'%s' also looks for '%s'", ([typed, other]) => {
  expect(listExpansions(parseTopicQuery(typed)).flatMap(({ also }) => also)).toContain(other);
});

test("a query that is too long is cut with a note", () => {
  const query = parseTopicQuery("oil ".repeat(MAX_QUERY_LENGTH));
  expect(query.notes.join()).toContain(`longer than ${MAX_QUERY_LENGTH} characters`);
});

test("deep parentheses are read", () => {
  const deep = `${"(".repeat(240)}oil${")".repeat(240)}`;
  expect(printTopicQuery(parseTopicQuery(deep))).toBe("oil");
});

const WORDS =
  "oil climate change US us the of or and not 東京 الاقتصاد C++ .NET AT&T COVID-19 elect* a* Deutschland interest rates constructor __proto__".split(
    " ",
  );
const SIGNS =
  String.raw`( ) " “ ' - = + * | & , ; : / ^ $ \b .* OR AND NOT title: text: site: lang: site:bbc.co.uk lang:en https://a.b/c`.split(
    " ",
  );
const typed = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.tuple(fc.constantFrom(...WORDS, ...SIGNS), fc.constantFrom("", " ")), { maxLength: 14 })
    .map((parts) => parts.flat().join("")),
);

test("any text is read without an error", () => {
  fc.assert(
    fc.property(typed, (text) => {
      expect(parseTopicQuery(text).text).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

test("a printed query means what the query meant", () => {
  fc.assert(
    fc.property(typed, (text) => {
      const query = parseTopicQuery(text);
      const printed = printTopicQuery(query);
      fc.pre(printed.length <= MAX_QUERY_LENGTH);
      expect(parseTopicQuery(printed).root).toEqual(query.root);
    }),
    { numRuns: 3_000 },
  );
});
