import { setTimeout as sleep } from "node:timers/promises";
import { type App, type Receiver, SocketModeReceiver } from "@slack/bolt";
import { z } from "zod";
import type { AppError } from "#src/core/errors.ts";
import type { Log } from "#src/log.ts";
import { apiBase } from "./api.ts";
import { toPlatformError } from "./errors.ts";
import { quietLogger } from "./logger.ts";

/** A process that stands still for a while has heard no pong either: its connection is not given up for that. */
const PING_TIMEOUT_MS = 10_000;
/** A connection that is given up may take half a minute to close: another one is opened meanwhile. */
const LOOK_EVERY_MS = 500;
/** What came by a connection is acknowledged by it, within the 3 s that Slack gives. */
const LINGER_MS = 3_000;
const CLOSE_WITHIN_MS = 2_000;

export interface SocketOptions {
  appToken: string;
  apiUrl: string | null;
  log: Log;
  /** An app that listens to what comes by the receiver. */
  createApp: (receiver: Receiver) => App;
  /** Tries until it is done; throws AppError where trying again can not help, and when Lede stops. */
  untilDone: (work: () => Promise<void>) => Promise<void>;
  /** Told each time the first connection stands, or the last is lost. */
  onSocket: (isUp: boolean) => void;
  /** Told when Slack takes no connection any more. */
  onRefused: (error: AppError) => void;
  signal: AbortSignal;
}

interface Line {
  app: App;
  receiver: SocketModeReceiver;
  /** Whether another one is being opened in its place. */
  isReplaced: boolean;
}

/**
 * Holds a connection over Socket Mode; resolves with what ends it when the first stands. Slack says ahead when it is
 * going to close one: the next is open before that, since a command that finds none is lost.
 */
export async function holdSocket(options: SocketOptions): Promise<() => Promise<void>> {
  const { log, onRefused, onSocket, signal, untilDone } = options;
  const lines = new Set<Line>();
  let isUp = false;
  let isOver = false;

  function look(): void {
    if (isOver) return;
    for (const line of lines) if (!isActive(line)) lose(line);
    if (isUp !== lines.size > 0) onSocket((isUp = lines.size > 0));
  }

  function lose(line: Line): void {
    if (lines.delete(line)) replace(line);
  }

  function replace(line: Line): void {
    if (line.isReplaced || isOver || signal.aborted) return;
    line.isReplaced = true;
    untilDone(open).then(
      () => leave(line),
      (thrown: unknown) => {
        if (!isOver && !signal.aborted) onRefused(toPlatformError(thrown));
      },
    );
  }

  async function leave(line: Line): Promise<void> {
    await sleep(LINGER_MS, undefined, { ref: false });
    lines.delete(line);
    await close(line);
  }

  async function open(): Promise<void> {
    const receiver = createReceiver(options, () => replace(line));
    const line: Line = { app: options.createApp(receiver), receiver, isReplaced: false };
    receiver.client.on("close", look);
    await line.app.start();
    if (isOver) return close(line);
    lines.add(line);
    look();
    log.debug({ connections: lines.size }, "slack socket open");
  }

  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  const end = async (): Promise<void> => {
    isOver = true;
    clearInterval(timer);
    await Promise.all([...lines].map(close));
  };
  await untilDone(open).catch(async (thrown: unknown) => {
    await end();
    throw thrown;
  });
  return end;
}

const Goodbye = z.object({ type: z.literal("disconnect") });

function createReceiver({ apiUrl, appToken, log }: SocketOptions, onGoodbye: () => void): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: quietLogger(log),
    clientPingTimeout: PING_TIMEOUT_MS,
    // It would close first and open again seconds later.
    autoReconnectEnabled: false,
    // Bolt passes `installerOptions.clientOptions` on to the socket's own client.
    installerOptions: { clientOptions: { ...apiBase(apiUrl), retryConfig: { retries: 0 } } },
  });
  const { client } = receiver;
  const readers = client.listeners("ws_message");
  client.off("ws_message");
  // The library closes as soon as Slack says that it is going to.
  client.on("ws_message", (data: unknown, ...rest: unknown[]) => {
    if (isGoodbye(data)) onGoodbye();
    else for (const read of readers) read.call(client, data, ...rest);
  });
  return receiver;
}

function isGoodbye(data: unknown): boolean {
  if (typeof data !== "string") return false;
  try {
    return Goodbye.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}

function isActive({ receiver }: Line): boolean {
  return receiver.client.websocket?.isActive() ?? false;
}

async function close({ app }: Line): Promise<void> {
  const timer = new AbortController();
  const late = sleep(CLOSE_WITHIN_MS, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([app.stop().catch(() => undefined), late]);
  timer.abort();
}
