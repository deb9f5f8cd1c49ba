// oxlint-disable unicorn/require-post-message-target-origin -- chat.postMessage is Slack's, not the window's
import { ErrorCode, LogLevel, WebClient, type WebClientOptions } from "@slack/web-api";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FaultHow } from "./faults.ts";
import { createJudge } from "./judge.ts";
import { startSlackPeer, type SlackPeer } from "./peer.ts";

const WARM_UP_MS = 60_000;
/** Generous to a busy machine: what is expected to succeed must not run into it. */
const POST_TIMEOUT_MS = 1_000;
const news = "C0NEWS0001";
const metadata = { event_type: "brief_posted", event_payload: { key: "k1" } };

let peer: SlackPeer;

beforeAll(async () => {
  await createJudge();
}, WARM_UP_MS);

beforeEach(async () => {
  peer = await startSlackPeer();
});

afterEach(() => peer.close());

function client(options: WebClientOptions = {}): WebClient {
  return new WebClient(peer.botToken, { slackApiUrl: peer.apiUrl, logLevel: LogLevel.ERROR, ...options });
}

/** The client for posting: no silent retry, no silent wait. */
function poster(): WebClient {
  return client({ retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: POST_TIMEOUT_MS });
}

describe("what goes wrong on purpose", () => {
  test("the default client posts twice when the answer is lost after the commit", async () => {
    peer.fail({ method: "chat.postMessage", how: { kind: "cut", committed: true } });
    await client().chat.postMessage({ channel: news, text: "once?", metadata });
    expect(peer.messages(news).map((message) => message.text)).toEqual(["once?", "once?"]);
  });

  const LOST: readonly (readonly [string, FaultHow, string])[] = [
    ["a cut", { kind: "cut", committed: true }, ErrorCode.RequestError],
    ["a 502", { kind: "status", status: 502, committed: true }, ErrorCode.HTTPError],
    ["silence", { kind: "hang", committed: true }, ErrorCode.RequestError],
    [
      "an internal error",
      { kind: "error", error: "internal_error", committed: true },
      ErrorCode.PlatformError,
    ],
  ];

  test.for(LOST)(
    "without retries %s after the commit leaves one message to find by read-back",
    async ([, how, code]) => {
      peer.fail({ method: "chat.postMessage", how });
      const slack = poster();
      await expect(slack.chat.postMessage({ channel: news, text: "once", metadata })).rejects.toMatchObject({
        code,
      });
      const { messages } = await slack.conversations.history({ channel: news, include_all_metadata: true });
      expect(messages).toMatchObject([{ text: "once", metadata, bot_id: peer.app.botId }]);
    },
  );

  const BEFORE: readonly (readonly [string, FaultHow, string])[] = [
    ["a cut", { kind: "cut" }, ErrorCode.RequestError],
    ["a 503", { kind: "status", status: 503 }, ErrorCode.HTTPError],
    ["silence", { kind: "hang" }, ErrorCode.RequestError],
    ["a fatal error", { kind: "error", error: "fatal_error" }, ErrorCode.PlatformError],
    [
      "a delay beyond the limit",
      { kind: "delay", ms: 2 * POST_TIMEOUT_MS, committed: true },
      ErrorCode.RequestError,
    ],
  ];

  test.for(BEFORE)("%s is told apart from success and hits only as often as asked", async ([, how, code]) => {
    const fault = peer.fail({ method: "chat.postMessage", how, when: (args) => args["text"] === "unlucky" });
    const slack = poster();
    await expect(slack.chat.postMessage({ channel: news, text: "unlucky" })).rejects.toMatchObject({ code });
    await slack.chat.postMessage({ channel: news, text: "unlucky" });
    expect(fault.hits).toBe(1);
    const [failed] = peer.requests;
    const isCommitted = how.kind === "delay";
    expect(failed).toMatchObject({ fault: how, committed: isCommitted });
    expect(peer.messages(news)).toHaveLength(isCommitted ? 2 : 1);
  });

  test("a rate limit is told at once and nothing was posted", async () => {
    peer.fail({ method: "chat.postMessage", how: { kind: "ratelimited", retryAfterSeconds: 7 } });
    const call = poster().chat.postMessage({ channel: news, text: "later" });
    await expect(call).rejects.toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 7 });
    expect(peer.messages(news)).toEqual([]);
  });
});
