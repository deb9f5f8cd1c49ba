import { html, raw } from "hono/html";
import { dateline } from "./copy.ts";
import { renderPage, SITE_NAME } from "./layout.ts";
import type { Edition, ReaderComment } from "./articles.ts";
import type { Language } from "./copy.ts";
import type { Markup, Place } from "./layout.ts";

const RELATED_LINKS = 2;
const AD_AFTER_PARAGRAPH = 3;

const LABELS = {
  en: {
    by: "By",
    corrected: "Corrected",
    advertisement: "Advertisement",
    related: "Read next",
    mostRead: "Most read",
    comments: "Comments",
    illustration: "Illustration",
    share: "Share this article by e-mail",
  },
  de: {
    by: "Von",
    corrected: "Korrigiert",
    advertisement: "Anzeige",
    related: "Lesen Sie auch",
    mostRead: "Meistgelesen",
    comments: "Kommentare",
    illustration: "Illustration",
    share: "Artikel per E-Mail teilen",
  },
} as const;

/** The front page: the articles that are out, newest first. */
export function renderFrontPage(editions: readonly Edition[], place: Place): Markup {
  return renderPage({
    language: "en",
    title: SITE_NAME,
    place,
    head: html`<meta name="description" content="News from Halvern and the coast." />
      <link rel="canonical" href="${place.url("/")}" />`,
    main: html`<div class="columns">
      <main>
        <h1>Latest news</h1>
        ${editions.map((edition) => renderTeaser(edition, place))}
      </main>
      ${renderMostRead(editions, "en", place)}
    </div>`,
  });
}

/** One article's page; `others` are the editions its sidebar and related links may name. */
export function renderArticlePage(edition: Edition, others: readonly Edition[], place: Place): Markup {
  const { article, headline } = edition;
  return renderPage({
    language: article.language,
    title: `${headline} | ${SITE_NAME}`,
    place,
    head: renderArticleHead(edition, place),
    main: html`<div class="columns">
      <main>
        <article>
          <p class="kicker">${article.section}</p>
          <h1>${headline}</h1>
          ${renderByline(edition, place)} ${renderBody(edition)}
        </article>
        ${renderRelated(others, article.language, place)}
        ${renderComments(article.comments, article.language)}
      </main>
      ${renderMostRead(others, article.language, place)}
    </div>`,
  });
}

/** The page for an address at which nothing has been published. */
export function renderMissingPage(place: Place): Markup {
  return renderPage({
    language: "en",
    title: `Not found | ${SITE_NAME}`,
    place,
    head: html`<meta name="robots" content="noindex" />`,
    main: html`<main>
      <h1>Nothing here yet</h1>
      <p>
        No article stands at this address. <a href="${place.url("/")}">Go to the front page</a> for the latest
        news.
      </p>
    </main>`,
  });
}

function renderArticleHead(edition: Edition, place: Place): Markup {
  const { article, headline, description, publishedAt, updatedAt } = edition;
  const url = place.url(edition.path);
  const data = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline,
    description,
    url,
    mainEntityOfPage: url,
    inLanguage: article.language,
    articleSection: article.section,
    author: [{ "@type": "Person", name: article.author }],
    publisher: { "@type": "NewsMediaOrganization", name: SITE_NAME },
    datePublished: publishedAt.toISOString(),
    dateModified: updatedAt.toISOString(),
    isAccessibleForFree: true,
  };
  return html`<meta name="description" content="${description}" />
    <meta name="author" content="${article.author}" />
    <link rel="canonical" href="${url}" />
    <meta property="og:type" content="article" />
    <meta property="og:site_name" content="${SITE_NAME}" />
    <meta property="og:title" content="${headline}" />
    <meta property="og:description" content="${description}" />
    <meta property="og:url" content="${url}" />
    <meta property="og:locale" content="${article.language === "de" ? "de_DE" : "en_GB"}" />
    <meta property="article:published_time" content="${publishedAt.toISOString()}" />
    <meta property="article:modified_time" content="${updatedAt.toISOString()}" />
    <meta property="article:section" content="${article.section}" />
    <script type="application/ld+json">
      ${raw(scriptJson(data))}
    </script>`;
}

