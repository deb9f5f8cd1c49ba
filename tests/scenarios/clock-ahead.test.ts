import { expect, onTestFinished, test } from "vitest";
import { MINUTE_MS, onDiscord, onSlack, sentEntry, subscribe } from "./desk.ts";
import { openNewsroom } from "./newsroom.ts";

/** A little less than what clocks may differ by; Slack is given half a minute on top. */
const AHEAD_MS = { discord: 55_000, slack: 85_000 };

test.for(["discord", "slack"] as const)(
  "a post on %s whose answer was lost is found where that platform's clock is behind",
  async (platform) => {
    const newsroom = await openNewsroom({ outlets: [], aheadMs: AHEAD_MS[platform] });
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
    await newsroom.send("m1", sentEntry({}));
    await newsroom.pass(30 * MINUTE_MS);
    const shown = {
      discord: () => onDiscord(newsroom, discord.channels.news.id),
      slack: () => onSlack(newsroom, slack.channels.news),
    };
    expect(shown[platform]()).toHaveLength(1);
    expect((await newsroom.store().counts()).deliveries).toMatchObject({ sent: 1, uncertain: 0 });
  },
);
