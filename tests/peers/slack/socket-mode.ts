import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { isObject, parseJson, textOf, type JsonObject } from "./json.ts";
import { changed, waitUntil, type PeerState } from "./state.ts";

/** The test's hand on the sockets. */
export interface PeerSockets {
  /** Sockets open now. */
  readonly connections: number;
  /** Sockets ever greeted. */
  readonly greeted: number;
  /** Asks every client to reconnect, as Slack does when it recycles a server; the client closes. */
  readonly disconnect: (reason: "warning" | "refresh_requested") => void;
  /** Cuts every connection without a word. */
  readonly dropAll: () => void;
  /** Resolves once that many were ever greeted and one is open whose client has read it; throws after `timeoutMs` (10000). */
  readonly waitForConnection: (count: number, timeoutMs?: number) => Promise<void>;
}

export interface SocketHub extends PeerSockets {
  readonly openUrl: () => string;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Sends an envelope over one open socket; false when there is none. */
  readonly send: (envelope: JsonObject) => boolean;
  /** Calls back with the payload of the acknowledgement. */
  readonly onAck: (envelopeId: string, listener: (payload: JsonObject) => void) => void;
  readonly close: () => Promise<void>;
}

/** Clients give a silent server up after 30 s. */
const PING_MS = 10_000;
const CONNECT_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 500;
const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;

/** Socket Mode: tickets, greetings, pings, envelopes out, acknowledgements in. */
export function createSocketHub(state: PeerState, baseUrl: string): SocketHub {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const acks = new Map<string, (payload: JsonObject) => void>();
  const ready = new WeakSet<WebSocket>();
  let greeted = 0;
  let turn = 0;
  const pings = setInterval(() => {
    for (const client of server.clients) client.ping();
  }, PING_MS);

  function greet(client: WebSocket): void {
    client.on("message", (data: Buffer) => {
      const message = parseJson(data.toString());
      if (!isObject(message)) return;
      acks.get(textOf(message["envelope_id"]))?.(isObject(message["payload"]) ? message["payload"] : {});
    });
    client.on("close", () => changed(state));
    greeted += 1;
    // The answer to a ping after it shows that the client has read the greeting.
    client.once("pong", () => {
      ready.add(client);
      changed(state);
    });
    client.send(JSON.stringify({ type: "hello", num_connections: server.clients.size, ...debugInfo(state) }));
    client.ping();
  }

  return {
    get connections() {
      return openClients(server).length;
    },
    get greeted() {
      return greeted;
    },
    disconnect(reason) {
      for (const client of server.clients)
        client.send(JSON.stringify({ type: "disconnect", reason, ...debugInfo(state) }));
    },
    dropAll() {
      for (const client of server.clients) client.terminate();
    },
    async waitForConnection(count, timeoutMs = CONNECT_TIMEOUT_MS) {
      const isReady = () => openClients(server).some((client) => ready.has(client));
      const look = () => (greeted >= count && isReady() ? true : null);
      await waitUntil(state, look, {
        timeoutMs,
        what: () => `${count} greeted sockets, there were ${greeted}`,
      });
    },
    openUrl() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${baseUrl}?ticket=${ticket}&app_id=${state.app.id}`;
    },
    upgrade(request, socket, head) {
      server.handleUpgrade(request, socket, head, (client) => {
        const ticket = new URL(request.url ?? "", baseUrl).searchParams.get("ticket") ?? "";
        if (tickets.delete(ticket)) greet(client);
        else client.close(POLICY_VIOLATION);
      });
    },
    send(envelope) {
      const clients = openClients(server);
      turn += 1;
      const client = clients[turn % clients.length];
      client?.send(JSON.stringify(envelope));
      return client !== undefined;
    },
    onAck: (envelopeId, listener) => acks.set(envelopeId, listener),
    async close() {
      clearInterval(pings);
      for (const client of server.clients) client.close(GOING_AWAY);
      // Clients that are stopping as well finish their own handshake; cutting it off makes them throw.
      const look = () => (server.clients.size === 0 ? true : null);
      await waitUntil(state, look, { timeoutMs: CLOSE_TIMEOUT_MS, what: () => "closed sockets" }).catch(
        () => {},
      );
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function openClients(server: WebSocketServer): WebSocket[] {
  return [...server.clients].filter((client) => client.readyState === WebSocket.OPEN);
}

function debugInfo(state: PeerState): JsonObject {
  return {
    connection_info: { app_id: state.app.id },
    debug_info: { host: "applink-peer", build_number: 1, approximate_connection_time: 18_060 },
  };
}
