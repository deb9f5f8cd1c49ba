import {
  articleId,
  type Entry,
  type ExtractedArticle,
  type Revision,
  revisionHash,
  type SavedArticle,
} from "#src/core/article.ts";
import { AppError } from "#src/core/errors.ts";
import type { FetchRight } from "#src/core/fetch-place.ts";
import { recheckTime } from "#src/core/recheck.ts";
import { speaksFor } from "#src/core/publisher.ts";
import { changeBetween } from "#src/core/revision-change.ts";
import { canonicalUrl, urlIdentity } from "#src/core/url.ts";
import type { Clock, Reader } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Clusters } from "./clusters.ts";
import type { Directory } from "./directory.ts";

export interface IngestDeps {
  store: Store;
  reader: Reader;
  clusters: Clusters;
  directory: Pick<Directory, "grants">;
  clock: Clock;
}

/** An entry with where it came from; null for a command, which publishes nothing and joins no story. */
export interface Arrival {
  entry: Entry;
  source: string | null;
  /** By whose right its page is read. */
  by: FetchRight;
  /** The article it is known to be about, whatever address it has by now. */
  articleId?: string | null;
}

/**
 * Reads an entry's article and stores it as new, revised or the same. The only way an article comes in.
 * Throws AppError `fetch/*`, `article/*` and `webhook/not-yours`.
 */
export async function ingest(deps: IngestDeps, arrival: Arrival, signal: AbortSignal): Promise<SavedArticle> {
  const { entry, source } = arrival;
  const { extracted, readAt } = await read(deps.reader, arrival, signal);
  const url = identity(extracted.canonicalUrl, readAt ?? entry.url);
  // Redirects lead anywhere, so that it counts where they end.
  if (url !== null) refuseForeign(deps, source, url);
  const now = deps.clock();
  const id =
    arrival.articleId ?? (await askedId(deps.store, { id: idOf(arrival, { url, extracted }), source }));
  const input = {
    id,
    url,
    extracted: withEntry(extracted, entry),
    visibility: entry.visibility,
    hash: revisionHash(extracted),
    source,
    // Only what was read from its page is read there again: a page may show less than what was sent.
    recheckAt: source !== null && readAt !== null ? recheckTime(now, 0) : null,
    now,
    compare: (before: Revision) => changeBetween(before, extracted, extracted.language ?? "en"),
  };
  if (source === null) return deps.store.saveArticle({ ...input, storyId: null, sketch: null });
  return deps.clusters.place({ extracted, now }, (place) => deps.store.saveArticle({ ...input, ...place }));
}

/**
 * The identity of what an entry is about, known without reading it; null where only the text tells. Throws AppError
 * `webhook/not-yours`.
 */
export function knownId(
  deps: Pick<IngestDeps, "directory">,
  arrival: Pick<Arrival, "entry" | "source">,
): string | null {
  const { entry, source } = arrival;
  if (entry.url !== null) {
    refuseForeign(deps, source, entry.url);
    return idOf(arrival, { url: canonicalUrl(entry.url), extracted: null });
  }
  return entry.via === "webhook" ? idOf(arrival, { url: null, extracted: null }) : null;
}

/** Asked when a message comes and when it is worked on: what the operator allows may have changed between the two. */
function refuseForeign(
  { directory }: Pick<IngestDeps, "directory">,
  source: string | null,
  url: string,
): void {
  if (!speaksFor(directory.grants.publishers, source, url))
    throw new AppError("webhook/not-yours", { details: { source } });
}

function idOf(
  { entry, source }: Pick<Arrival, "entry" | "source">,
  { url, extracted }: { url: string | null; extracted: ExtractedArticle | null },
): string {
  if (url !== null) return articleId({ url: urlIdentity(url) ?? url });
  // A publisher names what has no address, each for itself, so that an update is a revision and not another article.
  if (entry.via === "webhook") return articleId({ text: `${source}\n${entry.guid}` });
  return articleId({ text: extracted?.paragraphs.join("\n") ?? "" });
}

/**
 * What anybody can read of a members' article is kept apart from it: a question about the link must neither show the
 * members' text nor replace it, in every post, by the page's teaser.
 */
async function askedId(store: Store, { id, source }: { id: string; source: string | null }): Promise<string> {
  if (source !== null) return id;
  const known = await store.article(id);
  return known?.visibility === "members" ? articleId({ text: `public\n${id}` }) : id;
}

interface Read {
  extracted: ExtractedArticle;
  /** Where the redirects ended; null when nothing was fetched. */
  readAt: string | null;
}

async function read(reader: Reader, { entry, by }: Arrival, signal: AbortSignal): Promise<Read> {
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
  const page = await reader.fetchPage({ url: entry.url, by, signal });
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
