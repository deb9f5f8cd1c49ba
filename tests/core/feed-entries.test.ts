import fc from "fast-check";
import { expect, test } from "vitest";
import type { FeedEntry } from "#src/core/feed.ts";
import { makeItem, NOON, seenOf } from "#tests/feed-items.ts";

const BARE: FeedEntry = {
  guid: "",
  url: null,
  title: null,
  content: null,
  author: null,
  publishedAt: null,
  updatedAt: null,
};

function later(minutes: number): Date {
  return new Date(NOON.getTime() + minutes * 60_000);
}

test("an entry listed twice is one, also under two guids", () => {
  const item = makeItem();
  expect(seenOf([item, item, { ...item, guid: "other" }])).toHaveLength(1);
});

test("two versions of a page under one guid are one entry, the newer", () => {
  const page = "https://news.example/a";
  const older = makeItem({ url: page, title: "Nine injured", publishedAt: later(-60) });
  const newer = makeItem({ url: page, title: "Eleven injured", publishedAt: later(-10) });
  const seen = seenOf([older, newer]);
  expect(seen.map(({ entry }) => [entry.guid, entry.title])).toEqual([["guid-1", "Eleven injured"]]);
});

test("different pages under one guid keep guids of their own that stay the same", () => {
  const one = makeItem({ guid: "x", url: "https://news.example/1", title: "One" });
  const two = makeItem({ guid: "x", url: "https://news.example/2", title: "Two" });
  const guids = seenOf([one, two]).map(({ entry }) => entry.guid);
  expect(new Set(guids).size).toBe(2);
  expect(
    seenOf([two, one])
      .map(({ entry }) => entry.guid)
      .sort(),
  ).toEqual(guids.sort());
});

test("entries without link, guid and date are told apart by what they say", () => {
  const items = ["First", "Second"].map((title) => ({ ...BARE, title: "News", content: `<p>${title}.</p>` }));
  const seen = seenOf(items);
  expect(new Set(seen.map(({ entry }) => entry.guid)).size).toBe(2);
  expect(seen[0]?.entry).toMatchObject({ url: null, content: { type: "html", body: "<p>First.</p>" } });
  expect(
    seenOf([...items].reverse())
      .map(({ entry }) => entry.guid)
      .sort(),
  ).toEqual(seen.map(({ entry }) => entry.guid).sort());
});

test("an entry that says nothing at all is left out", () => {
  expect(seenOf([BARE, { ...BARE, guid: "g", content: "<img src=x>" }])).toEqual([]);
});

test("a date ahead of the clock is now, an unknown one stays unknown", () => {
  const seen = seenOf([
    makeItem({ guid: "a", publishedAt: later(90) }),
    makeItem({ guid: "b", publishedAt: null }),
  ]);
  expect(seen.map(({ entry }) => entry.publishedAt)).toEqual([NOON, null]);
});

test("the newest come first where all have dates, else as the feed has them", () => {
  const dated = [
    makeItem({ guid: "old", publishedAt: later(-9) }),
    makeItem({ guid: "new", publishedAt: later(-1) }),
  ];
  expect(seenOf(dated).map(({ entry }) => entry.guid)).toEqual(["new", "old"]);
  const undated = [...dated, makeItem({ guid: "undated", publishedAt: null })];
  expect(seenOf(undated).map(({ entry }) => entry.guid)).toEqual(["old", "new", "undated"]);
});

test("a feed that stamps all entries with the time of the request has edited none of them", () => {
  const stamp = (minutes: number) =>
    seenOf(["a", "b", "c"].map((guid) => makeItem({ guid, updatedAt: later(minutes) }))).map(
      ({ hash }) => hash,
    );
  expect(stamp(-1)).toEqual(stamp(0));
  const one = (minutes: number) => seenOf([makeItem({ updatedAt: later(minutes) })])[0]?.hash;
  expect(one(-1)).not.toBe(one(0));
});

test.for<[string, string, boolean]>([
  ["another figure", "<p>Eleven people were injured.</p>", true],
  [
    "another picture address",
    "<p>Nine people <img src='https://cdn.example/?sig=2'>were injured.</p>",
    false,
  ],
  ["other spaces", "<p>Nine people\n were  injured.</p>", false],
])("text with %s", ([, content, differs]) => {
  const [before] = seenOf([makeItem()]);
  const [after] = seenOf([makeItem({ content })]);
  expect(after?.hash !== before?.hash).toBe(differs);
});

test("whatever a feed holds, no two entries share a guid, and reading it again finds the same", () => {
  const text = fc.constantFrom(null, "", "a", "b");
  const item = fc.record({
    guid: fc.constantFrom("", "1", "2", "x".repeat(2_000)),
    url: fc.constantFrom(null, "https://news.example/1", "https://news.example/2", "javascript:1", "/rel"),
    title: text,
    content: text,
    author: text,
    publishedAt: fc.option(fc.date({ noInvalidDate: true })),
    updatedAt: fc.option(fc.date({ noInvalidDate: true })),
  });
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const guids = seenOf(items).map(({ entry }) => entry.guid);
      expect(new Set(guids).size).toBe(guids.length);
      expect(seenOf(items).map(({ entry }) => entry.guid)).toEqual(guids);
    }),
  );
});
