import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { type FetchPlace, fetchPlace } from "#src/core/fetch-place.ts";
import { createReader, type WebReader } from "#src/adapters/web/reader.ts";

export interface Site {
  /** `host:port`, to be allowed. */
  host: string;
  /** Without a slash at the end. */
  url: string;
  requests: IncomingMessage[];
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
const readers: WebReader[] = [];

afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** A site on loopback that ends with the test. */
export async function openSite(answer: Answer): Promise<Site> {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    answer(request, response);
  };
  return listenOn(createServer(listener), requests);
}

export async function listenOn(server: Server, requests: IncomingMessage[] = []): Promise<Site> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, url: `http://${host}`, requests };
}

/** A reader that may read these sites, and ends with the test. */
export function openReader(...sites: Site[]): WebReader {
  const reader = createReader({ places: placesOf(...sites.map((site) => site.host)) });
  readers.push(reader);
  return reader;
}

/** Entries of LEDE_FETCH_ALLOW as the configuration reads them. */
export function placesOf(...entries: readonly string[]): FetchPlace[] {
  return entries.map((entry) => {
    const place = fetchPlace(entry);
    if (place === null) throw new Error(`${entry} is no place`);
    return place;
  });
}

export interface SiteItem {
  guid: string;
  title?: string;
  link?: string;
  date?: Date;
}

/** An RSS feed of the items. */
export function rss(items: readonly SiteItem[], head = ""): string {
  const all = items.map(
    ({ guid, title = `Title ${guid}`, link = `https://news.example/${guid}`, date }) =>
      `<item><guid isPermaLink="false">${guid}</guid><title>${title}</title><link>${link}</link>${date === undefined ? "" : `<pubDate>${date.toUTCString()}</pubDate>`}</item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>News</title>${head}${all.join("")}</channel></rss>`;
}
