import { articleId, type Entry, type ExtractedArticle, revisionHash } from "#src/core/article.ts";
import { AppError } from "#src/core/errors.ts";
import { changeBetween } from "#src/core/revision-change.ts";
import { canonicalUrl, urlIdentity } from "#src/core/url.ts";
import type { Clock, Reader, SavedArticle, Store } from "#src/ports.ts";

export interface IngestDeps {
  store: Store;
  reader: Reader;
  clock: Clock;
}

/**
 * Reads an entry's article and stores it as new, revised or the same. The only way an article comes in.
 * Throws AppError `fetch/*` and `article/*`.
 */
export async function ingest(deps: IngestDeps, entry: Entry, signal: AbortSignal): Promise<SavedArticle> {
  const { extracted, readAt } = await read(deps.reader, entry, signal);
  const url = identity(extracted.canonicalUrl, readAt ?? entry.url);
  const text = extracted.paragraphs.join("\n");
  return deps.store.saveArticle({
    id: articleId(url === null ? { text } : { url: urlIdentity(url) ?? url }),
    url,
    extracted: withEntry(extracted, entry),
    visibility: entry.visibility,
    hash: revisionHash(extracted),
    now: deps.clock(),
    compare: (before) => changeBetween(before, extracted, extracted.language ?? "en"),
  });
}

interface Read {
  extracted: ExtractedArticle;
  /** Where the redirects ended; null when nothing was fetched. */
  readAt: string | null;
}

async function read(reader: Reader, entry: Entry, signal: AbortSignal): Promise<Read> {
  if (entry.content?.type === "text") {
    // A title that is known stands where a pasted one would, so that the first paragraph is not taken for it.
    const text = entry.title === null ? entry.content.body : `${entry.title}\n\n${entry.content.body}`;
    return { extracted: reader.readText(text), readAt: null };
  }
  if (entry.content?.type === "html") {
    const body = new TextEncoder().encode(entry.content.body);
    const page = { body, contentType: "text/html; charset=utf-8", url: entry.url ?? "about:blank" };
    return { extracted: reader.readArticle(page), readAt: null };
  }
  if (entry.url === null) throw new AppError("article/empty");
  const page = await reader.fetchPage({ url: entry.url, signal });
  if (page.kind === "unchanged") throw new AppError("fetch/status", { details: { status: 304 } });
  if (/^text\/(plain|markdown)\b/.test(page.contentType ?? "")) {
    return { extracted: reader.readText(new TextDecoder().decode(page.body)), readAt: page.url };
  }
  return { extracted: reader.readArticle(page), readAt: page.url };
}

/** What the source said about an article fills what its page did not say. */
function withEntry(extracted: ExtractedArticle, entry: Entry): ExtractedArticle {
  return {
    ...extracted,
    byline: extracted.byline ?? entry.byline,
    publishedAt: extracted.publishedAt ?? entry.publishedAt,
  };
}

/** A page may name its canonical address only on its own site: otherwise it could take over another's article. */
function identity(claimed: string | null, readAt: string | null): string | null {
  if (readAt === null) return null;
  const actual = canonicalUrl(readAt);
  const canonical = claimed === null ? null : canonicalUrl(claimed, readAt);
  return canonical !== null && siteOf(canonical) === siteOf(readAt) ? canonical : actual;
}

function siteOf(url: string): string {
  return new URL(url).host.replace(/^(www|m|mobile|amp)\./, "");
}
