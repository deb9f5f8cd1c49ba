import { setTimeout as sleep } from "node:timers/promises";
import { App, HTTPReceiver, type Receiver } from "@slack/bolt";
import { AppError } from "#src/core/errors.ts";
import type { Log } from "#src/log.ts";
import { type Api, apiBase, type Me } from "./api.ts";
import { APP_TOKEN_SAY, toPlatformError } from "./errors.ts";
import { answerFailure, type Bridge } from "./http.ts";
import { quietLogger } from "./logger.ts";
import { holdSocket } from "./socket.ts";

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 60_000;

/** How Slack reaches Lede. */
export type SlackConnection = { kind: "socket"; appToken: string } | { kind: "http"; signingSecret: string };

export interface ConnectOptions {
  api: Api;
  botToken: string;
  connection: SlackConnection;
  apiUrl: string | null;
  log: Log;
  bridge: Bridge;
  signal: AbortSignal;
  /** Told each time the socket stands or is lost. */
  onSocket: (isUp: boolean) => void;
  /** Told when Slack takes no connection any more that once stood. */
  onRefused: (error: AppError) => void;
}

/** Who Lede is; waits out Slack's outages. Throws AppError `platform/bad-token`, where trying again can not help. */
export async function signIn({ api, log, signal }: ConnectOptions): Promise<Me> {
  return untilDone({ log, signal, what: "slack not reached" }, () => api.me(signal));
}

/**
 * Connects; over Socket Mode resolves when the first connection stands, from then on it is kept.
 * Returns what ends it. Throws AppError `platform/bad-token`.
 */
export async function connect(
  options: ConnectOptions,
  me: Me,
  listen: (app: App) => void,
): Promise<() => Promise<void>> {
  const { connection, log, bridge, signal } = options;
  if (connection.kind === "http") {
    const receiver = new HTTPReceiver({
      signingSecret: connection.signingSecret,
      logger: quietLogger(log),
      processEventErrorHandler: answerFailure,
    });
    listen(createApp(options, me, receiver));
    bridge.open(receiver.requestListener);
    return async () => bridge.close();
  }
  const supervision = { log, signal, what: "slack socket not connected" };
  return holdSocket({
    ...options,
    appToken: connection.appToken,
    createApp: (receiver) => {
      const app = createApp(options, me, receiver);
      listen(app);
      return app;
    },
    untilDone: (work) => untilDone(supervision, work).catch(asAppToken),
  });
}

/** What Slack refuses here is the app's token. */
function asAppToken(thrown: unknown): never {
  const error = toPlatformError(thrown);
  throw error.code === "platform/bad-token" ? new AppError(error.code, { say: APP_TOKEN_SAY }) : error;
}

function createApp({ botToken, apiUrl, log }: ConnectOptions, me: Me, receiver: Receiver): App {
  const app = new App({
    receiver,
    logger: quietLogger(log),
    clientOptions: apiBase(apiUrl),
    authorize: async () => ({ botToken, botId: me.bot_id, botUserId: me.user_id, teamId: me.team_id }),
  });
  app.error(async (error) =>
    log.error({ err: toPlatformError(error), reason: error.message }, "slack event not handled"),
  );
  return app;
}

interface Supervision {
  log: Log;
  signal: AbortSignal;
  what: string;
}

async function untilDone<Result>(
  { log, signal, what }: Supervision,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (thrown) {
      if (signal.aborted) throw new AppError("platform/unavailable");
      const error = toPlatformError(thrown);
      if (error.code === "platform/bad-token" || error.code === "platform/forbidden") throw error;
      const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt);
      log.warn({ attempt: attempt + 1, waitMs, err: error }, what);
      await sleep(waitMs, undefined, { signal }).catch(() => {
        throw new AppError("platform/unavailable");
      });
    }
  }
}
