import type { Hono } from "hono";
import type { Article, Entry, ExtractedArticle, Revision, Story } from "#src/core/article.ts";
import type { Brief, BriefDraft, BriefLength, Usage, WriterMark } from "#src/core/brief.ts";
import type { Channel, PlatformName } from "#src/core/channel.ts";
import type { Caller, Command, CommandCall } from "#src/core/command.ts";
import type { Delivery, MessageRef, Outcome, Settled } from "#src/core/delivery.ts";
import type { Feed } from "#src/core/feed.ts";
import type { Choice, Form } from "#src/core/form.ts";
import type { Reply } from "#src/core/reply.ts";

export type Clock = () => Date;

// ---------------------------------------------------------------- web

export interface FetchRequest {
  url: string;
  etag?: string | null;
  lastModified?: string | null;
  signal?: AbortSignal;
}

export type Fetched =
  | { kind: "unchanged"; maxAgeSeconds: number | null }
  | {
      kind: "fresh";
      /** Where the redirects ended. */
      url: string;
      contentType: string | null;
      body: Uint8Array;
      etag: string | null;
      lastModified: string | null;
      maxAgeSeconds: number | null;
    };

/** Reads a public page within limits of size, time and redirects. Throws AppError `fetch/*`. */
export type FetchPage = (request: FetchRequest) => Promise<Fetched>;

/** Finds the article in a page's bytes. Throws AppError `article/*`. */
export type ReadArticle = (page: {
  body: Uint8Array;
  contentType: string | null;
  url: string;
}) => ExtractedArticle;

export interface FeedEntry {
  guid: string;
  url: string | null;
  title: string | null;
  content: string | null;
  author: string | null;
  publishedAt: Date | null;
  updatedAt: Date | null;
}

export interface ParsedFeed {
  title: string | null;
  site: string | null;
  /** The feed's own wish for the time between polls (RSS ttl, sy:updatePeriod), in seconds. */
  ttlSeconds: number | null;
  hub: string | null;
  entries: FeedEntry[];
}

/** Reads a feed, however broken, as far as it can be read. Throws AppError `feed/unreadable`. */
export type ReadFeed = (page: { body: Uint8Array; contentType: string | null; url: string }) => ParsedFeed;

/** The three ways text comes in from outside, as one thing to pass on. */
export interface Reader {
  fetchPage: FetchPage;
  readArticle: ReadArticle;
  readFeed: ReadFeed;
  /** Reads a text as a person pastes it from a page. Throws AppError `article/*`. */
  readText: (text: string) => ExtractedArticle;
}

// ---------------------------------------------------------------- writers

export interface WriteRequest {
  title: string;
  byline: string | null;
  site: string | null;
  publishedAt: Date | null;
  /** Language of the article, BCP-47. */
  articleLanguage: string;
  paragraphs: readonly string[];
  length: BriefLength;
  /** Language to write in, BCP-47. */
  language: string;
  signal: AbortSignal;
}

export interface Written {
  draft: BriefDraft;
  writer: WriterMark;
  prompt: string | null;
  usage: Usage;
}

/** Produces drafts. Throws AppError `writer/*`, whose `details.usage` says what the failed calls cost. */
export interface Writer {
  name: WriterMark["name"];
  /** Names prompt and model for the cache: the same id and the same article need no second call. */
  id: string;
  write: (request: WriteRequest) => Promise<Written>;
}

// ---------------------------------------------------------------- platforms

/** What a post is besides its words. */
export interface PostManner {
  /** The message in whose thread it stands; null for the channel itself. */
  thread?: MessageRef | null;
  /** Role (Discord) or user group (Slack) to call, by the platform's id; at most one. An edit shows it and calls nobody. */
  mention?: string | null;
  /** Hand it on to the channels that follow an announcement channel; nothing elsewhere. */
  crosspost?: boolean;
}

export interface PostRequest extends PostManner {
  channel: Channel;
  /** The delivery's idempotency key, carried by the message so that it can be found again. */
  key: string;
  reply: Reply;
  signal: AbortSignal;
}

