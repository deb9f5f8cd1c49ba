import type { Hono } from "hono";
import type { ExtractedArticle } from "#src/core/article.ts";
import type { Role } from "#src/core/authority.ts";
import type { BatchSent, PreparedLine } from "#src/core/batch.ts";
import type { BriefDraft, BriefLength, Usage, WriterMark } from "#src/core/brief.ts";
import type { Channel, PlatformName } from "#src/core/channel.ts";
import type { Caller, Command, CommandCall } from "#src/core/command.ts";
import type { Connection } from "#src/core/connection.ts";
import type { MessageRef, Outcome } from "#src/core/delivery.ts";
import type { AppError } from "#src/core/errors.ts";
import type { ParsedFeed } from "#src/core/feed.ts";
import type { FetchRight } from "#src/core/fetch-place.ts";
import type { Choice, Form } from "#src/core/form.ts";
import type { ModelUse } from "#src/core/pricing.ts";
import type { Reply } from "#src/core/reply.ts";

export type Clock = () => Date;

// ---------------------------------------------------------------- web

export interface FetchRequest {
  url: string;
  by: FetchRight;
  etag?: string | null;
  lastModified?: string | null;
  signal?: AbortSignal;
}

export type Fetched =
  | { kind: "unchanged"; maxAgeSeconds: number | null; movedTo: string | null }
  | {
      kind: "fresh";
      /** Where the redirects ended. */
      url: string;
      contentType: string | null;
      body: Uint8Array;
      etag: string | null;
      lastModified: string | null;
      maxAgeSeconds: number | null;
      /** Where permanent redirects (301, 308) led; null when there were none. */
      movedTo: string | null;
      /** The `Link` header as it was sent. */
      link: string | null;
    };

/** Reads a public page within limits of size, time and redirects. Throws AppError `fetch/*`. */
export type FetchPage = (request: FetchRequest) => Promise<Fetched>;

/** Finds the article in a page's bytes. Throws AppError `article/*`. */
export type ReadArticle = (page: {
  body: Uint8Array;
  contentType: string | null;
  url: string;
}) => ExtractedArticle;

/** Reads a feed, however broken, as far as it can be read. Throws AppError `feed/page`, `feed/unreadable`. */
export type ReadFeed = (page: {
  body: Uint8Array;
  contentType: string | null;
  url: string;
  /** The `Link` header it came with. */
  link?: string | null;
}) => ParsedFeed;

/** A feed that was found, and what it held then. */
export interface FoundFeed {
  url: string;
  title: string | null;
  feed: ParsedFeed;
}

/**
 * The feeds of a site by the address of any of its pages, the likeliest first; a feed's own address finds itself. The
 * scheme may be left out. Read by a moderator's right. Throws AppError `feed/none` when there are none, and `fetch/*` for the page itself.
 */
export type FindFeeds = (url: string, signal: AbortSignal) => Promise<FoundFeed[]>;

/** The three ways text comes in from outside, as one thing to pass on. */
export interface Reader {
  fetchPage: FetchPage;
  readArticle: ReadArticle;
  readFeed: ReadFeed;
  findFeeds: FindFeeds;
  /** Reads a text as a person pastes it from a page. Throws AppError `article/*`. */
  readText: (text: string) => ExtractedArticle;
}

/** A request to a WebSub hub; what comes of it, the hub says by calling back. */
export interface HubRequest {
  hub: string;
  topic: string;
  callback: string;
  secret: string;
  leaseSeconds: number;
  signal: AbortSignal;
}

/** Throws AppError `fetch/*` when the hub did not take the request. */
export type AskHub = (request: HubRequest) => Promise<void>;

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
  /** The most it may take, in milliseconds, where that is less than the writer's own limit. */
  withinMs?: number;
  /** Asked before each call to a model; left out, nobody keeps count. */
  meter?: Meter;
  /** Told how far the writing is, in words for a reader; with it a model's answer is streamed. */
  progress?: (text: string) => void;
}

export interface Written {
  draft: BriefDraft;
  writer: WriterMark;
  prompt: string | null;
  usage: Usage;
  /** What a reader has to know of how it was written, from the writer's code and not from a model. */
  notes?: readonly string[];
}

/** Keeps a payer's spending on models within its budget. */
export interface Meter {
  /** Sets aside the most that a call may take. Throws AppError `writer/over-budget` when that would pass a limit. */
  reserve: (most: ModelUse) => Promise<MeterEntry>;
}

export interface MeterEntry {
  /** Ends the reservation with what the call took; null when it was refused and costs nothing. */
  settle: (use: ModelUse | null) => Promise<void>;
}

/** Produces drafts. Throws AppError `writer/*`, whose `details.usage` says what the failed calls cost. */
export interface Writer {
  name: WriterMark["name"];
  /** Names prompt and model for the cache: the same id and the same article need no second call. */
  id: string;
  /** The model that it asks; null for none. */
  model: string | null;
  write: (request: WriteRequest) => Promise<Written>;
}

/** What a batch brought for one of its lines. */
export interface BatchAnswer {
  id: string;
  /** What it took; null for nothing. */
  use: ModelUse | null;
  /** Null where it can not be used. */
  written: Written | null;
  /** How it ended, in one word. */
  outcome: string;
}

export type BatchFound =
  | { kind: "running" }
  /** Lines without an answer were not written, and cost nothing. `codes` say why a whole batch failed. */
  | { kind: "ended"; status: string; codes: string[]; answers: BatchAnswer[] };

