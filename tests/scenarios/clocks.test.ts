import { expect, onTestFinished, test } from "vitest";
import { HOUR_MS, MINUTE_MS, onDiscord, onSlack, sentEntry, subscribe } from "./desk.ts";
import { openNewsroom } from "./newsroom.ts";

const PLATFORMS = ["discord", "slack"] as const;
type Name = (typeof PLATFORMS)[number];

interface Wrong {
  /** How far this machine's clock is ahead when it starts, and how far it is moved after the first attempt. */
  aheadMs: number;
  movedMs: number;
  /** Whether Lede ends after the first attempt, and is started again. */
  restarts?: boolean;
}

const CLOCKS = new Map<string, Wrong>([
  ["five minutes fast", { aheadMs: 5 * MINUTE_MS, movedMs: 0 }],
  ["five minutes slow", { aheadMs: -5 * MINUTE_MS, movedMs: 0 }],
  ["a day fast all at once", { aheadMs: 0, movedMs: 24 * HOUR_MS }],
  ["two hours slow all at once", { aheadMs: 0, movedMs: -2 * HOUR_MS }],
  ["a day fast at a restart", { aheadMs: 0, movedMs: 24 * HOUR_MS, restarts: true }],
  ["two hours slow at a restart", { aheadMs: 0, movedMs: -2 * HOUR_MS, restarts: true }],
]);

const CASES = PLATFORMS.flatMap((platform) =>
  [...CLOCKS].map(([clock, wrong]) => [platform, clock, wrong] as const),
);

test.for(CASES)(
  "a post on %s whose answer was lost is found with a clock %s",
  async ([platform, , wrong]) => {
    const { aheadMs, movedMs, restarts = false } = wrong;
    const { newsroom, shown } = await open(platform, aheadMs);
    await newsroom.send("m1", sentEntry({}));
    newsroom.tick(movedMs);
    if (restarts) await newsroom.restart();
    // In steps as short as those in which Lede looks at the clock.
    await newsroom.pass(5 * MINUTE_MS, MINUTE_MS / 2);
    expect(shown()).toHaveLength(1);
    expect((await newsroom.store().counts()).deliveries).toMatchObject({ sent: 1, uncertain: 0 });
  },
);

test.for(PLATFORMS)(
  "a post on %s whose answer was lost is found where what answers is ahead of what counts out ids",
  async (platform) => {
    const { newsroom, shown } = await open(platform, 0);
    // Slack is given half a minute on top.
    newsroom.discord.settings.dateAheadMs = 55_000;
    newsroom.slack.settings.dateAheadMs = 85_000;
    await newsroom.restart();
    await newsroom.send("m1", sentEntry({}));
    await newsroom.pass(5 * MINUTE_MS);
    expect(shown()).toHaveLength(1);
  },
);

async function open(platform: Name, aheadMs: number) {
  const newsroom = await openNewsroom({
    outlets: [],
    aheadMs,
    lane: { monotonic: () => performance.now() },
  });
  onTestFinished(() => newsroom.close());
  const { discord, slack } = newsroom;
  // What Discord remembers must not hide a second post.
  discord.settings.nonceWindowMs = 0;
  const news = {
    discord: newsroom.discordChannel(discord.channels.news.id),
    slack: newsroom.slackChannel(slack.channels.news),
  };
  await subscribe(newsroom, news[platform], { query: "harbour" });
  discord.fail({
    match: { method: "POST", path: /\/messages$/ },
    how: { kind: "status", status: 502, when: "after" },
  });
  slack.fail({ method: "chat.postMessage", how: { kind: "cut", committed: true } });
  const shown = {
    discord: () => onDiscord(newsroom, discord.channels.news.id),
    slack: () => onSlack(newsroom, slack.channels.news),
  };
  return { newsroom, shown: shown[platform] };
}
