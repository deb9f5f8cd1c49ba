import { timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { AppError } from "#src/core/errors.ts";
import { readSecret } from "./cookie.ts";
import { signInPage } from "./page.ts";
import type { Sessions } from "./sessions.ts";
import { digest } from "./tickets.ts";

/** Lets those through who are signed in. What streams to them ends with their session. */
export function signedInOnly(sessions: Sessions): MiddlewareHandler {
  return async (context, next) => {
    const session = await sessions.find(readSecret(context));
    if (session === null) return refuseStranger(context);
    await next();
    if (context.res.headers.get("content-type")?.startsWith("text/event-stream") === true)
      await endWithSession(context, sessions, session.id);
    return undefined;
  };
}

async function endWithSession(context: Context, sessions: Sessions, id: string): Promise<void> {
  const ended = sessions.ended(id);
  // It may have been ended while the stream was being opened.
  const isOpen = (await sessions.find(readSecret(context))) !== null;
  const signal = isOpen ? ended : AbortSignal.abort();
  context.res = new Response(
    context.res.body?.pipeThrough(new TransformStream(), { signal }) ?? null,
    context.res,
  );
}

interface MonitorOptions {
  sessions: Sessions;
  /** What a monitoring program sends as its bearer token; null where none was set. */
  token: string | null;
}

/** Lets a monitoring program through by its token, and whoever is signed in. */
export function monitorsOnly({ sessions, token }: MonitorOptions): MiddlewareHandler {
  return async (context, next) => {
    if (token !== null && isBearer(context, token)) return next();
    if ((await sessions.find(readSecret(context))) !== null) return next();
    context.header("WWW-Authenticate", "Bearer");
    throw new AppError("page/no-token");
  };
}

export function isBearer(context: Context, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  return given !== undefined && timingSafeEqual(Buffer.from(digest(given)), Buffer.from(digest(token)));
}

/** A person is shown how to sign in, a program is told. */
function refuseStranger(context: Context): Response | Promise<Response> {
  const isPerson = context.req.header("accept")?.includes("text/html") === true;
  if (!isPerson || context.req.path.startsWith("/api/")) throw new AppError("page/signed-out");
  return signInPage(context, { tried: false });
}
