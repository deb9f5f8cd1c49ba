import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { z } from "zod";
import { Channel, channelParts, CONSOLE_CHANNEL } from "#src/core/channel.ts";
import { AppError } from "#src/core/errors.ts";
import { type FetchPlace, fetchPlace } from "#src/core/fetch-place.ts";
import { BACKUP_ENV, type BackupConfig, toBackups } from "./config-backups.ts";
import { OPERATOR_ENV, type OperatorConfig, operatorProblems, toOperator } from "./config-operator.ts";
import { PEOPLE_ENV, type PeopleConfig, toPeople } from "./config-people.ts";
import {
  publisherProblems,
  readPublishers,
  SecretVariable,
  type WebhookConfig,
} from "./config-publishers.ts";
import { toWriting, WRITER_ENV, writerProblems, type WritingConfig } from "./config-writers.ts";

/** An empty variable is one that is not set: `.env` files and compose files leave them empty. */
const text = z.string().trim().min(1).optional();
const secret = text.refine((value) => (value?.length ?? 99) >= 16, "must have at least 16 characters");
const address = z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).optional();

/** Every variable Lede reads, in the order of `.env.example`. */
export const Env = z.object({
  DISCORD_TOKEN: text,
  DISCORD_API_URL: address,
  SLACK_BOT_TOKEN: text.refine((value) => value?.startsWith("xoxb-") ?? true, "must start with xoxb-"),
  SLACK_APP_TOKEN: text.refine((value) => value?.startsWith("xapp-") ?? true, "must start with xapp-"),
  SLACK_SIGNING_SECRET: text,
  SLACK_API_URL: address,
  OPENAI_API_KEY: text,
  OPENAI_MODEL: text,
  OPENAI_BASE_URL: address,
  ...WRITER_ENV,
  ...PEOPLE_ENV,
  LEDE_CHANNELS: text,
  ...OPERATOR_ENV,
  LEDE_WEBHOOK_SECRET: SecretVariable,
  LEDE_GHOST_SECRET: SecretVariable,
  LEDE_WORDPRESS_SECRET: SecretVariable,
  LEDE_PUBLISHERS: text,
  LEDE_FETCH_ALLOW: text,
  LEDE_DATA: z.string().trim().min(1).default("./data"),
  ...BACKUP_ENV,
  LEDE_KEY: text.refine((value) => (value?.length ?? 99) >= 32, "must have at least 32 characters"),
  LEDE_HOST: z.string().trim().min(1).default("127.0.0.1"),
  LEDE_PORT: z.coerce.number("must be a number").int().min(0).max(65_535).optional(),
  LEDE_PUBLIC_URL: address,
  LEDE_METRICS_TOKEN: secret,
  LEDE_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).optional(),
});

const ENV_FILE = ".env";
const DEFAULT_PORT = 8787;
const DEFAULT_MODEL = "gpt-6-luna";

export interface Config extends WebhookConfig {
  discord: { token: string; apiUrl: string | null } | null;
  slack: { botToken: string; connection: SlackConnection; apiUrl: string | null } | null;
  openai: { apiKey: string | null; model: string; baseUrl: string | null } | null;
  writing: WritingConfig;
  people: PeopleConfig;
  /** Where published articles are posted; the console is always one of them. */
  channels: Channel[];
  /** Who may use Lede and read what. */
  operator: OperatorConfig;
  /** What sources may be read from although private. */
  fetchAllow: FetchPlace[];
  dataDir: string;
  backups: BackupConfig;
  /** Seals what the store must not hold in clear; null for that of the key file in `dataDir`. */
  key: string | null;
  host: string;
  /** Null when the operator did not choose: the next free port is taken then. */
  port: number | null;
  /** Where hubs on the internet reach Lede's web server, without a slash at the end; null for nowhere. */
  publicUrl: string | null;
  /** What monitoring shows to read the figures; null when only who is signed in may. */
  metricsToken: string | null;
  logLevel: string | null;
  /** Whether nothing is connected: the sample newsroom then shows what Lede does. */
  sample: boolean;
}

export type SlackConnection = { kind: "socket"; appToken: string } | { kind: "http"; signingSecret: string };

