import { decodeHTML } from "entities";
import { parseDate } from "./dates.ts";
import { childrenNamed, hasElements, markupOf, textOf } from "./feed-xml.ts";
import type { XmlElement } from "./feed-xml.ts";

const PERIOD_SECONDS: Readonly<Record<string, number>> = {
  hourly: 3_600,
  daily: 86_400,
  weekly: 604_800,
  monthly: 2_592_000,
  yearly: 31_536_000,
};

export function tagsOf(element: XmlElement): string[] {
  const { label = "", term = "" } = element.attributes;
  const words = /^(?:tags|itunes:keywords)$/.test(element.name)
    ? textOf(element).split(",")
    : [label, term, textOf(element)];
  return words.map((word) => word.trim()).filter((word) => word !== "");
}

export function titled(parent: XmlElement, ...names: string[]): string | null {
  const element = firstFilled(parent, names);
  if (element === null) return null;
  const text = resolveLinks(constructOf(element), element.base);
  return text === "" ? null : text;
}

export function rich(parent: XmlElement, ...names: string[]): string | null {
  const element = firstFilled(parent, names);
  if (element === null) return null;
  return resolveLinks(constructOf(element), element.base);
}

function firstFilled(parent: XmlElement, names: readonly string[]): XmlElement | null {
  for (const name of names) {
    const found = childrenNamed(parent, name).find(
      (element) => hasElements(element) || textOf(element).trim() !== "",
    );
    if (found !== undefined) return found;
  }
  return null;
}

/** Atom's `type` and Atom 0.3's `mode` (RFC 4287 section 3.1); elsewhere text, or markup nobody escaped. */
function constructOf(element: XmlElement): string {
  const type = (element.attributes["type"] ?? "").toLowerCase();
  const mode = (element.attributes["mode"] ?? "").toLowerCase();
  // RFC 4287 section 4.1.3.3: a media type that is neither text nor XML holds base64.
  const isEncoded = type.includes("/") && !/^text\/|xml$|html/.test(type);
  if (mode === "base64" || isEncoded) return Buffer.from(textOf(element), "base64").toString("utf8").trim();
  if (!hasElements(element)) return textOf(element).trim();
  const inner = element.children.filter((child) => typeof child !== "string" || child.trim() !== "");
  const [only] = inner;
  const isWrapper =
    type.includes("xhtml") && inner.length === 1 && typeof only === "object" && /(?:^|:)div$/.test(only.name);
  return markupOf(isWrapper ? only : element).trim();
}

