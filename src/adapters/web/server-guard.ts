import type { Context, MiddlewareHandler } from "hono";
import ipaddr from "ipaddr.js";
import { refuse } from "./server-errors.ts";

/** Whether only programs on this machine reach an address that is listened on. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (bare === "localhost") return true;
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === "loopback";
}

/**
 * On a loopback bind, lets only this machine's own names through, and the name that the operator gave it: a foreign site
 * that points its name at 127.0.0.1 (DNS rebinding) still sends its own name as Host.
 */
export function ownNamesOnly(publicUrl: URL | null): MiddlewareHandler {
  return async (context, next) => {
    const name = hostOf(`http://${context.req.header("host") ?? ""}`)?.hostname;
    if (name === undefined || !(isLoopback(name) || name === publicUrl?.hostname))
      return refuse(context, {
        status: 403,
        code: "http/host",
        message:
          "Lede answers under localhost and the name in LEDE_PUBLIC_URL only. Open it at http://localhost and its port.",
      });
    return next();
  };
}

/**
 * Refuses what another site makes a browser send. hono's `csrf` looks at the content types of forms only; here every
 * write is checked. What the browser itself says of the sender counts first: a proxy in front may have replaced Host.
 * Else hosts are compared, without the scheme, since a proxy may end TLS.
 */
export function sameOriginWrites(publicUrl: URL | null): MiddlewareHandler {
  return async (context, next) => {
    const safe = context.req.method === "GET" || context.req.method === "HEAD";
    if (!safe && isForeign(context, publicUrl))
      return refuse(context, {
        status: 403,
        code: "http/origin",
        message: "That request came from another site.",
      });
    return next();
  };
}

function isForeign(context: Context, publicUrl: URL | null): boolean {
  const site = context.req.header("sec-fetch-site");
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const origin = context.req.header("origin");
  if (origin === undefined) return false;
  const from = hostOf(origin)?.host;
  return from === undefined || (from !== context.req.header("host") && from !== publicUrl?.host);
}

function hostOf(url: string): URL | null {
  return URL.parse(url);
}
