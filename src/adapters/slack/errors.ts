import { ErrorCode as SlackCode } from "@slack/web-api";
import { z } from "zod";
import { type ErrorCode } from "#src/core/error-table.ts";
import { AppError } from "#src/core/errors.ts";

const MS_PER_SECOND = 1_000;
const SERVER_ERROR = 500;

/** Slack's own words for a refusal (the "Errors" tables of the Web API's methods). Others are `platform/rejected`. */
const BY_SLACK_ERROR: Record<string, ErrorCode> = {
  not_in_channel: "platform/forbidden",
  missing_scope: "platform/forbidden",
  no_permission: "platform/forbidden",
  not_allowed_token_type: "platform/forbidden",
  restricted_action: "platform/forbidden",
  restricted_action_read_only_channel: "platform/forbidden",
  restricted_action_thread_only_channel: "platform/forbidden",
  restricted_action_non_threadable_channel: "platform/forbidden",
  cant_update_message: "platform/message-gone",
  edit_window_closed: "platform/message-gone",
  message_not_found: "platform/message-gone",
  thread_not_found: "platform/message-gone",
  channel_not_found: "platform/gone",
  is_archived: "platform/gone",
  invalid_auth: "platform/bad-token",
  not_authed: "platform/bad-token",
  account_inactive: "platform/bad-token",
  token_revoked: "platform/bad-token",
  token_expired: "platform/bad-token",
  ratelimited: "platform/rate-limited",
  rate_limited: "platform/rate-limited",
  // Slack says of these that the request may have been carried out.
  internal_error: "platform/uncertain",
  fatal_error: "platform/uncertain",
  request_timeout: "platform/uncertain",
  service_unavailable: "platform/uncertain",
};

/** Failures before a request left this machine: nothing was posted. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

export const BOT_TOKEN_SAY =
  "Slack refused SLACK_BOT_TOKEN. Open api.slack.com/apps, choose your app, then OAuth & Permissions, install it to the workspace, and set SLACK_BOT_TOKEN to the Bot User OAuth Token.";
export const NO_BOT_SAY =
  "SLACK_BOT_TOKEN is no bot's token. Open api.slack.com/apps, choose your app, then OAuth & Permissions, and set SLACK_BOT_TOKEN to the Bot User OAuth Token, which begins with xoxb-.";
export const APP_TOKEN_SAY =
  "Slack refused SLACK_APP_TOKEN. Open api.slack.com/apps, choose your app, then Basic Information, App-Level Tokens, make one with the scope connections:write, and set SLACK_APP_TOKEN to it.";

const SlackFailure = z.discriminatedUnion("code", [
  z.object({ code: z.literal(SlackCode.RateLimitedError), retryAfter: z.number() }),
  z.object({
    code: z.literal(SlackCode.PlatformError),
    data: z.object({ error: z.string(), needed: z.string().optional() }),
  }),
  z.object({ code: z.literal(SlackCode.HTTPError), statusCode: z.number() }),
  z.object({ code: z.literal(SlackCode.RequestError), original: z.unknown() }),
]);

const Details = z.object({ slackError: z.string().optional() });

/** What Slack's client threw, as an AppError: surely not done (`unavailable`, `rate-limited`), unknown (`uncertain`), or refused. */
export function toPlatformError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const { data: failure } = SlackFailure.safeParse(thrown);
  if (failure === undefined) return lost(thrown);
  switch (failure.code) {
    case SlackCode.RateLimitedError:
      return new AppError("platform/rate-limited", {
        details: { retryAfterMs: Math.ceil(failure.retryAfter * MS_PER_SECOND) },
      });
    case SlackCode.PlatformError:
      return refused(failure.data.error, failure.data.needed);
    case SlackCode.HTTPError: {
      const details = { status: failure.statusCode };
      const isServer = failure.statusCode >= SERVER_ERROR;
      return new AppError(isServer ? "platform/uncertain" : "platform/rejected", { details });
    }
    case SlackCode.RequestError:
      return lost(failure.original);
    default:
      return failure satisfies never;
  }
}

/** Slack's word for the refusal, or null when the failure did not come from Slack. */
export function slackError(error: AppError): string | null {
  return Details.safeParse(error.details).data?.slackError ?? null;
}

function refused(word: string, needed: string | undefined): AppError {
  const code = BY_SLACK_ERROR[word] ?? "platform/rejected";
  const say = code === "platform/bad-token" ? { say: BOT_TOKEN_SAY } : {};
  const details = { slackError: word, ...(needed === undefined ? {} : { needed }) };
  return new AppError(code, { ...say, details });
}

function lost(thrown: unknown): AppError {
  const code = socketCode(thrown);
  const isSent = !NOT_SENT.has(code);
  // The vendor's error may hold the request with its token: only its code goes on.
  return new AppError(isSent ? "platform/uncertain" : "platform/unavailable", { details: { code } });
}

/** fetch wraps the socket's error, sometimes twice. */
function socketCode(thrown: unknown, depth = 0): string {
  if (!(thrown instanceof Error)) return "unknown";
  if (thrown.cause instanceof Error && depth < 3) return socketCode(thrown.cause, depth + 1);
  return "code" in thrown && typeof thrown.code === "string" ? thrown.code : thrown.name;
}
