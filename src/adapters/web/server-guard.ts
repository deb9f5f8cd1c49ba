import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import ipaddr from "ipaddr.js";
import { refuse } from "./server-errors.ts";

const COOKIE = "lede_page";
const COOKIE_SECONDS = 90 * 86_400;

/** Whether only programs on this machine reach an address that is listened on. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (bare === "localhost") return true;
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === "loopback";
}

/**
 * On a loopback bind, lets only this machine's own names through: a foreign site that points its name at 127.0.0.1
 * (DNS rebinding) still sends its own name as Host.
 */
export function loopbackNamesOnly(): MiddlewareHandler {
  return async (context, next) => {
    const name = hostOf(`http://${context.req.header("host") ?? ""}`)?.hostname;
    if (name === undefined || !isLoopback(name))
      return refuse(context, {
        status: 403,
        code: "http/host",
        message: "Lede answers under localhost only. Open it at http://localhost and its port.",
      });
    return next();
  };
}

/**
 * Refuses what another site makes a browser send. hono's `csrf` looks at the content types of forms only; here every
 * write is checked. Hosts are compared without the scheme, since a proxy in front may end TLS.
 */
export function sameOriginWrites(): MiddlewareHandler {
  return async (context, next) => {
    const safe = context.req.method === "GET" || context.req.method === "HEAD";
    if (!safe && isForeign(context))
      return refuse(context, {
        status: 403,
        code: "http/origin",
        message: "That request came from another site.",
      });
    return next();
  };
}

/** Asks for the token: once as `?token=…`, which is then traded for a cookie so that it leaves the address bar. */
export function tokenNeeded(token: string): MiddlewareHandler {
  const pass = digest(`lede page ${token}`);
  return async (context, next) => {
    const given = context.req.query("token");
    if (given !== undefined && isSame(digest(`lede page ${given}`), pass)) return enter(context, pass);
    if (isSame(getCookie(context, COOKIE) ?? "", pass)) return next();
    return refuse(context, {
      status: 401,
      code: "http/token",
      message: "This page needs its token. Open the address that Lede printed when it started.",
    });
  };
}

function enter(context: Context, pass: string): Response {
  const secure = context.req.header("x-forwarded-proto") === "https";
  setCookie(context, COOKIE, pass, {
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    maxAge: COOKIE_SECONDS,
    secure,
  });
  return context.redirect(context.req.path, 303);
}

function isForeign(context: Context): boolean {
  const site = context.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const origin = context.req.header("origin");
  return origin !== undefined && hostOf(origin)?.host !== context.req.header("host");
}

function hostOf(url: string): URL | null {
  return URL.parse(url);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
