import { lookup as dnsLookup } from "node:dns/promises";
import { Agent, request as sendRequest } from "undici";
import { AppError } from "#src/core/errors.ts";
import { parseCacheControl, parseRetryAfter, toFetchError } from "./fetch-answer.ts";
import { readBody } from "./fetch-body.ts";
import { guardedConnector, portOf } from "./fetch-connect.ts";

export interface FetchLimits {
  /** Whole fetch, redirects and body included. */
  deadlineMs: number;
  /** Until the headers of one hop are in. */
  headersMs: number;
  /** Until a connection of one hop stands. */
  connectMs: number;
  /** Of the body, counted after decompression. */
  maxBytes: number;
  maxRedirects: number;
}

export interface FetchOptions {
  /** `host:port` that may be read although private, for a newsroom's own server. */
  allow: readonly string[];
  userAgent: string;
  /** Addresses of a host name; the system's resolver when left out. */
  resolve?: (hostname: string) => Promise<readonly string[]>;
  limits?: Partial<FetchLimits>;
}

export interface FetchRequest {
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
}

export type FetchedPage = { kind: "unchanged"; cacheControl: number | null } | FreshPage;

export interface PageFetcher {
  /** Throws AppError `fetch/*`; the signal's own reason when the caller aborts. */
  fetchPage: (url: string, request?: FetchRequest) => Promise<FetchedPage>;
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
const WEB_PORTS = new Set(["80", "443", "8080", "8443"]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const ACCEPT =
  "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,application/json;q=0.8,text/plain;q=0.8,*/*;q=0.1";

interface Hop {
  url: URL;
  request: FetchRequest;
  signal: AbortSignal;
}

interface Border {
  agent: Agent;
  allow: ReadonlySet<string>;
  userAgent: string;
  limits: FetchLimits;
}

/**
 * A reader of public web pages. No request, first or redirected, reaches an address that is not public unless its
 * `host:port` is in `allow`: the address that was checked is the one that is dialled.
 */
export function createFetch(options: FetchOptions): PageFetcher {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const allow = new Set(options.allow.map((entry) => entry.toLowerCase()));
  const agent = new Agent({
    connect: guardedConnector({
      allow,
      resolve: options.resolve ?? systemResolve,
      timeoutMs: limits.connectMs,
    }),
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.headersMs,
    maxResponseSize: limits.maxBytes,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  const border: Border = { agent, allow, userAgent: options.userAgent, limits };
  return {
    fetchPage: (url, request = {}) => followRedirects(border, url, request),
    close: () => agent.destroy(),
  };
}

async function followRedirects(border: Border, start: string, request: FetchRequest): Promise<FetchedPage> {
  const deadline = AbortSignal.timeout(border.limits.deadlineMs);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
  let url = readableUrl(start, undefined, border.allow);
  try {
    for (let hops = 0; hops <= border.limits.maxRedirects; hops += 1) {
      const answer = await readHop(border, { url, request, signal });
      if (!("location" in answer)) return answer;
      url = readableUrl(answer.location, url, border.allow);
    }
  } catch (error) {
    if (request.signal?.aborted === true) throw request.signal.reason;
    throw toFetchError(error, url);
  }
  throw new AppError("fetch/redirects", { details: { url: start, limit: border.limits.maxRedirects } });
}

async function readHop(border: Border, hop: Hop): Promise<FetchedPage | { location: string }> {
  const { statusCode, headers, body } = await sendRequest(hop.url, {
    dispatcher: border.agent,
    signal: hop.signal,
    headers: requestHeaders(border.userAgent, hop.request),
  });
  const cacheControl = parseCacheControl(headers["cache-control"]);
  const retryAfter = parseRetryAfter(headers["retry-after"]);
  const location = headers.location;
  if (statusCode < 200 || statusCode >= 300) body.on("error", ignoreLateError).destroy();
  if (statusCode === 304) return { kind: "unchanged", cacheControl };
  if (REDIRECTS.has(statusCode) && typeof location === "string") return { location };
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
  };
}

function requestHeaders(userAgent: string, request: FetchRequest): Record<string, string> {
  return {
    "user-agent": userAgent,
    accept: ACCEPT,
    "accept-encoding": "gzip, deflate, br, zstd",
    ...(request.etag ? { "if-none-match": request.etag } : {}),
    ...(request.lastModified ? { "if-modified-since": request.lastModified } : {}),
  };
}

function statusError(details: { status: number; url: string; retryAfter: number | null }): AppError {
  const { status } = details;
  if (status === 401 || status === 402 || status === 403)
    return new AppError("fetch/needs-login", { details });
  if (status === 404 || status === 410) return new AppError("fetch/not-found", { details });
  return new AppError("fetch/status", { details });
}

/** The URL of one hop, refused before anything is dialled when its form alone rules it out. */
function readableUrl(raw: string, base: URL | undefined, allow: ReadonlySet<string>): URL {
  const url = URL.parse(raw, base);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new AppError("fetch/not-public", { details: { reason: "scheme" } });
  }
  // Credentials in a link are a phishing form, and a fetch with them reads what the public does not see.
  if (url.username !== "" || url.password !== "") {
    throw new AppError("fetch/not-public", { details: { reason: "credentials", host: url.hostname } });
  }
  const port = portOf(url.protocol, url.port);
  if (!WEB_PORTS.has(port) && !allow.has(`${url.hostname}:${port}`)) {
    throw new AppError("fetch/not-public", { details: { reason: "port", host: url.hostname, port } });
  }
  url.hash = "";
  return url;
}

async function systemResolve(hostname: string): Promise<string[]> {
  const answers = await dnsLookup(hostname, { all: true });
  return answers.map((answer) => answer.address);
}

function one(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}

/** A body that is thrown away may still fail; nobody is left to hear it. */
function ignoreLateError(): void {}
