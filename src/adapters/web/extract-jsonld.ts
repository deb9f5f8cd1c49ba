import { z } from "zod";
import { jsonReader } from "./json-repair.ts";

const MAX_NODES = 2_000;

const ARTICLE_TYPE = /(?:Article|BlogPosting|LiveBlogPosting|Report|Review|NewsStory|SocialMediaPosting)$/;
const LIST_TYPE = /^(?:CollectionPage|ItemList|SearchResultsPage|ProfilePage)$/;

const JsonObject = z.record(z.string(), z.unknown());
type JsonObject = z.infer<typeof JsonObject>;

/** What the page's JSON-LD says about its article; all of it unverified text of the page. */
export interface LinkedData {
  headline: string | null;
  description: string | null;
  authors: string[];
  publisher: string | null;
  published: string | null;
  modified: string | null;
  language: string | null;
  body: string | null;
  accessible: boolean | null;
  /** schema.org types of the page, for telling lists from articles. */
  isList: boolean;
  isArticle: boolean;
}

/** Reads all JSON-LD scripts of a page; broken ones are repaired where they are short, else skipped. */
export function readLinkedData(scripts: readonly string[]): LinkedData {
  const read = jsonReader();
  const nodes = scripts.flatMap((script) => topNodes(read(unwrapped(script))));
  const byId = new Map(
    nodes.flatMap((node) => (typeof node["@id"] === "string" ? [[node["@id"], node] as const] : [])),
  );
  const articles = nodes.filter((node) => typesOf(node).some((type) => ARTICLE_TYPE.test(type)));
  const article = articles.find((node) => text(node["headline"]) !== null) ?? articles[0] ?? {};
  const page = nodes.find((node) => typesOf(node).includes("WebPage")) ?? {};
  return {
    headline: text(article["headline"]) ?? text(article["name"]),
    description: text(article["description"]),
    authors: names(article["author"] ?? article["creator"], byId),
    publisher: names(article["publisher"] ?? page["publisher"], byId)[0] ?? null,
    published: text(article["datePublished"]) ?? text(article["dateCreated"]) ?? text(page["datePublished"]),
    modified: text(article["dateModified"]) ?? text(page["dateModified"]),
    language: text(article["inLanguage"]),
    body: text(article["articleBody"]),
    accessible: truth(article["isAccessibleForFree"]) ?? truth(page["isAccessibleForFree"]),
    isList: nodes.some((node) => typesOf(node).some((type) => LIST_TYPE.test(type))),
    isArticle: articles.length > 0,
  };
}

/** Pages written for old browsers put a script into a comment. */
function unwrapped(raw: string): string {
  return raw
    .replace(/^\s*(?:<!--|\/\*<!\[CDATA\[\*\/|<!\[CDATA\[)|(?:-->|\/\*\]\]>\*\/|\]\]>)\s*;?\s*$/g, "")
    .trim();
}

/** Objects of the page itself: arrays, `@graph` and `mainEntity` opened, nothing that a node merely mentions. */
function topNodes(value: unknown): JsonObject[] {
  const found: JsonObject[] = [];
  const queue: unknown[] = [value];
  while (queue.length > 0 && found.length < MAX_NODES) {
    const next = queue.shift();
    if (Array.isArray(next)) {
      queue.push(...next.slice(0, MAX_NODES));
      continue;
    }
    const node = JsonObject.safeParse(next);
    if (!node.success) continue;
    found.push(node.data);
    queue.push(
      ...[node.data["@graph"], node.data["mainEntity"], node.data["mainEntityOfPage"]].filter(isContainer),
    );
  }
  return found;
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function typesOf(node: JsonObject): string[] {
  const type = node["@type"];
  const types = Array.isArray(type) ? type : [type];
  return types.flatMap((entry) =>
    typeof entry === "string" ? [entry.replace(/^https?:\/\/schema\.org\//, "")] : [],
  );
}

function names(value: unknown, byId: ReadonlyMap<string, JsonObject>): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((entry) => {
    if (typeof entry === "string") return [entry];
    const node = JsonObject.safeParse(entry);
    if (!node.success) return [];
    const id = node.data["@id"];
    const target = node.data["name"] === undefined && typeof id === "string" ? byId.get(id) : node.data;
    const name = target?.["name"];
    if (Array.isArray(name)) return name.filter((part) => typeof part === "string");
    if (typeof name === "string") return [name];
    const parts = [target?.["givenName"], target?.["familyName"]].filter((part) => typeof part === "string");
    return parts.length > 0 ? [parts.join(" ")] : [];
  });
}

function text(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first === "string") return first.trim() === "" ? null : first;
  const node = JsonObject.safeParse(first);
  return node.success
    ? text(node.data["@value"] ?? node.data["name"] ?? node.data["alternateName"] ?? null)
    : null;
}

function truth(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return null;
  if (/^(?:https?:\/\/schema\.org\/)?true$/i.test(value)) return true;
  return /^(?:https?:\/\/schema\.org\/)?false$/i.test(value) ? false : null;
}
