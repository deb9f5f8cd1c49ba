import type { Workspace } from "./workspace.ts";

/** Somebody who sends articles with a secret of their own. */
export interface Publisher {
  /** Whom their articles are for; null for every workspace that may use Lede. */
  workspaces: ReadonlySet<Workspace> | null;
  /** Hosts whose addresses they alone speak for, those below them included. */
  sites: readonly string[];
}

/** Publishers by the source of their articles. */
export type Publishers = ReadonlyMap<string, Publisher>;

/** The source of what comes with the secret of a simple variable: it is for everybody. */
export const ANY_PUBLISHER = "webhook";
const NAMED_PUBLISHER = `${ANY_PUBLISHER}:`;

/** The source of a publisher that has a secret of its own. */
export function publisherSource(name: string): string {
  return `${NAMED_PUBLISHER}${name}`;
}

/** Whether articles of a source belong to one publisher alone. */
export function isNamedPublisher(source: string | null): boolean {
  return source?.startsWith(NAMED_PUBLISHER) ?? false;
}

/** Whether what comes from a source is a publisher's own word, and not what a feed or a page says. */
export function isPublisher(source: string | null): boolean {
  return source === ANY_PUBLISHER || isNamedPublisher(source);
}

/**
 * Whether a source may publish, change or take back what stands at an address. Publishers speak for their own sites, and
 * nobody else does; feeds and questions only read what anybody reads there.
 */
export function speaksFor(publishers: Publishers, source: string | null, url: string): boolean {
  if (!isPublisher(source)) return true;
  const owner = ownerOf(publishers, new URL(url).hostname);
  return owner === null ? source === ANY_PUBLISHER : owner === source;
}

function ownerOf(publishers: Publishers, host: string): string | null {
  for (const [source, { sites }] of publishers) if (sites.some((site) => isWithin(host, site))) return source;
  return null;
}

/** Whether a host is a site or below it. */
export function isWithin(host: string, site: string): boolean {
  // "news.example." is the same host, written to its end.
  return `.${host}`.replace(/\.$/, "").endsWith(`.${site}`);
}
