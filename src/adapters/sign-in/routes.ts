import { Hono } from "hono";
import { AppError } from "#src/core/errors.ts";
import type { PageSession } from "#src/core/page-session.ts";
import { browserName } from "./browser-name.ts";
import { forgetSecret, keepSecret, readSecret } from "./cookie.ts";
import { isBearer } from "./guard.ts";
import { signInPage } from "./page.ts";
import type { Sessions } from "./sessions.ts";
import type { Tickets } from "./tickets.ts";

export const SIGN_IN_PATH = "/sign-in";
export const TICKETS_PATH = "/sign-in/tickets";

interface SignInOptions {
  sessions: Sessions;
  tickets: Tickets;
  /** Proves that a request comes from who can read the data folder. */
  key: string;
  publicUrl: URL | null;
}

/** What a stranger may ask: to be let in by a ticket, and, as the operator, for a ticket. */
export function createSignIn({ sessions, tickets, key, publicUrl }: SignInOptions): Hono {
  const app = new Hono();
  app.get(SIGN_IN_PATH, async (context) => {
    const ticket = context.req.query("ticket");
    const isSignedIn = (await sessions.find(readSecret(context))) !== null;
    if (!isSignedIn) {
      if (ticket === undefined || !tickets.isGood(ticket))
        return signInPage(context, { tried: ticket !== undefined });
      keepSecret(context, await sessions.open(context.req.header("user-agent") ?? null), publicUrl);
    }
    context.header("Cache-Control", "no-store");
    // The ticket leaves the address bar.
    return context.redirect("/", 303);
  });
  app.post(TICKETS_PATH, (context) => {
    if (!isBearer(context, key)) throw new AppError("page/signed-out");
    return context.json({ ticket: tickets.issue() }, 201);
  });
  return app;
}

/** A session as the page lists it. */
export interface SessionRow {
  id: string;
  browser: string;
  openedAt: Date;
  /** Whether it is the session of who asks. */
  own: boolean;
}

/** What those who are signed in may ask of their sessions. */
export function createSessionRoutes(sessions: Sessions): Hono {
  const app = new Hono();
  app.get("/api/sessions", async (context) => {
    const own = await sessions.find(readSecret(context));
    const rows = (await sessions.list()).map((session) => toRow(session, own));
    return context.json({ sessions: rows });
  });
  app.delete("/api/sessions/:id", async (context) => {
    const own = await sessions.find(readSecret(context));
    const id = context.req.param("id");
    await sessions.end(id);
    if (id === own?.id) forgetSecret(context);
    return context.body(null, 204);
  });
  app.delete("/api/sessions", async (context) => {
    for (const { id } of await sessions.list()) await sessions.end(id);
    forgetSecret(context);
    return context.body(null, 204);
  });
  return app;
}

function toRow({ id, agent, openedAt }: PageSession, own: PageSession | null): SessionRow {
  return { id, browser: browserName(agent), openedAt, own: id === own?.id };
}
