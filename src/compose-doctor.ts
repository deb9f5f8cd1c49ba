import { isOpenToOthers } from "#src/adapters/store/private-folder.ts";
import { checkBatches, checkModels } from "#src/adapters/writer/openai-check.ts";
import { clock, grantsOf, openChats, openDesk, openStore } from "#src/compose-tools.ts";
import { type Config, readConfig } from "#src/config.ts";
import { type PublisherConfig, sendersOf, WEBHOOKS } from "#src/config-publishers.ts";
import { type Channel, channelParts } from "#src/core/channel.ts";
import { toAppError } from "#src/core/errors.ts";
import { heldChannels } from "#src/core/operator.ts";
import { sounderNode } from "#src/core/runtime.ts";
import { createLog, type Log } from "#src/log.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { Finding, Platform } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";

/** Everything that can be checked from here. Throws AppError `config/invalid`; every other trouble is a finding. */
export async function examine(): Promise<Finding[]> {
  const config = readConfig();
  // What goes wrong here is told as a finding, not as a log line.
  const log = createLog({ level: "silent", format: "json" });
  const chats = await openChats(config, log);
  const found = await Promise.all([
    examineStore(config).then(async (findings) => [...findings, ...(await examineFolder(config))]),
    examineWriter(config),
    ...chats.map((chat) => examineChat(chat, config)),
  ]);
  const configured: Finding = {
    level: "ok",
    about: "configuration",
    text: "every variable reads well",
    advice: null,
  };
  const writing = examineWriting(config, log);
  return [
    ...(writing.some(({ about }) => about === configured.about) ? [] : [configured]),
    ...found.flat(),
    ...writing,
    ...missingChats(config),
    ...examineWebhook(config),
    examineNode(process.versions.node),
  ];
}

/** The report could not be confirmed, so it warns and does not refuse. */
function examineNode(version: string): Finding {
  const about = "node";
  const sounder = sounderNode(version);
  if (sounder === null) return { level: "ok", about, text: version, advice: null };
  return {
    level: "warning",
    about,
    text: `${version}: a flaw in the Brotli decoder of this version was reported, and not confirmed. Lede neither asks pages for Brotli nor opens it`,
    advice: `Take Node ${sounder} or newer as soon as you can have it.`,
  };
}

async function examineStore(config: Config): Promise<Finding[]> {
  const about = "store";
  try {
    const store = await openStore(config);
    const { articles, briefs } = await store.counts();
    const held = await examineClearance(store, config);
    await store.close();
    const text = `${config.dataDir}: ${articles} articles, ${briefs} briefs`;
    return [{ level: "ok", about, text, advice: null }, ...held];
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === "store/locked")
      return [{ level: "ok", about, text: `${config.dataDir}: in use by a running Lede`, advice: null }];
    return [{ level: "error", about, text: error.say, advice: `Look at LEDE_DATA (${config.dataDir}).` }];
  }
}

/** Other accounts of the machine must not look in: members-only articles are there. */
async function examineFolder({ dataDir }: Config): Promise<Finding[]> {
  const about = "store";
  const open = await isOpenToOthers(dataDir).catch(() => false);
  if (open === false) return [];
  if (open === null) {
    const advice = `Leave it to your own account: icacls "${dataDir}" /inheritance:r /grant:r "%USERNAME%:(OI)(CI)F"`;
    const text = `${dataDir}: Windows gives a folder the rights of the one around it, so other accounts may read it`;
    return [{ level: "warning", about, text, advice }];
  }
  const text = `${dataDir}: other accounts can list the folder, and its rights can not be changed by the account that Lede runs as`;
  return [{ level: "warning", about, text, advice: `As its owner: chmod 700 ${dataDir}` }];
}

