import pico from "picocolors";

export interface BannerFacts {
  version: string;
  /** An address that signs in; null where what is printed is kept as a log, which others read. */
  signIn: string | null;
  page: string;
  dataDir: string;
  articles: number;
  posts: number;
  model: string | null;
  discord: boolean;
  slack: boolean;
  /** Where articles are published to; none when no webhook is on. */
  webhooks: readonly string[];
  /** Address of the sample newsroom; null when something is connected. */
  sample: string | null;
  /** Channels besides the console that are given everything. */
  channels: number;
  /** What moderators have subscribed channels to. */
  subscriptions: number;
}

/** Name, state and what to do about it. */
type Row = [string, string, string | null];

/** What is running, where the page is, and what to set to connect the rest. */
export function banner(facts: BannerFacts): string {
  const rows: Row[] = [
    pageRow(facts),
    ["Store", `${facts.dataDir} (${facts.articles} articles, ${facts.posts} posts)`, null],
    [
      "Writer",
      facts.model ?? "built-in, no model",
      facts.model === null ? "set OPENAI_API_KEY for a model" : null,
    ],
    ["Discord", facts.discord ? "connecting" : "not connected", facts.discord ? null : "set DISCORD_TOKEN"],
    [
      "Slack",
      facts.slack ? "connecting" : "not connected",
      facts.slack ? null : "set SLACK_BOT_TOKEN and SLACK_APP_TOKEN",
    ],
    [
      "Webhook",
      facts.webhooks.length === 0 ? "off" : facts.webhooks.join(", "),
      facts.webhooks.length === 0 ? "set LEDE_WEBHOOK_SECRET" : null,
    ],
  ];
  if (facts.discord || facts.slack) rows.push(["Channels", channelsText(facts), null]);
  if (facts.sample !== null)
    rows.push(["Sample", `a newsroom publishes at ${facts.sample}; a correction comes after a minute`, null]);
  const lines = rows.map(([name, state, advice]) => {
    const hint = advice === null ? "" : pico.dim(`  ${advice}`);
    return `  ${pico.bold(name.padEnd(9))} ${state}${hint}`;
  });
  const head = `${pico.bold("Lede")} ${facts.version}, a news briefer for Discord and Slack`;
  return `\n${head}\n\n${lines.join("\n")}\n\n  ${pico.dim(".env.example explains each variable, npx lede doctor checks them. Ctrl-C stops.")}\n\n`;
}

/** The address stands alone on its line, so that a terminal makes all of it a link. */
function pageRow({ page, signIn }: BannerFacts): Row {
  if (signIn !== null) return ["Page", pico.underline(signIn), null];
  return ["Page", pico.underline(page), "npx lede page-link prints an address that signs in"];
}

function channelsText({ channels, subscriptions }: BannerFacts): string {
  const all = channels === 0 ? [] : [`${channels} get everything (LEDE_CHANNELS)`];
  const some =
    subscriptions === 0
      ? "/sources add and /topics add in a channel give it its topics"
      : `${subscriptions} subscriptions (/topics list)`;
  return [...all, some].join(", ");
}