/** Makes relative `href` and `src` in markup absolute; the base is the document's or the nearest `xml:base`. */
function resolveLinks(html: string, base: string | null): string {
  if (base === null) return html;
  return html.replace(
    /(\s(?:href|src|cite|poster)\s*=\s*)(["'])([^"'<>]*)\2/gi,
    (whole, name: string, quote: string, link: string) => {
      const resolved = URL.parse(decodeHTML(link.trim()), base);
      return resolved === null || /^[a-z][\w+.-]*:/i.test(link.trim())
        ? whole
        : `${name}${quote}${resolved.href}${quote}`;
    },
  );
}

function absolute(link: string | undefined, base: string | null): string | null {
  const trimmed = (link ?? "").trim();
  if (trimmed === "") return null;
  if (base === null || /^[a-z][\w+.-]*:/i.test(trimmed)) return trimmed;
  return URL.parse(trimmed, base)?.href ?? trimmed;
}

export function linkOf(element: XmlElement): string | null {
  const links = childrenNamed(element, "link");
  const hrefs = links.filter((link) => link.attributes["href"] !== undefined);
  const alternate =
    hrefs.find((link) => isAlternate(link) && /html/i.test(link.attributes["type"] ?? "html")) ??
    hrefs.find(isAlternate);
  const written = links.find((link) => link.attributes["href"] === undefined && textOf(link).trim() !== "");
  if (written !== undefined) return absolute(textOf(written), written.base);
  if (alternate !== undefined) return absolute(alternate.attributes["href"], alternate.base);
  const guid = childrenNamed(element, "guid").find(isPermalink);
  if (guid !== undefined) return absolute(textOf(guid), guid.base);
  const about = element.attributes["rdf:about"];
  return about !== undefined && /^https?:/i.test(about) ? about : null;
}

export function originalOf(item: XmlElement): string | null {
  const original = childrenNamed(item, "feedburner:origlink")[0];
  return original === undefined ? null : absolute(textOf(original), original.base);
}

function isAlternate(link: XmlElement): boolean {
  return (link.attributes["rel"] ?? "alternate").toLowerCase() === "alternate";
}

function isPermalink(guid: XmlElement): boolean {
  const flag = Object.entries(guid.attributes).find(([name]) => name.toLowerCase() === "ispermalink")?.[1];
  if (flag?.toLowerCase() === "true") return true;
  return flag?.toLowerCase() !== "false" && /^(?:https?:)?\/\//i.test(textOf(guid).trim());
}

export function identifier(element: XmlElement): string | null {
  const guid = childrenNamed(element, "guid", "id", "dc:identifier").find(
    (candidate) => textOf(candidate).trim() !== "",
  );
  if (guid === undefined) return element.attributes["rdf:about"] ?? null;
  const text = textOf(guid).trim();
  return guid.name === "id" && !/^[\w.-]+$/.test(text) ? absolute(text, guid.base) : text;
}

export function authorsOf(element: XmlElement): string[] {
  const atom = childrenNamed(element, "author", "contributor").filter(hasElements);
  const named = atom
    .filter((author) => author.name === "author")
    .map((author) => personOf(author))
    .filter((name) => name !== "");
  if (named.length > 0) return named;
  return childrenNamed(
    element,
    "dc:creator",
    "author",
    "dc:author",
    "itunes:author",
    "managingeditor",
    "webmaster",
    "media:credit",
  )
    .filter((author) => !hasElements(author))
    .map((author) => withoutEmail(textOf(author)))
    .filter((name) => name !== "");
}

function personOf(author: XmlElement): string {
  const name = childrenNamed(author, "name", "dc:title")[0];
  return name === undefined ? "" : textOf(name).trim();
}

/** RSS writes `mail (Name)` or `Name (mail)`; the address is nobody's business in a channel. */
function withoutEmail(raw: string): string {
  const text = raw.trim();
  const named =
    /^\S+@\S+\s*\(([^()]+)\)$/.exec(text)?.[1] ??
    text.replace(/\s*[(<]?(?:mailto:)?[^\s()<>]+@[^\s()<>]+[)>]?\s*/g, " ");
  return named.trim();
}

export function enclosuresOf(item: XmlElement): string[] {
  const links = childrenNamed(item, "link").filter(
    (link) => link.attributes["rel"]?.toLowerCase() === "enclosure",
  );
  const urls = [...childrenNamed(item, "enclosure", "media:content"), ...links].map((element) =>
    absolute(element.attributes["url"] ?? element.attributes["href"], element.base),
  );
  return urls.filter((url) => url !== null);
}

export function imageOf(channel: XmlElement): string | null {
  const image = childrenNamed(channel, "image")[0];
  const url = image === undefined ? undefined : childrenNamed(image, "url")[0];
  if (url !== undefined) return absolute(textOf(url), url.base);
  const logo = childrenNamed(channel, "logo", "icon")[0];
  return logo === undefined ? null : absolute(textOf(logo), logo.base);
}

export function language(channel: XmlElement, top: XmlElement): string | null {
  const element = childrenNamed(channel, "language", "dc:language")[0];
  return (
    (element === undefined ? "" : textOf(element).trim()) ||
    channel.attributes["xml:lang"] ||
    top.attributes["xml:lang"] ||
    null
  );
}

export function date(parent: XmlElement, ...names: string[]): Date | null {
  for (const name of names) {
    // Where a field is repeated the last one was written last.
    for (const element of childrenNamed(parent, name).reverse()) {
      const parsed = parseDate(textOf(element));
      if (parsed !== null) return parsed;
    }
  }
  return null;
}

export function ttlOf(channel: XmlElement): number | null {
  const minutes = Number(childrenNamed(channel, "ttl").map(textOf)[0] ?? "");
  if (Number.isFinite(minutes) && minutes > 0) return Math.round(minutes * 60);
  const period =
    PERIOD_SECONDS[childrenNamed(channel, "sy:updateperiod").map(textOf)[0]?.trim().toLowerCase() ?? ""];
  if (period === undefined) return null;
  const frequency = Number(childrenNamed(channel, "sy:updatefrequency").map(textOf)[0] ?? "1");
  return Math.round(period / (Number.isFinite(frequency) && frequency > 0 ? frequency : 1));
}

/** Address of the first `<link>` with the relation: `hub` and `self` of WebSub stand in RSS as Atom's element. */
export function relatedOf(channel: XmlElement, relation: "hub" | "self"): string | null {
  const link = childrenNamed(channel, "link", "atom:link").find(
    (candidate) => candidate.attributes["rel"]?.trim().toLowerCase() === relation,
  );
  return link === undefined ? null : absolute(link.attributes["href"], link.base);
}

/** RSS 2.0 `skipHours`: GMT, 0 to 23; 24 is an older way to say 0. */
export function skippedHours(channel: XmlElement): number[] {
  const hours = childrenNamed(channel, "skiphours").flatMap((list) => childrenNamed(list, "hour"));
  const numbers = hours.map((hour) => Number(textOf(hour).trim() || "x") % 24);
  return [...new Set(numbers.filter((hour) => Number.isInteger(hour) && hour >= 0))];
}

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** RSS 2.0 `skipDays` as numbers, 0 is Sunday. */
export function skippedDays(channel: XmlElement): number[] {
  const days = childrenNamed(channel, "skipdays").flatMap((list) => childrenNamed(list, "day"));
  const numbers = days.map((day) => DAYS.indexOf(textOf(day).trim().toLowerCase()));
  return [...new Set(numbers.filter((day) => day >= 0))];
}
