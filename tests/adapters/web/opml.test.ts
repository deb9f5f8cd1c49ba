import { parseOpml } from "feedsmith";
import { expect, test } from "vitest";
import { readOpml, writeOpml } from "#src/adapters/web/opml.ts";
import { AppError } from "#src/core/errors.ts";
import { MOST_SOURCES } from "#src/core/source-actions.ts";

function read(body: string): ReturnType<typeof readOpml> {
  return readOpml(new TextEncoder().encode(body));
}

function opml(outlines: string): string {
  return `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>${outlines}</body></opml>`;
}

function problem(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError && error.code === "opml/invalid") return error.say;
    throw error;
  }
  return "none";
}

const ONE = `<outline type="rss" text="One" xmlUrl="https://one.example/feed?a=1&amp;b=2"/>`;

test("feeds are read out of folders in folders, in order, with their titles", () => {
  const folders = `<outline text="World"><outline text="Europe">${ONE}</outline><outline text="T" title="Two &amp; more" xmlUrl="https://two.example/"/></outline><outline xmlUrl="https://three.example/rss"/>`;
  expect(read(opml(folders))).toEqual({
    feeds: [
      { url: "https://one.example/feed?a=1&b=2", title: "One" },
      { url: "https://two.example/", title: "Two & more" },
      { url: "https://three.example/rss", title: null },
    ],
    notes: [],
  });
});

test("addresses that stand there twice count once, those that are none are left out, and both are said", () => {
  const { feeds, notes } = read(
    opml(
      `${ONE}${ONE}<outline xmlUrl="http://one.example/feed?a=1&amp;b=2#top"/><outline text="x" xmlUrl="ftp://x/"/><outline text="y" xmlUrl="javascript:1"/>`,
    ),
  );
  expect(feeds).toHaveLength(1);
  expect(notes).toEqual([
    "2 addresses stood there twice and count once.",
    "2 lines have no http(s) address and were left out.",
  ]);
});

test("feeds that differ in their query stay apart", () => {
  expect(
    read(
      opml(`<outline xmlUrl="https://x.example/?rss=news"/><outline xmlUrl="https://x.example/?rss=sport"/>`),
    ).feeds,
  ).toHaveLength(2);
});

test.for<[string, string, RegExp]>([
  ["nothing", "", /no OPML/],
  ["words", "hello", /no OPML/],
  ["a web page", "<html><body><p>x</p></body></html>", /no OPML/],
  ["a feed", "<rss><channel><title>x</title></channel></rss>", /no OPML/],
  ["a file cut short", `<opml><body><outline text="A"><outline`, /lists no feeds/],
  ["folders without feeds", opml(`<outline text="A"/>`), /lists no feeds/],
  [
    "fifty thousand folders in each other",
    opml(`${`<outline text="a">`.repeat(50_000)}${ONE}`),
    /lists no feeds/,
  ],
  ["more than 5 MB", opml(ONE.repeat(90_000)), /too large/],
])("%s is refused with a reason", ([, body, wanted]) => {
  expect(problem(() => read(body))).toMatch(wanted);
});

test("declared entities are never expanded", () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><opml><body><outline text="&b;" xmlUrl="https://a.example/"/></body></opml>`;
  expect(read(bomb).feeds[0]?.title).toBe("&b;");
});

test("a file that asks for another is not given it", () => {
  const asking = `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><opml><body><outline text="&f;" xmlUrl="https://a.example/"/></body></opml>`;
  expect(read(asking).feeds).toEqual([{ url: "https://a.example/", title: "&f;" }]);
});

test("an unclosed or badly escaped file is read as far as it goes", () => {
  const loose = `<opml version="1.0"><body><outline text="A & B" xmlUrl="https://a.example/f?a=1&b=2"></body></opml>`;
  expect(read(loose).feeds).toEqual([{ url: "https://a.example/f?a=1&b=2", title: "A & B" }]);
});

test("what is written is read back the same, by us and by others", () => {
  const feeds = [
    { url: "https://one.example/feed?a=1&b=2", title: `One <"&'>` },
    { url: "https://two.example/", title: "日本" },
  ];
  const written = writeOpml("Lede & friends", feeds);
  expect(read(written).feeds).toEqual(feeds);
  expect(parseOpml(written).head?.title).toBe("Lede & friends");
  expect(read(writeOpml("x", [{ url: "https://three.example/", title: null }])).feeds).toEqual([
    { url: "https://three.example/", title: "https://three.example/" },
  ]);
});

const manyFeeds = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ url: `https://n${at}.example/feed`, title: `N ${at}` }));

test("as many feeds as a workspace has room for go out and come back", () => {
  const many = manyFeeds(MOST_SOURCES);
  expect(read(writeOpml("All", many))).toEqual({ feeds: many, notes: [] });
});

test("a longer file is read to a limit, which is said", () => {
  const { feeds, notes } = read(writeOpml("All", manyFeeds(10_000)));
  expect(feeds).toEqual(manyFeeds(4_000));
  expect(notes).toEqual(["Only the first 4,000 lines of the file were read. Split it in two."]);
});
