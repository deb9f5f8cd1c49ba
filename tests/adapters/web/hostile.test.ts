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

const NAMES = Array.from({ length: 10_000 }, (_, at) => `n${at}`);
/** Far above what these take; without a bound each takes minutes. */
const STYLES_MS = 10_000;

test.for([
  ["10,000 rules on 10,000 elements", NAMES.map((name) => `.x.${name},p.x{opacity:0}`).join(""), 10_000],
  ["1,000 rules of siblings", "p~p~p~p~p~i~p.x{display:none}".repeat(1_000), 2_000],
  ["deep selectors", `${"div ".repeat(900)}i p.x{display:none}`.repeat(20), 200],
  [":has() in :has()", "main:has(p:has(~ p:has(~ i))) p.x{display:none}".repeat(50), 2_000],
  [":not() in :not()", `p.x${":not(i".repeat(500)}${")".repeat(500)}{display:none}`, 100],
  [":is() that doubles", `${"&:is(& &,& &){".repeat(40)}display:none${"}".repeat(40)}`, 100],
  ["each third child of each", "p:nth-child(3n+1 of p:nth-last-child(2n)).x{display:none}".repeat(20), 3_000],
  ["100,000 blocks in blocks", `${".x{".repeat(100_000)}display:none`, 10],
  ["a million open brackets", `.x${"(".repeat(1_000_000)}{display:none}`, 10],
  ["nested rules that break off", ".a{color:red;.x{b:c} d:{;e{.y{}f}g:h{".repeat(10_000), 10],
  ["a million colours", `.x{${"color:#fff;background:#fff;".repeat(40_000)}}`, 10],
  ["a million stars", `.x{display:none/*${"*/ /*".repeat(200_000)}`, 10],
  ["a query of 100,000 parts", `@media ${"not (".repeat(100_000)}{.x{display:none}}`, 10],
  ["10,000 queries", NAMES.map((_, at) => `@media (min-width:${at}px){.x{opacity:0}}`).join(""), 1_000],
] as const)("styles of %s end in an answer, and soon", ([, css, count]) => {
  const planted = Array.from({ length: count }, (_, at) => `<p class="x n${at}">The ferry ${at}.</p>`).join(
    "",
  );
  const html = `<style>${css}</style><main>${"<div>".repeat(60)}${`<p>${SENTENCE}</p>`.repeat(20)}${planted}`;
  const start = performance.now();
  expect(outcome(() => extractArticle({ html, url: "https://news.example/a" }))).toMatch(
    /^(?:read|article\/\w+)$/,
  );
  expect(performance.now() - start).toBeLessThan(STYLES_MS);
});
