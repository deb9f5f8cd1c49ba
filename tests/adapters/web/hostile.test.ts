import { expect, test } from "vitest";
import { extractArticle } from "#src/adapters/web/extract.ts";
import { parseFeed } from "#src/adapters/web/feed.ts";
import { parsePlainText } from "#src/adapters/web/pasted.ts";
import { AppError } from "#src/core/errors.ts";
import { findLinks } from "#src/core/url.ts";

/** Each of these once overflowed the stack or took minutes; the runner's own limit tells a hang. */
const SENTENCE = "The ferry has been taken out of service after inspectors found a crack in its hull. ";

function outcome(work: () => unknown): string {
  try {
    work();
    return "read";
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

test.for([
  ["100,000 nested elements that close", `${"<div>".repeat(100_000)}${SENTENCE}${"</div>".repeat(100_000)}`],
  ["half a million blocks 250 deep", `${"<div>".repeat(250)}${"<p>x.</p>".repeat(500_000)}`],
  ["20,000 unclosed tags", `<b>${`<b>${SENTENCE}`.repeat(20_000)}`],
  ["a style that repeats itself", `<p style="${"height:0;".repeat(300_000)}">${SENTENCE}</p>`],
  ["a class of a million parts", `<p class="${"a-".repeat(1_000_000)}">${SENTENCE}</p>`],
  ["a title of a million dashes", `<title>${"- ".repeat(500_000)}</title><p>${SENTENCE}`],
  ["200,000 authors", `<meta name=author content="${"By A, ".repeat(200_000)}"><p>${SENTENCE}`],
  ["deep JSON-LD", `<script type="application/ld+json">${"[".repeat(200_000)}</script><p>${SENTENCE}`],
  ["a million joiners", `<p>${"\u200D ".repeat(1_000_000)}`],
] as const)("a page of %s ends in an answer", ([, html]) => {
  expect(outcome(() => extractArticle({ html, url: "https://news.example/a" }))).toMatch(
    /^(?:read|article\/\w+)$/,
  );
});

test.for([
  ["100,000 items that never close", `<rss><channel>${"<item>".repeat(100_000)}`],
  [
    "20,000 namespaces",
    `<rss ${Array.from({ length: 20_000 }, (_, at) => `xmlns:a${at}="u"`).join(" ")}><channel><item>`,
  ],
  ["a million ampersands", `<rss><channel><title>${"&".repeat(1_000_000)}`],
  ["a million control characters", `<rss><channel><title>${"\u0092".repeat(1_000_000)}</title>`],
  [
    "links that never end",
    `<rss><channel><item><description><![CDATA[${' href="a'.repeat(300_000)}]]></description>`,
  ],
  ["100,000 open braces", "{".repeat(100_000)],
] as const)("a feed of %s ends in an answer", ([, body]) => {
  expect(outcome(() => parseFeed({ body, contentType: null, url: "https://news.example/f" }))).toMatch(
    /^(?:read|feed\/\w+)$/,
  );
});

test.for([
  ["open brackets", "[".repeat(300_000)],
  ["open pictures", "![".repeat(200_000)],
  ["open links", "[a](".repeat(100_000)],
  ["stars", "*a ".repeat(200_000)],
  ["spaces", `a${" ".repeat(900_000)}b`],
  ["lines", `${SENTENCE}\n`.repeat(20_000)],
] as const)("a pasted text of %s ends in an answer", ([, text]) => {
  expect(outcome(() => parsePlainText(text))).toMatch(/^(?:read|article\/\w+)$/);
});

test.for(["(", ")", ".", "[", "&amp;"])(
  "a message with a link and half a million of %j ends in an answer",
  (mark) => {
    expect(findLinks(`https://news.example/a${mark.repeat(500_000)}`).length).toBeLessThanOrEqual(1);
  },
);
