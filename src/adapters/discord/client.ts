import { setTimeout as sleep } from "node:timers/promises";
import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  Partials,
  SimpleShardingStrategy,
  type WebSocketOptions,
  WebSocketShardStatus,
} from "discord.js";
import { AppError } from "#src/core/errors.ts";
import type { Log } from "#src/log.ts";
import { BAD_TOKEN_SAY } from "./errors.ts";

/** None of these is privileged: what mentions Lede is sent to it with its text without the message content intent. */
const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
] as const;

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 60_000;

/** A close waits this long for a connection that is just being made. */
const CLOSE_WITHIN_MS = 1_000;
const CLOSE_LOOK_MS = 25;

const INTENTS_SAY =
  "Discord refused the gateway intents (server messages, direct messages). Open discord.com/developers/applications, choose your application, then Bot, and check that it is neither disabled nor under review.";
const SHARDING_SAY =
  "This bot is in more than 2 500 servers, which needs sharding; Lede does not shard. Use an application of its own for Lede.";

/** Close codes after which discord.js gives up for good (gateway reference, "Close Event Codes"), in words. */
const FATAL_CLOSES = new Map<number, AppError>([
  [GatewayCloseCodes.AuthenticationFailed, badToken()],
  [GatewayCloseCodes.ShardingRequired, new AppError("platform/forbidden", { say: SHARDING_SAY })],
  [GatewayCloseCodes.InvalidIntents, new AppError("platform/forbidden", { say: INTENTS_SAY })],
  [GatewayCloseCodes.DisallowedIntents, new AppError("platform/forbidden", { say: INTENTS_SAY })],
]);

export interface GatewayOptions {
  token: string;
  apiUrl: string | null;
  log: Log;
  /** Adds the listeners for what people do; called before each login, so that none is missed. */
  listen: (client: Client) => void;
  signal: AbortSignal;
}

export interface Gateway {
  client: Client<true>;
  /** Resolves when Discord closed the connection for good, with why. */
  ended: Promise<AppError>;
  close: () => Promise<void>;
}

/**
 * A client whose first connection stands; from then on it reconnects by itself. Discord's outages are waited out, since
 * `login` itself gives up after three attempts. Throws AppError `platform/bad-token` or `platform/forbidden`, where
 * trying again can not help, and `platform/unavailable` when the signal ends the waiting.
 */
export async function connectGateway(options: GatewayOptions): Promise<Gateway> {
  const { log, signal } = options;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await logIn(options);
    } catch (thrown) {
      if (thrown instanceof AppError) throw thrown;
      const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt);
      log.warn({ attempt: attempt + 1, waitMs, err: thrown }, "discord gateway not reached");
      await sleep(waitMs, undefined, { signal }).catch(stopped);
    }
  }
}

/** One attempt with a client of its own: discord.js destroys a client whose login failed. */
async function logIn({ token, apiUrl, log, listen, signal }: GatewayOptions): Promise<Gateway> {
  signal.throwIfAborted();
  const { client, close } = createClient(apiUrl);
  const ready = Promise.withResolvers<Client<true>>();
  const onAbort = (): void => ready.reject(new AppError("platform/unavailable"));
  signal.addEventListener("abort", onAbort, { once: true });
  client.once(Events.ClientReady, ready.resolve);
  client.on(Events.ShardDisconnect, ({ code }) =>
    ready.reject(FATAL_CLOSES.get(code) ?? new Error(`closed ${code}`)),
  );
  const ended = new Promise<AppError>((resolve) =>
    client.once(Events.ShardDisconnect, ({ code }) => resolve(closeError(code))),
  );
  logEvents(client, log);
  listen(client);
  client.login(token).catch((thrown: unknown) => ready.reject(loginError(thrown)));
  try {
    return { client: await ready.promise, ended, close };
  } catch (thrown) {
    await close();
    throw thrown;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** The gateway library's own manager; discord.js has a class of the same name around it. */
type WebSocketManager = Parameters<NonNullable<WebSocketOptions["buildStrategy"]>>[0];

function createClient(apiUrl: string | null): { client: Client; close: () => Promise<void> } {
  let manager: WebSocketManager | null = null;
  const client = new Client({
    intents: INTENTS,
    // A direct message comes in a channel that was never announced.
    partials: [Partials.Channel],
    ...(apiUrl === null ? {} : { rest: { api: apiUrl } }),
    allowedMentions: { parse: [], repliedUser: false },
    ws: {
      buildStrategy: (built) => {
        manager = built;
        return new SimpleShardingStrategy(built);
      },
    },
    // Nothing is read back from these, and they grow with the servers' traffic.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
    }),
  });
  return { client, close: () => closeClient(client, manager) };
}

/**
 * Destroyed between two attempts to connect, discord.js connects once more and stays so; destroyed while connecting, it
 * leaves a socket whose failure nobody hears, which ends the process. So new attempts are parked, and it is destroyed
 * once it is ready or idle.
 */
async function closeClient(client: Client, manager: WebSocketManager | null): Promise<void> {
  if (manager === null) return client.destroy();
  manager.options.retrieveSessionInfo = () => new Promise(() => undefined);
  for (let waited = 0; waited < CLOSE_WITHIN_MS; waited += CLOSE_LOOK_MS) {
    const statuses = [...(await manager.fetchStatus()).values()];
    const isSafe = statuses.every((status) => SAFE_TO_DESTROY.has(status));
    if (isSafe) return client.destroy();
    await sleep(CLOSE_LOOK_MS);
  }
  client.once(Events.ShardReady, () => void client.destroy());
}

const SAFE_TO_DESTROY = new Set<WebSocketShardStatus>([
  WebSocketShardStatus.Idle,
  WebSocketShardStatus.Ready,
]);

/** An unheard "error" event would end the process. */
function logEvents(client: Client, log: Log): void {
  client.on(Events.Error, (error) => log.error({ err: error }, "discord client failed"));
  client.on(Events.Warn, (text) => log.warn({ text }, "discord client warned"));
  client.on(Events.ShardError, (error) => log.warn({ err: error }, "discord connection failed"));
  client.on(Events.ShardReconnecting, () => log.info("discord reconnecting"));
  client.on(Events.ShardResume, (_id, replayed) => log.info({ replayed }, "discord resumed"));
  client.on(Events.ShardDisconnect, ({ code }) => {
    log.error({ code, say: closeError(code).say }, "discord disconnected");
  });
}

function closeError(code: number): AppError {
  return FATAL_CLOSES.get(code) ?? new AppError("platform/unavailable", { details: { code } });
}

function loginError(thrown: unknown): unknown {
  const isToken = thrown instanceof DiscordjsError && thrown.code === DiscordjsErrorCodes.TokenInvalid;
  return isToken ? badToken() : thrown;
}

function badToken(): AppError {
  return new AppError("platform/bad-token", { say: BAD_TOKEN_SAY });
}

function stopped(): never {
  throw new AppError("platform/unavailable");
}
