import type { Log } from "#src/log.ts";
import type { Clock, Inbound, Platform } from "#src/ports.ts";
import { createApi } from "./api.ts";
import { checkSlack } from "./check.ts";
import { connect, signIn, type SlackConnection } from "./connection.ts";
import { createBridge } from "./http.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { findMessage, postMessage, updateMessage } from "./post.ts";
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
  const bridge = createBridge();
  const stopping = new AbortController();
  /** Calls of this process that nothing was shown for yet. */
  const fresh = new Set<string>();
  let inbox: Inbox | null = null;
  let disconnect: (() => Promise<void>) | null = null;

  async function start(inbound: Inbound): Promise<void> {
    const options = { api, botToken, connection, apiUrl, log, bridge, signal: stopping.signal };
    const me = await signIn(options);
    const opened = createInbox({ inbound, me, clock, log, fresh });
    inbox = opened;
    const end = await connect(options, me, opened.listen);
    // A stop that came meanwhile found nothing to end.
    if (stopping.signal.aborted) await end();
    else disconnect = end;
  }

  return {
    name: "slack",
    ...(connection.kind === "http" ? { routes: bridge.routes } : {}),
    start,
    post: (request) => postMessage(api, request),
    update: (request) => updateMessage(api, request),
    find: (request) => findMessage(api, request),
    respond: (request) => showReply({ api, takeFresh: (id) => fresh.delete(id) }, request),
    render: renderSlack,
    check: (channels) => checkSlack({ api, connection, apiUrl, log }, channels),
    stop: async () => {
      stopping.abort();
      await inbox?.drain();
      await disconnect?.();
    },
  };
}
