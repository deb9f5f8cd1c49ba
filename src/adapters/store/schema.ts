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
    /** Of its address, so that one host is not asked by many at once. */
    host: string;
    /** Of whoever polls it now; `dueAt` is the end of the lease then. */
    token: string | null;
    bodyHash: string | null;
    backfill: number;
    failingSince: number | null;
    lastFailure: string | null;
    movedTo: string | null;
    moves: number;
    wishes: string | null;
    cadence: string | null;
    lastSuccessAt: number | null;
    lastEntryAt: number | null;
    hub: string | null;
    topic: string | null;
    pushedUntil: number | null;
    health: string;
    healthSince: number | null;
    told: string;
  };
  /** Subscriptions at hubs (WebSub), one a feed. Their secrets are not in the store. */
  pushes: {
    id: string;
    feedId: string;
    hub: string;
    topic: string;
    state: string;
    dueAt: number;
    failures: number;
    expiresAt: number | null;
    reason: string | null;
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
    /** Of a feed's entry: by it the entry is known again when its guid has changed. */
    alias: Generated<string | null>;
    /** What was said last of it: published or taken back. */
    event: Generated<string>;
    /** The newest address its source gave, for what comes without one. */
    url: string | null;
    /** What was made of it when it was settled. */
    articleId: string | null;
    /** The newest revision time its source gave, kept when an event comes without one. */
    revisedAt: number | null;
  };
  /** Ids are their sender's own. */
  webhooks: { source: string; id: string; bodyHash: string; entrySeq: number; receivedAt: number };
  stories: { id: string; headline: string; firstSeenAt: number; version: Generated<number> };
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
    firstSeenAt: number;
    /** When its publisher took it back; null while it stands. */
    unpublishedAt: number | null;
    /** What it is compared by with the articles of other outlets, as JSON; null where it was never clustered. */
    sketch: string | null;
    /** When its page is looked at again; null for never. */
    recheckAt: number | null;
    rechecks: Generated<number>;
    /** Since when its page has answered that there is none; null while it answers. */
    missingSince: number | null;
  };
  /** `feed:<id>`, or the way it came in. */
  articleSources: { articleId: string; source: string };
  /** Articles taken back before they were known. */
  takebacks: { articleId: string; at: number };
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
    /** Null for a digest, which holds many. */
    storyId: string | null;
    /** Which of a channel's messages about the story it is: empty for the post itself. */
    slot: string;
    /** Key of the delivery in whose thread it stands, or in whose message it is merged. */
    parent: string | null;
    wanted: string;
    shown: string | null;
    /** The story's version that `wanted` was made from. */
    version: number;
    manner: string;
    reasons: string;
    state: string;
    reason: string | null;
    attempts: number;
    dueAt: number;
    /** When it was planned, or became due anew: the order of a channel's posts. */
    queuedAt: number;
    firstAttemptAt: number | null;
    /** By the platform's own clock: what the last attempt of unknown end made is no older. */
    readBackFrom: Generated<number>;
    message: string | null;
    sentAt: number | null;
    token: string | null;
    leaseUntil: number | null;
  };
  views: { id: string; body: string };
  decisions: { kind: string; id: string; workspace: string; body: string };
  changes: {
    workspace: string;
    number: number;
    by: string;
    at: number;
    summary: string;
    edits: string;
    undoneBy: number | null;
  };
  /** Facts that a workspace's moderator took back, with the article's words they rested on as a JSON array. */
  withdrawals: {
    workspace: string;
    fact: string;
    articleId: string;
    text: string;
    evidence: string | null;
    by: string;
    at: number;
  };
  /** Reported facts, for the evaluation. */
  cases: { id: string; body: string; at: number };
  /** Limits by account: a workspace's or a channel's. Money is in millionths of the currency. */
  budgetLimits: {
    scope: string;
    dayTokens: number | null;
    monthTokens: number | null;
    dayMoney: number | null;
    monthMoney: number | null;
  };
  /** What calls in hand may cost, one row per account they count in. */
  budgetReservations: { id: string; scope: string; tokens: number; money: number; expiresAt: number };
  budgetSpent: { scope: string; period: string; tokens: number; money: number };
  budgetNotices: {
    scope: string;
    limitName: string;
    level: string;
    period: string;
    used: number;
    most: number;
    at: number;
  };
  /** Requests that are asked for together; gone once all of them are settled. */
  batches: {
    id: string;
    channel: string;
    state: string;
    remoteId: string | null;
    attempts: number;
    dueAt: number;
    createdAt: number;
    sentAt: number | null;
  };
  /** Briefs that batches ask for and that are not settled yet. */
  batchLines: {
    id: string;
    batchId: string;
    cacheKey: string;
    articleId: string;
    revision: number;
    length: string;
    language: string | null;
    most: string;
    memo: string;
    request: string;
  };
  /** What subscriptions are given once no line of it is open. */
  waitingStories: { subscriptionId: string; storyId: string; attempts: number; dueAt: number };
  /** The body is sealed with the operator's key. */
  calls: { id: string; receivedAt: number; finishedAt: number | null; body: string | null };
  /** Browsers that are signed in to the page, by the hash of their secret. */
  pageSessions: { id: string; agent: string | null; openedAt: number; expiresAt: number };
}

/** The database, or a transaction on it. */
export type Database = Kysely<Tables>;
