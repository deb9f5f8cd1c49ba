import { expect, test } from "vitest";
import { canonicalUrl, findLinks, urlIdentity } from "#src/core/url.ts";

test.for([
  ["https://Example.com:443/a?utm_source=x&id=7#top", "https://example.com/a?id=7"],
  ["https://example.com/a?b=2&a=1", "https://example.com/a?a=1&b=2"],
  ["https://example.com/story?fbclid=abc", "https://example.com/story"],
  ["http://example.com/?p=12", "http://example.com/?p=12"],
] satisfies [string, string][])("%s is stored as %s", ([raw, canonical]) => {
  expect(canonicalUrl(raw)).toBe(canonical);
});

test.for(["ftp://example.com/a", "javascript:alert(1)", "not a link", "", "https://"])(
  "%s has no canonical form",
  (raw) => {
    expect(canonicalUrl(raw)).toBeNull();
  },
);

test("scheme, www and amp do not tell pages apart, their parameters do", () => {
  const same = [
    "http://www.example.com/a",
    "https://example.com/a/",
    "https://m.example.com/a",
    "https://example.com/a/amp",
  ];
  expect(new Set(same.map(urlIdentity)).size).toBe(1);
  expect(urlIdentity("https://example.com/a?id=1")).not.toBe(urlIdentity("https://example.com/a?id=2"));
});

test.for([
  { text: "see https://example.com/a.", links: ["https://example.com/a"] },
  { text: "<https://example.com/a|the story>", links: ["https://example.com/a"] },
  { text: "<https://example.com/a>", links: ["https://example.com/a"] },
  { text: "[story](https://example.com/a)", links: ["https://example.com/a"] },
  { text: "(https://example.com/wiki/A_(b))", links: ["https://example.com/wiki/A_(b)"] },
  { text: "https://example.com/a?x=1&amp;y=2", links: ["https://example.com/a?x=1&y=2"] },
  { text: "no link here", links: [] },
])("the links of '$text'", ({ text, links }) => {
  expect(findLinks(text)).toEqual(links);
});