export interface UpdateRequest extends Pick<PostManner, "mention" | "crosspost"> {
  message: MessageRef;
  reply: Reply;
  signal: AbortSignal;
}

export interface FindRequest extends Pick<PostManner, "thread"> {
  channel: Channel;
  key: string;
  /** Look no further back than this. */
  since: Date;
  signal: AbortSignal;
}

export interface RespondRequest {
  call: CommandCall;
  reply: Reply;
  /** "progress" may be shown and will be replaced; "final" is the answer. */
  stage: "progress" | "final";
  signal: AbortSignal;
}

/** What a platform does with what arrives. `received` resolves once the call is stored; only then may it be acknowledged. */
export interface Inbound {
  commands: readonly Command[];
  /** False when this call was already received: acknowledge it and do nothing else. */
  received: (call: CommandCall) => Promise<boolean>;
  /** The form to open in place of running the call; null to store and run it. Answers within a second, errors included. */
  form: (call: CommandCall) => Promise<Form | null>;
  /** Completions for an option that is being typed; empty where nothing fits or something fails. */
  suggest: (call: CommandCall, option: { name: string; typed: string }) => Promise<Choice[]>;
  /** Lede was removed from a channel, or (channel null) from a whole workspace; or the channel is no more. */
  removed: (place: { platform: PlatformName; workspace: string; channel: Channel | null }) => Promise<void>;
}

/** One thing `lede doctor` or the start found, good or bad, and what to do about it. */
export interface Finding {
  level: "ok" | "warning" | "error";
  about: string;
  text: string;
  /** What to do next; null when nothing needs doing. */
  advice: string | null;
}

export interface Platform {
  name: PlatformName;
  /** Requests it takes over HTTP, for Lede's one web server; each proves itself by its signature. */
  routes?: Hono;
  /** Connects and keeps the connection; resolves when the first connection stands. Throws AppError `platform/*`. */
  start: (inbound: Inbound) => Promise<void>;
  /** Posts a new message, once. Never throws for what the platform answers: that is the outcome. */
  post: (request: PostRequest) => Promise<Outcome>;
  /** Edits a message in place; safe to repeat. */
  update: (request: UpdateRequest) => Promise<Outcome>;
  /** Reads the channel back for a message of our own that carries the key. Throws AppError `platform/*`. */
  find: (request: FindRequest) => Promise<MessageRef | null>;
  /** Whether the platform itself makes the caller a moderator where the call was given: an administrator, or who made the channel. */
  isModerator: (caller: Caller, signal: AbortSignal) => Promise<boolean>;
  /** Reads a file that a person gave with a command, by the value of its option. Throws AppError `fetch/*`, `platform/*`. */
  readFile: (file: string, signal: AbortSignal) => Promise<Uint8Array>;
  /** The name a person sees for a channel, such as `#news`; null when it can not be told. */
  channelName: (channel: Channel, signal: AbortSignal) => Promise<string | null>;
  /** Shows the one reply to a call, replacing what it showed before. Returns the call's handle, which may have grown. */
  respond: (request: RespondRequest) => Promise<string>;
  /** The exact payload `post` would send, for `lede brief --as`. */
  render: (reply: Reply) => unknown;
  /** Checks token, scopes, intents and the permissions in the given channels. */
  check: (channels: readonly Channel[]) => Promise<Finding[]>;
  stop: () => Promise<void>;
}

// ---------------------------------------------------------------- store

/** A delivery somebody may work on until the lease ends. */
export interface Claimed {
  delivery: Delivery;
  /** True when an earlier attempt may have posted: read back first. */
  uncertain: boolean;
  token: string;
}

/** An entry waiting to be ingested. */
export interface QueuedEntry {
  id: string;
  entry: Entry;
  attempts: number;
  token: string;
}

/** All a rendered post is made from. */
export interface Post {
  delivery: Delivery;
  brief: Brief;
  article: Article;
  revision: Revision;
}

export type WebhookResult = { kind: "accepted" | "replay"; entryId: string } | { kind: "conflict" };

