import {
  ApplicationCommandType,
  Client,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  OAuth2Scopes,
  PermissionsBitField,
} from "discord.js";
import { channelParts, type Channel, DIRECT, toChannel } from "#src/core/channel.ts";
import { ERRORS } from "#src/core/error-table.ts";
import { toAppError } from "#src/core/errors.ts";
import type { Finding } from "#src/ports.ts";
import type { Api, Me } from "./api.ts";
import { toPlatformError } from "./errors.ts";
import { registeredCommands } from "./register.ts";

const CHECK_TIMEOUT_MS = 30_000;
/** An operator looks for one channel, not for a directory. */
const MAX_GUILDS = 5;
const MAX_LISTED = 20;

type Permission = keyof typeof PermissionsBitField.Flags;

/** What Lede needs, with the words Discord's own settings use. */
const NEEDED = {
  ViewChannel: "View Channel",
  SendMessages: "Send Messages",
  SendMessagesInThreads: "Send Messages in Threads",
  CreatePublicThreads: "Create Public Threads",
  EmbedLinks: "Embed Links",
  ReadMessageHistory: "Read Message History",
} as const satisfies Partial<Record<Permission, string>>;
type Needed = keyof typeof NEEDED;

/** The same where a channel holds posts instead of messages. */
const IN_FORUM: Partial<Record<Needed, string>> = {
  SendMessages: "Create Posts",
  SendMessagesInThreads: "Send Messages in Posts",
};

const ABOUT = "Discord";

export interface CheckDeps {
  api: Api;
  token: string;
  apiUrl: string | null;
}

/** Looks at token, commands and the permissions in the channels; never throws. Works without a gateway connection. */
export async function checkDiscord(deps: CheckDeps, channels: readonly Channel[]): Promise<Finding[]> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  try {
    const me = await deps.api.me(signal);
    const findings = [ok(`Signed in as ${me.username}.`), ok("No privileged gateway intent is needed.")];
    findings.push(await checkCommands(deps.api, signal), invite(me));
    return [...findings, ...(await checkChannels(deps, me, channels))];
  } catch (thrown) {
    const error = toPlatformError(thrown);
    const text =
      error.code === "platform/bad-token"
        ? "Discord refused DISCORD_TOKEN."
        : "Discord did not answer as expected.";
    return [{ level: "error", about: ABOUT, text, advice: error.say }];
  }
}

