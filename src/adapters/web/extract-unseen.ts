import { isLeftOut, type PageTree, type TreeElement } from "./extract-tree.ts";
import { readStyles, type Styles, type Values } from "./style-cascade.ts";
import { OutOfSteps } from "./style-selectors.ts";
import { hidesBox, hidesText, INHERITED, type Inherited } from "./style-verdict.ts";

/** Elements that the page's own styles take out of sight: whole, or their own text but not what is inside. */
export type Unseen = ReadonlyMap<TreeElement, "all" | "text">;

/** Looks around the tree that matching may take on one page, of which 1.8 million is the most measured; what is left then counts as seen. */
const MAX_STEPS = 5_000_000;
/** Share of a page's prose beyond which styles hide the article until a script shows it, and are not believed. */
const MOST = 0.5;
/** Text that counts as prose here: long enough for a sentence, and with the end of one. */
const MIN_PROSE = 60;
const SENTENCE_END = /[.!?…。！？؟।]/u;

interface Walk {
  styles: Styles;
  prose: ReadonlyMap<TreeElement, number>;
  /** Prose beyond which nothing is believed to be hidden. */
  most: number;
  found: { element: TreeElement; how: "all" | "text"; rule: string }[];
  /** Prose that each rule hides. */
  hidden: Map<string, number>;
}

/** The rules that hide the text here by a value that was taken over. */
type Inheritance = ReadonlyMap<Inherited, string>;

/** What of the page its own `<style>` elements hide from a reader at a desktop. In doubt, text counts as seen. */
export function findUnseen(page: PageTree): Unseen {
  const styles = readStyles(page, MAX_STEPS);
  if (styles === null) return new Map();
  const prose = proseIn(page.root);
  const most = MOST * (prose.get(page.root) ?? 0);
  const walk: Walk = { styles, prose, most, found: [], hidden: new Map() };
  try {
    visit(walk, page.root, new Map());
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
  }
  return believed(walk);
}

/** Prose inside of each element that has any text: how long its sentences are. */
function proseIn(root: TreeElement): Map<TreeElement, number> {
  const prose = new Map<TreeElement, number>();
  const add = (element: TreeElement): number | null => {
    let sum: number | null = null;
    for (const child of element.children) {
      if (typeof child !== "string") sum = joined(sum, isLeftOut(child) ? null : add(child));
      else if (child.trim() !== "") sum = joined(sum, isProse(child) ? child.length : 0);
    }
    if (sum !== null) prose.set(element, sum);
    return sum;
  };
  add(root);
  return prose;
}

function joined(sum: number | null, more: number | null): number | null {
  return more === null ? sum : (sum ?? 0) + more;
}

function isProse(text: string): boolean {
  return text.length >= MIN_PROSE && SENTENCE_END.test(text);
}

/** Recursion is bounded by the tree's own depth limit. */
function visit(walk: Walk, element: TreeElement, inherited: Inheritance): void {
  const { styles, prose, most, found, hidden } = walk;
  for (const child of element.children) {
    if (typeof child === "string") {
      const [rule] = inherited.values();
      if (rule !== undefined && isProse(child)) hidden.set(rule, (hidden.get(rule) ?? 0) + child.length);
      continue;
    }
    const inside = prose.get(child);
    if (inside === undefined) continue;
    if (inherited.size === 0 && !styles.isSuspect(child)) {
      visit(walk, child, inherited);
      continue;
    }
    const now = styles.now(child);
    const rule = inside <= most ? boxRule(styles, child, now) : null;
    if (rule !== null) {
      found.push({ element: child, how: "all", rule });
      hidden.set(rule, (hidden.get(rule) ?? 0) + inside);
      continue;
    }
    const own = inheritance(styles, child, { now, inherited });
    const [reason] = own.values();
    if (reason !== undefined) found.push({ element: child, how: "text", rule: reason });
    visit(walk, child, own);
  }
}

/** The rule that hides an element with all that is in it. */
function boxRule(styles: Styles, element: TreeElement, now: Values): string | null {
  if (!hidesBox(element, now, styles.keyframes)) return null;
  return hidesBox(element, styles.later(element, now), styles.keyframes) ? weightiest(now) : null;
}

function inheritance(
  styles: Styles,
  element: TreeElement,
  { now, inherited }: { now: Values; inherited: Inheritance },
): Inheritance {
  const { keyframes } = styles;
  const own = new Map(inherited);
  for (const property of INHERITED) {
    const hides = hidesText(property, element, { values: now, keyframes });
    if (hides === true) own.set(property, now.get(property)?.selector ?? property);
    if (hides === false) own.delete(property);
  }
  if (own.size === 0) return own;
  const values = styles.later(element, now);
  for (const property of own.keys())
    if (hidesText(property, element, { values, keyframes }) === false) own.delete(property);
  return own;
}

/** The selector that names why: of several rules that hide together, one. */
function weightiest(values: Values): string {
  for (const name of ["display", "opacity", "position", "overflow", "clip", "clip-path", "transform"])
    if (values.has(name)) return values.get(name)?.selector ?? name;
  return "";
}

/** Without the rules that hide most of the prose; with none at all where they hide most of it together. */
function believed({ found, hidden, most }: Walk): Unseen {
  const isBelieved = ([, prose]: readonly [string, number]): boolean => prose <= most;
  const rules = new Map([...hidden].filter(isBelieved));
  const together = rules.values().reduce((sum, prose) => sum + prose, 0);
  if (together > most) return new Map();
  const kept = found.filter(({ rule }) => rules.has(rule) || !hidden.has(rule));
  return new Map(kept.map(({ element, how }) => [element, how]));
}
