import { escapeText } from "entities";

/**
 * A text out of a CMS as a page of its own: it carries no title, and a short one would else be taken for no article.
 * A whole page is left as it is.
 */
export function toPage(html: string, title: string | null): string {
  if (/<(?:!doctype|html|head|body)\b/i.test(html)) return html;
  const heading = escapeText(title ?? "");
  return (
    `<!doctype html><html><head><title>${heading}</title><meta property="og:type" content="article"></head>` +
    `<body><article><h1>${heading}</h1><div itemprop="articleBody">${html}</div></article></body></html>`
  );
}
