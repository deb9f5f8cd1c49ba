import { readFileSync } from "node:fs";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { etag } from "hono/etag";
import { streamSSE } from "hono/streaming";
import type { z } from "zod";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import { AppError, toAppError } from "#src/core/errors.ts";
import { isStoreCode } from "#src/core/store-trouble.ts";
import type { ViewParts } from "#src/core/view-parts.ts";
import type { Store } from "#src/ports-store.ts";
import { BriefInput, CallInput, type PageCalls } from "./page-calls.ts";
import { CompleteInput } from "./page-complete.ts";
import { type PageEvent, type PageEvents, POSTS_SHOWN } from "./page-events.ts";
import type { PageFiles } from "./page-files.ts";
import { pageNotes } from "./page-notes.ts";
import type { PlatformRow } from "./page-platforms.ts";
import { type PostCard, postCards } from "./page-posts.ts";

interface PageApiOptions {
  store: ViewParts & Pick<Store, "posts" | "setting" | "trouble">;
  events: PageEvents;
  calls: PageCalls;
  files: PageFiles;
  states: () => PlatformRow[];
}

const SCRIPTS = [
  "page.js",
  "page-answers.js",
  "page-article.js",
  "page-ask.js",
  "page-card.js",
  "page-columns.js",
  "page-command.js",
  "page-dom.js",
  "page-fetch.js",
  "page-form.js",
  "page-give.js",
  "page-list.js",
  "page-reply.js",
  "page-sessions.js",
  "page-state.js",
];
const STYLES = ["page.css", "page-command.css", "page-state.css"];

const MAX_BODY_BYTES = 1_048_576;
const MAX_FILE_BYTES = 5_242_880;
/** Shorter than the 60 s after which common reverse proxies cut a silent answer. */
const KEEP_ALIVE_MS = 25_000;
/** Events a page may be behind before it is cut off; it connects again by itself and reads everything anew. */
const MAX_UNSENT = 100;

/** Adds the page, its JSON and its event stream. Errors are thrown as AppError for the server to answer. */
export function addPageRoutes(app: Hono, { store, events, calls, files, states }: PageApiOptions): Hono {
  app.use("/api/posts", etag());
  app.get("/api/posts", async (context) => {
    const list = { posts: await readablePosts(store), notes: await pageNotes(store) };
    return context.json(list, 200, { "Cache-Control": "no-cache" });
  });
  app.get("/api/state", (context) => context.json({ platforms: states() }));
  app.get("/api/events", (context) => stream(context, events));
  addCallRoutes(app, calls);
  const limited = bodyLimit({ maxSize: MAX_FILE_BYTES, onError: refuseFile });
  app.post("/api/files", limited, async (context) => {
    const id = files.add(new Uint8Array(await context.req.arrayBuffer()));
    return context.json({ id }, 201);
  });
  addPageFiles(app);
  return app;
}

/** None of a damaged store: what is wrong with it stands in the notes beside them. */
async function readablePosts(store: PageApiOptions["store"]): Promise<PostCard[]> {
  try {
    return await postCards(await store.posts(CONSOLE_CHANNEL, POSTS_SHOWN), store);
  } catch (thrown) {
    if (isStoreCode(toAppError(thrown).code)) return [];
    throw thrown;
  }
}

function addCallRoutes(app: Hono, calls: PageCalls): void {
  const limited = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseSize });
  app.post("/api/brief", limited, async (context) => {
    const id = await calls.brief(await readInput(context, BriefInput));
    return context.json({ id }, 202);
  });
  app.post("/api/calls", limited, async (context) => {
    const given = await calls.give(await readInput(context, CallInput));
    return given.kind === "form" ? context.json({ form: given.form }) : context.json({ id: given.id }, 202);
  });
  app.post("/api/complete", limited, async (context) =>
    context.json(await calls.complete(await readInput(context, CompleteInput))),
  );
  app.get("/api/calls/:id", (context) => {
    const event = calls.latest(context.req.param("id"));
    return event === null ? context.notFound() : context.json(event);
  });
}

function addPageFiles(app: Hono): void {
  const files = [
    { path: "/", name: "page.html", type: "text/html; charset=utf-8" },
    ...STYLES.map((name) => ({ path: `/${name}`, name, type: "text/css; charset=utf-8" })),
    ...SCRIPTS.map((name) => ({ path: `/${name}`, name, type: "text/javascript; charset=utf-8" })),
  ];
  for (const { path, name, type } of files) {
    const body = readFileSync(new URL(name, import.meta.url), "utf8");
    app.get(path, etag(), (context) =>
      context.body(body, 200, { "Content-Type": type, "Cache-Control": "no-cache" }),
    );
  }
}

async function readInput<Input>(context: Context, schema: z.ZodType<Input>): Promise<Input> {
  const raw: unknown = await context.req.json().catch(() => null);
  const parsed = schema.safeParse(raw);
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

function refuseFile(context: Context): never {
  context.header("Connection", "close");
  throw new AppError("command/bad-options", { say: "The file is too large (the limit is 5 MB)." });
}

async function stream(context: Context, events: PageEvents): Promise<Response> {
  let send: ((event: PageEvent) => void) | null = null;
  const leave = await events.listen((event) => send?.(event));
  if (leave === null)
    throw new AppError("platform/unavailable", { say: "Too many pages are open. Close one and reload." });
  // A proxy that collects an answer before it passes it on would hold all of this back; nginx does by default.
  context.header("X-Accel-Buffering", "no");
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
