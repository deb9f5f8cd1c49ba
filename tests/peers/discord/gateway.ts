import type { Server } from "node:http";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import {
  CLOSE,
  Frame,
  Identify,
  INTENT,
  MAX_BUFFERED,
  MAX_FRAME_BYTES,
  MAX_SENDS,
  OP,
  parseJson,
  PRIVILEGED,
  rawText,
  Resume,
  send,
  SENDS_WINDOW_MS,
} from "./gateway-protocol.ts";
import { isWithheld } from "./messages.ts";
import type { JsonObject, PeerMessage } from "./model.ts";
import { announceChange, type PeerState } from "./state.ts";
import { messageJson } from "./wire-message.ts";
import { guildCreateJson } from "./wire-guild.ts";
import { applicationFlags, memberJson, ownUserJson } from "./wire.ts";

/** Which sessions hear of an event: those with this intent, or all. */
type Audience = keyof typeof INTENT | "all";
export type Gateway = ReturnType<typeof createGateway>;

type Session = {
  readonly id: string;
  readonly intents: number;
  sequence: number;
  buffer: { s: number; text: string }[];
  socket: WebSocket | undefined;
};
type Connection = { readonly socket: WebSocket; session: Session | undefined; sends: number[] };

export function createGateway(state: PeerState, server: Server) {
  const sockets = new WebSocketServer({ noServer: true });
  const connections = new Set<Connection>();
  const sessions = new Map<string, Session>();
  const counts = { identifies: 0, resumes: 0, refusedResumes: 0 };
  const plan = { refuseResumes: 0, refuseConnections: false, deaf: new WeakSet<WebSocket>() };

  server.on("upgrade", (request, socket, head) => {
    if (plan.refuseConnections) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => accept(opened));
  });

  function accept(socket: WebSocket) {
    const connection: Connection = { socket, session: undefined, sends: [] };
    connections.add(connection);
    send(socket, { op: OP.hello, d: { heartbeat_interval: state.settings.heartbeatIntervalMs } });
    socket.on("message", (data) => receive(connection, data));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      connections.delete(connection);
      if (connection.session?.socket === socket) connection.session.socket = undefined;
      announceChange(state);
    });
  }

  function receive(connection: Connection, data: RawData) {
    const text = rawText(data);
    const now = Date.now();
    connection.sends = [...connection.sends.filter((at) => now - at < SENDS_WINDOW_MS), now];
    if (connection.sends.length > MAX_SENDS)
      return refuse(connection, CLOSE.rateLimited, "more than 120 sends in 60 s");
    if (Buffer.byteLength(text) > MAX_FRAME_BYTES)
      return refuse(connection, CLOSE.decode, "a frame above 4096 bytes");
    const frame = Frame.safeParse(parseJson(text));
    if (!frame.success) return refuse(connection, CLOSE.decode, "a frame without op");
    const { op, d } = frame.data;
    if (op === OP.heartbeat) return beat(connection);
    if (op === OP.identify) return identify(connection, d);
    if (op === OP.resume) return resume(connection, d);
    if (!connection.session) return refuse(connection, CLOSE.notAuthenticated, `op ${op} before identify`);
    if (op === OP.presence || op === OP.voice) return undefined;
    return refuse(connection, CLOSE.unknownOp, `op ${op}, which this peer does not know`);
  }

  function beat({ socket }: Connection) {
    if (!plan.deaf.has(socket)) send(socket, { op: OP.ack, d: null });
  }

  function identify(connection: Connection, data: unknown) {
    if (connection.session) return refuse(connection, CLOSE.alreadyAuthenticated, "identify twice");
    const identity = Identify.safeParse(data);
    if (!identity.success) return refuse(connection, CLOSE.decode, `identify: ${identity.error.message}`);
    if (identity.data.token !== state.token)
      return connection.socket.close(CLOSE.badToken, "Authentication failed.");
    const { intents } = identity.data;
    if ((intents & PRIVILEGED & ~state.settings.privilegedIntents) !== 0) {
      return connection.socket.close(CLOSE.disallowedIntents, "Disallowed intent(s).");
    }
    counts.identifies += 1;
    const session: Session = {
      id: `session-${counts.identifies}`,
      intents,
      sequence: 0,
      buffer: [],
      socket: connection.socket,
    };
    sessions.set(session.id, session);
    connection.session = session;
    const guilds = [...state.guilds.values()].filter((guild) => !guild.botRemoved);
    push(session, "READY", {
      v: 10,
      user: ownUserJson(state),
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: gatewayUrl(server),
      shard: [0, 1],
      application: { id: state.applicationId, flags: applicationFlags(state) },
    });
    if ((intents & INTENT.guilds) !== 0)
      for (const guild of guilds) push(session, "GUILD_CREATE", guildCreateJson(state, guild));
    return announceChange(state);
  }

  function resume(connection: Connection, data: unknown) {
    const request = Resume.safeParse(data);
    if (!request.success) return refuse(connection, CLOSE.decode, `resume: ${request.error.message}`);
    if (request.data.token !== state.token)
      return connection.socket.close(CLOSE.badToken, "Authentication failed.");
    const session = sessions.get(request.data.session_id);
    if (!session || plan.refuseResumes > 0) {
      plan.refuseResumes = Math.max(0, plan.refuseResumes - 1);
      counts.refusedResumes += 1;
      sessions.delete(request.data.session_id);
      return send(connection.socket, { op: OP.invalid, d: false });
    }
    if (session.socket !== connection.socket) session.socket?.terminate();
    session.socket = connection.socket;
    connection.session = session;
    counts.resumes += 1;
    const seen = request.data.seq ?? 0;
    for (const event of session.buffer) if (event.s > seen) connection.socket.send(event.text);
    push(session, "RESUMED", {});
    return announceChange(state);
  }

  function push(session: Session, event: string, data: JsonObject) {
    session.sequence += 1;
    const text = JSON.stringify({ op: OP.dispatch, t: event, s: session.sequence, d: data });
    session.buffer.push({ s: session.sequence, text });
    if (session.buffer.length > MAX_BUFFERED) session.buffer.shift();
    if (session.socket?.readyState === 1) session.socket.send(text);
  }

  function refuse(connection: Connection, code: number, problem: string) {
    state.violations.push({ request: "gateway", problem });
    connection.socket.close(code, problem.slice(0, 100));
  }

  /** Sends an event to each session that listens, connected or waiting to resume. */
  function dispatch(event: string, audience: Audience, data: (intents: number) => JsonObject | undefined) {
    const intent = audience === "all" ? -1 : INTENT[audience];
    for (const session of sessions.values()) {
      if ((session.intents & intent) === 0 && audience !== "all") continue;
      const payload = data(session.intents);
      if (payload) push(session, event, payload);
    }
  }

  function dispatchMessage(event: "MESSAGE_CREATE" | "MESSAGE_UPDATE", message: PeerMessage) {
    const guildId = state.channels.get(message.channelId)?.guildId;
    const channelType = state.channels.get(message.channelId)?.type;
    const member = guildId ? memberJson(state, guildId, message.authorId) : undefined;
    dispatch(event, guildId ? "guildMessages" : "directMessages", (intents) => ({
      ...messageJson(state, message, {
        blank: isWithheld(state, message, (intents & INTENT.messageContent) !== 0),
        nonce: true,
      }),
      channel_type: channelType,
      ...(guildId ? { guild_id: guildId, member: { ...member, user: undefined } } : {}),
    }));
  }

  const live = () => [...connections].filter((connection) => connection.session !== undefined);

  return {
    dispatch,
    dispatchMessage,
    counts,
    isConnected: () => live().length > 0,
    sessionCount: () => sessions.size,
    dropAll() {
      for (const { socket } of connections) socket.terminate();
    },
    requestReconnect() {
      for (const { socket } of live()) send(socket, { op: OP.reconnect, d: null });
    },
    /** Closes every connection with a code of the gateway's own. */
    closeAll(code: number) {
      for (const { socket } of connections) socket.close(code);
    },
    invalidateSession(isResumable: boolean) {
      for (const connection of live()) {
        const { session, socket } = connection;
        if (!isResumable && session) sessions.delete(session.id);
        // Until it resumes, which may be on this very connection, nothing reaches the client.
        if (session) session.socket = undefined;
        connection.session = undefined;
        send(socket, { op: OP.invalid, d: isResumable });
      }
    },
    missHeartbeats() {
      for (const { socket } of connections) plan.deaf.add(socket);
    },
    refuseResumes(times: number) {
      plan.refuseResumes = times;
    },
    refuseConnections(isRefusing: boolean) {
      plan.refuseConnections = isRefusing;
    },
    close() {
      for (const { socket } of connections) socket.terminate();
      sockets.close();
    },
  };
}

export function gatewayUrl(server: Server): string {
  const address = server.address();
  return `ws://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}
