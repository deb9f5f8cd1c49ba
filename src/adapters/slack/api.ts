import { LogLevel, WebClient } from "@slack/web-api";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import type { Log } from "#src/log.ts";
import { createPlatformTime } from "#src/core/platform-time.ts";
import { NO_BOT_SAY, toPlatformError } from "./errors.ts";
import { quietLogger } from "./logger.ts";

/** An answer that takes longer is lost: the request may still have been done. */
const REQUEST_TIMEOUT_MS = 10_000;
const SERVER_ERROR = 500;

const Me = z.object({
  user_id: z.string(),
  bot_id: z.string(),
  team_id: z.string(),
  team: z.string(),
  user: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).default([]) }).default({ scopes: [] }),
});
export type Me = z.infer<typeof Me>;

export interface Api {
  /** Runs one call of Slack's client, never repeated. Throws AppError `platform/*`. */
  call: <Answer>(request: (client: WebClient) => Promise<Answer>, signal: AbortSignal) => Promise<Answer>;
  /** Who the bot token belongs to; asked once. Throws AppError `platform/*`. */
  me: (signal: AbortSignal) => Promise<Me>;
  /** Slack's own time, by its last answer; null before the first. */
  time: () => Date | null;
}

export interface ApiOptions {
  token: string;
  apiUrl: string | null;
  log: Log;
}

/** The client for posting: the library's silent retries would post twice after a lost answer. */
export function createApi({ token, apiUrl, log }: ApiOptions): Api {
  const time = createPlatformTime(() => performance.now());
  const client = new WebClient(token, {
    ...apiBase(apiUrl),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: REQUEST_TIMEOUT_MS,
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      // What fails on the way to Slack is answered by others, with clocks of their own.
      if (answer.status < SERVER_ERROR) time.heard(answer);
      return answer;
    },
    logger: quietLogger(log),
    logLevel: LogLevel.ERROR,
  });
  let me: Me | null = null;

  const call: Api["call"] = async (request, signal) => {
    // Slack's client takes no signal: a call that began ends by its own timeout.
    if (signal.aborted) throw new AppError("platform/unavailable", { details: { reason: "aborted" } });
    try {
      return await request(client);
    } catch (thrown) {
      throw toPlatformError(thrown);
    }
  };

  return {
    call,
    me: async (signal) => {
      if (me === null) {
        const answer = await call((slack) => slack.auth.test(), signal);
        // A person's token signs in as well.
        if (answer.bot_id === undefined) throw new AppError("platform/bad-token", { say: NO_BOT_SAY });
        me = Me.parse(answer);
      }
      return me;
    },
    time: time.now,
  };
}

/** Slack's client joins names to the address as they are, so that it has to end in a slash. */
export function apiBase(apiUrl: string | null): { slackApiUrl?: string } {
  if (apiUrl === null) return {};
  return { slackApiUrl: apiUrl.endsWith("/") ? apiUrl : `${apiUrl}/` };
}
