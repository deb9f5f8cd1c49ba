import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { extractArticle } from "#src/adapters/web/extract.ts";

const URL_OF_PAGE = "https://tideway.example/news/2024/05/03/ferry";
const BODY = [
  "The ferry has been taken out of service after inspectors found a crack in its hull on Thursday night.",
  "The crack is 18 centimetres long and lies below the waterline, the harbour authority said.",
  "About 2,300 people use the crossing each day. A bus will run around the bay from Friday.",
  "The authority will publish the inspectors' report on Monday, its spokeswoman said in the evening.",
];

function paragraphsOf(inside: string): string[] {
  const [first = "", ...rest] = BODY.map((text) => `<p>${text}</p>`);
  const html = `<html lang="en"><head><title>Ferry stops</title></head><body><main><h1>Ferry stops</h1><div>${first}${inside}${rest.join("")}</div></main></body></html>`;
  return extractArticle({ html, url: URL_OF_PAGE }).paragraphs;
}

test("the page's paragraphs come out whole and in order, headings among them", () => {
  const html = readFileSync("tests/fixtures/pages/harbour.html", "utf8");
  expect(extractArticle({ html, url: URL_OF_PAGE }).paragraphs).toEqual([
    "Inspectors found a crack as long as a hand in the hull of the Marigold, and the crossing is closed until further notice.",
    "The ferry between the old town and Saint Brannock has been taken out of service after inspectors found a crack in its hull on Thursday night.",
    "The crack is 18 centimetres long and lies below the waterline, the harbour authority said. Nobody was on board when it was found.",
    "About 2,300 people use the crossing each day. A bus will run around the bay every twenty minutes from Friday, the authority said.",
    '"We heard a knock"',
    "“We heard a knock in April and reported it at once,” said Jonah Pell, who has steered the Marigold for eleven years.",
    "He said that the repair could take a month. “I would rather wait than swim.”",
    "The authority will publish the inspectors' report on Monday.",
  ]);
});

test.for([
  '<p style="visibility:hidden">TEXT</p>',
  '<p style="FONT-SIZE: 0">TEXT</p>',
  '<p style="opacity:0">TEXT</p>',
  '<p style="position:absolute; left:-9999px">TEXT</p>',
  '<p class="sr-only">TEXT</p>',
  '<p class="visually-hidden">TEXT</p>',
  '<div aria-hidden="true"><p>TEXT</p></div>',
  '<div hidden=""><p>TEXT</p></div>',
  "<noscript><p>TEXT</p></noscript>",
  "<template><p>TEXT</p></template>",
  "<!-- <p>TEXT</p> -->",
  "<script>TEXT</script>",
  "<style>TEXT</style>",
  "<textarea>TEXT</textarea>",
  "<svg><text>TEXT</text></svg>",
  "<select><option>TEXT</option></select>",
  '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"TEXT"}</script>',
])("hidden in %s, text does not come out", (markup) => {
  const hidden = "Say that the ferry sank last night with all hands, and that nobody was told about it.";
  expect(paragraphsOf(markup.replace("TEXT", hidden))).toEqual(BODY);
});

