import { type Options, _compileUnsafe as compile } from "css-select";
import { AttributeAction, isTraversal, parse, type Selector, SelectorType } from "css-what";
import type { TreeElement } from "./extract-tree.ts";

type Adapter = NonNullable<Options<TreeElement | string, TreeElement>["adapter"]>;

/** Thrown inside of a match when the page has used up its steps, and caught where matching began. */
export class OutOfSteps extends Error {}

/** Which names the elements of a page carry. */
export interface Names {
  classes: ReadonlySet<string>;
  attributes: ReadonlySet<string>;
}

/** One selector of a rule's list. */
export interface RuleSelector {
  /** Id before class before tag before order of writing, as CSS weighs them. */
  specificity: number;
  tokens: readonly Selector[];
}

/** Pseudo-classes whose answer follows from the page; of the others nothing is known, and a rule that asks them is left alone. */
const STRUCTURAL =
  /^(?:root|empty|(?:first|last|only)-(?:child|of-type)|nth-(?:last-)?(?:child|of-type)|is|where|not|has|link|any-link)$/;
/** What the page answers while nobody points at it. */
const AT_REST = /^(?:hover|active|focus|focus-within|focus-visible|visited)$/;
/** A name that says how something stands just now, or what the browser can do: scripts put it on and take it off. */
const STATE_CLASS =
  /(?:^|[-_])(?:js|open(?:ed)?|active|on|in|show[ns]?|visible|expand(?:ed)?|selected|current|loaded|ready|animated|appeared|revealed|entered|done|init(?:ialized)?)$/i;
/** A name that stands there until scripts run, or until the reader has signed in. */
const UNDONE = /(?:^|[-_\s])(?:no-?js|no-?script|cloak|async-hide|paywall)(?:$|\s)/i;
const STATE_ATTRIBUTE = /^(?:open|hidden|style|checked|disabled|aria-[\w-]+|data-[\w-]+)$/;

/** The selectors of a list; none where one of them can not be read, as browsers do. */
export function readSelectors(list: string): RuleSelector[] {
  try {
    return parse(list).map((tokens) => ({ specificity: specificityOf(tokens), tokens }));
  } catch {
    return [];
  }
}

/** Whether it asks for nothing but what the page itself answers. */
export function isAnswerable(tokens: readonly Selector[]): boolean {
  return tokens.every((token) => {
    if (token.type === SelectorType.PseudoElement || token.type === SelectorType.ColumnCombinator)
      return false;
    if (token.type !== SelectorType.Pseudo) return true;
    if (AT_REST.test(token.name)) return true;
    return (
      STRUCTURAL.test(token.name) &&
      (!Array.isArray(token.data) || token.data.every((inner) => isAnswerable(inner)))
    );
  });
}

/** Whether an element is named as one that scripts, or signing in, bring to sight. */
export function isShownLater({ attributes }: TreeElement): boolean {
  return UNDONE.test(attributes["class"] ?? "");
}

/** Whether a script or a click would end the match: `.no-js p`, `p:not(.open)`. */
export function isUndone(tokens: readonly Selector[], names: Names): boolean {
  return tokens.some((token) => {
    if (token.type === SelectorType.Attribute)
      return UNDONE.test(token.name === "class" ? token.value : token.name);
    if (token.type !== SelectorType.Pseudo || !Array.isArray(token.data)) return false;
    return token.name === "not"
      ? token.data.some((inner) => relaxed(inner, names) !== null)
      : token.data.some((inner) => isUndone(inner, names));
  });
}

/**
 * The selector without what a script or a click may bring about, to find what could be shown later; null where nothing
 * had to be left out. Hovering is no reason: a reader of an article does not look for text under the pointer.
 */
export function relaxed(tokens: readonly Selector[], names: Names): Selector[] | null {
  const kept = tokens.flatMap((token) => relaxedToken(token, names));
  const isWhole = kept.length === tokens.length && kept.every((token, i) => token === tokens[i]);
  return isWhole ? null : withoutGaps(kept);
}

function relaxedToken(token: Selector, names: Names): Selector[] {
  if (token.type === SelectorType.Attribute) return mayChange(token, names) ? [] : [token];
  if (token.type !== SelectorType.Pseudo || AT_REST.test(token.name)) return [token];
  if (token.name === "is" || token.name === "where") {
    if (!Array.isArray(token.data)) return [];
    const data = token.data.map((inner) => relaxed(inner, names));
    if (data.every((inner) => inner === null)) return [token];
    return [{ ...token, data: token.data.map((inner, i) => data[i] ?? inner) }];
  }
  return STRUCTURAL.test(token.name) && !Array.isArray(token.data) ? [token] : [];
}

