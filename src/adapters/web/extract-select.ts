import type { Block } from "./extract-blocks.ts";
import type { TreeElement } from "./extract-tree.ts";

/** Share of its parent's weight that an element must hold to be narrowed to. */
const NARROW_SHARE = 0.75;
/** An element with a junk name that holds this share of the page's prose is a badly named wrapper. */
const WRAPPER_SHARE = 0.45;

const SENTENCE_END = /[.!?…](?=["”’»)\]\s]|$)|[。！？،؟।]/gu;
const ENDS_SENTENCE = /[.!?…。！？؟।:][\s"“”’»«)\]』」]*$/u;

/** Weight of one block as prose: long, punctuated, unlinked text counts; lists of links do not. */
export function proseWeight(block: Block): number {
  if (block.heading > 0) return 0;
  const unlinked = 1 - block.linkShare;
  const sentences = block.text.match(SENTENCE_END)?.length ?? 0;
  const prose = block.length >= 40 && sentences > 0 ? 1 : 0.2;
  const list = block.tag === "li" || block.tag === "td" ? 0.5 : 1;
  return block.length * unlinked * unlinked * prose * list * (block.body ? 2 : 1);
}

/** Whether a block reads as running text: a sentence of some length that is not a link. */
export function isProse(block: Block): boolean {
  if (block.heading > 0 || block.linkShare > 0.5) return false;
  return block.length >= 60
    ? ENDS_SENTENCE.test(block.text) || block.length >= 160
    : block.tag === "p" && block.length >= 25 && ENDS_SENTENCE.test(block.text);
}

/** Whether the text ends as a sentence does. */
export function endsSentence(text: string): boolean {
  return ENDS_SENTENCE.test(text);
}

/** Weights of all elements: each block's, summed up through its ancestors. */
export function weigh(blocks: readonly Block[]): Map<TreeElement, number> {
  const weights = new Map<TreeElement, number>();
  for (const block of blocks) {
    const weight = proseWeight(block);
    if (weight === 0) continue;
    for (let element: TreeElement | null = block.element; element !== null; element = element.parent) {
      weights.set(element, (weights.get(element) ?? 0) + weight);
    }
  }
  return weights;
}

/** Blocks whose junk mark is a wrapper around most of the page lose it. */
export function forgiveWrappers(blocks: readonly Block[]): Block[] {
  const weights = weigh(blocks);
  const total = weights.values().reduce((most, weight) => Math.max(most, weight), 0);
  return blocks.map((block) => {
    const { junk } = block;
    const isWrapper = junk !== null && (weights.get(junk) ?? 0) > WRAPPER_SHARE * total;
    return isWrapper ? { ...block, junk: null } : block;
  });
}

/** Blocks that only a name calls junk lose the mark; what the tag or role says stays. */
export function forgiveNames(blocks: readonly Block[]): Block[] {
  return blocks.map((block) => (block.junk !== null && !block.junkTag ? { ...block, junk: null } : block));
}

/** The smallest element that still holds most of the page's prose. */
export function findContainer(root: TreeElement, weights: ReadonlyMap<TreeElement, number>): TreeElement {
  let current = root;
  for (;;) {
    const whole = weights.get(current) ?? 0;
    let heaviest: TreeElement | null = null;
    for (const child of current.children) {
      if (typeof child === "string") continue;
      if ((weights.get(child) ?? 0) > (heaviest === null ? 0 : (weights.get(heaviest) ?? 0)))
        heaviest = child;
    }
    if (heaviest === null || (weights.get(heaviest) ?? 0) < NARROW_SHARE * whole) return current;
    current = heaviest;
  }
}

/** Whether `element` is `ancestor` or stands inside it. */
export function isInside(element: TreeElement, ancestor: TreeElement): boolean {
  for (let at: TreeElement | null = element; at !== null; at = at.parent) if (at === ancestor) return true;
  return false;
}
