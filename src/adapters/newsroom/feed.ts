import { generateAtomFeed } from "feedsmith";
import { SITE_NAME } from "./layout.ts";
import type { Edition } from "./articles.ts";
import type { Place } from "./layout.ts";

/** The Atom feed (RFC 4287) of the given editions, newest first; it carries summaries, not whole texts. */
export function renderFeed(editions: readonly Edition[], place: Place): string {
  const changes = editions.map((edition) => edition.updatedAt.getTime());
  return generateAtomFeed({
    id: tagUri(place.openedAt, "feed"),
    title: { value: SITE_NAME },
    subtitle: { value: "The sample newsroom that comes with Lede. Everything in it is invented." },
    updated: new Date(Math.max(place.openedAt.getTime(), ...changes)),
    links: [
      { rel: "self", href: place.url("/feed.xml"), type: "application/atom+xml" },
      { rel: "alternate", href: place.url("/"), type: "text/html" },
    ],
    xml: { lang: "en" },
    entries: editions.map((edition) => ({
      id: tagUri(edition.publishedAt, edition.article.slug),
      title: { value: edition.headline },
      summary: { value: edition.description },
      links: [{ rel: "alternate", href: place.url(edition.path), type: "text/html" }],
      authors: [{ name: edition.article.author }],
      categories: [{ term: edition.article.section }],
      published: edition.publishedAt,
      updated: edition.updatedAt,
      xml: { lang: edition.article.language },
    })),
  });
}

// RFC 4151: an entry keeps its id when the port, and with it the article's address, changes.
function tagUri(date: Date, name: string): string {
  return `tag:halvern-courier.example,${date.toISOString().slice(0, 10)}:${name}`;
}