function renderByline(edition: Edition, place: Place): Markup {
  const { article, headline } = edition;
  const labels = LABELS[article.language];
  const mail = new URLSearchParams({ subject: headline, body: place.url(edition.path) });
  return html`<p class="meta byline">
      ${labels.by} <span class="author">${article.author}</span> ·
      ${renderTime(edition.publishedAt, article.language)}${
        edition.corrected
          ? html` · ${labels.corrected} ${renderTime(edition.updatedAt, article.language)}`
          : ""
      }
    </p>
    <p class="share"><a href="mailto:?${mail.toString().replaceAll("+", "%20")}">${labels.share}</a></p>`;
}

function renderBody({ article, paragraphs }: Edition): Markup {
  const labels = LABELS[article.language];
  const paragraph = (text: string): Markup => html`<p>${text}</p> `;
  return html`<figure>
      <svg viewBox="0 0 800 220" aria-hidden="true">
        <rect width="800" height="220" fill="#dfe6ea" />
        <circle cx="640" cy="80" r="44" fill="#e8c873" />
        <path d="M0 150 Q200 90 400 150 T800 150 V220 H0 Z" fill="#5d7f8e" />
        <path d="M0 185 Q200 135 400 185 T800 185 V220 H0 Z" fill="#33535f" />
      </svg>
      <figcaption>${labels.illustration}: ${SITE_NAME}</figcaption>
    </figure>
    <div class="article-body">
      ${paragraphs.slice(0, AD_AFTER_PARAGRAPH).map(paragraph)}
      <aside class="ad" aria-label="${labels.advertisement}">
        <p lang="en">Smoked eel, 20% off this week. Only at Halvern Fish Market.</p>
      </aside>
      ${paragraphs.slice(AD_AFTER_PARAGRAPH).map(paragraph)}
    </div>`;
}

function renderTeaser(edition: Edition, place: Place): Markup {
  const { article } = edition;
  return html`<section class="teaser" id="${article.section}" lang="${article.language}">
    <p class="kicker">${article.section}</p>
    <h2><a href="${place.url(edition.path)}">${edition.headline}</a></h2>
    <p>${edition.description}</p>
    <p class="meta">${renderTime(edition.publishedAt, article.language)}</p>
  </section>`;
}

function renderMostRead(editions: readonly Edition[], language: Language, place: Place): Markup {
  const label = LABELS[language].mostRead;
  return html`<aside class="most-read" aria-label="${label}">
    <h2>${label}</h2>
    <ol>
      ${editions.map((edition) => html`<li>${renderLink(edition, place)}</li>`)}
    </ol>
  </aside>`;
}

function renderRelated(others: readonly Edition[], language: Language, place: Place): Markup {
  const label = LABELS[language].related;
  return html`<aside class="related" aria-label="${label}">
    <h2>${label}</h2>
    <ul>
      ${others.slice(0, RELATED_LINKS).map((edition) => html`<li>${renderLink(edition, place)}</li>`)}
    </ul>
  </aside>`;
}

function renderComments(comments: readonly ReaderComment[], language: Language): Markup {
  if (comments.length === 0) return html``;
  return html`<section class="comments" id="comments">
    <h2>${LABELS[language].comments} (${comments.length})</h2>
    <ul>
      ${comments.map(({ reader, text }) => html`<li class="comment"><b>${reader}</b><br />${text}</li>`)}
    </ul>
  </section>`;
}

function renderLink({ article, headline, path }: Edition, place: Place): Markup {
  return html`<a href="${place.url(path)}" lang="${article.language}">${headline}</a>`;
}

function renderTime(date: Date, language: Language): Markup {
  return html`<time datetime="${date.toISOString()}">${dateline(date, language)}</time>`;
}

// HTML ends a script element at "</script" whatever its type, so no "<" may stand in the data (HTML Standard 4.12.1.3).
function scriptJson(data: unknown): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
