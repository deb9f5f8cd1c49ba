import type { FetchPlace } from "#src/core/fetch-place.ts";
import type { AskHub, FetchPage, Reader } from "#src/ports.ts";
import { decodeText } from "./charset.ts";
import { extractArticle } from "./extract.ts";
import { createFetch } from "./fetch.ts";
import { parseFeed } from "./feed.ts";
import { createFindFeeds } from "./find-feeds.ts";
import { parsePlainText } from "./pasted.ts";

export interface ReaderOptions {
  /** What moderators' sources may be read from although private. */
  places: readonly FetchPlace[];
}

export interface WebReader {
  reader: Reader;
  askHub: AskHub;
  close: () => Promise<void>;
}

/** Named so that a site's operator can find out who reads, and that robots rules can name it. */
const USER_AGENT = "Mozilla/5.0 (compatible; Lede/0.1; news briefer)";

/** The ways text comes in from outside, over one guarded client. */
export function createReader({ places }: ReaderOptions): WebReader {
  const fetcher = createFetch({ places, userAgent: USER_AGENT });
  const fetchPage: FetchPage = async ({ url, ...request }) => {
    const { cacheControl: maxAgeSeconds, ...page } = await fetcher.fetchPage(url, request);
    return { ...page, maxAgeSeconds };
  };
  const reader: Reader = {
    fetchPage,
    readArticle: ({ body, contentType, url }) =>
      extractArticle({ html: decodeText(body, contentType).text, url }),
    readFeed: parseFeed,
    findFeeds: createFindFeeds(fetchPage),
    readText: parsePlainText,
  };
  const askHub: AskHub = ({ hub, topic, callback, secret, leaseSeconds, signal }) =>
    fetcher.postForm(
      hub,
      {
        "hub.mode": "subscribe",
        "hub.topic": topic,
        "hub.callback": callback,
        "hub.secret": secret,
        "hub.lease_seconds": String(leaseSeconds),
      },
      signal,
    );
  return { reader, askHub, close: fetcher.close };
}
