import { expect, test } from "vitest";
import { isPublisher, type Publishers, publisherSource, speaksFor } from "#src/core/publisher.ts";

const POST = publisherSource("city-post");
const TIMES = publisherSource("times");
const PUBLISHERS: Publishers = new Map([
  [POST, { workspaces: null, sites: ["citypost.example", "127.0.0.1"] }],
  [TIMES, { workspaces: null, sites: ["times.example"] }],
]);

test.for([
  "https://citypost.example/a",
  "http://CityPost.example:8080/a",
  "https://www.citypost.example/a",
  "https://news.at.citypost.example/a",
  "https://citypost.example./a",
  "https://times.example@citypost.example/a",
  "http://127.0.0.1:9/a",
])("an address of a publisher's site is for that publisher alone: %s", (url) => {
  expect(speaksFor(PUBLISHERS, POST, url)).toBe(true);
  expect(speaksFor(PUBLISHERS, TIMES, url)).toBe(false);
  expect(speaksFor(PUBLISHERS, "webhook", url)).toBe(false);
  expect(speaksFor(PUBLISHERS, publisherSource("gone"), url)).toBe(false);
  // What anybody reads there is nobody's word.
  expect(speaksFor(PUBLISHERS, "feed:any", url)).toBe(true);
  expect(speaksFor(PUBLISHERS, null, url)).toBe(true);
});

test.for([
  "https://evilcitypost.example/a",
  "https://citypost.example.evil.example/a",
  "https://citypost.example@evil.example/a",
  "https://evil.example/citypost.example",
  "https://example/a",
])("an address of no publisher's site is for the simple variables' sender alone: %s", (url) => {
  expect(speaksFor(PUBLISHERS, POST, url)).toBe(false);
  expect(speaksFor(PUBLISHERS, TIMES, url)).toBe(false);
  expect(speaksFor(PUBLISHERS, "webhook", url)).toBe(true);
});

test("a publisher's word is told from what feeds say", () => {
  expect([POST, "webhook", "feed:webhook", "websub", "command", null].map(isPublisher)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