/** Who asks for members-only text and is not cleared for it, with the line that clears them. */
async function examineClearance(store: Store, config: Config): Promise<Finding[]> {
  const { membersWorkspaces } = config.operator;
  const held = new Map<Workspace, Channel[]>();
  for (const workspace of await store.workspaces()) {
    const channels = heldChannels(grantsOf(config), await store.decisions(workspace));
    if (channels.length > 0) held.set(workspace, channels);
  }
  if (held.size === 0) return [];
  const line = `LEDE_MEMBERS_WORKSPACES=${[...membersWorkspaces, ...held.keys()].join(",")}`;
  return [
    {
      level: "warning",
      about: "clearance",
      text: `members-only posts are held for ${[...held.values()].flat().join(", ")}`,
      advice: `To let them in, put this into .env and start Lede again: ${line}`,
    },
  ];
}

async function examineWriter(config: Config): Promise<Finding[]> {
  const { openai, writing } = config;
  if (openai !== null)
    return [
      ...(await checkModels({ ...openai, fallbackModel: writing.fallbackModel }, clock())),
      ...(writing.batchBackfills ? [await checkBatches(openai)] : []),
    ];
  const text = "the built-in writer writes every brief, from the article's own sentences";
  return [
    {
      level: "ok",
      about: "writer",
      text,
      advice: "For a model set OPENAI_API_KEY, or OPENAI_BASE_URL and OPENAI_MODEL.",
    },
  ];
}

async function examineChat(chat: Platform, config: Config): Promise<Finding[]> {
  const own = config.channels.filter((channel) => channelParts(channel).platform === chat.name);
  try {
    return await chat.check(own);
  } catch (thrown) {
    return [{ level: "error", about: chat.name, text: toAppError(thrown).say, advice: null }];
  } finally {
    await chat.stop();
  }
}

function missingChats(config: Config): Finding[] {
  const missing: Finding[] = [];
  if (config.discord === null) {
    missing.push({
      level: "ok",
      about: "discord",
      text: "not connected",
      advice: "To connect it, set DISCORD_TOKEN (README, Connect Discord).",
    });
  }
  if (config.slack === null) {
    const advice = "To connect it, set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (README, Connect Slack).";
    missing.push({ level: "ok", about: "slack", text: "not connected", advice });
  }
  return missing;
}

function examineWebhook(config: Config): Finding[] {
  const about = "webhook";
  const open = WEBHOOKS.filter((name) => sendersOf(config, name).length > 0);
  if (open.length === 0) {
    const advice =
      "To publish by webhook, set LEDE_WEBHOOK_SECRET, LEDE_GHOST_SECRET, LEDE_WORDPRESS_SECRET or LEDE_PUBLISHERS (docs/webhooks.md).";
    return [{ level: "ok", about, text: "off", advice }];
  }
  const endpoints = open.map((name) => `POST /v1/${name}`);
  const text = `${endpoints.join(", ")}: signed articles are taken`;
  return [{ level: "ok", about, text, advice: null }, ...config.publishers.map(examinePublisher)];
}

/** Who may speak for what, and who reads it. */
function examinePublisher({ name, secrets, sends, sites, workspaces }: PublisherConfig): Finding {
  const readers = workspaces === null ? "every workspace" : [...workspaces].join(", ");
  const addresses = sites.length === 0 ? "no addresses" : sites.join(", ");
  const change =
    secrets.length > 1 ? "; two secrets are valid: take the old one out once it is not used" : "";
  const text = `${name} by POST /v1/${sends}: ${addresses}, for ${readers}${change}`;
  return { level: "ok", about: "publisher", text, advice: null };
}

/** What writing is configured with beside the model: files that have to be there and to read well. */
function examineWriting(config: Config, log: Log): Finding[] {
  const about = "writing";
  const { houseStyle, prices } = config.writing;
  if (houseStyle === null && prices === null) return [];
  try {
    openDesk(config, log);
    const read = [houseStyle === null ? null : "house style", prices === null ? null : "price list"];
    const text = `${read.filter((part) => part !== null).join(" and ")}: read well`;
    return [{ level: "ok", about, text, advice: null }];
  } catch (thrown) {
    const { code, say } = toAppError(thrown);
    // What a file of the operator's gets wrong is configuration, and ends doctor as a wrong variable does.
    return [
      {
        level: "error",
        about: code.startsWith("config/") ? "configuration" : about,
        text: say,
        advice: null,
      },
    ];
  }
}
