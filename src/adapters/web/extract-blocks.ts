import { timeKind } from "./extract-metadata.ts";
import { isHidden } from "./extract-hidden.ts";
import { isBodyName, isJunkName, isJunkTag, markWords } from "./extract-names.ts";
import { isLeftOut, type TreeElement } from "./extract-tree.ts";
import type { Unseen } from "./extract-unseen.ts";
import { cleanText, readingLength } from "./text.ts";

/** One run of text between two block borders, with what is needed to judge it. */
export interface Block {
  text: string;
  /** Reading length (see `readingLength`). */
  length: number;
  /** Share of the characters that are link text, 0 to 1. */
  linkShare: number;
  /** Share of the characters in bold, 0 to 1. */
  boldShare: number;
  /** Nearest block element. */
  element: TreeElement;
  tag: string;
  /** Nearest element around it whose class, id or role says that it is no article text; null when none does. */
  junk: TreeElement | null;
  /** Whether it stands in a tag or role that is never article text. */
  junkTag: boolean;
  /** Whether an element around it is marked as the article's body. */
  body: boolean;
  /** Heading level 1 to 6, else 0. */
  heading: number;
}

/** Blocks in reading order, and the marks that metadata wants. */
export interface Collected {
  blocks: Block[];
  /** Pictures, players and frames. */
  media: TreeElement[];
  hasPassword: boolean;
  times: { value: string; published: boolean; modified: boolean }[];
  bylines: string[];
}

/** The longest live blog measured has 4,000; each block is weighed in all its ancestors. */
const MAX_BLOCKS = 20_000;
const INLINE = new Set(
  "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr".split(
    " ",
  ),
);
const MEDIA = new Set(["img", "picture", "video", "audio", "iframe"]);
/** Walks the page once. Hidden elements are not entered at all, so their text can never come out. */
export function collectBlocks(root: TreeElement, unseen: Unseen): Collected {
  const walker: Walker = {
    unseen,
    blocks: [],
    media: [],
    hasPassword: false,
    times: [],
    bylines: [],
    run: emptyRun(),
  };
  const outside = { block: root, junk: null, junkTag: false, body: false, link: false, bold: false };
  walk(walker, root, outside);
  flush(walker, outside);
  const { blocks, media, hasPassword, times, bylines } = walker;
  return { blocks, media, hasPassword, times, bylines };
}

interface Place {
  block: TreeElement;
  junk: TreeElement | null;
  junkTag: boolean;
  body: boolean;
  link: boolean;
  bold: boolean;
}

interface Run {
  parts: string[];
  link: number;
  bold: number;
  total: number;
}

interface Walker extends Collected {
  unseen: Unseen;
  run: Run;
}

function emptyRun(): Run {
  return { parts: [], link: 0, bold: 0, total: 0 };
}

/** Recursion is bounded by the tree's own depth limit. */
function walk(walker: Walker, element: TreeElement, place: Place): void {
  let breaks = 0;
  for (const child of element.children) {
    if (typeof child === "string") {
      if (walker.unseen.get(element) === "text") continue;
      if (addText(walker.run, child, place)) breaks = 0;
      continue;
    }
    if (child.tag === "br" || child.tag === "hr") {
      breaks += child.tag === "hr" ? 2 : 1;
      // One break is a line of the same paragraph, two are the border that old pages use for one.
      if (breaks >= 2) flush(walker, place);
      else walker.run.parts.push("\n");
      continue;
    }
    if (MEDIA.has(child.tag)) {
      walker.media.push(child);
      continue;
    }
    if (isLeftOut(child) || isHidden(child) || walker.unseen.get(child) === "all") continue;
    const inner = enter(walker, child, place);
    const inline = INLINE.has(child.tag);
    if (!inline) flush(walker, place);
    walk(walker, child, inner);
    if (!inline) flush(walker, inner);
    if (!inline) breaks = 0;
  }
}

function addText(run: Run, text: string, place: Place): boolean {
  run.parts.push(text);
  const length = text.trim().length;
  run.total += length;
  if (place.link) run.link += length;
  if (place.bold) run.bold += length;
  return length > 0;
}

function enter(walker: Walker, element: TreeElement, place: Place): Place {
  const words = markWords(element);
  noteMarks(walker, element, words);
  const junkTag = isJunkTag(element);
  return {
    block: INLINE.has(element.tag) ? place.block : element,
    junk: place.junk ?? (junkTag || isJunkName(element, words) ? element : null),
    junkTag: place.junkTag || junkTag,
    body: place.body || element.attributes["itemprop"] === "articleBody" || isBodyName(words),
    link: place.link || (element.tag === "a" && "href" in element.attributes),
    bold: place.bold || element.tag === "b" || element.tag === "strong",
  };
}

function flush(walker: Walker, place: Place): void {
  const { parts, link, bold, total } = walker.run;
  if (parts.length === 0) return;
  walker.run = emptyRun();
  if (total === 0 || walker.blocks.length >= MAX_BLOCKS) return;
  const text = cleanText(parts.join(""));
  if (text === "") return;
  const tag = place.block.tag;
  walker.blocks.push({
    text,
    length: readingLength(text),
    linkShare: link / total,
    boldShare: bold / total,
    element: place.block,
    tag,
    junk: place.junk,
    junkTag: place.junkTag,
    body: place.body,
    heading: headingLevel(place.block),
  });
}

function headingLevel(element: TreeElement): number {
  if (/^h[1-6]$/.test(element.tag)) return Number(element.tag[1]);
  const parent = element.parent;
  return parent !== null && /^h[1-6]$/.test(parent.tag) ? Number(parent.tag[1]) : 0;
}

function noteMarks(walker: Walker, element: TreeElement, words: string): void {
  const { attributes } = element;
  if (element.tag === "input" && attributes["type"] === "password") walker.hasPassword = true;
  if (element.tag === "time" || /date(?:published|modified|created)/i.test(attributes["itemprop"] ?? "")) {
    const value = attributes["datetime"] ?? attributes["content"] ?? plainText(element);
    walker.times.push({ value, ...timeKind(element) });
  }
  const isAuthor =
    attributes["rel"] === "author" ||
    attributes["itemprop"] === "author" ||
    /(?:^| )(?:byline|author name|authorname)(?: |$)/.test(words);
  if (isAuthor) walker.bylines.push(plainText(element));
}

/** Up to a line of an element's text, for marks that are short by nature. */
function plainText(element: TreeElement): string {
  const parts: string[] = [];
  const queue: (TreeElement | string)[] = [...element.children];
  while (queue.length > 0 && parts.length < 12) {
    const next = queue.shift();
    if (typeof next === "string") parts.push(next);
    else if (next !== undefined) queue.unshift(...next.children);
  }
  return cleanText(parts.join(" ")).slice(0, 200);
}
