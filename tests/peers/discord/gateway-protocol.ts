import type { RawData, WebSocket } from "ws";
import { z } from "zod";
import type { JsonObject } from "./model.ts";

export const INTENT = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  presences: 1 << 8,
  guildMessages: 1 << 9,
  reactions: 1 << 10,
  directMessages: 1 << 12,
  messageContent: 1 << 15,
} as const;
export const PRIVILEGED = INTENT.guildMembers | INTENT.presences | INTENT.messageContent;

export const Frame = z.looseObject({ op: z.number(), d: z.unknown().optional() });
export const Identify = z.looseObject({
  token: z.string(),
  intents: z.number().int().min(0),
  properties: z.looseObject({ os: z.string(), browser: z.string(), device: z.string() }),
});
export const Resume = z.looseObject({
  token: z.string(),
  session_id: z.string(),
  seq: z.number().int().nullable(),
});

export const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  invalid: 9,
  hello: 10,
  ack: 11,
} as const;
export const CLOSE = {
  unknownOp: 4001,
  decode: 4002,
  notAuthenticated: 4003,
  badToken: 4004,
  alreadyAuthenticated: 4005,
  rateLimited: 4008,
  disallowedIntents: 4014,
};
/** Limits of the gateway reference. */
export const MAX_SENDS = 120;
export const SENDS_WINDOW_MS = 60_000;
export const MAX_FRAME_BYTES = 4096;
export const MAX_BUFFERED = 1000;

export function send(socket: WebSocket, frame: JsonObject): void {
  if (socket.readyState === 1) socket.send(JSON.stringify(frame));
}

export function rawText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
