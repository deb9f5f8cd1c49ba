import type { Selector } from "css-what";
import { isHiddenStyle, isHidingPart } from "./extract-hidden.ts";
import type { PageTree, TreeElement } from "./extract-tree.ts";
import {
  countingAdapter,
  isAnswerable,
  isShownLater,
  isUndone,
  keyOf,
  keysOf,
  matcher,
  type Matches,
  type Names,
  readSelectors,
  relaxed,
} from "./style-selectors.ts";
import { type Declaration, readInline, readSheet, type StyleRule } from "./style-sheet.ts";

/** A declaration that applies to an element, and what it takes to overrule it, weightiest first. */
export interface Applied extends Declaration {
  rank: readonly number[];
  selector: string;
}

export type Values = ReadonlyMap<string, Applied>;

export interface Styles {
  keyframes: ReadonlySet<string>;
  /** Whether some rule of the page may take this element's text out of sight. */
  isSuspect: (element: TreeElement) => boolean;
  /** What applies as the page stands. */
  now: (element: TreeElement) => Values;
  /** What of that is left once each script and click that can show the element has been there. */
  later: (element: TreeElement, now: Values) => Values;
}

interface Entry {
  rule: StyleRule;
  rank: readonly number[];
  tokens: readonly Selector[];
}

type Index = Map<string, (Entry & { matches: Matches })[]>;

/** The page's own styles over its elements, or null where none of its rules hides anything. */
export function readStyles(page: PageTree, steps: number): Styles | null {
  const { rules, keyframes } = readSheet(page.styles);
  const hidingRules = new Set(rules.filter(isHiding));
  if (hidingRules.size === 0) return null;
  const names = namesOf(page.root);
  const adapter = countingAdapter(steps);
  const orders = new Map(rules.map((rule, order) => [rule, order]));
  const entriesOf = (rule: StyleRule): Entry[] =>
    readSelectors(rule.selector).map(({ tokens, specificity }) => ({
      rule,
      rank: [rule.layered ? 0 : 1, specificity, orders.get(rule) ?? 0],
      tokens,
    }));
  const isNow = ({ rule, tokens }: Entry): boolean =>
    rule.certain && isAnswerable(tokens) && !(hidingRules.has(rule) && isUndone(tokens, names));
  const indexed = (entries: readonly Entry[]): Index => {
    const index: Index = new Map();
    for (const entry of entries) {
      const key = keyOf(entry.tokens);
      const held = index.get(key) ?? [];
      held.push({ ...entry, matches: lazyMatcher(entry.tokens, adapter) });
      index.set(key, held);
    }
    return index;
  };
  const hiding = indexed([...hidingRules].flatMap(entriesOf).filter(isNow));
  const entries = once(() => rules.flatMap(entriesOf));
  const exact = once(() => indexed(entries().filter(isNow)));
  const loose = once(() =>
    indexed(
      entries()
        .filter(({ rule }) => rule.declarations.some(mayShow))
        .flatMap((entry) => {
          const tokens = relaxed(entry.tokens, names);
          return tokens !== null || !isNow(entry) ? [{ ...entry, tokens: tokens ?? entry.tokens }] : [];
        }),
    ),
  );
  return {
    keyframes,
    isSuspect: (element) => !isShownLater(element) && matching(hiding, element).next().done === false,
    now: (element) => {
      const values = new Map<string, Applied>();
      for (const { rule, rank } of matching(exact(), element))
        for (const each of rule.declarations) put(values, applying(each, rule.selector, [0, ...rank]));
      for (const each of readInline(element.attributes["style"] ?? ""))
        put(values, applying(each, "style", [1]));
      return values;
    },
    later: (element, now) => {
      const values = new Map(now);
      for (const { rule, rank } of matching(loose(), element))
        for (const each of rule.declarations)
          if (mayShow(each)) put(values, applying(each, rule.selector, [0, ...rank]));
      return values;
    },
  };
}

function isHiding({ certain, declarations }: StyleRule): boolean {
  return certain && (declarations.some((each) => !mayShow(each)) || isColourOnItself(declarations));
}

const HIDING = new Set(
  "display visibility opacity font-size left top right bottom text-indent transform clip clip-path height width max-height max-width".split(
    " ",
  ),
);

function mayShow({ property, value }: Declaration): boolean {
  return !HIDING.has(property) || !isHidingPart(`${property}:${value}`);
}

function isColourOnItself(declarations: readonly Declaration[]): boolean {
  const coloured = declarations.filter(({ property }) => property === "color" || property === "background");
  if (!coloured.some(({ property }) => property === "color")) return false;
  return isHiddenStyle(coloured.map(({ property, value }) => `${property}:${value}`).join(";"), NOWHERE);
}

const NOWHERE: TreeElement = { tag: "", attributes: {}, parent: null, children: [] };

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function lazyMatcher(tokens: readonly Selector[], adapter: ReturnType<typeof countingAdapter>): Matches {
  const made = once(() => matcher(tokens, adapter));
  return (element) => made()(element);
}

function* matching(index: Index, element: TreeElement): Generator<Entry> {
  for (const key of keysOf(element))
    for (const entry of index.get(key) ?? []) if (entry.matches(element)) yield entry;
}

function applying(declaration: Declaration, selector: string, rank: readonly number[]): Applied {
  return { ...declaration, selector, rank: [declaration.important ? 1 : 0, ...rank] };
}

function put(values: Map<string, Applied>, applied: Applied): void {
  const held = values.get(applied.property);
  if (held === undefined || !outranks(held, applied)) values.set(applied.property, applied);
}

/** Whether the first overrules the second; of two alike the later one counts. */
function outranks(first: Applied, second: Applied): boolean {
  for (const [i, rank] of first.rank.entries()) {
    const other = second.rank[i] ?? 0;
    if (rank !== other) return rank > other;
  }
  return false;
}

function namesOf(root: TreeElement): Names {
  const [classes, attributes] = [new Set<string>(), new Set<string>()];
  const waiting: TreeElement[] = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    for (const name of Object.keys(element.attributes)) attributes.add(name);
    for (const name of element.attributes["class"]?.split(/\s+/) ?? []) classes.add(name);
    for (const child of element.children) if (typeof child !== "string") waiting.push(child);
  }
  return { classes, attributes };
}
