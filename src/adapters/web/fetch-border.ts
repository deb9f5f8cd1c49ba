import type { Agent } from "undici";
import { AppError } from "#src/core/errors.ts";
import { type FetchPlace, isIn } from "#src/core/fetch-place.ts";
import { portOf } from "./fetch-connect.ts";

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

/** What stands between a request and the network. */
export interface Border {
  /** Dials public addresses only. */
  guarded: Agent;
  /**
   * Dials any address, for these places; null for whoever has no right to them. Its connections are its own, so that none is
   * used for what lies elsewhere.
   */
  inside: { agent: Agent; places: readonly FetchPlace[] } | null;
  userAgent: string;
  limits: FetchLimits;
}

const WEB_PORTS = new Set(["80", "443", "8080", "8443"]);

/** The URL of one hop, refused before anything is dialled when its form alone rules it out. */
export function readableUrl(raw: string, base: URL | undefined, border: Border): URL {
  const url = URL.parse(raw, base);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new AppError("fetch/not-public", { details: { reason: "scheme" } });
  }
  // Credentials in a link are a phishing form, and a fetch with them reads what the public does not see.
  if (url.username !== "" || url.password !== "") {
    throw new AppError("fetch/not-public", { details: { reason: "credentials", host: url.hostname } });
  }
  const port = portOf(url.protocol, url.port);
  if (!WEB_PORTS.has(port) && dispatcherFor(border, url) === border.guarded) {
    throw new AppError("fetch/not-public", { details: { reason: "port", host: url.hostname, port } });
  }
  url.hash = "";
  return url;
}

/** What dials for one hop, by its whole address. */
export function dispatcherFor({ guarded, inside }: Border, url: URL): Agent {
  return inside !== null && isIn(inside.places, url) ? inside.agent : guarded;
}
