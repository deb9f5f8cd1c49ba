import { decodeHTMLStrict, escapeAttribute, escapeText } from "entities";
import { Parser } from "htmlparser2";

const NONE: Readonly<Record<string, string>> = {};
/** Deeper elements are dropped and their text joins the last kept one, so that no walk can overflow. */
const MAX_DEPTH = 100;
const MAX_ELEMENTS = 400_000;

/** Namespaces by their canonical prefix; feeds bind them to any prefix or none. */
const NAMESPACES: Readonly<Record<string, string>> = {
  "http://www.w3.org/2005/atom": "atom",
  "http://purl.org/atom/ns#": "atom",
  "http://purl.org/echo/": "atom",
  "http://purl.org/pie/": "atom",
  "uri/of/echo/namespace#": "atom",
  "http://example.com/newformat#": "atom",
  "http://necho": "atom",
  "http://purl.org/dc/elements/1.1/": "dc",
  "http://purl.org/dc/elements/1.0/": "dc",
  "http://purl.org/dc/terms/": "dcterms",
  "http://purl.org/rss/1.0/modules/content/": "content",
  "http://purl.org/rss/1.0/modules/syndication/": "sy",
  "http://purl.org/rss/1.0/": "rss",
  "http://my.netscape.com/rdf/simple/0.9/": "rss",
  "http://channel.netscape.com/rdf/simple/0.9/": "rss",
  "http://backend.userland.com/rss2": "rss",
  "http://search.yahoo.com/mrss/": "media",
  "http://search.yahoo.com/mrss": "media",
  "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
  "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
  "http://www.w3.org/1999/xhtml": "xhtml",
  "http://www.w3.org/2000/svg": "svg",
  "http://www.w3.org/1999/xlink": "xlink",
  "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
};
/** The formats' own namespaces: their elements are known by their bare names. */
const OWN = new Set(["atom", "rss"]);
/** HTML's empty elements inside unescaped markup, which nobody closes; `link` and `source` are also feed elements. */
const VOID = new Set(["br", "hr", "img", "wbr", "input", "area", "col", "embed", "param", "track"]);

const C1_CONTROL = /[\u0080-\u009F]/;
const C1 = new TextDecoder("windows-1252").decode(
  Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index),
);

export interface XmlElement {
  /** Lower case, with the canonical prefix of its namespace: `title`, `dc:creator`, `content:encoded`. */
  name: string;
  /** As written, for turning markup back into text. */
  rawName: string;
  attributes: Readonly<Record<string, string>>;
  children: (XmlElement | string)[];
  /** `xml:base` in force, resolved. */
  base: string | null;
}

interface Scope {
  /** Namespaces by prefix, as declared so far. */
  bound: ReadonlyMap<string, string>;
  /** Canonical names by what was written. */
  names: Map<string, string>;
}

interface OpenElement {
  /** The element that is current again once this one closes. */
  outer: XmlElement;
  scope: Scope;
}

/**
 * XML as a tree, however broken: unclosed, misnested or cut off elements, unescaped markup and ampersands, HTML
 * entities and text before the declaration are read as far as they can be. Expands no declared entity, loads nothing.
 */
export function parseXml(source: string, base: string | null): XmlElement {
  const root: XmlElement = { name: "#root", rawName: "", attributes: {}, children: [], base };
  const open: OpenElement[] = [];
  const unbound: Scope = { bound: new Map(), names: new Map() };
  let current = root;
  let elements = 0;
  let inCdata = false;
  const parser = new Parser(
    {
      onopentag: (rawName, attributes) => {
        const scope = declaredScope(open.at(-1)?.scope ?? unbound, attributes);
        const keep = open.length < MAX_DEPTH && elements < MAX_ELEMENTS;
        elements += 1;
        open.push({ outer: current, scope });
        if (!keep) return;
        const element = createElement(rawName, attributes, { scope, base: current.base });
        current.children.push(element);
        if (!VOID.has(element.name.replace("xhtml:", ""))) current = element;
      },
      ontext: (text) => {
        current.children.push(inCdata ? modernized(text) : decoded(text));
      },
      oncdatastart: () => {
        inCdata = true;
      },
      oncdataend: () => {
        inCdata = false;
      },
      onclosetag: () => {
        current = open.pop()?.outer ?? root;
      },
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.end(source);
  return root;
}

/** Child elements of any of the names, in document order. */
export function childrenNamed(element: XmlElement, ...names: string[]): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of element.children)
    if (typeof child !== "string" && names.includes(child.name)) found.push(child);
  return found;
}

