import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Context } from "hono";

const [before = "", , after = ""] = readFileSync(new URL("sign-in.html", import.meta.url), "utf8").split(
  /(<!-- tried -->)/,
);
const TRIED = `<p class="tried" role="alert">That address does not sign in, or no longer: it is good for 15 minutes, and only while the Lede that printed it runs.</p>`;

/** It carries its style in itself: nothing else is given to a stranger. */
const style = /<style>([\s\S]*?)<\/style>/.exec(before)?.[1] ?? "";
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`;

/** How to sign in. `tried`: an address was opened that does not do so, whatever the reason. */
export function signInPage(context: Context, { tried }: { tried: boolean }): Response | Promise<Response> {
  context.header("Content-Security-Policy", POLICY);
  context.header("Cache-Control", "no-store");
  return context.html(`${before}${tried ? TRIED : ""}${after}`, 401);
}
