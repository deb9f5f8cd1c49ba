import type { ExtractedArticle } from "#src/core/article.ts";
import { isByLine } from "./extract-byline.ts";
import { collectBlocks } from "./extract-blocks.ts";
import type { Block } from "./extract-blocks.ts";
import { selectBody } from "./extract-body.ts";
import { readLinkedData } from "./extract-jsonld.ts";
import { readMetadata } from "./extract-metadata.ts";
import { forgiveNames, forgiveWrappers } from "./extract-select.ts";
import { parseTree } from "./extract-tree.ts";
import { findUnseen } from "./extract-unseen.ts";
import { requireArticle } from "./extract-verdict.ts";
import { languageOf } from "./language.ts";

/** Reading length under which the first pass is not trusted, and how much longer the second must be to be taken. */
const THIN_BODY = 400;
const SECOND_PASS_GAIN = 2;

/**
 * The article of a page: its title, dates and visible paragraphs as plain text. The address is only used to resolve
 * links and to find a date. Never throws anything but AppError `article/empty` (nothing visible) and `article/none`
 * (an error, consent, login or list page; `details.reason` says which).
 */
export function extractArticle(input: { html: string; url: string }): ExtractedArticle {
  const page = parseTree(input.html);
  const linked = readLinkedData(page.jsonLd);
  const collected = collectBlocks(page.root, findUnseen(page));
  const metadata = readMetadata(page, linked, {
    url: input.url,
    headings: collected.blocks.filter((block) => block.heading === 1).map((block) => block.text),
    times: collected.times,
    bylines: collected.bylines,
    byLines: collected.blocks.map((block) => block.text).filter(isByLine),
    dateTexts: collected.blocks
      .filter((block) => block.length <= 80 && /\d/.test(block.text))
      .map((block) => block.text),
  });
  const choose = (blocks: readonly Block[]): Block[] =>
    selectBody({
      root: page.root,
      blocks,
      media: collected.media,
      titles: [metadata.title, ...metadata.titles],
      description: metadata.description,
    });
  const body = chooseTwice(collected.blocks, choose);
  requireArticle({
    blocks: collected.blocks,
    body,
    titles: [metadata.title, ...metadata.titles],
    declared:
      linked.isArticle || page.metas.some((meta) => meta.key === "og:type" && /article/i.test(meta.content)),
    listed: linked.isList,
    hasPassword: collected.hasPassword,
    isFrontPage: /^\/(?:index\.\w+)?$/.test(URL.parse(input.url)?.pathname ?? ""),
  });
  const paragraphs = body.map((block) => block.text);
  return {
    title: metadata.title === "" ? (paragraphs[0] ?? "").slice(0, 120) : metadata.title,
    site: metadata.site,
    byline: metadata.byline,
    language: languageOf(paragraphs.join(" "), page.language ?? linked.language),
    publishedAt: metadata.publishedAt,
    modifiedAt: metadata.modifiedAt,
    canonicalUrl: metadata.canonicalUrl,
    paragraphs,
    accessible: metadata.accessible,
  };
}

/** A second look without the junk names where the first finds next to nothing: the site names its article oddly. */
function chooseTwice(all: readonly Block[], choose: (blocks: readonly Block[]) => Block[]): Block[] {
  const first = choose(forgiveWrappers(all));
  const firstLength = lengthOf(first);
  if (firstLength >= THIN_BODY) return first;
  const second = choose(forgiveNames(all));
  return lengthOf(second) > SECOND_PASS_GAIN * firstLength ? second : first;
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + block.length, 0);
}