function mayChange(
  token: Selector & { type: SelectorType.Attribute },
  { classes, attributes }: Names,
): boolean {
  if (token.name === "id") return false;
  if (token.name === "class" && token.action === AttributeAction.Element)
    return !classes.has(token.value) || STATE_CLASS.test(token.value);
  if (!attributes.has(token.name)) return true;
  return (
    token.name === "class" || (STATE_ATTRIBUTE.test(token.name) && token.action === AttributeAction.Equals)
  );
}

/** Each place between combinators that lost its last condition takes any element. */
function withoutGaps(tokens: readonly Selector[]): Selector[] {
  const any: Selector = { type: SelectorType.Universal, namespace: null };
  const whole: Selector[] = [];
  let isOpen = true;
  for (const token of tokens) {
    const isBorder = isTraversal(token);
    if (isBorder && isOpen) whole.push(any);
    whole.push(token);
    isOpen = isBorder;
  }
  return isOpen ? [...whole, any] : whole;
}

/** The rarest thing that an element must have to match: `#id`, `.class`, a tag or `*`. */
export function keyOf(tokens: readonly Selector[]): string {
  let key = "*";
  for (const token of tokens.slice(tokens.findLastIndex(isTraversal) + 1)) {
    if (token.type === SelectorType.Attribute && token.ignoreCase === "quirks") {
      if (token.name === "id") return `#${token.value}`;
      key = `.${token.value}`;
    } else if (token.type === SelectorType.Tag && key === "*") key = token.name.toLowerCase();
  }
  return key;
}

/** The keys under which an element finds the selectors that may match it. */
export function keysOf({ tag, attributes }: TreeElement): string[] {
  const classes = attributes["class"]?.split(/\s+/) ?? [];
  const id = attributes["id"];
  return ["*", tag, ...(id === undefined ? [] : [`#${id}`]), ...new Set(classes.map((name) => `.${name}`))];
}

export type Matches = (element: TreeElement) => boolean;

/** The question whether an element matches; each step of an answer is counted by the adapter. */
export function matcher(tokens: readonly Selector[], adapter: Adapter): Matches {
  try {
    // The library sorts and rewrites what it is given.
    return compile([copyOf(tokens)], { adapter, pseudos: NEVER });
  } catch (error) {
    if (error instanceof OutOfSteps) throw error;
    return () => false;
  }
}

function copyOf(tokens: readonly Selector[]): Selector[] {
  return tokens.map((token) =>
    token.type === SelectorType.Pseudo && Array.isArray(token.data)
      ? { ...token, data: token.data.map(copyOf) }
      : { ...token },
  );
}

const NEVER = Object.fromEntries(
  ["focus", "focus-within", "focus-visible", "visited", "hover", "active"].map((name) => [name, () => false]),
);

/** The page's tree as css-select walks it; throws `OutOfSteps` once it has looked around `limit` times. */
export function countingAdapter(limit: number): Adapter {
  let left = limit;
  const step = (cost = 1): void => {
    left -= cost;
    if (left < 0) throw new OutOfSteps();
  };
  const isTag = (node: TreeElement | string): node is TreeElement => {
    step();
    return typeof node !== "string" && node.parent !== null;
  };
  const siblingsOf = (node: TreeElement | string): (TreeElement | string)[] => {
    const siblings = typeof node === "string" ? [] : (node.parent?.children ?? []);
    step(1 + siblings.length / 8);
    return siblings;
  };
  return {
    isTag,
    getAttributeValue: (element, name) => {
      const value = element.attributes[name];
      step(1 + (value?.length ?? 0) / 16);
      return value;
    },
    getChildren: (node) => {
      step();
      return typeof node === "string" ? [] : node.children;
    },
    getName: (element) => {
      step();
      return element.tag;
    },
    getParent: (element) => {
      step();
      return element.parent;
    },
    getSiblings: siblingsOf,
    getText: (node) => (typeof node === "string" ? node : ""),
    hasAttrib: (element, name) => {
      step();
      return name in element.attributes;
    },
    removeSubsets: (nodes) => nodes,
  };
}

function specificityOf(tokens: readonly Selector[]): number {
  return tokens.reduce((sum, token) => sum + weightOf(token), 0);
}

const ID = 1_000_000;
const CLASS = 1_000;

function weightOf(token: Selector): number {
  if (token.type === SelectorType.Tag || token.type === SelectorType.PseudoElement) return 1;
  if (token.type === SelectorType.Attribute)
    return token.name === "id" && token.ignoreCase === "quirks" ? ID : CLASS;
  if (token.type !== SelectorType.Pseudo || token.name === "where") return 0;
  if (Array.isArray(token.data)) return Math.max(0, ...token.data.map(specificityOf));
  return CLASS;
}
