import { canonicalUrl } from "#src/core/url.ts";
import type { LinkedData } from "./extract-jsonld.ts";
import type { PageTree, TreeElement } from "./extract-tree.ts";
import { parseDate } from "./dates.ts";
import { pickByline } from "./extract-byline.ts";
import { cleanOrNull, cleanText, lettersOf, stripTags } from "./text.ts";

export interface Metadata {
  title: string;
  /** The same in the other forms the page gives it. */
  titles: string[];
  site: string | null;
  byline: string | null;
  publishedAt: Date | null;
  modifiedAt: Date | null;
  canonicalUrl: string | null;
  accessible: boolean | null;
  /** The page's own one-sentence account of the article. */
  description: string | null;
}

/** What the body's elements add to the head: found while blocks are collected. */
export interface VisibleHints {
  headings: readonly string[];
  times: readonly { value: string; published: boolean; modified: boolean }[];
  bylines: readonly string[];
  /** Short lines that begin with "By" in some language. */
  byLines: readonly string[];
  dateTexts: readonly string[];
}

const PUBLISHED_KEYS = [
  "article:published_time",
  "og:article:published_time",
  "article:published",
  "datepublished",
  "date",
  "pubdate",
  "publishdate",
  "publish-date",
  "publish_date",
  "parsely-pub-date",
  "sailthru.date",
  "dc.date.issued",
  "dcterms.created",
  "dc.date",
  "dcterms.date",
  "dc.date.created",
  "article.published",
  "published_at",
  "cxenseparse:recs:publishtime",
  "last-published",
  "bt:pubdate",
  "rnews:datepublished",
  "citation_publication_date",
  "citation_date",
  "og:published_time",
  "og:pubdate",
  "created",
  "publication_date",
  "creation_date",
  "article:post_date",
];
const MODIFIED_KEYS = [
  "article:modified_time",
  "og:updated_time",
  "datemodified",
  "last-modified",
  "dcterms.modified",
  "lastmod",
  "article.updated",
  "revised",
];
const AUTHOR_KEYS = [
  "author",
  "article:author",
  "og:article:author",
  "parsely-author",
  "sailthru.author",
  "dc.creator",
  "dcterms.creator",
  "byl",
  "cxenseparse:author",
  "citation_author",
  "twitter:creator",
];
const TITLE_KEYS = [
  "og:title",
  "twitter:title",
  "dc.title",
  "dcterms.title",
  "parsely-title",
  "sailthru.title",
  "headline",
  "title",
];
const SITE_KEYS = ["og:site_name", "application-name", "al:android:app_name", "publisher", "dc.publisher"];
const DESCRIPTION_KEYS = ["og:description", "description", "twitter:description", "dc.description"];

