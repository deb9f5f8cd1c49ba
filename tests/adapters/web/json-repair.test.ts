import { expect, test } from "vitest";
import { extractArticle } from "#src/adapters/web/extract.ts";
import { parseFeed } from "#src/adapters/web/feed.ts";
import { jsonReader, MOST_REPAIRED } from "#src/adapters/web/json-repair.ts";

/** JSON of this length whose end is missing. */
function broken(length: number): string {
  return `{"name":"Ada","filler":"${"x".repeat(length - 25)}"`;
}

const NAMED = expect.objectContaining({ name: "Ada" });

test("what is whole is read whatever its length", () => {
  const read = jsonReader();
  expect(read(`${broken(2_000_000)}}`)).toEqual(NAMED);
});

test("a broken piece is repaired up to its limit and not beyond", () => {
  expect(jsonReader()(broken(MOST_REPAIRED.piece))).toEqual(NAMED);
  expect(jsonReader()(broken(MOST_REPAIRED.piece + 1))).toBeUndefined();
});

test("the pieces of a page share one room, which whole ones do not take", () => {
  const read = jsonReader();
  const piece = MOST_REPAIRED.piece - 200;
  const fits = Math.floor(MOST_REPAIRED.page / piece);
  const pieces = Array.from({ length: fits + 1 }, () => broken(piece));
  expect(pieces.map((each) => read(each))).toEqual([...pieces.slice(1).map(() => NAMED), undefined]);
  expect(read(`${broken(piece)}}`)).toEqual(NAMED);
});

test("a page of broken scripts that once took minutes is read without them", () => {
  const script = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Repaired",${'"a":['.repeat(49_000)}</script>`;
  const html = `<title>The ferry is out of service</title>${script.repeat(3)}<p>${"The ferry has been taken out of service after a crack was found. ".repeat(8)}`;
  expect(extractArticle({ html, url: "https://news.example/a" }).title).not.toBe("Repaired");
});

test("a broken JSON Feed is repaired where it is short, and unreadable where it is long", () => {
  const feed = (filler: number) => ({
    body: `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"One","content_text":"${"x".repeat(filler)}"}`,
    contentType: null,
    url: "https://news.example/feed.json",
  });
  expect(parseFeed(feed(1_000)).entries).toMatchObject([{ title: "One" }]);
  expect(() => parseFeed(feed(199_000))).toThrow(expect.objectContaining({ code: "feed/unreadable" }));
});
