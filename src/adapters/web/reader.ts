import type { Reader } from "#src/ports.ts";
import { decodeText } from "./charset.ts";
import { extractArticle } from "./extract.ts";
import { createFetch } from "./fetch.ts";
import { parseFeed } from "./feed.ts";
import { parsePlainText } from "./pasted.ts";

export interface ReaderOptions {
  /** `host:port` that may be read although private. */
  allow: readonly string[];
}

/** Named so that a site's operator can find out who reads, and that robots rules can name it. */
const USER_AGENT = "Mozilla/5.0 (compatible; Lede/0.1; news briefer)";

/** The ways text comes in from outside, over one guarded client. */
export function createReader({ allow }: ReaderOptions): { reader: Reader; close: () => Promise<void> } {
  const { fetchPage, close } = createFetch({ allow, userAgent: USER_AGENT });
  const reader: Reader = {
    fetchPage: async ({ url, ...request }) => {
      const { cacheControl: maxAgeSeconds, ...page } = await fetchPage(url, request);
      return { ...page, maxAgeSeconds };
    },
    readArticle: ({ body, contentType, url }) =>
      extractArticle({ html: decodeText(body, contentType).text, url }),
    readFeed: parseFeed,
    readText: parsePlainText,
  };
  return { reader, close };
}
