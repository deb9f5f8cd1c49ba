import pico from "picocolors";

export interface BannerFacts {
  version: string;
  page: string;
  dataDir: string;
  articles: number;
  posts: number;
  model: string | null;
  discord: boolean;
  slack: boolean;
  /** Where articles are published to; null when the webhook is off. */
  webhook: string | null;
  /** Address of the sample newsroom; null when something is connected. */
  sample: string | null;
  /** Channels besides the console. */
  channels: number;
}

/** What is running, where the page is, and what to set to connect the rest. */
export function banner(facts: BannerFacts): string {
  const rows: [string, string, string | null][] = [
    ["Page", pico.underline(facts.page), null],
    ["Store", `${facts.dataDir} (${facts.articles} articles, ${facts.posts} posts)`, null],
    [
      "Writer",
      facts.model ?? "built-in, no model",
      facts.model === null ? "OPENAI_API_KEY for a model" : null,
    ],
    ["Discord", facts.discord ? "connecting" : "not connected", facts.discord ? null : "DISCORD_TOKEN"],
    [
      "Slack",
      facts.slack ? "connecting" : "not connected",
      facts.slack ? null : "SLACK_BOT_TOKEN and SLACK_APP_TOKEN",
    ],
    ["Webhook", facts.webhook ?? "off", facts.webhook === null ? "LEDE_WEBHOOK_SECRET" : null],
  ];
  if ((facts.discord || facts.slack) && facts.channels === 0) {
    rows.push(["Channels", "only the page", "LEDE_CHANNELS (npx lede doctor lists them)"]);
  }
  if (facts.sample !== null)
    rows.push(["Sample", `a newsroom publishes at ${facts.sample}; a correction comes after a minute`, null]);
  const lines = rows.map(([name, state, set]) => {
    const hint = set === null ? "" : pico.dim(`  set ${set}`);
    return `  ${pico.bold(name.padEnd(9))} ${state}${hint}`;
  });
  const head = `${pico.bold("Lede")} ${facts.version}, a news briefer for Discord and Slack`;
  return `\n${head}\n\n${lines.join("\n")}\n\n  ${pico.dim(".env.example explains each variable, npx lede doctor checks them. Ctrl-C stops.")}\n\n`;
}
