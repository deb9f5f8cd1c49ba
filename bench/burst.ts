import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import { judgeOrder } from "#tests/chaos/judge.ts";
import { plannedIn } from "#tests/chaos/town.ts";
import { createStage, type Environment, publish, WEBHOOK_SECRET } from "#tests/e2e/lede.ts";
import { type DiscordPeer, startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { type SlackPeer, startSlackPeer } from "#tests/peers/slack/peer.ts";
import { generateArticle } from "./articles.ts";
import { percentile, type Table, toText } from "./figures.ts";

const CHANNELS = 100;
const ANSWER_MS = 120;
/** What the platforms take: Discord in all, Slack from each channel. */
const DISCORD_A_SECOND = 50;
const SLACK_GAP_MS = 1_000;
/** Two clocks see a request at different moments. */
const LEEWAY_MS = 50;
const SENDERS = 8;
const STARTS_WITHIN_MS = 60_000;
const ASKED_EACH_MS = 1_500;
const POSTS = /^\/channels\/\d+\/messages$/;

const { articles, seconds } = new Command()
  .option("--articles <number>", "how many come at once", Number, 500)
  .option("--seconds <number>", "how long is measured from the first post on", Number, 45)
  .parse()
  .opts<{ articles: number; seconds: number }>();

type Hanging = "nothing" | "Discord" | "Slack";

interface Measured {
  discord: number;
  slack: number;
  refused: number;
  disordered: number;
  acked: number[];
  unacked: number;
}

async function measure(hanging: Hanging): Promise<Measured> {
  const stage = createStage();
  try {
    const discord = stage.closing(
      await startDiscordPeer({ rateLimit: { limit: 5, windowMs: 5_000 } }),
      (peer) => peer.close(),
    );
    const slack = stage.closing(await startSlackPeer(), (peer) => peer.close());
    const refusals = limit(discord, slack, hanging);
    const dataDir = await stage.dataDir();
    const lede = stage.start({ ...environment(discord, slack), LEDE_DATA: dataDir });
    await lede.page();
    await discord.waitForCommand("brief", STARTS_WITHIN_MS);
    const sending = sendAll(lede).catch(() => undefined);
    const began = await firstPost(discord, slack);
    const asking = ask(discord, slack, began + seconds * 1_000);
    await sleep(seconds * 1_000);
    const [discordPosts, slackPosts] = [countDiscord(discord), countSlack(slack)];
    const answers = await asking;
    await lede.kill();
    await sending;
    return {
      discord: discordPosts / (DISCORD_A_SECOND * seconds),
      slack: slackPosts / ((CHANNELS * seconds * 1_000) / SLACK_GAP_MS),
      refused: refusals(),
      disordered: judgeOrder(plannedIn(`${dataDir}/lede.sqlite`)).length,
      acked: answers.flatMap((ms) => ms ?? []),
      unacked: answers.filter((ms) => ms === null).length,
    };
  } finally {
    await stage.close();
  }
}

function environment(discord: DiscordPeer, slack: SlackPeer): Environment {
  const guild = discord.guilds.main.id;
  const numbers = Array.from({ length: CHANNELS }, (_, number) => number);
  const channels = [
    ...numbers.map((number) => `discord:${guild}:${discord.addChannel({ name: `d${number}` }).id}`),
    ...numbers.map((number) => `slack:${slack.team.id}:${slack.addChannel({ name: `s${number}` }).id}`),
  ];
  return {
    LEDE_CHANNELS: channels.join(","),
    LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    LEDE_PERSON_COMMANDS: "0",
    LEDE_LOG_LEVEL: "error",
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
  };
}

/** Both platforms answer after a time and refuse what is over their limits. Returns how often they did. */
function limit(discord: DiscordPeer, slack: SlackPeer, hanging: Hanging): () => number {
  const lastAt = new Map<unknown, number>();
  const isTooSoon = ({ channel }: Readonly<Record<string, unknown>>): boolean => {
    const now = performance.now();
    if (now - (lastAt.get(channel) ?? -Infinity) < SLACK_GAP_MS - LEEWAY_MS) return true;
    lastAt.set(channel, now);
    return false;
  };
  const method = "chat.postMessage";
  const times = 1e9;
  const refusing = slack.fail({
    method,
    times,
    how: { kind: "ratelimited", retryAfterSeconds: 1 },
    when: isTooSoon,
  });
  slack.fail({
    method,
    times,
    how: hanging === "Slack" ? { kind: "hang" } : { kind: "delay", ms: ANSWER_MS, committed: true },
  });
  discord.fail({
    match: { method: "POST", path: POSTS },
    times,
    how: hanging === "Discord" ? { kind: "hang" } : { kind: "delay", ms: ANSWER_MS, when: "after" },
  });
  return () => refusing.hits + discord.requests.filter(({ status }) => status === 429).length;
}

async function sendAll(lede: Parameters<typeof publish>[0]): Promise<void> {
  const numbers = Array.from({ length: articles }, (_, number) => number).values();
  const send = async (): Promise<void> => {
    for (const number of numbers) {
      const { articleBody, headline, url } = generateArticle(number);
      await publish(lede, { id: `msg_${number}`, url, headline, articleBody });
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
}

async function firstPost(discord: DiscordPeer, slack: SlackPeer): Promise<number> {
  while (countDiscord(discord) + countSlack(slack) === 0) await sleep(10);
  return performance.now();
}

function countDiscord(discord: DiscordPeer): number {
  return discord.requests.filter(
    ({ method, path, status }) => method === "POST" && POSTS.test(path) && status === 200,
  ).length;
}

function countSlack(slack: SlackPeer): number {
  return slack.requests.filter(({ committed, method }) => method === "chat.postMessage" && committed).length;
}

/** People ask meanwhile. Milliseconds until each was acknowledged; null where that was too late. */
async function ask(discord: DiscordPeer, slack: SlackPeer, until: number): Promise<(number | null)[]> {
  const waits: Promise<number | null>[] = [];
  while (performance.now() < until) {
    const began = performance.now();
    const took = (): number => performance.now() - began;
    const { news } = discord.channels;
    const onDiscord = discord.slash({
      channel: news,
      user: discord.users.member,
      command: "brief",
      options: { link: "latest" },
    });
    const onSlack = slack.slash({
      channel: slack.channels.news,
      user: slack.people.member,
      command: "/brief",
      text: "latest",
    });
    waits.push(
      onDiscord.acked.then(took, () => null),
      onSlack.acked.then(({ failure }) => (failure === null ? took() : null)),
    );
    await sleep(ASKED_EACH_MS);
  }
  return Promise.all(waits);
}

function toTable(undisturbed: Measured, others: readonly [Hanging, Measured][]): Table {
  const share = (value: number): string => `${(value * 100).toFixed(0)} %`;
  const row = (name: string, one: Measured): string[] => [
    name,
    share(one.discord),
    share(one.slack),
    String(one.refused),
    String(one.disordered),
    percentile(one.acked, 0.99).toFixed(0),
    String(one.unacked),
  ];
  return {
    title: `Burst: ${articles} articles at once for ${CHANNELS} Discord and ${CHANNELS} Slack channels, ${seconds} s`,
    head: ["", "of Discord's limit", "of Slack's", "429s", "disordered", "/brief p99 ms", "late"],
    rows: [row("undisturbed", undisturbed), ...others.map(([hanging, one]) => row(`${hanging} hangs`, one))],
    note: "Each platform answers after 120 ms. Late is what was not acknowledged within 3 s.",
  };
}

const undisturbed = await measure("nothing");
const others: [Hanging, Measured][] = [];
for (const hanging of ["Discord", "Slack"] as const) others.push([hanging, await measure(hanging)]);
console.log(toText(toTable(undisturbed, others)));
