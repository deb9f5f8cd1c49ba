import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { SESSION_SECONDS } from "./sessions.ts";

const NAME = "lede_session";

export function readSecret(context: Context): string | null {
  return getCookie(context, NAME) ?? null;
}

/** Lax and not strict: a link to the page from a chat or a mail has to find its reader signed in. */
export function keepSecret(context: Context, secret: string, publicUrl: URL | null): void {
  setCookie(context, NAME, secret, {
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    maxAge: SESSION_SECONDS,
    secure: isBehindTls(context, publicUrl),
  });
}

export function forgetSecret(context: Context): void {
  deleteCookie(context, NAME, { path: "/" });
}

/** TLS is ended by a proxy: it says so, or the operator did for the name that was asked. */
function isBehindTls(context: Context, publicUrl: URL | null): boolean {
  if (context.req.header("x-forwarded-proto") === "https") return true;
  return publicUrl?.protocol === "https:" && publicUrl.host === context.req.header("host");
}
