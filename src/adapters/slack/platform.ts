import { createConnection } from "#src/core/connection.ts";
import { type AppError, toAppError } from "#src/core/errors.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Inbound, Platform } from "#src/ports.ts";
import { type Api, createApi } from "./api.ts";
import { checkSlack } from "./check.ts";
import { connect, signIn, type SlackConnection } from "./connection.ts";
import { createDirectory } from "./directory.ts";
import type { FilesAt } from "./handle.ts";
import { createBridge } from "./http.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { findMessage, postMessage, updateMessage } from "./post.ts";
import { readSlackFile } from "./read-file.ts";
import { renderSlack } from "./render.ts";
import { showReply } from "./respond.ts";

export interface SlackOptions {
  botToken: string;
  connection: SlackConnection;
  /** Another server that speaks Slack's Web API, such as `http://127.0.0.1:3000/api/`; null for Slack itself. */
  apiUrl: string | null;
  log: Log;
  clock: Clock;
}

/** Slack as a platform. Nothing is opened before it is used; posting and checking need no Socket Mode connection. */
export function createSlack({ botToken, connection, apiUrl, log: parent, clock }: SlackOptions): Platform {
  const log = parent.child({ platform: "slack" });
  const api = createApi({ token: botToken, apiUrl, log });
  const directory = createDirectory({ api, log, clock });
  const bridge = createBridge();
  const stopping = new AbortController();
  /** Calls of this process that nothing was shown for yet. */
  const fresh = new Set<string>();
  const sentFiles = new Map<string, FilesAt>();
  const answering = { api, log, sentFiles, takeFresh: (id: string) => fresh.delete(id) };
  let inbox: Inbox | null = null;
  const state = createConnection(clock);
  const onSocket = (isUp: boolean): void => (isUp ? state.up() : state.lost(null));
  const heard = (): void => {
    if (connection.kind === "http") state.listening(clock());
  };
  let disconnect: (() => Promise<void>) | null = null;

  async function start(inbound: Inbound): Promise<void> {
    await open(inbound).catch((thrown: unknown) => {
      state.lost(toAppError(thrown).say);
      throw thrown;
    });
    if (connection.kind === "http") state.listening(null);
  }

  async function open(inbound: Inbound): Promise<void> {
    const signal = stopping.signal;
    const onRefused = (error: AppError): void => {
      // What still stands goes with it: the next start opens its own.
      void disconnect?.();
      state.lost(error.say);
      inbound.closed(error);
    };
    const options = { api, botToken, connection, apiUrl, log, bridge, signal, onSocket, onRefused };
    const me = await signIn(options);
    inbox = createInbox({ api, directory, inbound, me, clock, log, fresh, heard });
    const end = await connect(options, me, inbox.listen);
    // A stop that came meanwhile found nothing to end.
    if (stopping.signal.aborted) await end();
    else disconnect = end;
  }

  return {
    name: "slack",
    ...(connection.kind === "http" ? { routes: bridge.routes } : {}),
    start,
    connection: state.now,
    ...posting(api),
    standing: directory.standing,
    hasRole: directory.isInGroup,
    readFile: (file, signal) => readSlackFile({ api, token: botToken, apiUrl }, file, signal),
    channelName: directory.channelName,
    isInWorkspace: directory.isInWorkspace,
    respond: (request) => showReply(answering, request),
    render: (reply) => renderSlack(reply),
    check: (channels) => checkSlack({ api, connection, apiUrl, log }, channels),
    stop: async () => {
      stopping.abort();
      await inbox?.drain();
      await disconnect?.();
    },
  };
}

function posting(api: Api): Pick<Platform, "time" | "post" | "update" | "find"> {
  return {
    time: api.time,
    post: (request) => postMessage(api, request),
    update: (request) => updateMessage(api, request),
    find: (request) => findMessage(api, request),
  };
}
