import { WebClient } from "@slack/web-api";
import { z } from "zod";
import { channelParts, type Channel, toChannel } from "#src/core/channel.ts";
import type { Log } from "#src/log.ts";
import type { Finding } from "#src/ports.ts";
import { type Api, createApi, type Me } from "./api.ts";
import type { SlackConnection } from "./connection.ts";
import { APP_TOKEN_SAY, toPlatformError } from "./errors.ts";

const CHECK_TIMEOUT_MS = 30_000;
const ABOUT = "Slack";
const PAGE = 200;
const MAX_PAGES = 5;
const MAX_LISTED = 20;

/** What Lede needs of a bot token. */
export const NEEDED_SCOPES = [
  "app_mentions:read",
  "channels:history",
  "channels:read",
  "chat:write",
  "commands",
  "groups:history",
  "groups:read",
];

/** What it does without, and what is missing then. */
export const OPTIONAL_SCOPES: Readonly<Record<string, string>> = {
  "files:read": "sources can not be imported from a file",
  "files:write": "exported files are shown as text and cut where they are long",
  "im:write": "files for one person alone are shown as text",
  "usergroups:read": "user groups have to be given by their id",
  "users:read": "the workspace's administrators are no moderators to Lede",
};

export interface CheckDeps {
  api: Api;
  connection: SlackConnection;
  apiUrl: string | null;
  log: Log;
}

/** Looks at tokens, scopes and the channels; never throws. Opens no connection. */
export async function checkSlack(deps: CheckDeps, channels: readonly Channel[]): Promise<Finding[]> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  try {
    const me = await deps.api.me(signal);
    const findings = [
      ok(`Signed in as ${me.user} in ${me.team}.`),
      ...checkScopes(me),
      await checkConnection(deps, signal),
    ];
    const configured = channels.filter((channel) => channelParts(channel).platform === "slack");
    if (configured.length === 0) return [...findings, ...(await listChannels(deps.api, me, signal))];
    for (const channel of configured) findings.push(await checkChannel(deps.api, channel, signal));
    return findings;
  } catch (thrown) {
    const error = toPlatformError(thrown);
    const isToken = error.code === "platform/bad-token";
    const text = isToken ? "SLACK_BOT_TOKEN can not be used." : "Slack did not answer as expected.";
    return [failed(text, error.say)];
  }
}

const ADD_SCOPES =
  "Open api.slack.com/apps, choose your app, then OAuth & Permissions, add these Bot Token Scopes, and install the app to the workspace again.";

function checkScopes({ response_metadata: { scopes } }: Me): Finding[] {
  const lacking = Object.entries(OPTIONAL_SCOPES).filter(([scope]) => !scopes.includes(scope));
  const wishes = lacking.map(([scope, without]) => `Without ${scope} ${without}.`);
  const warnings: Finding[] =
    wishes.length === 0
      ? []
      : [{ level: "warning", about: ABOUT, text: wishes.join(" "), advice: ADD_SCOPES }];
  const missing = NEEDED_SCOPES.filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return [ok("The bot token has every scope Lede needs."), ...warnings];
  return [failed(`The bot token lacks scopes: ${missing.join(", ")}.`, ADD_SCOPES), ...warnings];
}

async function checkConnection(
  { connection, apiUrl, log }: CheckDeps,
  signal: AbortSignal,
): Promise<Finding> {
  if (connection.kind === "http")
    return ok(
      "Slack reaches Lede over HTTP: set the request URLs of the app to https://<your address>/slack/events.",
    );
  try {
    const app = createApi({ token: connection.appToken, apiUrl, log });
    await app.call((slack: WebClient) => slack.apps.connections.open({}), signal);
    return ok("The app token opens Socket Mode connections.");
  } catch (thrown) {
    const error = toPlatformError(thrown);
    const isRefused = error.code === "platform/bad-token" || error.code === "platform/forbidden";
    if (isRefused) return failed("Slack refused SLACK_APP_TOKEN.", APP_TOKEN_SAY);
    return failed(
      "Socket Mode could not be opened.",
      "Turn on Socket Mode in the app's settings, and run the check again.",
    );
  }
}

const Info = z.object({
  channel: z.object({
    name: z.string().default("direct message"),
    is_member: z.boolean().default(false),
    is_archived: z.boolean().default(false),
    is_im: z.boolean().default(false),
  }),
});

async function checkChannel(api: Api, channel: Channel, signal: AbortSignal): Promise<Finding> {
  const { id } = channelParts(channel);
  try {
    const { channel: info } = Info.parse(
      await api.call((slack) => slack.conversations.info({ channel: id }), signal),
    );
    if (info.is_archived)
      return {
        ...failed(`#${info.name} is archived.`, "Unarchive it, or take it out of LEDE_CHANNELS."),
        about: channel,
      };
    if (info.is_member || info.is_im) return { ...ok(`Lede can post in #${info.name}.`), about: channel };
    return {
      ...failed(`Lede is not in #${info.name}.`, `Write /invite @Lede in #${info.name}.`),
      about: channel,
    };
  } catch (thrown) {
    const error = toPlatformError(thrown);
    if (error.code !== "platform/gone")
      return { ...failed("The channel could not be looked at.", error.say), about: channel };
    const advice = "Check the ids in LEDE_CHANNELS; in a private channel write /invite @Lede first.";
    return { ...failed("There is no such channel that Lede can see.", advice), about: channel };
  }
}

const List = z.object({
  channels: z
    .array(z.object({ id: z.string(), name: z.string(), is_member: z.boolean().default(false) }))
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** With nothing configured, the names to choose from are what an operator needs next. */
async function listChannels(api: Api, me: Me, signal: AbortSignal): Promise<Finding[]> {
  const findings: Finding[] = [];
  let cursor = "";
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = {
      types: "public_channel,private_channel",
      exclude_archived: true,
      limit: PAGE,
      ...(cursor === "" ? {} : { cursor }),
    };
    const list = List.parse(await api.call((slack) => slack.conversations.list(query), signal));
    for (const { id, name } of list.channels.filter(({ is_member: isMember }) => isMember)) {
      const channel = toChannel({ platform: "slack", workspace: me.team_id, id });
      findings.push({
        ...ok(`Lede can post in #${name}.`),
        advice: `To have news posted there, set LEDE_CHANNELS=${channel}`,
      });
    }
    cursor = list.response_metadata?.next_cursor ?? "";
    if (cursor === "" || findings.length >= MAX_LISTED) break;
  }
  if (findings.length > 0) return findings.slice(0, MAX_LISTED);
  const advice = "Write /invite @Lede in a channel, and run the check again.";
  return [{ level: "warning", about: ABOUT, text: "Lede is in no channel yet.", advice }];
}

function ok(text: string): Finding {
  return { level: "ok", about: ABOUT, text, advice: null };
}

function failed(text: string, advice: string): Finding {
  return { level: "error", about: ABOUT, text, advice };
}