/** Where a moderator adds Lede to a server, with just the permissions it uses. */
function inviteUrl(applicationId: string): string {
  const permissions = new PermissionsBitField(Object.keys(NEEDED) as Needed[]);
  const scope = `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`;
  const query = new URLSearchParams({
    client_id: applicationId,
    scope,
    permissions: String(permissions.bitfield),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

async function checkCommands(api: Api, signal: AbortSignal): Promise<Finding> {
  const commands = await registeredCommands(api, signal);
  if (commands.length > 0) {
    const names = commands.map(({ name, type }) =>
      type === ApplicationCommandType.ChatInput ? `/${name}` : `“${name}”`,
    );
    return ok(`Commands registered: ${names.join(", ")}.`);
  }
  const advice = "Start Lede once with `npm start`; it registers them.";
  return { level: "warning", about: ABOUT, text: "No commands are registered yet.", advice };
}

function invite(me: Me): Finding {
  return ok(`Add Lede to a server: ${inviteUrl(me.id)}`);
}

/** discord.js computes permissions from roles and overwrites; a client that is not connected serves for that. */
async function checkChannels(
  { token, apiUrl }: CheckDeps,
  me: Me,
  channels: readonly Channel[],
): Promise<Finding[]> {
  const client = new Client({
    intents: [],
    rest: { ...(apiUrl === null ? {} : { api: apiUrl }), retries: 1 },
  });
  client.rest.setToken(token);
  try {
    const configured = channels.filter((channel) => channelParts(channel).platform === "discord");
    if (configured.length === 0) return await listChannels(client, me);
    const findings: Finding[] = [];
    for (const channel of configured) findings.push(await checkChannel(client, me, channel));
    return findings;
  } finally {
    await client.destroy();
  }
}

async function checkChannel(client: Client, me: Me, channel: Channel): Promise<Finding> {
  const { workspace, id } = channelParts(channel);
  try {
    if (workspace === DIRECT) {
      await client.channels.fetch(id);
      return { ...ok("Direct messages can be sent there."), about: channel };
    }
    const guild = await client.guilds.fetch(workspace);
    const self = await guild.members.fetch(me.id);
    await guild.channels.fetch();
    const found = await guild.channels.fetch(id);
    if (found === null) return gone(channel, me);
    const missing = missingIn(found, self);
    const where = `#${found.name} in ${guild.name}`;
    if (missing.length > 0) return lacking(channel, where, namesOf(found, missing));
    const warning = forumWarning(found, self, where);
    return { ...(warning ?? ok(`Lede can post in ${where}.`)), about: channel };
  } catch (thrown) {
    const error = toPlatformError(thrown);
    if (error.code === "platform/gone" || error.code === "platform/forbidden") return gone(channel, me);
    return {
      level: "error",
      about: channel,
      text: ERRORS[toAppError(error).code].say,
      advice: "Run the check again.",
    };
  }
}

function lacking(channel: Channel, where: string, names: string): Finding {
  const text = `Lede lacks permissions in ${where}: ${names}.`;
  return { level: "error", about: channel, text, advice: allow(names) };
}

/** A forum's posts can be made without it, and then not be followed up. */
function forumWarning(channel: GuildBasedChannel, self: GuildMember, where: string): Finding | null {
  const needed = "SendMessagesInThreads";
  if (!channel.isThreadOnly() || has(channel, self, needed)) return null;
  const names = namesOf(channel, [needed]);
  const text = `Lede can post in ${where}, but not below its posts: it lacks ${names}.`;
  return { level: "warning", about: ABOUT, text, advice: allow(names) };
}

function allow(names: string): string {
  return `Open the channel's settings, Permissions, and allow Lede's role: ${names}.`;
}

function namesOf(channel: GuildBasedChannel, permissions: readonly Needed[]): string {
  const words = channel.isThreadOnly() ? { ...NEEDED, ...IN_FORUM } : NEEDED;
  return permissions.map((permission) => words[permission]).join(", ");
}

function gone(channel: Channel, me: Me): Finding {
  const advice = `Check the ids in LEDE_CHANNELS, and that Lede is in that server; add it with ${inviteUrl(me.id)}`;
  return { level: "error", about: channel, text: "There is no such channel that Lede can see.", advice };
}

function missingIn(channel: GuildBasedChannel, self: GuildMember): Needed[] {
  const unused: Needed[] = [
    // Only for posts that go into a message's thread.
    "CreatePublicThreads",
    channel.isThread() ? "SendMessages" : "SendMessagesInThreads",
  ];
  return (Object.keys(NEEDED) as Needed[]).filter(
    (permission) => !unused.includes(permission) && !has(channel, self, permission),
  );
}

function has(channel: GuildBasedChannel, self: GuildMember, permission: Needed): boolean {
  return channel.permissionsFor(self).has(PermissionsBitField.Flags[permission]);
}

/** With nothing configured, the names to choose from are what an operator needs next. */
async function listChannels(client: Client, me: Me): Promise<Finding[]> {
  const guilds = [...(await client.guilds.fetch()).values()];
  if (guilds.length === 0) {
    const advice = `Add it with ${inviteUrl(me.id)}`;
    return [{ level: "warning", about: ABOUT, text: "Lede is in no server yet.", advice }];
  }
  const findings: Finding[] = [];
  for (const { id } of guilds.slice(0, MAX_GUILDS)) {
    findings.push(...(await postable(await client.guilds.fetch(id), me)));
  }
  if (findings.length > 0) return findings.slice(0, MAX_LISTED);
  const advice = "Allow Lede's role to view a channel and to send messages in it.";
  return [{ level: "warning", about: ABOUT, text: "There is no channel yet that Lede may post in.", advice }];
}

async function postable(guild: Guild, me: Me): Promise<Finding[]> {
  const self = await guild.members.fetch(me.id);
  const channels = [...(await guild.channels.fetch()).values()];
  return channels.flatMap((channel): Finding[] => {
    if (channel === null || missingIn(channel, self).length > 0) return [];
    if (!channel.isSendable() && !channel.isThreadOnly()) return [];
    const name = toChannel({ platform: "discord", workspace: guild.id, id: channel.id });
    const text = `Lede can post in #${channel.name} in ${guild.name}.`;
    return [
      { level: "ok", about: ABOUT, text, advice: `To have news posted there, set LEDE_CHANNELS=${name}` },
    ];
  });
}

function ok(text: string): Finding {
  return { level: "ok", about: ABOUT, text, advice: null };
}
