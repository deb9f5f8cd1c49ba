import { Parser } from "htmlparser2";

/** Elements below this depth are left out and their text joins the last kept ancestor: no walk can overflow. */
const MAX_DEPTH = 128;
/** Characters of a page that are looked at; the largest real article pages measured are under 3 million. */
const MAX_HTML_LENGTH = 5_000_000;
const MAX_ELEMENTS = 250_000;
/** Open tags that no real page reaches; beyond them every closing tag costs a search through all of them. */
const MAX_OPEN_TAGS = 5_000;

/** Whole subtrees that hold no text of an article. An empty element stays: selectors count it, and text beside a picture is its caption. */
const DROPPED = new Set(
  "style script title noscript template svg textarea select button canvas object embed math map dialog menu datalist progress meter applet frameset picture video audio iframe".split(
    " ",
  ),
);
/** A `<style>` in these is none while scripts run. */
const INERT = new Set(["noscript", "template"]);

export interface TreeElement {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  parent: TreeElement | null;
  children: (TreeElement | string)[];
}

export interface MetaTag {
  key: string;
  content: string;
}

/** A `<style>` element of the page, in its order. */
export interface StyleText {
  css: string;
  /** Its `media` attribute; empty where it has none. */
  media: string;
}

/** A page as a light tree of what may be text, and what its head says. */
export interface PageTree {
  root: TreeElement;
  metas: MetaTag[];
  jsonLd: string[];
  styles: StyleText[];
  /** Text of `<title>`, raw. */
  title: string;
  language: string | null;
  canonical: string | null;
  base: string | null;
}

interface Builder {
  page: PageTree;
  current: TreeElement;
  /** What each open tag added: an element, nothing (too deep), or the start of a dropped subtree. */
  open: (TreeElement | null)[];
  dropFrom: number;
  inertFrom: number;
  elements: number;
  scriptText: string[] | null;
  titleText: string[] | null;
  style: { media: string; parts: string[] } | null;
}

/** Parses without recursion; any string gives a tree. */
export function parseTree(html: string): PageTree {
  const builder = createBuilder();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        openTag(builder, name, attributes);
        if (builder.open.length > MAX_OPEN_TAGS || builder.elements > MAX_ELEMENTS) parser.reset();
      },
      ontext: (text) => addText(builder, text),
      onclosetag: () => closeTag(builder),
    },
    { decodeEntities: true },
  );
  // In pieces, so that an early stop does not go on through megabytes.
  parser.end(html.slice(0, MAX_HTML_LENGTH));
  return builder.page;
}

/** Whether an element stands for a subtree that was left out. */
export function isLeftOut(element: TreeElement): boolean {
  return DROPPED.has(element.tag);
}

function createBuilder(): Builder {
  const root: TreeElement = { tag: "#root", attributes: {}, parent: null, children: [] };
  const page = {
    root,
    metas: [],
    jsonLd: [],
    styles: [],
    title: "",
    language: null,
    canonical: null,
    base: null,
  };
  return {
    page,
    current: root,
    open: [],
    dropFrom: -1,
    inertFrom: -1,
    elements: 0,
    scriptText: null,
    titleText: null,
    style: null,
  };
}

function openTag(builder: Builder, tag: string, attributes: Record<string, string>): void {
  const { open, page } = builder;
  if (builder.inertFrom < 0 && INERT.has(tag)) builder.inertFrom = open.length;
  if (builder.inertFrom < 0 && tag === "style" && /^(?:text\/css)?$/i.test(attributes["type"] ?? ""))
    builder.style = { media: attributes["media"] ?? "", parts: [] };
  if (builder.dropFrom >= 0) {
    open.push(null);
    return;
  }
  readHead(page, tag, attributes);
  if (tag === "script" && /ld\+json/i.test(attributes["type"] ?? "")) builder.scriptText = [];
  if (tag === "title" && page.title === "") builder.titleText = [];
  if (DROPPED.has(tag)) {
    builder.current.children.push({ tag, attributes, parent: builder.current, children: [] });
    builder.dropFrom = open.length;
    open.push(null);
    return;
  }
  if (open.length >= MAX_DEPTH) {
    open.push(null);
    // A break still separates words where elements are too deep to keep.
    builder.current.children.push(" ");
    return;
  }
  const element: TreeElement = { tag, attributes, parent: builder.current, children: [] };
  builder.current.children.push(element);
  builder.current = element;
  builder.elements += 1;
  open.push(element);
}

function addText(builder: Builder, text: string): void {
  if (builder.style !== null) builder.style.parts.push(text);
  else if (builder.scriptText !== null) builder.scriptText.push(text);
  else if (builder.titleText !== null) builder.titleText.push(text);
  else if (builder.dropFrom < 0) builder.current.children.push(text);
}

function closeTag(builder: Builder): void {
  const closed = builder.open.pop();
  if (builder.style !== null) {
    builder.page.styles.push({ css: builder.style.parts.join(""), media: builder.style.media });
    builder.style = null;
  }
  if (builder.open.length === builder.inertFrom) builder.inertFrom = -1;
  if (builder.open.length === builder.dropFrom) {
    if (builder.scriptText !== null) builder.page.jsonLd.push(builder.scriptText.join(""));
    if (builder.titleText !== null) builder.page.title = builder.titleText.join("");
    builder.dropFrom = -1;
    builder.scriptText = null;
    builder.titleText = null;
  }
  if (closed?.parent) builder.current = closed.parent;
}

function readHead(page: PageTree, tag: string, attributes: Record<string, string>): void {
  if (tag === "html") page.language ??= attributes["lang"] ?? attributes["xml:lang"] ?? null;
  else if (tag === "base") page.base ??= attributes["href"] ?? null;
  else if (tag === "link" && attributes["rel"]?.toLowerCase() === "canonical")
    page.canonical ??= attributes["href"] ?? null;
  else if (tag === "meta") {
    const key =
      attributes["property"] ?? attributes["name"] ?? attributes["itemprop"] ?? attributes["http-equiv"];
    const content = attributes["content"];
    if (key !== undefined && content !== undefined) page.metas.push({ key: key.toLowerCase(), content });
  }
}
