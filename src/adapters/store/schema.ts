import type { Generated, Kysely } from "kysely";

/** Times are milliseconds since 1970 in UTC; booleans are 0 and 1; JSON is text, read back through a zod schema. */
export interface Tables {
  settings: { name: string; value: string };
  feeds: {
    id: string;
    url: string;
    title: string | null;
    etag: string | null;
    lastModified: string | null;
    dueAt: number;
    failures: number;
    baselined: number;
  };
  entries: {
    seq: Generated<number>;
    /** `feed:<id>`, or the way it came in. Together with `guid` it names the entry. */
    source: string;
    guid: string;
    /** Of what the source said; another one queues the entry again. */
    hash: string;
    state: string;
    /** The entry as JSON; null once nobody will read it again. */
    body: string | null;
    /** When it was published as far as is known: the order of work. */
    orderAt: number;
    /** When it may be claimed (for a leased one: when the lease ends); null when never. */
    dueAt: number | null;
    attempts: number;
    token: string | null;
    reason: string | null;
  };
  webhooks: { id: string; bodyHash: string; entrySeq: number; receivedAt: number };
  stories: { id: string; headline: string; firstSeenAt: number };
  articles: {
    id: string;
    url: string | null;
    site: string | null;
    byline: string | null;
    language: string | null;
    publishedAt: number | null;
    visibility: string;
    storyId: string;
    latest: number;
  };
  revisions: {
    articleId: string;
    number: number;
    hash: string;
    title: string;
    paragraphs: string;
    fetchedAt: number;
    change: string | null;
  };
  briefs: { id: string; articleId: string; revision: number; body: string };
  briefCache: { cacheKey: string; briefId: string };
  deliveries: {
    seq: Generated<number>;
    key: string;
    platform: string;
    channel: string;
    storyId: string;
    wanted: string;
    shown: string | null;
    state: string;
    reason: string | null;
    attempts: number;
    dueAt: number;
    firstAttemptAt: number | null;
    message: string | null;
    sentAt: number | null;
    token: string | null;
    leaseUntil: number | null;
  };
  calls: { id: string; receivedAt: number; finishedAt: number | null; body: string | null };
}

/** The database, or a transaction on it. */
export type Database = Kysely<Tables>;