/** All text in an element without its markup. */
export function textOf(element: XmlElement): string {
  const [only] = element.children;
  if (element.children.length === 1 && typeof only === "string") return only;
  return element.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}

/** The markup in an element as text, with links made absolute where a base is known. */
export function markupOf(element: XmlElement): string {
  return element.children
    .map((child) => (typeof child === "string" ? escapeText(child) : serialized(child)))
    .join("");
}

export function hasElements(element: XmlElement): boolean {
  return element.children.some((child) => typeof child !== "string");
}

function serialized(element: XmlElement): string {
  const attributes = Object.entries(element.attributes)
    .filter(([name]) => name !== "xmlns" && !name.startsWith("xmlns:"))
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join("");
  const tag = element.rawName.replace(/^[\w-]+:/, "");
  return VOID.has(tag) ? `<${tag}${attributes} />` : `<${tag}${attributes}>${markupOf(element)}</${tag}>`;
}

function createElement(
  rawName: string,
  rawAttributes: Record<string, string>,
  place: { scope: Scope; base: string | null },
): XmlElement {
  const pairs = Object.entries(rawAttributes);
  const attributes =
    pairs.length === 0 ? NONE : Object.fromEntries(pairs.map(([name, value]) => [name, decoded(value)]));
  const own = attributes["xml:base"];
  const base =
    own === undefined ? place.base : (URL.parse(own.trim(), place.base ?? undefined)?.href ?? place.base);
  return { name: canonicalName(rawName, place.scope), rawName, attributes, children: [], base };
}

/** Names repeat in every item, so that each is worked out once. */
function canonicalName(rawName: string, scope: Scope): string {
  const known = scope.names.get(rawName);
  if (known !== undefined) return known;
  const name = resolvedName(rawName, scope);
  scope.names.set(rawName, name);
  return name;
}

function resolvedName(rawName: string, scope: Scope): string {
  const lower = rawName.toLowerCase();
  const colon = lower.indexOf(":");
  const [prefix, local] = colon < 0 ? ["", lower] : [lower.slice(0, colon), lower.slice(colon + 1)];
  const bound = scope.bound.get(prefix);
  const known = bound === undefined ? undefined : NAMESPACES[bound];
  // A default namespace nobody knows is taken for the format's own: many feeds invent one.
  const canonical = known ?? prefix;
  if (prefix === "" && (canonical === "" || OWN.has(canonical))) return local;
  return OWN.has(canonical) ? local : `${canonical}:${local}`;
}

function declaredScope(outer: Scope, attributes: Record<string, string>): Scope {
  const declared = Object.entries(attributes).filter(
    ([name]) => name === "xmlns" || name.startsWith("xmlns:"),
  );
  if (declared.length === 0) return outer;
  const bound = new Map([
    ...outer.bound,
    ...declared.map(([name, uri]) => [name.slice(6).toLowerCase(), uri.trim().toLowerCase()] as const),
  ]);
  return { bound, names: new Map() };
}

function decoded(text: string): string {
  return modernized(text.includes("&") ? decodeHTMLStrict(text) : text);
}

/** C1 controls are windows-1252 punctuation that was labelled as Latin-1 or UTF-8. */
function modernized(text: string): string {
  if (!C1_CONTROL.test(text)) return text;
  return text.replace(/[\u0080-\u009F]/g, (character) => C1[character.charCodeAt(0) - 0x80] ?? character);
}
