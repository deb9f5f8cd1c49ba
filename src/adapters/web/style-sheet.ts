import type { Atrule, Block, CssNode, Rule } from "css-tree";
import parse from "css-tree/parser";
import { LeftCurlyBracket, RightCurlyBracket, tokenize } from "css-tree/tokenizer";
import { ident } from "css-tree/utils";
import type { StyleText } from "./extract-tree.ts";
import { allOf, type Holds, mediaHolds } from "./style-media.ts";

/** Characters of styles that are read; the pages measured have up to 1.2 million, half of them under 12,000. */
const MAX_CSS = 1_500_000;
/** Rules that are kept; the pages measured have up to 11,600. */
const MAX_RULES = 20_000;
/** Blocks within blocks: the parser calls itself for each. */
const MAX_NESTING = 32;
/** The longest selector list that is read; nested rules can double theirs at each level. */
const MAX_SELECTOR = 4_000;

export interface Declaration {
  property: string;
  value: string;
  important: boolean;
}

export interface StyleRule {
  /** A list of selectors, as written. */
  selector: string;
  declarations: readonly Declaration[];
  /** False where it depends on what is not known: such a rule hides nothing, but may show. */
  certain: boolean;
  /** Inside `@layer`, which any rule outside of one overrules. */
  layered: boolean;
}

/** What can take text out of sight, or bring it back. A prefix of a browser's own is left out. */
const PROPERTIES = new Set(
  "display visibility opacity font-size position left top right bottom text-indent transform clip clip-path height width max-height max-width overflow overflow-x overflow-y padding padding-top padding-bottom color background background-color background-clip text-shadow animation animation-name".split(
    " ",
  ),
);
/** Two names for one thing: the later one counts. */
const SAME: Readonly<Record<string, string>> = {
  "background-color": "background",
  "animation-name": "animation",
};
const READ_LATER = {
  parseValue: false,
  parseRulePrelude: false,
  parseAtrulePrelude: false,
  parseCustomProperty: false,
} as const;

interface Place {
  selector: string | null;
  holds: Holds;
  layered: boolean;
}

export interface Sheet {
  rules: StyleRule[];
  /** Answers to media queries: pages ask the same few again and again, and the parser is slow to start. */
  media: Map<string, Holds>;
  /** Names of its `@keyframes`. */
  keyframes: Set<string>;
}

/** The rules of a page's own styles that bear on whether text is seen, in their order. Whatever the styles, it ends. */
export function readSheet(styles: readonly StyleText[]): Sheet {
  const sheet: Sheet = { rules: [], media: new Map(), keyframes: new Set() };
  let left = MAX_CSS;
  for (const { css, media } of styles) {
    const holds = answered(sheet, media);
    if (holds === false) continue;
    const text = shallow(css.slice(0, left));
    left -= text.length;
    readBlock(sheet, parse(text, READ_LATER), { selector: null, holds, layered: false });
  }
  return sheet;
}

/** The declarations of a `style` attribute. */
export function readInline(style: string): Declaration[] {
  if (style === "") return [];
  const list = parse(style, { ...READ_LATER, context: "declarationList" });
  return list.type === "DeclarationList" ? declarationsOf(list.children.toArray()) : [];
}

/** The text up to where blocks nest too deep. */
function shallow(css: string): string {
  let depth = 0;
  let end = css.length;
  tokenize(css, (type, start) => {
    if (type === LeftCurlyBracket) depth += 1;
    if (type === RightCurlyBracket) depth = Math.max(0, depth - 1);
    if (depth > MAX_NESTING) end = Math.min(end, start);
  });
  return css.slice(0, end);
}

/** Recursion is bounded by `shallow`. */
function readBlock(sheet: Sheet, block: CssNode, place: Place): void {
  if (block.type !== "StyleSheet" && block.type !== "Block") return;
  const nodes = block.children.toArray();
  if (place.selector !== null) addRule(sheet, place, declarationsOf(nodes));
  for (const node of nodes) {
    if (sheet.rules.length >= MAX_RULES) return;
    if (node.type === "Rule") readRule(sheet, node, place);
    // The parser knows nested rules by their "&" alone and leaves the others as they are written.
    if (node.type === "Raw" && block.type === "Block" && node.value.includes("{"))
      readBlock(sheet, parse(node.value, READ_LATER), place);
    if (node.type === "Atrule" && node.block !== null) readAtRule(sheet, node, node.block, place);
  }
}

function readRule(sheet: Sheet, rule: Rule, place: Place): void {
  const own = rule.prelude.type === "Raw" ? rule.prelude.value.trim() : "";
  if (own === "") return;
  const selector = place.selector === null ? own : nested(own, place.selector);
  if (selector.length <= MAX_SELECTOR) readBlock(sheet, rule.block, { ...place, selector });
}

function nested(own: string, parent: string): string {
  return own.includes("&") ? own.replaceAll("&", () => `:is(${parent})`) : `:is(${parent}) ${own}`;
}

function readAtRule(sheet: Sheet, { name, prelude }: Atrule, block: Block, place: Place): void {
  const condition = prelude?.type === "Raw" ? prelude.value : "";
  const kind = name.toLowerCase();
  if (kind === "layer") return readBlock(sheet, block, { ...place, layered: true });
  if (kind.endsWith("keyframes")) sheet.keyframes.add(condition.trim().toLowerCase());
  const holds = atRuleHolds(sheet, kind, condition);
  if (holds !== false) readBlock(sheet, block, { ...place, holds: allOf([place.holds, holds]) });
}

function atRuleHolds(sheet: Sheet, kind: string, condition: string): Holds {
  if (kind === "media") return answered(sheet, condition);
  // A browser of today supports what a page asks for, unless it asks for another maker's or for what is missing.
  if (kind === "supports") return /\bnot\b|-(?:moz|webkit|ms|o)-/i.test(condition) ? null : true;
  return kind === "container" || kind === "scope" ? null : false;
}

function answered({ media }: Sheet, query: string): Holds {
  const known = media.get(query);
  if (known !== undefined) return known;
  const holds = mediaHolds(query);
  media.set(query, holds);
  return holds;
}

function addRule(sheet: Sheet, place: Place, declarations: readonly Declaration[]): void {
  if (declarations.length === 0 || place.selector === null) return;
  sheet.rules.push({
    selector: place.selector,
    declarations,
    certain: place.holds === true,
    layered: place.layered,
  });
}

function declarationsOf(nodes: readonly CssNode[]): Declaration[] {
  return nodes.flatMap((node) => {
    if (node.type !== "Declaration" || node.value.type !== "Raw") return [];
    const name = ident
      .decode(node.property)
      .toLowerCase()
      .replace(/^-(?:webkit|moz|ms|o)-/, "");
    if (!PROPERTIES.has(name)) return [];
    return [
      {
        property: SAME[name] ?? name,
        value: plainValue(node.value.value),
        important: node.important !== false,
      },
    ];
  });
}

function plainValue(raw: string): string {
  const bare = raw.replaceAll(COMMENT, " ").trim();
  return (bare.includes("\\") ? ident.decode(bare) : bare).toLowerCase();
}

const COMMENT = /\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g;
