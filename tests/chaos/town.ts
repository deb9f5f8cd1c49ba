import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { type Channel, toChannel } from "#src/core/channel.ts";
import { newSubscription } from "#src/core/subscription-options.ts";
import type { Subscription } from "#src/core/subscription.ts";
import { defaultSettings, workspaceOf } from "#src/core/workspace.ts";
import {
  ownMessages as ownOnDiscord,
  shownMessage as shownOnDiscord,
} from "#tests/adapters/discord/newsroom.ts";
import { ownMessages as ownOnSlack, shownMessage as shownOnSlack } from "#tests/adapters/slack/newsroom.ts";
import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import { type createStage, type Environment, WEBHOOK_SECRET } from "#tests/e2e/lede.ts";
import { type DiscordPeer, startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { type SlackPeer, startSlackPeer } from "#tests/peers/slack/peer.ts";
import { TOPICS } from "#tests/scenarios/week-words.ts";

const HOUR_MS = 3_600_000;

/** A channel, and what stands in it. */
export interface Place {
  name: string;
  channel: Channel;
  isCleared: boolean;
  /** What comes together at set times. */
  isDigest: boolean;
  /** Each post has a thread, which says the rest. */
  isThreaded: boolean;
  shown: () => ShownMessage[];
  /** What stands in the threads, thread by thread. */
  threads: () => ShownMessage[][];
}

export interface Town {
  discord: DiscordPeer;
  slack: SlackPeer;
  env: Environment;
  places: readonly Place[];
  /** Posts that stand by themselves, as they were planned: channel and message. Only while no Lede runs. */
  planned: () => { channel: string; message: string }[];
}

type Wish = Partial<Pick<Subscription, "cadence" | "placement" | "clearance">>;

/** Both platforms, and a data folder in which their channels are subscribed to everything. */
export async function openTown(stage: ReturnType<typeof createStage>): Promise<Town> {
  const discord = stage.closing(await startDiscordPeer(), (peer) => peer.close());
  const slack = stage.closing(await startSlackPeer(), (peer) => peer.close());
  const dataDir = await stage.dataDir();
  const file = path.join(dataDir, "lede.sqlite");
  const store = await openSqliteStore({ path: file });
  const digest: Wish = { cadence: { kind: "digest", cron: "*/5 * * * *", zone: "UTC" } };
  const { news, forum } = discord.channels;
  const wishes: [Place, Wish][] = [
    [discordPlace(discord, "news", news.id), {}],
    [
      { ...discordPlace(discord, "thread", discord.addChannel({ name: "threads" }).id), isThreaded: true },
      { placement: "thread" },
    ],
    [{ ...discordPlace(discord, "forum", forum.id), isThreaded: true, shown: () => [] }, {}],
    [
      { ...discordPlace(discord, "digest", discord.addChannel({ name: "digest" }).id), isDigest: true },
      digest,
    ],
    [
      { ...slackPlace(slack, "slack members", slack.channels.news), isCleared: true },
      { clearance: "members" },
    ],
    [{ ...slackPlace(slack, "slack digest", slack.channels.tech), isDigest: true }, digest],
  ];
  for (const [place, wish] of wishes) await subscribe(store, place, wish);
  await store.close();
  return {
    discord,
    slack,
    places: wishes.map(([place]) => place),
    env: {
      LEDE_DATA: dataDir,
      LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      LEDE_MEMBERS_WORKSPACES: `slack:${slack.team.id}`,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    },
    planned: () => plannedIn(file),
  };
}

type Store = Awaited<ReturnType<typeof openSqliteStore>>;

async function subscribe(store: Store, { channel, name }: Place, wish: Wish): Promise<void> {
  const workspace = workspaceOf(channel);
  const now = new Date(Date.now() - HOUR_MS);
  const id = `everything in ${name}`;
  const topic = { id, workspace, name: id, query: TOPICS.join(" OR ") };
  const plain = newSubscription({ channel, topicId: id, now }, defaultSettings(workspace));
  await store.change({
    workspace,
    by: "chaos",
    at: now,
    summary: "Set up",
    seen: null,
    edits: [
      { kind: "topic", id, value: topic },
      { kind: "subscription", id: plain.id, value: { ...plain, ...wish } },
    ],
  });
}

function discordPlace(discord: DiscordPeer, name: string, id: string): Place {
  return {
    name: `discord ${name}`,
    channel: toChannel({ platform: "discord", workspace: discord.guilds.main.id, id }),
    isCleared: false,
    isDigest: false,
    isThreaded: false,
    shown: () => ownOnDiscord(discord, id).map(shownOnDiscord),
    threads: () => discord.threads(id).map((thread) => ownOnDiscord(discord, thread).map(shownOnDiscord)),
  };
}

function slackPlace(slack: SlackPeer, name: string, id: string): Place {
  return {
    name,
    channel: toChannel({ platform: "slack", workspace: slack.team.id, id }),
    isCleared: false,
    isDigest: false,
    isThreaded: false,
    shown: () => ownOnSlack(slack, id).map(shownOnSlack),
    threads: () => [],
  };
}

/** What was tried for longer than a post holds its channel may have been passed by the next. */
export function plannedIn(file: string): { channel: string; message: string }[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database
      .prepare(
        `select channel, message ->> '$.id' as message from deliveries
         where slot = '' and state = 'sent' and story_id is not null and message is not null
           and parent is null and platform <> 'console' and sent_at - first_attempt_at < 60000
         order by seq`,
      )
      .all()
      .map(({ channel, message }) => ({ channel: String(channel), message: String(message) }));
  } finally {
    database.close();
  }
}
