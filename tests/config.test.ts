import { expect, test } from "vitest";
import { parseConfig } from "#src/config.ts";
import { AppError } from "#src/core/errors.ts";

function problem(environment: Record<string, string>): string {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof AppError && error.code === "config/invalid") return error.say;
    throw error;
  }
  return "no problem";
}

test("nothing set runs with the sample newsroom on the console", () => {
  expect(parseConfig({})).toEqual({
    discord: null,
    slack: null,
    openai: null,
    channels: ["console:local:main"],
    webhookSecret: null,
    fetchAllow: [],
    dataDir: "./data",
    host: "127.0.0.1",
    port: null,
    logLevel: null,
    sample: true,
  });
});

test("an empty variable counts as not set, as compose files leave them", () => {
  expect(parseConfig({ DISCORD_TOKEN: "", SLACK_BOT_TOKEN: "  " })).toMatchObject({
    discord: null,
    slack: null,
  });
});

test.for([
  [{ SLACK_BOT_TOKEN: "xoxb-1" }, "SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP)"],
  [{ SLACK_APP_TOKEN: "xapp-1" }, "SLACK_BOT_TOKEN is missing"],
  [{ SLACK_SIGNING_SECRET: "abc" }, "SLACK_BOT_TOKEN is missing"],
  [{ SLACK_BOT_TOKEN: "xapp-1", SLACK_APP_TOKEN: "xapp-1" }, "SLACK_BOT_TOKEN must start with xoxb-"],
  [{ OPENAI_BASE_URL: "http://127.0.0.1:11434/v1" }, "OPENAI_MODEL is missing"],
  [{ OPENAI_MODEL: "some-model" }, "OPENAI_API_KEY is missing"],
  [{ OPENAI_BASE_URL: "ftp://x" }, "OPENAI_BASE_URL must be an http(s) address"],
  [{ LEDE_PORT: "http" }, "LEDE_PORT must be a number"],
  [{ LEDE_CHANNELS: "discord:11:22" }, "LEDE_CHANNELS names discord:11:22, but DISCORD_TOKEN is missing"],
  [{ LEDE_CHANNELS: "#news" }, '"#news" is no channel'],
  [{ LEDE_WEBHOOK_SECRET: "short" }, "LEDE_WEBHOOK_SECRET must have at least 16 characters"],
] satisfies [Record<string, string>, string][])("%o is refused with: %s", ([environment, text]) => {
  expect(problem(environment)).toContain(text);
});

test("an error about a secret never shows its value", () => {
  expect(problem({ SLACK_BOT_TOKEN: "wrong-secret-value", LEDE_WEBHOOK_SECRET: "s3cr3t" })).not.toMatch(
    /wrong-secret-value|s3cr3t/,
  );
});

test("channels are named by the address a browser shows, by their full name, once each", () => {
  const { channels } = parseConfig({
    DISCORD_TOKEN: "t",
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_APP_TOKEN: "xapp-1",
    LEDE_CHANNELS:
      "https://discord.com/channels/11/22, https://app.slack.com/client/T1/C2\n slack:T1:C2 discord:11:33",
  });
  expect(channels).toEqual(["console:local:main", "discord:11:22", "slack:T1:C2", "discord:11:33"]);
});

test("both Slack connections set means Socket Mode", () => {
  const { slack } = parseConfig({
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_APP_TOKEN: "xapp-1",
    SLACK_SIGNING_SECRET: "s",
  });
  expect(slack?.connection).toEqual({ kind: "socket", appToken: "xapp-1" });
});