/** Asks a model for many drafts at once, later and for less. All but `prepare` throw AppError `writer/*`. */
export interface BatchWriter {
  /** Of the writer whose briefs these are. */
  id: string;
  /** The requests for those that take one call and have room; the others are left out. */
  prepare: (wishes: readonly { id: string; request: WriteRequest }[]) => PreparedLine[];
  /** Starts a batch that carries the key. Never throws for what the server answers. */
  send: (batch: { key: string; lines: readonly PreparedLine[]; signal: AbortSignal }) => Promise<BatchSent>;
  /** Looks for the batch that carries the key among those made since then; null when there is none. */
  find: (batch: { key: string; since: Date; signal: AbortSignal }) => Promise<string | null>;
  collect: (batch: {
    remoteId: string;
    lines: readonly PreparedLine[];
    signal: AbortSignal;
  }) => Promise<BatchFound>;
  /** Calls it off; what is written by then can still be collected. */
  cancel: (remoteId: string, signal: AbortSignal) => Promise<void>;
  /** Deletes what the server keeps of it: requests hold articles. */
  discard: (remoteId: string, signal: AbortSignal) => Promise<void>;
}

/** Claims, each with the passages that are to bear it out. */
export interface JudgeRequest {
  claims: readonly { claim: string; passages: readonly string[] }[];
  signal: AbortSignal;
  /** The most it may take, in milliseconds, where that is less than the judge's own limit. */
  withinMs?: number;
  meter?: Meter;
}

export interface Judged {
  /** By claim, in the request's order: false where the passages do not bear it out. */
  supported: boolean[];
  usage: Usage;
}

/** A second look at what passed the rules. It can take away, never add. Throws AppError `writer/*`. */
export interface Judge {
  /** Names prompt and model for the cache. */
  id: string;
  judge: (request: JudgeRequest) => Promise<Judged>;
}

// ---------------------------------------------------------------- people

/** Counts what each person does in a time of so many seconds. */
export interface Rate {
  /** Counts one more and gives 0; or counts nothing and gives the milliseconds until it may be tried again. */
  take: (person: string) => Promise<number>;
  giveBack: (person: string) => Promise<void>;
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
  /** Look no further back than this, which is the platform's own time. */
  since: Date;
  signal: AbortSignal;
}

export interface RespondRequest {
  call: CommandCall;
  reply: Reply;
  /** "progress" may be shown and will be replaced; "final" is the answer. */
  stage: "progress" | "final";
  /** "asker": for nobody else's eyes where the platform can, though all would see the command's answer. */
  audience?: "asker";
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
  /** The platform takes no connection any more that once stood; `start` may be tried again later. */
  closed: (why: AppError) => void;
}

/** One thing `lede doctor` or the start found, good or bad, and what to do about it. */
export interface Finding {
  level: "ok" | "warning" | "error";
  about: string;
  text: string;
  /** What to do next; null when nothing needs doing. */
  advice: string | null;
}

/** What somebody is, and by what. */
export interface Standing {
  role: Role;
  /** For the operator's log. */
  why: string;
}

/** How a platform is asked who somebody is: `fresh` for an answer of now, since a kept one may outlive a lost role. */
export interface Asked {
  fresh: boolean;
  signal: AbortSignal;
}

export interface Platform {
  name: PlatformName;
  /** Requests it takes over HTTP, for Lede's one web server; each proves itself by its signature. */
  routes?: Hono;
  /** Connects and keeps the connection; resolves when the first stands. Throws AppError `platform/*`; may be called again then. */
  start: (inbound: Inbound) => Promise<void>;
  /** Whether it reaches Lede now; before the start it does not. */
  connection: () => Connection;
  /** What the platform's own clock says, by its last answer; null before the first. */
  time: () => Date | null;
  /** Posts a new message, once. Never throws for what the platform answers: that is the outcome. */
  post: (request: PostRequest) => Promise<Outcome>;
  /** Edits a message in place; safe to repeat. */
  update: (request: UpdateRequest) => Promise<Outcome>;
  /** Reads the channel back for a message of our own that carries the key. Throws AppError `platform/*`. */
  find: (request: FindRequest) => Promise<MessageRef | null>;
  /** What the platform itself makes of the caller where the call was given. Throws AppError `platform/*` when it does not say. */
  standing: (caller: Caller, asked: Asked) => Promise<Standing>;
  /** Whether the caller has the role (Discord) or is in the user group (Slack) with this id. */
  hasRole: (caller: Caller, role: string, asked: Asked) => Promise<boolean>;
  /** Reads a file that a person gave with a command, by the value of its option. Throws AppError `fetch/*`, `platform/*`. */
  readFile: (file: string, signal: AbortSignal) => Promise<Uint8Array>;
  /** The name a person sees for a channel, such as `#news`; null when it can not be told. */
  channelName: (channel: Channel, signal: AbortSignal) => Promise<string | null>;
  /** Whether a channel is one of its workspace that Lede can see. Throws AppError `platform/*` when the platform does not say. */
  isInWorkspace: (channel: Channel, signal: AbortSignal) => Promise<boolean>;
  /** Shows the one reply to a call, replacing what it showed before. Returns the call's handle, which may have grown. */
  respond: (request: RespondRequest) => Promise<string>;
  /** The exact payload `post` would send, for `lede brief --as`. */
  render: (reply: Reply) => unknown;
  /** Checks token, scopes, intents and the permissions in the given channels. */
  check: (channels: readonly Channel[]) => Promise<Finding[]>;
  stop: () => Promise<void>;
}
