import { lookup as dnsLookup } from "node:dns/promises";
import { Agent, request as sendRequest } from "undici";
import { AppError } from "#src/core/errors.ts";
import type { FetchPlace, FetchRight } from "#src/core/fetch-place.ts";
import {
  ignoreLateError,
  parseCacheControl,
  parseRetryAfter,
  statusError,
  toFetchError,
} from "./fetch-answer.ts";
import { readBody } from "./fetch-body.ts";
import { type Border, dispatcherFor, type FetchLimits, readableUrl } from "./fetch-border.ts";
import { guardedConnector, openConnector } from "./fetch-connect.ts";
import { postForm } from "./fetch-post.ts";

export interface FetchOptions {
  /** What may be read although private, by a moderator's right. */
  places: readonly FetchPlace[];
  userAgent: string;
  /** Addresses of a host name; the system's resolver when left out. */
  resolve?: (hostname: string) => Promise<readonly string[]>;
  limits?: Partial<FetchLimits>;
}

export interface FetchRequest {
  by: FetchRight;
  /** Validators of the copy at hand; the answer is `unchanged` when they still hold. */
  etag?: string | null;
  lastModified?: string | null;
  signal?: AbortSignal;
}

export interface FreshPage {
  kind: "fresh";
  /** Where the redirects ended. */
  url: string;
  status: number;
  contentType: string | null;
  body: Uint8Array;
  etag: string | null;
  lastModified: string | null;
  /** Seconds the answer may be reused (`max-age`); null when it does not say. */
  cacheControl: number | null;
  /** Seconds to wait before the next try; null when it does not say. */
  retryAfter: number | null;
  /** Where permanent redirects led; null when there were none. */
  movedTo: string | null;
  /** The `Link` header as it was sent. */
  link: string | null;
}

export type FetchedPage =
  | { kind: "unchanged"; cacheControl: number | null; movedTo: string | null }
  | FreshPage;

export interface PageFetcher {
  /** Throws AppError `fetch/*`; the signal's own reason when the caller aborts. */
  fetchPage: (url: string, request: FetchRequest) => Promise<FetchedPage>;
  /** Posts a form, to where a redirect that keeps the method leads. Throws as `fetchPage` does, also for an answer that is not 2xx. */
  postForm: (url: string, form: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<void>;
  close: () => Promise<void>;
}

const DEFAULT_LIMITS: FetchLimits = {
  deadlineMs: 15_000,
  headersMs: 10_000,
  connectMs: 5_000,
  maxBytes: 5 * 1024 * 1024,
  maxRedirects: 5,
};

/** Large content-security headers of news sites pass node's 16 KiB default. */
const MAX_HEADER_BYTES = 64 * 1024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** RFC 9110 section 15.4: these mean that the address itself has changed. */
const PERMANENT = new Set([301, 308]);
const ACCEPT =
  "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,application/json;q=0.8,text/plain;q=0.8,*/*;q=0.1";

interface Hop {
  url: URL;
  request: FetchRequest;
  signal: AbortSignal;
}

/**
 * A reader of public web pages. No request, first or redirected, reaches an address that is not public unless it
 * lies in one of the places and is made by a moderator's right: the address that was checked is the one that is dialled.
 */
export function createFetch(options: FetchOptions): PageFetcher {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const guard = { resolve: options.resolve ?? systemResolve, timeoutMs: limits.connectMs };
  const shared = {
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.headersMs,
    maxResponseSize: limits.maxBytes,
    maxHeaderSize: MAX_HEADER_BYTES,
  };
  const guarded = new Agent({ ...shared, connect: guardedConnector(guard) });
  const inside = new Agent({ ...shared, connect: openConnector(guard) });
  const open = { guarded, userAgent: options.userAgent, limits };
  const borders: Record<FetchRight, Border> = {
    member: { ...open, inside: null },
    moderator: { ...open, inside: { agent: inside, places: options.places } },
  };
  return {
    fetchPage: (url, request) => followRedirects(borders[request.by], url, request),
    // Hubs alone are sent forms, and a source names them.
    postForm: (url, form, signal) => postForm(borders.moderator, { url, form, signal }),
    close: async () => {
      await Promise.all([guarded.destroy(), inside.destroy()]);
    },
  };
}

async function followRedirects(border: Border, start: string, request: FetchRequest): Promise<FetchedPage> {
  const deadline = AbortSignal.timeout(border.limits.deadlineMs);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
  let url = readableUrl(start, undefined, border);
  let movedTo: string | null = null;
  let permanent = true;
  try {
    for (let hops = 0; hops <= border.limits.maxRedirects; hops += 1) {
      const answer = await readHop(border, { url, request, signal });
      if (!("location" in answer)) return { ...answer, movedTo };
      url = readableUrl(answer.location, url, border);
      // After a temporary redirect a permanent one speaks of an address that was only lent.
      permanent &&= PERMANENT.has(answer.status);
      if (permanent) movedTo = url.href;
    }
  } catch (error) {
    if (request.signal?.aborted === true) throw request.signal.reason;
    throw toFetchError(error, url);
  }
  throw new AppError("fetch/redirects", { details: { url: start, limit: border.limits.maxRedirects } });
}

interface Redirect {
  location: string;
  status: number;
}

async function readHop(border: Border, hop: Hop): Promise<FetchedPage | Redirect> {
  const { statusCode, headers, body } = await sendRequest(hop.url, {
    dispatcher: dispatcherFor(border, hop.url),
    signal: hop.signal,
    headers: requestHeaders(border.userAgent, hop.request),
  });
  const cacheControl = parseCacheControl(headers["cache-control"]);
  const retryAfter = parseRetryAfter(headers["retry-after"]);
  const location = headers.location;
  if (statusCode < 200 || statusCode >= 300) body.on("error", ignoreLateError).destroy();
  if (statusCode === 304) return { kind: "unchanged", cacheControl, movedTo: null };
  if (REDIRECTS.has(statusCode) && typeof location === "string") return { location, status: statusCode };
  if (statusCode < 200 || statusCode >= 300) {
    throw statusError({ status: statusCode, url: hop.url.href, retryAfter });
  }
  return {
    kind: "fresh",
    url: hop.url.href,
    status: statusCode,
    contentType: one(headers["content-type"]),
    body: await readBody(body, headers, border.limits.maxBytes),
    etag: one(headers.etag),
    lastModified: one(headers["last-modified"]),
    cacheControl,
    retryAfter,
    movedTo: null,
    link: all(headers.link),
  };
}

function requestHeaders(userAgent: string, request: FetchRequest): Record<string, string> {
  return {
    "user-agent": userAgent,
    accept: ACCEPT,
    "accept-encoding": "gzip, deflate, zstd",
    ...(request.etag ? { "if-none-match": request.etag } : {}),
    ...(request.lastModified ? { "if-modified-since": request.lastModified } : {}),
  };
}

async function systemResolve(hostname: string): Promise<string[]> {
  const answers = await dnsLookup(hostname, { all: true });
  return answers.map((answer) => answer.address);
}

/** RFC 9110 section 5.3: repeated headers are one list. */
function all(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header.join(", ") : header) ?? null;
}

function one(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}
