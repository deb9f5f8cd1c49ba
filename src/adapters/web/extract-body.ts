import type { Block } from "./extract-blocks.ts";
import { endsSentence, findContainer, isInside, isProse, weigh } from "./extract-select.ts";
import type { TreeElement } from "./extract-tree.ts";
import {
  isCommentsHead,
  isCredit,
  isFurniture,
  isHousekeeping,
  isLabel,
  isLabelledLink,
} from "./furniture.ts";
import { lettersOf } from "./text.ts";

/** Reading length before a comments head that makes it the end of an article and not a counter at its top. */
const MIN_BEFORE_COMMENTS = 400;
/** Share of the article's weight that a box with a furniture label may hold and still be furniture as a whole. */
const MAX_BOX_SHARE = 0.15;
/** The same where the label is a heading, which names the box rather than a button in it. */
const MAX_HEADED_BOX_SHARE = 0.3;
/** Blocks before the body that are looked at for the standfirst. */
const MAX_STANDFIRST_DISTANCE = 40;
const MAX_CAPTION_LENGTH = 500;
const MAX_STRAY_LENGTH = 40;
const STANDFIRST_MARK =
  /(?:^|[\s_-])(?:standfirst|lead|lede|leadtext|intro|introduction|deck|dek|subtitle|subheadline|subhead|sub-?title|summary|excerpt|abstract|chapo|chapeau|vorspann|untertitel|unterzeile|sumario|bajada|entradilla|subtitulo|sottotitolo|occhiello|ingress|perex|sapo|description|standfirst|teaser)/i;

export interface BodyInput {
  root: TreeElement;
  blocks: readonly Block[];
  media: readonly TreeElement[];
  /** The title in all forms the page gives it. */
  titles: readonly string[];
  /** The page's own account of the article; a block that repeats it is the standfirst. */
  description: string | null;
}

/** The blocks of the article, in reading order, without its title. */
export function selectBody(input: BodyInput): Block[] {
  const article = cutComments(input.blocks);
  const open = article.filter((block) => block.junk === null);
  const weights = weigh(open);
  const container = findContainer(input.root, weights);
  const inside = open.filter((block) => isInside(block.element, container));
  const titles = new Set(input.titles.map(lettersOf));
  const captions = findCaptions(inside, container, input.media);
  const boxed = dropBoxes(inside, container, weights).filter((block) => !captions.has(block));
  const body = trimEnds(dropLines(boxed, titles));
  const standfirst = findStandfirst(article, body, { titles, description: input.description });
  return dropDanglingHeadings(dropRepeats([...standfirst, ...body]));
}

function cutComments(blocks: readonly Block[]): readonly Block[] {
  let before = 0;
  for (const [index, block] of blocks.entries()) {
    if (before >= MIN_BEFORE_COMMENTS && block.linkShare < 0.5 && isCommentsHead(block.text))
      return blocks.slice(0, index);
    if (block.junk === null && isProse(block)) before += block.length;
  }
  return blocks;
}

/** A small box that begins with a furniture label goes as a whole: the titles and teasers in it belong to the label. */
function dropBoxes(
  blocks: readonly Block[],
  container: TreeElement,
  weights: ReadonlyMap<TreeElement, number>,
): Block[] {
  const whole = weights.get(container) ?? 0;
  const firstIn = new Map<TreeElement, Block>();
  for (const block of blocks) {
    for (let at: TreeElement | null = block.element; at !== null && !firstIn.has(at); at = at.parent)
      firstIn.set(at, block);
  }
  const dropped = new Set<TreeElement>();
  for (const block of blocks) {
    const isTeaser = block.heading > 0 && block.linkShare > 0.9;
    if (!isLabel(block.text) && !isTeaser) continue;
    const limit = whole * (block.heading > 0 ? MAX_HEADED_BOX_SHARE : MAX_BOX_SHARE);
    let box: TreeElement | null = null;
    for (let at: TreeElement | null = block.element; at !== null && at !== container; at = at.parent) {
      if (firstIn.get(at) !== block || (weights.get(at) ?? 0) > limit) break;
      box = at;
    }
    if (box !== null) dropped.add(box);
  }
  if (dropped.size === 0) return [...blocks];
  return blocks.filter((block) => {
    for (let at: TreeElement | null = block.element; at !== null && at !== container; at = at.parent)
      if (dropped.has(at)) return false;
    return true;
  });
}

