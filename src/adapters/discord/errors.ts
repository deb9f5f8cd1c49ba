import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { z } from "zod";
import { type ErrorCode } from "#src/core/error-table.ts";
import { AppError } from "#src/core/errors.ts";

/** Discord's own error numbers (API reference, "JSON Error Codes") that mean something to Lede. */
export const DISCORD_ERROR = {
  unknownChannel: 10_003,
  unknownGuild: 10_004,
  unknownMember: 10_007,
  unknownMessage: 10_008,
  unknownWebhook: 10_015,
  unknownInteraction: 10_062,
  alreadyCrossposted: 40_033,
  alreadyAcknowledged: 40_060,
  tagRequired: 40_067,
  invalidWebhookToken: 50_027,
  threadArchived: 50_083,
  threadExists: 160_004,
  threadLocked: 160_005,
} as const;

const BY_DISCORD_CODE = new Map<number, ErrorCode>([
  [DISCORD_ERROR.unknownChannel, "platform/gone"],
  [DISCORD_ERROR.unknownGuild, "platform/gone"],
  [DISCORD_ERROR.threadArchived, "platform/gone"],
  [DISCORD_ERROR.threadLocked, "platform/forbidden"],
  // A forum that wants a tag and has none to give: its own settings keep everyone out.
  [DISCORD_ERROR.tagRequired, "platform/forbidden"],
  [DISCORD_ERROR.unknownMessage, "platform/message-gone"],
  [DISCORD_ERROR.unknownWebhook, "platform/message-gone"],
  [DISCORD_ERROR.unknownInteraction, "platform/message-gone"],
  // An interaction's token ends after 15 minutes; it is no statement about the bot's own token.
  [DISCORD_ERROR.invalidWebhookToken, "platform/message-gone"],
]);

const BY_STATUS = new Map<number, ErrorCode>([
  [401, "platform/bad-token"],
  [403, "platform/forbidden"],
  [404, "platform/gone"],
]);

/** Failures before a request left this machine: nothing was posted. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

export const BAD_TOKEN_SAY =
  "Discord refused DISCORD_TOKEN. Open discord.com/developers/applications, choose your application, then Bot, Reset Token, and set DISCORD_TOKEN to the new token.";

const Details = z.object({ discordCode: z.number().optional() });

/** What discord.js threw, as an AppError: surely not done (`unavailable`, `rate-limited`), unknown (`uncertain`), or refused. */
export function toPlatformError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof RateLimitError) {
    const details = { retryAfterMs: Math.ceil(thrown.retryAfter), global: thrown.global };
    return new AppError("platform/rate-limited", { details });
  }
  if (thrown instanceof DiscordAPIError) return refused(thrown);
  // 5xx, sometimes after Discord did it.
  if (thrown instanceof HTTPError)
    return new AppError("platform/uncertain", { details: { status: thrown.status } });
  const code = socketCode(thrown);
  if (NOT_SENT.has(code)) return new AppError("platform/unavailable", { details: { code } });
  return new AppError("platform/uncertain", { details: { code }, cause: thrown });
}

/** Discord's error number, or null when the failure did not come from Discord. */
export function discordCode(error: AppError): number | null {
  return Details.safeParse(error.details).data?.discordCode ?? null;
}

function refused(thrown: DiscordAPIError): AppError {
  const number = Number(thrown.code);
  const code = BY_DISCORD_CODE.get(number) ?? BY_STATUS.get(thrown.status) ?? "platform/rejected";
  const say = code === "platform/bad-token" ? { say: BAD_TOKEN_SAY } : {};
  // The vendor's error holds the request's address, and with it an interaction's token: only its sentence goes on.
  const details = { status: thrown.status, discordCode: number, reason: thrown.message.slice(0, 500) };
  return new AppError(code, { ...say, details });
}

function socketCode(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "unknown";
  return "code" in thrown && typeof thrown.code === "string" ? thrown.code : thrown.name;
}
