import { Writable } from "node:stream";
import { Hono } from "hono";
import type { WirePost } from "#src/adapters/console/page-wire.ts";
import { type ConsolePlatform, createConsole } from "#src/adapters/console/platform.ts";
import { composeRoutes, createWebServer, type WebServer } from "#src/adapters/web/server.ts";
import { type Newsdesk, openNewsdesk, SILENT } from "./newsdesk.ts";

/** The console over a newsdesk, not started, and its page on a free port of loopback. */
export interface Page {
  desk: Newsdesk;
  platform: ConsolePlatform;
  /** Without a slash at the end. */
  url: string;
  /** All that the terminal showed. */
  printed: () => string;
  send: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  posts: () => Promise<WirePost[]>;
  close: () => Promise<void>;
}

export async function openPage(): Promise<Page> {
  let printed = "";
  const out = new Writable({
    write: (chunk, _encoding, done) => {
      printed += String(chunk);
      done();
    },
  });
  const desk = await openNewsdesk();
  const platform = createConsole({
    store: desk.store,
    clock: () => new Date(),
    out,
    color: false,
    log: SILENT,
  });
  desk.deliverTo(platform);
  const server = await servePage(platform, 0);
  const { url } = server;
  return {
    desk,
    platform,
    url,
    printed: () => printed,
    send: (path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...headers },
        body: JSON.stringify(body),
      }),
    posts: async () => {
      const answer = await fetch(`${url}/api/posts`);
      const body = (await answer.json()) as { posts: WirePost[] };
      return body.posts;
    },
    close: async () => {
      await platform.stop();
      await server.close();
      await desk.store.close();
    },
  };
}

/** The platform's page as Lede serves it; port 0 is any that is free. */
export function servePage(platform: ConsolePlatform, port: number): Promise<WebServer> {
  const routes = composeRoutes({
    host: "127.0.0.1",
    publicUrl: null,
    log: SILENT,
    signed: [],
    open: [],
    sample: null,
    guard: (_context, next) => next(),
    page: [platform.pageRoutes(new Hono())],
  });
  return createWebServer({ host: "127.0.0.1", port, portTries: 1, log: SILENT }, routes);
}
