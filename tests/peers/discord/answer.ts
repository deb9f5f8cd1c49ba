import type { JsonObject } from "./model.ts";
import type { Fault } from "./faults.ts";

/** What goes back over HTTP; without a body the answer is 204-like and has no content type. */
export type Answer = {
  readonly status: number;
  readonly body?: JsonObject | JsonObject[] | string;
  readonly headers?: Record<string, string>;
};

export const NO_CONTENT: Answer = { status: 204 };

export function ok(body: JsonObject | JsonObject[]): Answer {
  return { status: 200, body };
}

export function created(body: JsonObject): Answer {
  return { status: 201, body };
}

/** Discord's JSON error codes (Discord reference, "Opcodes and Status Codes"). */
const ERRORS = {
  unauthorized: { status: 401, code: 0, message: "401: Unauthorized" },
  notFound: { status: 404, code: 0, message: "404: Not Found" },
  unknownApplication: { status: 404, code: 10_002, message: "Unknown Application" },
  unknownChannel: { status: 404, code: 10_003, message: "Unknown Channel" },
  unknownGuild: { status: 404, code: 10_004, message: "Unknown Guild" },
  unknownMember: { status: 404, code: 10_007, message: "Unknown Member" },
  unknownMessage: { status: 404, code: 10_008, message: "Unknown Message" },
  unknownUser: { status: 404, code: 10_013, message: "Unknown User" },
  unknownWebhook: { status: 404, code: 10_015, message: "Unknown Webhook" },
  unknownInteraction: { status: 404, code: 10_062, message: "Unknown interaction" },
  unknownCommand: { status: 404, code: 10_063, message: "Unknown application command" },
  alreadyCrossposted: { status: 400, code: 40_033, message: "This message has already been crossposted." },
  alreadyAcknowledged: { status: 400, code: 40_060, message: "Interaction has already been acknowledged." },
  tagRequired: {
    status: 400,
    code: 40_067,
    message: "A tag is required to create a forum post in this channel",
  },
  missingAccess: { status: 403, code: 50_001, message: "Missing Access" },
  editedByOther: { status: 403, code: 50_005, message: "Cannot edit a message authored by another user" },
  dmsClosed: { status: 403, code: 50_007, message: "Cannot send messages to this user" },
  notTextChannel: { status: 400, code: 50_008, message: "Cannot send messages in a non-text channel" },
  missingPermissions: { status: 403, code: 50_013, message: "Missing Permissions" },
  wrongChannelType: { status: 400, code: 50_024, message: "Cannot execute action on this channel type" },
  tokenExpired: { status: 401, code: 50_027, message: "Invalid Webhook Token" },
  invalidForm: { status: 400, code: 50_035, message: "Invalid Form Body" },
  threadArchived: { status: 400, code: 50_083, message: "Thread is archived" },
  tooLarge: { status: 413, code: 40_005, message: "Request entity too large" },
  threadLocked: { status: 400, code: 160_005, message: "Thread is locked" },
  threadExists: { status: 400, code: 160_004, message: "A thread has already been created for this message" },
} as const;
type ErrorName = keyof typeof ERRORS;

export function refuse(name: ErrorName): Answer {
  const { status, code, message } = ERRORS[name];
  return { status, body: { message, code } };
}

/** The answer of a planned fault of kind `status`. */
export function faultAnswer(fault: Extract<Fault, { kind: "status" }>): Answer {
  const usual: Record<number, { code: number; message: string }> = {
    401: ERRORS.unauthorized,
    403: ERRORS.missingPermissions,
    404: ERRORS.unknownChannel,
  };
  const { code, message } = usual[fault.status] ?? { code: 0, message: `${fault.status}: Server Error` };
  return { status: fault.status, body: { message: fault.message ?? message, code: fault.code ?? code } };
}

export function rateLimitAnswer(
  retryAfterMs: number,
  scope: "route" | "shared" | "global",
  isHtml = false,
): Answer {
  const seconds = retryAfterMs / 1000;
  const retry = { "retry-after": String(seconds) };
  if (isHtml) {
    return {
      status: 429,
      body: "<html><body>error code: 1015</body></html>",
      headers: { ...retry, "content-type": "text/html" },
    };
  }
  const scopeName = scope === "route" ? "user" : scope;
  return {
    status: 429,
    body: {
      message: "You are being rate limited.",
      code: 0,
      retry_after: seconds,
      global: scope === "global",
    },
    headers: {
      ...retry,
      via: "1.1 peer",
      "x-ratelimit-scope": scopeName,
      "x-ratelimit-reset-after": String(seconds),
      ...(scope === "global" ? { "x-ratelimit-global": "true" } : {}),
    },
  };
}