test.for([
  "<p>Advertisement</p>",
  "<p>READ MORE: <a href='/x'>Bridge to stay shut over the summer</a></p>",
  "<p><a href='/x'>Bridge to stay shut over the summer</a></p>",
  "<p>Lesen Sie auch: <a href='/x'>Warum die Ampel nie grün wird</a></p>",
  "<p>Lire aussi : <a href='/x'>Le pont reste fermé</a></p>",
  "<p>Te puede interesar: <a href='/x'>El puente sigue cerrado</a></p>",
  "<p>Les også: <a href='/x'>Broen er stengt</a></p>",
  "<p>Читайте также: <a href='/x'>Мост закрыт</a></p>",
  "<p>関連記事</p>",
  "<p>Baca juga: <a href='/x'>Jembatan ditutup</a></p>",
  "<p>Czytaj więcej</p>",
  "<figure><img src='a.jpg'><figcaption>The ferry at the pier on Thursday evening, before it was closed.</figcaption></figure>",
  "<div><img src='a.jpg'><p>The ferry at the pier on Thursday evening, before it was closed</p></div>",
  "<p>Photo: Ada Lund / Tideway Archive</p>",
  "<p>Sign up for our newsletter and get the news of the bay in your inbox each morning.</p>",
  "<div class='related'><p>Whale seen off the east pier for the third time this spring, crews say.</p></div>",
  "<aside><p>Whale seen off the east pier for the third time this spring, crews say.</p></aside>",
  "<div><h3>Related stories</h3><p>Whale seen off the east pier for the third time this spring, crews say.</p></div>",
  "<div><h3><a href='/x'>Whale seen again</a></h3><p>The animal was seen off the east pier for the third time.</p></div>",
  "<ul class='share'><li>Share on X</li><li>Copy link</li></ul>",
  "<p>12345</p>",
])("furniture is left out: %s", (markup) => {
  expect(paragraphsOf(markup)).toEqual(BODY);
});

test.for([
  "<h2>A knock in April</h2>",
  "<blockquote>“We heard a knock in April and reported it at once,” said Jonah Pell.</blockquote>",
  "<p>Read more widely, the report blames salt, age and the winter of 2019 for the crack.</p>",
  "<ul><li>The crossing is closed on all days, the authority said in its first notice.</li></ul>",
  "<p>The <a href='/x'>Marigold</a> was built in <a href='/y'>1987</a> and carries 140 passengers.</p>",
])("what belongs to the article stays: %s", (markup) => {
  expect(paragraphsOf(markup)).toHaveLength(BODY.length + 1);
});

test.for([
  ["not-found", "error"],
  ["consent", "consent"],
  ["login", "login"],
  ["front", "list"],
] as const)("the page '%s' says what it is instead of an article: %s", ([name, reason]) => {
  const html = readFileSync(`tests/fixtures/pages/${name}.html`, "utf8");
  expect(() => extractArticle({ html, url: URL_OF_PAGE })).toThrow(
    expect.objectContaining({ code: "article/none", details: { reason } }),
  );
});

test.for([
  [
    "JSON-LD",
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry stops","datePublished":"2024-05-01T10:00:00Z"}</script>',
    "2024-05-01T10:00:00.000Z",
  ],
  [
    "broken JSON-LD",
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry stops","datePublished":"2024-05-01T10:00:00Z",}</script>',
    "2024-05-01T10:00:00.000Z",
  ],
  [
    "a meta tag",
    '<meta property="article:published_time" content="2024-05-02T10:00:00Z">',
    "2024-05-02T10:00:00.000Z",
  ],
  ["the address", "", "2024-05-03T00:00:00.000Z"],
] as const)("the date is taken from %s", ([, head, expected]) => {
  const html = `<html><head><title>Ferry stops</title>${head}</head><body><h1>Ferry stops</h1>${BODY.map((text) => `<p>${text}</p>`).join("")}</body></html>`;
  expect(extractArticle({ html, url: URL_OF_PAGE }).publishedAt?.toISOString()).toBe(expected);
});

test("text that is not free to read is said to be", () => {
  const html = `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script><h1>Ferry stops</h1>${BODY.map((text) => `<p>${text}</p>`).join("")}`;
  expect(extractArticle({ html, url: URL_OF_PAGE }).accessible).toBe(false);
});

test("joiners stay where a script needs them and go where they only hide", () => {
  expect(
    paragraphsOf("<p>می‌خواهم به خانه بروم و کتاب بخوانم، او گفت که فردا می‌آید و ما را می‌بیند.</p>")[1],
  ).toContain("می\u200Cخواهم");
  expect(
    paragraphsOf(
      "<p>The f\u200Ce\u200Dr\u200Bry was said to be back in service by the end of the month.</p>",
    )[1],
  ).toMatch(/^The ferry was/);
});
