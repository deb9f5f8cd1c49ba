import { readFileSync } from "node:fs";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { etag } from "hono/etag";
import { streamSSE } from "hono/streaming";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import { AppError } from "#src/core/errors.ts";
import type { Store } from "#src/ports.ts";
import { BriefInput, type PageCalls } from "./page-calls.ts";
import { type PageEvent, type PageEvents, POSTS_SHOWN } from "./page-events.ts";
import { postCard } from "./page-view.ts";

interface PageApiOptions {
  store: Pick<Store, "posts">;
  events: PageEvents;
  calls: PageCalls;
}

const FILES = {
  "/": { name: "page.html", type: "text/html; charset=utf-8" },
  "/page.css": { name: "page.css", type: "text/css; charset=utf-8" },
  "/page.js": { name: "page.js", type: "text/javascript; charset=utf-8" },
  "/page-card.js": { name: "page-card.js", type: "text/javascript; charset=utf-8" },
  "/page-article.js": { name: "page-article.js", type: "text/javascript; charset=utf-8" },
  "/page-dom.js": { name: "page-dom.js", type: "text/javascript; charset=utf-8" },
} as const;

const MAX_BODY_BYTES = 1_048_576;
/** Shorter than the 60 s after which common reverse proxies cut a silent answer. */
const KEEP_ALIVE_MS = 25_000;
/** Events a page may be behind before it is cut off; it connects again by itself and reads everything anew. */
const MAX_UNSENT = 100;

/** Adds the page, its JSON and its event stream. Errors are thrown as AppError for the server to answer. */
export function addPageRoutes(app: Hono, { store, events, calls }: PageApiOptions): Hono {
  app.use("/api/posts", etag());
  app.get("/api/posts", async (context) => {
    const posts = await store.posts(CONSOLE_CHANNEL, POSTS_SHOWN);
    return context.json({ posts: posts.map(postCard) }, 200, { "Cache-Control": "no-cache" });
  });
  app.get("/api/events", (context) => stream(context, events));
  app.post("/api/brief", bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseSize }), async (context) => {
    const id = await calls.give(await readInput(context));
    return context.json({ id }, 202);
  });
  app.get("/api/brief/:id", (context) => {
    const event = calls.latest(context.req.param("id"));
    return event === null ? context.notFound() : context.json(event);
  });
  for (const [path, { name, type }] of Object.entries(FILES)) {
    const body = readFileSync(new URL(name, import.meta.url), "utf8");
    app.get(path, etag(), (context) =>
      context.body(body, 200, { "Content-Type": type, "Cache-Control": "no-cache" }),
    );
  }
  return app;
}

async function readInput(context: Context): Promise<BriefInput> {
  const raw: unknown = await context.req.json().catch(() => null);
  const parsed = BriefInput.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new AppError("command/bad-options", {
    say: issue?.message,
    details: field === "" ? {} : { field },
  });
}

/** The rest of the body is not read, so the connection can not carry another request. */
function refuseSize(context: Context): never {
  context.header("Connection", "close");
  throw new AppError("command/bad-options", {
    say: "The text is too long (the limit is 1 MB). Paste a part of it.",
  });
}

async function stream(context: Context, events: PageEvents): Promise<Response> {
  let send: ((event: PageEvent) => void) | null = null;
  const leave = await events.listen((event) => send?.(event));
  if (leave === null)
    throw new AppError("platform/unavailable", { say: "Too many pages are open. Close one and reload." });
  return streamSSE(context, async (sse) => {
    const gone = Promise.withResolvers<void>();
    let unsent = 0;
    const track = async (work: Promise<unknown>): Promise<void> => {
      unsent += 1;
      await work;
      unsent -= 1;
    };
    send = (event) => {
      if (unsent >= MAX_UNSENT) return gone.resolve();
      void track(sse.writeSSE({ event: event.kind, data: toData(event) }));
    };
    const beat = setInterval(() => void track(sse.write(": still here\n\n")), KEEP_ALIVE_MS);
    sse.onAbort(gone.resolve);
    // The first byte makes proxies pass the headers on, which is what tells the page that it is live.
    await sse.write(": hello\n\n");
    await gone.promise;
    clearInterval(beat);
    leave();
  });
}

function toData(event: PageEvent): string {
  return JSON.stringify(event.kind === "reply" ? event.reply : {});
}
