import { createServer } from "node:http";
import { once } from "node:events";

/** An article as an outlet has it on its site. */
export interface Published {
  slug: string;
  title: string;
  paragraphs: readonly string[];
  at: Date;
  /** Rises with each edit that the feed tells of. */
  updated?: Date;
  /** What the feed knows it by; its address unless told. */
  guid?: string;
  /** In the feed, but not for everybody. */
  members?: boolean;
}

/** An outlet's site with its feed, as much of one as Lede sees. */
export interface Outlet {
  name: string;
  feed: string;
  url: (slug: string) => string;
  publish: (article: Published) => void;
  /** Changes the page without a word in the feed. */
  correctQuietly: (article: Published) => void;
  /** Takes the page away. */
  remove: (slug: string) => void;
  /** Answers everything with 503 until called with false. */
  down: (isDown: boolean) => void;
}

/** Serves the outlets, each under a path of its own, on one port of 127.0.0.1. */
export async function openOutlets(names: readonly string[]) {
  const pages = new Map<string, Published>();
  const feeds = new Map<string, Published[]>(names.map((name) => [keyOf(name), []]));
  const isDown = new Set<string>();
  const server = createServer((request, response) => {
    const [, outlet = "", slug = ""] = (request.url ?? "").split("/");
    const name = names.find((one) => keyOf(one) === outlet);
    const page = pages.get(`${outlet}/${slug}`);
    const items = feeds.get(outlet);
    if (name === undefined || isDown.has(outlet)) response.writeHead(503).end();
    else if (slug === "feed.xml" && items !== undefined)
      response.writeHead(200, { "content-type": "application/atom+xml" }).end(feedXml(name, origin, items));
    else if (page === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, { "content-type": "text/html; charset=utf-8" })
        .end(pageHtml(name, origin, page));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  const host = `127.0.0.1:${address.port}`;
  const origin = `http://${host}`;

  function outlet(name: string): Outlet {
    const key = keyOf(name);
    const put = (article: Published): void => void pages.set(`${key}/${article.slug}`, article);
    return {
      name,
      feed: `${origin}/${key}/feed.xml`,
      url: (slug) => `${origin}/${key}/${slug}`,
      publish: (article) => {
        put(article);
        const items = feeds.get(key) ?? [];
        feeds.set(key, [article, ...items.filter(({ slug }) => slug !== article.slug)].slice(0, 40));
      },
      correctQuietly: put,
      remove: (slug) => void pages.delete(`${key}/${slug}`),
      down: (down) => void (down ? isDown.add(key) : isDown.delete(key)),
    };
  }

  return {
    host,
    outlets: names.map(outlet),
    close: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function keyOf(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-");
}

function feedXml(name: string, origin: string, items: readonly Published[]): string {
  const entries = items.map(
    ({ at, guid, slug, title, updated }) =>
      `<entry><id>${guid ?? `${origin}/${keyOf(name)}/${slug}`}</id><title>${title}</title>
       <link href="${origin}/${keyOf(name)}/${slug}"/><published>${at.toISOString()}</published>
       <updated>${(updated ?? at).toISOString()}</updated></entry>`,
  );
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>${name}</title>
    <id>${origin}/${keyOf(name)}</id>${entries.join("\n")}</feed>`;
}

function pageHtml(name: string, origin: string, { at, paragraphs, slug, title }: Published): string {
  return `<!doctype html><html lang="en"><head><title>${title} | ${name}</title>
    <meta property="og:site_name" content="${name}"><meta property="og:title" content="${title}">
    <link rel="canonical" href="${origin}/${keyOf(name)}/${slug}">
    <meta property="article:published_time" content="${at.toISOString()}"></head>
    <body><main><article><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("\n")}</article></main></body></html>`;
}