const TITLE_SEPARATOR = /\s+[|·•»–—-]\s+|\s*[|｜_]\s*|--/u;
const URL_DATE =
  /(?:^|[/_-])((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])(?:[/_-]?(0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)/;

/** Title, author, dates and the rest, most reliable source first: JSON-LD, meta tags, visible marks, the URL. */
export function readMetadata(
  page: PageTree,
  linked: LinkedData,
  hints: VisibleHints & { url: string },
): Metadata {
  const metas = new Map<string, string>();
  for (const { key, content } of page.metas)
    if (!metas.has(key) && content.trim() !== "") metas.set(key, content);
  const site = cleanOrNull(first(metas, SITE_KEYS)) ?? cleanOrNull(linked.publisher);
  const times = hints.times;
  return {
    title: pickTitle({ page, linked, metas, headings: hints.headings, site }),
    titles: [linked.headline, first(metas, TITLE_KEYS), page.title].flatMap((title) => {
      const text = cleanText(stripTags(title ?? ""));
      return text === "" ? [] : [text, withoutSite(text, site)];
    }),
    site,
    byline: pickByline(
      [linked.authors, authorMetas(page), hints.bylines, hints.byLines],
      [site, linked.publisher],
    ),
    publishedAt:
      parseDate(linked.published) ??
      firstDate(PUBLISHED_KEYS.map((key) => metas.get(key))) ??
      firstDate(times.filter((time) => time.published).map((time) => time.value)) ??
      firstDate(times.filter((time) => !time.modified).map((time) => time.value)) ??
      dateOfUrl(hints.url) ??
      firstDate(hints.dateTexts),
    modifiedAt:
      parseDate(linked.modified) ??
      firstDate(MODIFIED_KEYS.map((key) => metas.get(key))) ??
      firstDate(times.filter((time) => time.modified).map((time) => time.value)),
    canonicalUrl: pickCanonical(page, metas, hints.url),
    accessible: linked.accessible ?? accessibleFromMeta(metas),
    description: cleanOrNull(linked.description) ?? cleanOrNull(first(metas, DESCRIPTION_KEYS)),
  };
}

interface TitleSources {
  page: PageTree;
  linked: LinkedData;
  metas: ReadonlyMap<string, string>;
  headings: readonly string[];
  site: string | null;
}

/** The headline as the page shows it; a heading counts when the head names it too or nothing else is there. */
function pickTitle({ page, linked, metas, headings, site }: TitleSources): string {
  const claimed = [linked.headline, first(metas, TITLE_KEYS), page.title].map((title) =>
    cleanText(stripTags(title ?? "")),
  );
  const shown = headings.find((heading) => claimed.some((title) => title !== "" && alike(heading, title)));
  const [headline = "", meta = "", head = ""] = claimed;
  // A heading that runs a topic word into the headline without a mark between them reads badly.
  const runsOn =
    shown !== undefined && headline !== "" && shown !== headline && shown.endsWith(` ${headline}`);
  if (shown !== undefined)
    return runsOn && !/[:|–—-]\s*$/.test(shown.slice(0, -headline.length)) ? headline : shown;
  for (const title of [headline, withoutSite(meta, site), withoutSite(head, site)])
    if (title !== "") return title;
  return headings[0] ?? "";
}

/** Whether one holds the other, letters and digits alone compared. */
function alike(left: string, right: string): boolean {
  const [a, b] = [lettersOf(left), lettersOf(right)];
  if (a === "" || b === "") return false;
  return a === b || (Math.min(a.length, b.length) >= 12 && (a.includes(b) || b.includes(a)));
}

/** Drops `| Site` at the end, and a first part that is the site's name. */
function withoutSite(title: string, site: string | null): string {
  const parts = title.split(TITLE_SEPARATOR);
  if (parts.length < 2) return title;
  const last = parts.at(-1) ?? "";
  const isSite = site !== null && (alike(last, site) || lettersOf(last) === lettersOf(site));
  if (!isSite && lettersOf(last).length > 25) return title;
  if (!isSite && !/[|｜_]|\s[–—·•»-]\s/u.test(title)) return title;
  const kept = title.slice(0, title.lastIndexOf(last)).replace(/[\s|｜_·•»–—-]+$/u, "");
  return lettersOf(kept).length >= 8 ? kept : title;
}

function authorMetas(page: PageTree): string[] {
  return page.metas.filter((meta) => AUTHOR_KEYS.includes(meta.key)).map((meta) => meta.content);
}

function pickCanonical(page: PageTree, metas: ReadonlyMap<string, string>, url: string): string | null {
  for (const raw of [page.canonical, metas.get("og:url")]) {
    const link = raw ? canonicalUrl(raw, url) : null;
    // Some sites name their front page as the canonical one of every article.
    if (link !== null && (new URL(link).pathname !== "/" || URL.parse(url)?.pathname === "/")) return link;
  }
  return null;
}

function accessibleFromMeta(metas: ReadonlyMap<string, string>): boolean | null {
  const tier = metas.get("article:content_tier")?.toLowerCase();
  if (tier === "free") return true;
  return tier === "locked" || tier === "metered" ? false : null;
}

function dateOfUrl(url: string): Date | null {
  const match = URL_DATE.exec(URL.parse(url)?.pathname ?? "");
  return match ? parseDate(`${match[1]}-${match[2]}-${match[3]}`) : null;
}

function firstDate(values: readonly (string | undefined)[]): Date | null {
  for (const value of values) {
    const date = parseDate(value);
    if (date !== null) return date;
  }
  return null;
}

function first(metas: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = metas.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether a `time` or marked element speaks of publishing or of changing. */
export function timeKind(element: TreeElement): { published: boolean; modified: boolean } {
  const marks = ["itemprop", "class", "id", "pubdate", "property", "data-testid"]
    .map((name) => element.attributes[name] ?? "")
    .join(" ");
  const modified = /modif|updat|aktualis|actuali/i.test(marks);
  return {
    published:
      !modified &&
      ("pubdate" in element.attributes ||
        /publi|creat|posted|entry-date|article.?date|date.?publ/i.test(marks)),
    modified,
  };
}