export function portOf(config: Config): number {
  return config.port ?? DEFAULT_PORT;
}

/**
 * The environment as Lede uses it. Throws AppError `config/invalid`, which names each variable that is wrong or missing
 * and never shows a value.
 */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = Env.safeParse(set);
  if (!parsed.success)
    throw invalid(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`));
  const env = parsed.data;
  const webhookSecrets = toSecrets(env);
  const { publishers, problems: publisherMistakes } = readPublishers(env.LEDE_PUBLISHERS);
  const { workspaces } = toOperator(env);
  const problems = [
    ...halfSet(env),
    ...badChannels(env.LEDE_CHANNELS),
    ...unreachableChannels(env),
    ...badPlaces(env.LEDE_FETCH_ALLOW),
    ...operatorProblems(env, namedChannels(env.LEDE_CHANNELS)),
    ...publisherMistakes,
    ...publisherProblems(publishers, {
      simple: Object.values(webhookSecrets).flat(),
      isOut: (one) => workspaces !== null && !workspaces.some((allowed) => allowed === one),
    }),
    ...writerProblems(env, toOpenAi(env)?.model ?? null),
  ];
  if (problems.length > 0) throw invalid(problems);
  const named = namedChannels(env.LEDE_CHANNELS);
  const discord =
    env.DISCORD_TOKEN === undefined
      ? null
      : { token: env.DISCORD_TOKEN, apiUrl: env.DISCORD_API_URL ?? null };
  const slack = toSlack(env);
  return {
    discord,
    slack,
    openai: toOpenAi(env),
    writing: toWriting(env),
    people: toPeople(env),
    channels: [...new Set<Channel>([CONSOLE_CHANNEL, ...named])],
    operator: toOperator(env),
    webhookSecrets,
    publishers,
    fetchAllow: splitList(env.LEDE_FETCH_ALLOW).flatMap((entry) => fetchPlace(entry) ?? []),
    dataDir: env.LEDE_DATA,
    backups: toBackups(env, env.LEDE_DATA),
    key: env.LEDE_KEY ?? null,
    host: env.LEDE_HOST,
    port: env.LEDE_PORT ?? null,
    publicUrl: env.LEDE_PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    metricsToken: env.LEDE_METRICS_TOKEN ?? null,
    logLevel: env.LEDE_LOG_LEVEL ?? null,
    sample:
      discord === null &&
      slack === null &&
      publishers.length === 0 &&
      Object.values(webhookSecrets).every((secrets) => secrets.length === 0),
  };
}

/**
 * The file `.env` where Lede is started, the process's own environment laid over it, and other values over that: the only
 * place that reads them.
 */
export function readConfig(over: Readonly<Record<string, string | undefined>> = {}): Config {
  return parseConfig({ ...envFile(), ...process.env, ...over });
}

/** Nothing where there is none. Throws AppError `config/invalid` for one that can not be read. */
function envFile(): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(ENV_FILE, "utf8"));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return {};
    const say = `${ENV_FILE} can not be read. Check its owner and permissions.`;
    throw new AppError("config/invalid", { say, cause });
  }
}

type Env = z.output<typeof Env>;

/** Half of a platform's variables is a mistake; the names that are missing are the remedy. */
function halfSet(env: Env): string[] {
  const problems: string[] = [];
  const slackSecret = env.SLACK_APP_TOKEN ?? env.SLACK_SIGNING_SECRET;
  if (env.SLACK_BOT_TOKEN !== undefined && slackSecret === undefined) {
    problems.push(
      "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is: set one of them",
    );
  }
  if (env.SLACK_BOT_TOKEN === undefined && slackSecret !== undefined) {
    problems.push("SLACK_BOT_TOKEN is missing: set it, or unset SLACK_APP_TOKEN and SLACK_SIGNING_SECRET");
  }
  if (env.OPENAI_BASE_URL !== undefined && env.OPENAI_MODEL === undefined) {
    problems.push("OPENAI_MODEL is missing: a server at OPENAI_BASE_URL has no model that Lede could guess");
  }
  if (
    env.OPENAI_MODEL !== undefined &&
    env.OPENAI_API_KEY === undefined &&
    env.OPENAI_BASE_URL === undefined
  ) {
    problems.push("OPENAI_API_KEY is missing: set it, or OPENAI_BASE_URL for a server that needs no key");
  }
  return problems;
}

function toSlack(env: Env): Config["slack"] {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
  if (botToken === undefined) return null;
  const apiUrl = env.SLACK_API_URL ?? null;
  // With both set, Socket Mode wins: it needs no address that Slack can reach.
  if (appToken !== undefined) return { botToken, connection: { kind: "socket", appToken }, apiUrl };
  if (signingSecret !== undefined) return { botToken, connection: { kind: "http", signingSecret }, apiUrl };
  return null;
}

function toSecrets(env: Env): Config["webhookSecrets"] {
  return {
    articles: env.LEDE_WEBHOOK_SECRET ?? [],
    ghost: env.LEDE_GHOST_SECRET ?? [],
    wordpress: env.LEDE_WORDPRESS_SECRET ?? [],
  };
}

function toOpenAi(env: Env): Config["openai"] {
  if (env.OPENAI_API_KEY === undefined && env.OPENAI_BASE_URL === undefined) return null;
  return {
    apiKey: env.OPENAI_API_KEY ?? null,
    model: env.OPENAI_MODEL ?? DEFAULT_MODEL,
    baseUrl: env.OPENAI_BASE_URL ?? null,
  };
}

function splitList(value: string | undefined): string[] {
  return (value ?? "").split(/[\s,]+/).filter((part) => part !== "");
}

function namedChannels(value: string | undefined): Channel[] {
  return splitList(value).flatMap((name) => toChannelName(name) ?? []);
}

/** A channel of a platform that is not connected would be owed posts for ever. */
function unreachableChannels(env: Env): string[] {
  const missing = {
    discord: env.DISCORD_TOKEN === undefined,
    slack: env.SLACK_BOT_TOKEN === undefined,
    console: false,
  };
  const variables = { discord: "DISCORD_TOKEN", slack: "SLACK_BOT_TOKEN", console: "" };
  return namedChannels(env.LEDE_CHANNELS).flatMap((channel) => {
    const { platform } = channelParts(channel);
    return missing[platform] ? [`LEDE_CHANNELS names ${channel}, but ${variables[platform]} is missing`] : [];
  });
}

function badChannels(value: string | undefined): string[] {
  return splitList(value)
    .filter((name) => toChannelName(name) === null)
    .map((name) => `LEDE_CHANNELS: "${name}" is no channel. ${CHANNEL_FORMS}`);
}

/** By number and not by value: a mistake may be a link with a password in it. */
function badPlaces(value: string | undefined): string[] {
  return splitList(value).flatMap((entry, at) =>
    fetchPlace(entry) === null
      ? [
          `LEDE_FETCH_ALLOW: entry ${at + 1} is none. Write host:port/path/ without http://, such as intranet.example:8080/news/, or host:port/ for all of a server`,
        ]
      : [],
  );
}

const CHANNEL_FORMS =
  "Open the channel in a browser and copy its address (https://discord.com/channels/… or https://app.slack.com/client/…), or write discord:<server id>:<channel id> or slack:<team id>:<channel id>";

const DISCORD_ADDRESS = /^https:\/\/(?:\w+\.)?discord\.com\/channels\/(\d+)\/(\d+)/;
const SLACK_ADDRESS = /^https:\/\/app\.slack\.com\/client\/(T\w+)\/([CG]\w+)/;

/** A channel by its name or by the address a browser shows for it. */
function toChannelName(name: string): Channel | null {
  const discord = DISCORD_ADDRESS.exec(name);
  const slack = SLACK_ADDRESS.exec(name);
  const full =
    discord !== null
      ? `discord:${discord[1]}:${discord[2]}`
      : slack !== null
        ? `slack:${slack[1]}:${slack[2]}`
        : name;
  return Channel.safeParse(full).data ?? null;
}

function invalid(problems: readonly string[]): AppError {
  return new AppError("config/invalid", {
    say: `The configuration has a mistake. ${problems.join(". ")}.`,
    details: { problems },
  });
}
