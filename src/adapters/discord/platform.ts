import { setTimeout as sleep } from "node:timers/promises";
import { type Client, Events, PermissionFlagsBits } from "discord.js";
import { channelParts, type Channel } from "#src/core/channel.ts";
import type { Command } from "#src/core/command.ts";
import { createConnection } from "#src/core/connection.ts";
import { type AppError, toAppError } from "#src/core/errors.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Inbound, Platform } from "#src/ports.ts";
import { createInbox, type Inbox } from "./acknowledge.ts";
import { type Api, createApi } from "./api.ts";
import { checkDiscord } from "./check.ts";
import { connectGateway, type Gateway } from "./client.ts";
import { readDiscordFile } from "./download.ts";
import { toPlatformError } from "./errors.ts";
import { listenForRemoval } from "./lifecycle.ts";
import { standingIn } from "./people.ts";
import { createPlaces, type Places } from "./places.ts";
import { findMessage, type PostDeps, postMessage, updateMessage } from "./post.ts";
import { registerCommands } from "./register.ts";
import { renderDiscord } from "./render.ts";
import { showReply } from "./respond.ts";

export interface DiscordOptions {
  token: string;
  /** Another server that speaks Discord's API; null for Discord itself. */
  apiUrl: string | null;
  log: Log;
  clock?: Clock;
}

/** Registering is tried again this long after it failed, doubling, up to the longest. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 5 * 60_000;

/** Discord as a platform. Nothing is opened before it is used; posting and checking need no gateway connection. */
export function createDiscord({
  token,
  apiUrl,
  log: parent,
  clock = () => new Date(),
}: DiscordOptions): Platform {
  const log = parent.child({ platform: "discord" });
  const api = createApi({ token, apiUrl });
  const stopping = new AbortController();
  let gateway: Gateway | null = null;
  let inbox: Inbox | null = null;
  const connection = createConnection(clock);
  const client = (): Client<true> | null => gateway?.client ?? null;
  const places = createPlaces(api, client);
  const posting: PostDeps = { api, places, log, canReadHistory: (id) => canReadHistory(client(), id) };

  async function start(inbound: Inbound): Promise<void> {
    const calls = createInbox({ api, inbound, clock, log });
    inbox = calls;
    const listen = (listening: Client): void => {
      takeIn(listening, calls, stopping.signal);
      listenForRemoval(listening, inbound, log);
      followConnection(listening, connection);
    };
    const connecting = connectGateway({ token, apiUrl, log, listen, signal: stopping.signal });
    connecting.catch((thrown: unknown) => connection.lost(toAppError(thrown).say));
    gateway = await connecting;
    void followEnd(gateway, stopping.signal, (error) => {
      connection.lost(error.say);
      inbound.closed(error);
    });
    await register({ api, log, signal: stopping.signal }, inbound.commands);
  }

  return {
    name: "discord",
    start,
    connection: connection.now,
    time: api.time,
    post: (request) => postMessage(posting, request),
    update: (request) => updateMessage(posting, request),
    find: (request) => findMessage(posting, request),
    // A member's roles come with each event.
    hasRole: (caller, role) => Promise.resolve(caller.roles.includes(role)),
    standing: (caller, asked) => standingIn({ api, client: client() }, caller, asked),
    readFile: (file, signal) => readDiscordFile(file, { apiUrl, signal }),
    channelName: (channel, signal) => nameOf(places, channel, signal),
    isInWorkspace: (channel, signal) => isIn(places, channel, signal),
    respond: (request) =>
      showReply({ api, clock, acknowledged: (id) => inbox?.acknowledged(id) ?? Promise.resolve() }, request),
    render: (reply) => renderDiscord(reply),
    check: (channels) => checkDiscord({ api, token, apiUrl }, channels),
    stop: async () => {
      stopping.abort();
      await gateway?.close();
      await inbox?.drain();
      api.close();
    },
  };
}

function takeIn(client: Client, inbox: Inbox, stopping: AbortSignal): void {
  client.on(Events.InteractionCreate, (interaction) => {
    if (!stopping.aborted) inbox.interaction(interaction);
  });
  client.on(Events.MessageCreate, (message) => {
    if (!stopping.aborted && client.user !== null) inbox.message(message, client.user.id);
  });
}

function followConnection(
  client: Client,
  { up, lost }: { up: () => void; lost: (why: string | null) => void },
): void {
  for (const event of [Events.ShardReady, Events.ShardResume] as const) client.on(event, up);
  for (const event of [Events.ShardReconnecting, Events.ShardDisconnect] as const)
    client.on(event, () => lost(null));
}

async function followEnd(
  gateway: Gateway,
  stopping: AbortSignal,
  onEnd: (error: AppError) => void,
): Promise<void> {
  const error = await gateway.ended;
  if (stopping.aborted) return;
  await gateway.close();
  onEnd(error);
}

async function nameOf(places: Places, channel: Channel, signal: AbortSignal): Promise<string | null> {
  try {
    const { name } = await places.of(channelParts(channel).id, signal);
    return name === null ? null : `#${name}`;
  } catch {
    // A channel that can not be seen has no name to show.
    return null;
  }
}

async function isIn(places: Places, channel: Channel, signal: AbortSignal): Promise<boolean> {
  const { id, workspace } = channelParts(channel);
  try {
    return (await places.of(id, signal)).guild === workspace;
  } catch (thrown) {
    const error = toPlatformError(thrown);
    // What Lede may not see is as good as elsewhere.
    if (error.code === "platform/gone" || error.code === "platform/forbidden") return false;
    throw error;
  }
}

interface RegisterDeps {
  api: Api;
  log: Log;
  signal: AbortSignal;
}

/** Commands that could not be registered must not keep posts from going out: it is tried again beside them. */
async function register(deps: RegisterDeps, commands: readonly Command[]): Promise<void> {
  if (await registerOnce(deps, commands)) return;
  void registerLater(deps, commands);
}

async function registerLater(deps: RegisterDeps, commands: readonly Command[]): Promise<void> {
  for (let waitMs = FIRST_RETRY_MS; !deps.signal.aborted; waitMs = Math.min(LONGEST_RETRY_MS, waitMs * 2)) {
    await sleep(waitMs, undefined, { signal: deps.signal, ref: false }).catch(() => undefined);
    if (deps.signal.aborted || (await registerOnce(deps, commands))) return;
  }
}

async function registerOnce(
  { api, log, signal }: RegisterDeps,
  commands: readonly Command[],
): Promise<boolean> {
  try {
    const changed = await registerCommands(api, commands, signal);
    log.info({ changed }, "discord commands registered");
    return true;
  } catch (thrown) {
    if (!signal.aborted) log.warn({ err: toPlatformError(thrown) }, "discord commands not registered");
    return false;
  }
}

/** From the gateway's cache; null where it does not know the channel. */
function canReadHistory(client: Client<true> | null, channelId: string): boolean | null {
  const channel = client?.channels.cache.get(channelId);
  if (client === null || channel === undefined || channel.isDMBased()) return null;
  return channel.permissionsFor(client.user)?.has(PermissionFlagsBits.ReadMessageHistory) ?? null;
}
