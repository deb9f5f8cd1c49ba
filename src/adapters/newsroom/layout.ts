import { html, raw } from "hono/html";
import { NEWSROOM_ARTICLES } from "./articles.ts";
import { STYLE } from "./style.ts";
import type { Language } from "./copy.ts";

export type Markup = ReturnType<typeof html>;

/** Where the newsroom stands: when it opened and how a site path becomes an absolute URL. */
export type Place = { openedAt: Date; url: (path: string) => string };

type Page = {
  language: Language;
  title: string;
  head: Markup;
  main: Markup;
  place: Place;
};

export const SITE_NAME = "The Halvern Courier";

const LABELS = {
  en: {
    sections: "Sections",
    about: "About this newsroom",
    invented:
      "This sample newsroom comes with Lede. Every place, person, organisation and event in it is invented.",
    cookies:
      "We value your privacy. A real newsroom would now ask you about 214 partners; this one sets no cookies.",
    newsletter: "The Courier by e-mail",
    newsletterCall: "Sign up for our morning newsletter: five stories, every weekday at 6:30.",
    newsletterLink: "See our newsletters",
    rights: "All rights reserved. Do not republish without permission.",
    feed: "Atom feed",
  },
  de: {
    sections: "Ressorts",
    about: "Über diese Redaktion",
    invented:
      "Diese Beispielredaktion gehört zu Lede. Alle Orte, Personen, Organisationen und Ereignisse sind erfunden.",
    cookies:
      "Ihre Privatsphäre ist uns wichtig. Eine echte Redaktion würde Sie jetzt nach 214 Partnern fragen; diese setzt keine Cookies.",
    newsletter: "Der Courier per E-Mail",
    newsletterCall: "Abonnieren Sie unseren Newsletter: fünf Geschichten, jeden Werktag um 6.30 Uhr.",
    newsletterLink: "Zu unseren Newslettern",
    rights: "Alle Rechte vorbehalten. Weiterverbreitung nur mit Genehmigung.",
    feed: "Atom-Feed",
  },
} as const;

/** A whole page: head, header with navigation, the given main part, and the furniture of a news site around it. */
export function renderPage({ language, title, head, main, place }: Page): Markup {
  const labels = LABELS[language];
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link
          rel="alternate"
          type="application/atom+xml"
          title="${SITE_NAME}"
          href="${place.url("/feed.xml")}"
        />
        ${head}
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <header class="site-header">
          <a class="site-name" href="${place.url("/")}" lang="en">${SITE_NAME}</a>
          <nav aria-label="${labels.sections}">
            <ul>
              ${sections().map((section) => html`<li><a href="${place.url(`/#${section}`)}">${section}</a></li>`)}
            </ul>
          </nav>
        </header>
        ${main}
        <section class="newsletter" aria-label="${labels.newsletter}">
          <h2>${labels.newsletter}</h2>
          <p>${labels.newsletterCall} <a href="#about">${labels.newsletterLink}</a></p>
        </section>
        <footer class="site-footer" id="about">
          <h2>${labels.about}</h2>
          <p>${labels.invented}</p>
          <p>
            © ${place.openedAt.getUTCFullYear()} <span lang="en">${SITE_NAME}</span>. ${labels.rights}
            <a href="${place.url("/feed.xml")}">${labels.feed}</a>
          </p>
        </footer>
        <aside class="cookie-notice" aria-label="Cookies"><p>${labels.cookies}</p></aside>
      </body>
    </html>`;
}

function sections(): string[] {
  return [...new Set(NEWSROOM_ARTICLES.map((article) => article.section))];
}
