import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Channel } from "#src/core/channel.ts";
import { settle } from "#src/core/delivery.ts";
import { NO_LIMITS } from "#src/core/budget.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import { MINUTE_MS, onDiscord, onSlack } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onDiscordAs, onSlackAs, type Person } from "./people.ts";

let newsroom: Newsroom;

beforeEach(async () => {
  newsroom = await openNewsroom({ outlets: ["Harbour Times"] });
});
afterEach(() => newsroom.close());

interface Place {
  person: Person;
  here: Channel;
  /** In a workspace that Lede is in as well, whose name begins as that of `here`. */
  elsewhere: Channel;
  shown: () => ShownMessage[];
}

const PLATFORMS: [string, () => Place][] = [
  [
    "Discord",
    () => {
      const { channels, guilds } = newsroom.discord;
      return {
        person: onDiscordAs(newsroom, "moderator"),
        here: newsroom.discordChannel(channels.news.id),
        elsewhere: `discord:${guilds.main.id}9:1`,
        shown: () => onDiscord(newsroom, channels.news.id),
      };
    },
  ],
  [
    "Slack",
    () => {
      const { channels, team } = newsroom.slack;
      return {
        person: onSlackAs(newsroom, "admin"),
        here: newsroom.slackChannel(channels.news),
        elsewhere: `slack:${team.id}X:C1`,
        shown: () => onSlack(newsroom, channels.news),
      };
    },
  ],
];

/** Gives a message for the channel up before it is sent. */
async function giveUp(channel: Channel, title: string): Promise<void> {
  const store = newsroom.store();
  const now = newsroom.clock();
  await store.notify({ channel, slot: "n", view: { kind: "notice", tone: "info", title, lines: [] }, now });
  const platform = channel.startsWith("discord") ? "discord" : "slack";
  const claimed = await store.claimDelivery({ platform, paused: [], now, platformNow: now });
  if (claimed?.delivery.channel !== channel) throw new Error("Another message was due");
  const { delivery } = claimed;
  const outcome = { kind: "failed", code: "platform/rejected" } as const;
  await store.settleDelivery(claimed, settle(delivery, outcome, { now, showing: delivery.wanted }));
}

async function spend(channel: Channel, topic: string, tokens: number): Promise<void> {
  const payer = { channels: [channel], topics: new Map([[channel, topic]]) };
  const amount = { tokens, money: tokens * 10 };
  await newsroom
    .store()
    .settleBudget({ id: topic, payer, amount, standing: NO_LIMITS, now: newsroom.clock() });
}

/** A platform breaks lines where it changes the style. */
const wordsOf = ({ text }: ShownMessage): string => text.replaceAll(/\s+/g, " ");

describe.each(PLATFORMS)("/lede status on %s", (_platform, place) => {
  test("tells a moderator, alone, how it goes in their own workspace, and tries again what was given up there", async () => {
    const { elsewhere, here, person, shown } = place();
    const [times] = newsroom.outlets;
    await person.type("sources add", { url: times?.feed ?? "" });
    await newsroom.pass(MINUTE_MS);
    const theirs = workspaceOf(elsewhere);
    const at = newsroom.clock();
    const source = { id: "s", workspace: theirs, url: "http://127.0.0.1:9/theirs", title: null };
    await newsroom.decide({
      workspace: theirs,
      by: "them",
      at,
      summary: "Added a source",
      edits: [{ kind: "source", id: "s", value: { ...source, backfill: 0, addedAt: at } }],
      seen: null,
    });
    await giveUp(here, "Ours");
    await giveUp(elsewhere, "Theirs");
    await spend(here, "Harbour", 1_234);
    await spend(elsewhere, "Whale song", 55_555);

    const status = await person.type("lede status");
    expect(status.audience).toBe("asker");
    expect(wordsOf(status)).toMatch(/connected since/);
    expect(wordsOf(status)).toMatch(/Writer.* built-in/);
    expect(wordsOf(status)).toMatch(/Feeds.* 1\b/);
    expect(wordsOf(status)).toMatch(/1 message given up/);
    expect(wordsOf(status)).toMatch(/This workspace.* 1,234 tokens/);
    expect(wordsOf(status)).toMatch(/1,234 tokens \(0\.01 USD\), of it Harbour 1,234 tokens/);
    expect(wordsOf(status)).not.toMatch(/Whale|55,555|56,789|theirs|All of Lede|Came in/);

    expect(status.actions).toContain("lede:retry");
    const retried = await person.press(status, "lede:retry");
    expect(retried.text).toContain("1 message is tried again now");
    await newsroom.settle();
    expect(shown().filter(({ text }) => text.includes("Ours"))).toHaveLength(1);
    expect((await newsroom.store().queue(theirs, newsroom.clock())).deliveries).toMatchObject([{ dead: 1 }]);

    const after = await person.type("lede status");
    expect(wordsOf(after)).not.toMatch(/given up/);
    expect(wordsOf(after)).toMatch(/Last messages.*posted/);
    expect(after.actions).toEqual([]);
  });
});