/** What `saveArticle` is given: the article as read now. The store decides whether it is new, revised or the same. */
export interface SaveArticle {
  /** From `articleId`: canonical URL, or hash of a pasted text. */
  id: string;
  url: string | null;
  extracted: ExtractedArticle;
  visibility: Article["visibility"];
  hash: string;
  now: Date;
  /** Called with the latest revision when the hash differs; what it returns is stored with the new revision. */
  compare: (before: Revision) => Revision["change"];
}

export type SavedArticle = { kind: "new" | "revised" | "same"; article: Article; revision: Revision };

/** Speaks in use cases; each method is one transaction. */
export interface Store {
  /** Marks what a dead process left in work: `sending` becomes `uncertain`, leased entries become due. Call once before any work. */
  recover: (now: Date) => Promise<void>;

  // entries
  /** Queues an entry; false when the same source's guid with the same content was queued before. */
  addEntry: (entry: Entry, now: Date) => Promise<boolean>;
  /** Queues a webhook's entry under its id; a replay of the same body answers as before, another body is a conflict. */
  addWebhook: (message: { id: string; bodyHash: string; entry: Entry; now: Date }) => Promise<WebhookResult>;
  claimEntry: (now: Date) => Promise<QueuedEntry | null>;
  /** Ends the work on an entry: done, tried again at a time, or given up with an error code. Only with the claim's token. */
  settleEntry: (
    queued: QueuedEntry,
    result: { kind: "done" } | { kind: "retry"; at: Date; code: string } | { kind: "dead"; code: string },
  ) => Promise<void>;

  // feeds
  addFeed: (feed: { url: string; now: Date; baseline: boolean }) => Promise<Feed>;
  /** Stops polling an address; what came from it stays. */
  removeFeed: (url: string) => Promise<void>;
  dueFeeds: (now: Date, limit: number) => Promise<Feed[]>;
  /** Stores a poll's result: the feed's new state and the entries not seen before, in one transaction. Returns how many were queued. */
  savePoll: (feed: Feed, entries: readonly Entry[], now: Date) => Promise<number>;

  // articles and briefs
  saveArticle: (input: SaveArticle) => Promise<SavedArticle>;
  article: (id: string) => Promise<Article | null>;
  revision: (articleId: string, number: number) => Promise<Revision | null>;
  story: (id: string) => Promise<Story | null>;
  findBrief: (cacheKey: string) => Promise<Brief | null>;
  brief: (id: string) => Promise<Brief | null>;
  saveBrief: (cacheKey: string, brief: Brief) => Promise<void>;

  // deliveries
  /**
   * Owes the brief to each channel: a new delivery, or an edit of the one the story already has there. With `skip` the
   * new deliveries are stored as skipped for that reason. Safe to repeat.
   */
  publish: (input: {
    brief: Brief;
    storyId: string;
    channels: readonly Channel[];
    skip: string | null;
    now: Date;
  }) => Promise<Delivery[]>;
  /** The next delivery that is due on one of the platforms, oldest first; never two of one channel at a time. */
  claimDelivery: (now: Date, platforms: readonly PlatformName[]) => Promise<Claimed | null>;
  /** False when the lease was lost meanwhile: nothing is changed then. */
  settleDelivery: (claimed: Claimed, settled: Settled) => Promise<boolean>;
  delivery: (key: string) => Promise<Delivery | null>;
  /** A channel's posts that were sent, newest first. */
  posts: (channel: Channel, limit: number) => Promise<Post[]>;

  // commands
  /** Keeps a call until it is answered; false when its id was received before. */
  receiveCall: (call: CommandCall) => Promise<boolean>;
  /** Stores where the answer is shown now. */
  saveCallHandle: (call: CommandCall) => Promise<void>;
  finishCall: (id: string, now: Date) => Promise<void>;
  /** Calls that were received and not answered since the given time. */
  openCalls: (since: Date) => Promise<CommandCall[]>;

  // settings and health
  setting: (name: string) => Promise<string | null>;
  saveSetting: (name: string, value: string) => Promise<void>;
  /** Rows per state, for metrics and the health page. */
  counts: () => Promise<{
    articles: number;
    briefs: number;
    entries: Record<string, number>;
    deliveries: Record<string, number>;
  }>;
  close: () => Promise<void>;
}
