import type { JsonObject } from "./json.ts";
import type { PeerState } from "./state.ts";
import type { Triggers } from "./triggers.ts";

/** What a Web API method may use. */
export interface MethodContext {
  readonly state: PeerState;
  readonly triggers: Triggers;
  /** A fresh WebSocket address with a ticket that works once. */
  readonly openSocketUrl: () => string;
  /** Where this Slack is, without a slash at the end. */
  readonly baseUrl: string;
  /** Most items of one page, whatever the caller asks for. */
  readonly maxPageSize: number;
  /** How long a new message stays out of histories. */
  readonly historyLagMs: number;
}

export interface Method {
  /** Scopes of which the bot token needs every one. */
  readonly scopes: (context: MethodContext, args: JsonObject) => readonly string[];
  readonly token?: "bot" | "app";
  readonly run: (context: MethodContext, args: JsonObject) => JsonObject;
}

/** Slack's way of saying no: always with HTTP 200. */
export function refuse(error: string, details: JsonObject = {}): JsonObject {
  return { ok: false, error, ...details };
}