/** Text that shares a small box with a picture and nothing else is the picture's caption. */
function findCaptions(
  blocks: readonly Block[],
  container: TreeElement,
  media: readonly TreeElement[],
): Set<Block> {
  const counts = new Map<TreeElement, number>();
  for (const block of blocks) {
    for (let at: TreeElement | null = block.element; at !== null; at = at.parent)
      counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const pictured = new Set<TreeElement>();
  for (const medium of media) {
    for (let at = medium.parent; at !== null && !pictured.has(at); at = at.parent) pictured.add(at);
  }
  return new Set(
    blocks.filter((block) => {
      if (block.heading > 0 || block.length > MAX_CAPTION_LENGTH) return false;
      // A picture inside a paragraph's own element illustrates it; one beside it is what the text is about.
      for (
        let at = block.element.parent;
        at !== null && at !== container && (counts.get(at) ?? 0) <= 2;
        at = at.parent
      ) {
        if (pictured.has(at) && !pictured.has(block.element)) return true;
      }
      return false;
    }),
  );
}

function dropLines(blocks: readonly Block[], titles: ReadonlySet<string>): Block[] {
  const kept: Block[] = [];
  let inList = false;
  for (const block of blocks) {
    if (isFurniture(block.text) || (block.linkShare > 0.3 && isLabelledLink(block.text))) {
      inList = isLabel(block.text);
      continue;
    }
    const prose = isProse(block);
    if (prose) inList = false;
    // After a label, lines without a sentence are titles of other articles.
    if (inList && !endsSentence(block.text)) continue;
    if (isStrayLine(block)) continue;
    if (block.linkShare > 0.5 && block.length < 120 && block.tag === "li") continue;
    if (block.linkShare > 0.8 && !(prose && block.length > 120)) continue;
    if (isHousekeeping(block.text) && !(block.body && block.length > 300)) continue;
    if (!prose && isCredit(block.text)) continue;
    if (block.length < 160 && isCredit(block.text) && !block.body) continue;
    if (block.heading === 1 || titles.has(lettersOf(block.text))) continue;
    kept.push(block);
  }
  return kept;
}

/** A few words that are neither heading, list entry nor sentence: names under pictures, dates, times, labels. */
function isStrayLine(block: Block): boolean {
  if (block.heading > 0 || block.tag === "li" || block.boldShare > 0.8) return false;
  return block.length < MAX_STRAY_LENGTH && !endsSentence(block.text);
}

/** Drops what stands before the first and after the last running text: bylines, dates, tags, lone headings. */
function trimEnds(blocks: readonly Block[]): Block[] {
  const first = blocks.findIndex(isProse);
  const last = blocks.findLastIndex(
    (block) =>
      isProse(block) ||
      (block.heading === 0 && block.length >= 15 && block.linkShare < 0.5 && endsSentence(block.text)),
  );
  return first < 0 ? [] : blocks.slice(first, last + 1);
}

/** Sentences between headline and body that introduce the article. */
function findStandfirst(
  blocks: readonly Block[],
  body: readonly Block[],
  page: { titles: ReadonlySet<string>; description: string | null },
): Block[] {
  const start = body[0] === undefined ? -1 : blocks.indexOf(body[0]);
  if (start <= 0) return [];
  const from = Math.max(0, start - MAX_STANDFIRST_DISTANCE);
  const before = blocks.slice(from, start);
  const headline = before.findLastIndex(
    (block) => block.heading === 1 || page.titles.has(lettersOf(block.text)),
  );
  const described = lettersOf(page.description ?? "");
  return before.filter((block, index) => {
    if (block.heading === 1 || page.titles.has(lettersOf(block.text))) return false;
    if (repeatsDescription(block, described)) return true;
    if (headline < 0 || index < headline || block.junk !== null) return false;
    if (isFurniture(block.text) || isCredit(block.text) || isHousekeeping(block.text)) return false;
    return isStandfirst(block);
  });
}

function isStandfirst(block: Block): boolean {
  if (block.linkShare > 0.4 || block.length < 30) return false;
  const marked = STANDFIRST_MARK.test(
    `${block.element.attributes["class"] ?? ""} ${block.element.parent?.attributes["class"] ?? ""}`,
  );
  return marked || (block.length >= 60 && (endsSentence(block.text) || block.length >= 90));
}

function repeatsDescription(block: Block, described: string): boolean {
  if (block.length < 30 || described.length < 30) return false;
  const own = lettersOf(block.text);
  const size = Math.min(own.length, described.length, 80);
  return size >= 30 && own.slice(0, size) === described.slice(0, size);
}

/** The same short line twice is furniture; the same long text twice is shown once. */
function dropRepeats(blocks: readonly Block[]): Block[] {
  const counts = new Map<string, number>();
  for (const block of blocks) counts.set(block.text, (counts.get(block.text) ?? 0) + 1);
  const seen = new Set<string>();
  return blocks.filter((block) => {
    const repeated = (counts.get(block.text) ?? 0) > 1;
    const first = !seen.has(block.text);
    seen.add(block.text);
    return first && !(repeated && !isProse(block));
  });
}

/** A heading that nothing follows has lost its section. */
function dropDanglingHeadings(blocks: readonly Block[]): Block[] {
  return blocks.filter((block, index) => {
    const next = blocks[index + 1];
    if (block.heading === 0) return true;
    return next !== undefined && (next.heading === 0 || next.heading > block.heading);
  });
}
