import type { Hono } from "hono";
import pc from "picocolors";
import type { Logger } from "pino";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import type { Outcome } from "#src/core/delivery.ts";
import { toPlainText } from "#src/core/reply.ts";
import type { Clock, Finding, Platform } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { addPageRoutes } from "./page-api.ts";
import { createPageCalls } from "./page-calls.ts";
import { createPageEvents } from "./page-events.ts";
import { createPageFiles } from "./page-files.ts";
import { type PlatformRow, platformRows } from "./page-platforms.ts";
import { renderTerminal, renderTerminalUpdate, type TerminalOptions, USUAL_COLUMNS } from "./terminal.ts";

export interface ConsoleOptions {
  store: Pick<
    Store,
    "posts" | "setting" | "trouble" | "delivery" | "brief" | "article" | "revision" | "view"
  >;
  clock: Clock;
  /** The terminal that posts are printed on, whose `columns` are followed; null where nobody watches one. */
  out: (NodeJS.WritableStream & { columns?: number }) | null;
  color: boolean;
  log: Logger;
  /** The platforms beside it, whose state the page shows. */
  chats?: () => readonly Platform[];
}

export interface ConsolePlatform extends Platform {
  /** Adds the page, its API and its event stream to the app and returns it. */
  pageRoutes: (app: Hono) => Hono;
}

/** The local channel: the terminal Lede runs in, and a page in the browser. */
export function createConsole({
  store,
  clock,
  out,
  color,
  log,
  chats = () => [],
}: ConsoleOptions): ConsolePlatform {
  const openedAt = clock();
  const states = (): PlatformRow[] => platformRows(chats());
  const events = createPageEvents({ store, log, states });
  const calls = createPageCalls({ store, clock, events });
  const files = createPageFiles();
  const colors = pc.createColors(color);
  const terminal = (): TerminalOptions => ({ colors, columns: out?.columns ?? USUAL_COLUMNS });

  function print(render: () => string): void {
    out?.write(render());
    events.nudge();
  }

  return {
    name: "console",
    start: (inbound) => Promise.resolve(calls.open(inbound)),
    connection: () => ({ state: "connected", since: openedAt }),
    time: clock,
    post: ({ channel, key, reply }) => {
      if (channel !== CONSOLE_CHANNEL) return Promise.resolve(GONE);
      print(() => renderTerminal(reply, terminal()));
      return Promise.resolve({ kind: "sent", message: { channel, id: key } });
    },
    update: ({ message, reply }) => {
      if (message.channel !== CONSOLE_CHANNEL) return Promise.resolve(GONE);
      print(() => renderTerminalUpdate(reply, terminal()));
      return Promise.resolve({ kind: "sent", message });
    },
    // What a terminal has shown can not be read back; the ledger is the only memory there is.
    find: async ({ key }) => (await store.delivery(key))?.message ?? null,
    respond: async (request) => {
      request.signal.throwIfAborted();
      await calls.answer(request);
      return request.call.handle;
    },
    // Who sees the page runs Lede: everybody else is asked to sign in.
    standing: () => Promise.resolve({ role: "operator", why: "sits at the console" }),
    hasRole: () => Promise.resolve(false),
    readFile: async (file) => files.read(file),
    channelName: (channel) => Promise.resolve(channel === CONSOLE_CHANNEL ? "#main" : null),
    isInWorkspace: (channel) => Promise.resolve(channel === CONSOLE_CHANNEL),
    render: toPlainText,
    check: (channels) => Promise.resolve(channels.map(checkChannel)),
    stop: () => Promise.resolve(events.stop()),
    pageRoutes: (app) => addPageRoutes(app, { store, events, calls, files, states }),
  };
}

const GONE: Outcome = { kind: "failed", code: "platform/gone" };

function checkChannel(channel: string): Finding {
  if (channel === CONSOLE_CHANNEL)
    return {
      level: "ok",
      about: channel,
      text: "Briefs appear in this terminal and on the page.",
      advice: null,
    };
  return {
    level: "error",
    about: channel,
    text: "The console has no such channel.",
    advice: `Use ${CONSOLE_CHANNEL}.`,
  };
}
