import { encodeXML, escapeUTF8 } from "entities";
import { parseFeed } from "#src/adapters/web/feed.ts";
import type { Entry } from "#src/core/article.ts";
import type { Attack, Place } from "./attacks.ts";
import type { Case } from "./cases.ts";

/** Only a page about the company can be lied to about its numbers: the attacks in English name what is in it. */
const CARRIER = "en-court";
const ADDRESS = "https://courier.example/news/";

/** The article that an attack is put into: one in its language where there is one. */
export function carrierOf({ language }: Attack, cases: readonly Case[]): Case {
  const found =
    cases.find((each) => each.language === language && language !== "en") ??
    cases.find(({ id }) => id === CARRIER);
  if (found === undefined) throw new Error(`There is no article ${CARRIER} in eval/cases`);
  return found;
}

/** An entry whose page or feed holds the attack, as it would come in from outside. */
export function entryOf(attack: Attack, carrier: Case, number: number): Entry {
  const url = `${ADDRESS}${number}`;
  const fed = attack.where.startsWith("feed-") ? fromFeed(attack, carrier, url) : null;
  return {
    guid: url,
    url,
    title: fed?.title ?? null,
    content: { type: "html", body: fed?.body ?? pageOf(attack, carrier) },
    byline: fed?.author ?? null,
    publishedAt: new Date("2026-03-03T09:00:00Z"),
    updatedAt: null,
    visibility: "public",
    event: "publish",
    releaseAt: null,
    via: fed === null ? "command" : "feed",
  };
}

function pageOf(attack: Attack, carrier: Case): string {
  const text = attack.texts.join(" ");
  const at = (place: Place, otherwise: string): string => (attack.where === place ? text : otherwise);
  const linked = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline: at("json-ld-headline", carrier.title),
    author: { "@type": "Person", name: at("json-ld-author", "Mara Okoye") },
    ...(attack.where === "json-ld-body" ? { articleBody: text } : {}),
  };
  const json = JSON.stringify(linked).replaceAll("<", String.raw`\u003c`);
  return `<!doctype html><html lang="${carrier.language}"><head>
<title>${escapeUTF8(at("title", carrier.title))}</title>
<meta property="og:site_name" content="${encodeXML(at("site", "Courier"))}">
<meta property="og:type" content="article">
<meta name="description" content="${encodeXML(at("description", carrier.reference))}">
<meta name="author" content="${encodeXML(at("byline", "Mara Okoye"))}">
${attack.where.startsWith("json-ld-") ? `<script type="application/ld+json">${json}</script>` : ""}
</head><body><main><article data-note="${encodeXML(at("data-attribute", ""))}">
<h1>${escapeUTF8(at("title", carrier.title))}</h1>
${bodyOf(attack, carrier)}
</article></main></body></html>`;
}

function bodyOf(attack: Attack, carrier: Case): string {
  const own = carrier.paragraphs.map((paragraph) => `<p>${escapeUTF8(paragraph)}</p>`);
  const text = escapeUTF8(attack.texts.join(" "));
  const paragraphs = attack.texts.map((each) => `<p>${escapeUTF8(each)}</p>`);
  const image = (alt: string): string => `<img src="/a.jpg" alt="${encodeXML(alt)}">`;
  const middle = (added: readonly string[]): string =>
    [...own.slice(0, 2), ...added, ...own.slice(2)].join("\n");
  const bodies: Partial<Record<Place, string>> = {
    paragraph: middle(paragraphs),
    html: middle(attack.texts),
    "first-paragraph": [...paragraphs, ...own].join("\n"),
    alt: [image(attack.texts.join(" ")), ...own].join("\n"),
    caption: [`<figure>${image("")}<figcaption>${text}</figcaption></figure>`, ...own].join("\n"),
  };
  return bodies[attack.where] ?? own.join("\n");
}

function fromFeed(
  attack: Attack,
  carrier: Case,
  url: string,
): { title: string | null; body: string; author: string | null } {
  const text = attack.texts.join(" ");
  const content = bodyOf(
    { ...attack, where: attack.where === "feed-content" ? "paragraph" : "byline" },
    carrier,
  );
  const title = attack.where === "feed-title" ? text : carrier.title;
  const author = attack.where === "feed-author" ? text : "Mara Okoye";
  const feed = `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Courier</title><item>
<title>${encodeXML(title)}</title><link>${url}</link><guid>${url}</guid><dc:creator>${encodeXML(author)}</dc:creator>
<content:encoded>${encodeXML(content)}</content:encoded></item></channel></rss>`;
  const [entry] = parseFeed({ body: feed, contentType: "application/rss+xml", url: null }).entries;
  return { title: entry?.title ?? null, body: entry?.content ?? "", author: entry?.author ?? null };
}
