import { expect, test } from "vitest";
import { COMMANDS } from "#commands";
import type { Backtest } from "#src/core/backtest.ts";
import type { Decisions } from "#src/core/moderation.ts";
import type { Reply } from "#src/core/reply.ts";
import { newSubscription, subscriptionText } from "#src/core/subscription-options.ts";
import { backtestReply, startersReply, topicsReply } from "#src/core/topic-replies.ts";
import { STARTER_TOPICS } from "#src/core/topic.ts";
import { defaultSettings } from "#src/core/workspace.ts";

const SETTINGS = defaultSettings("discord:1");

function decisions(topics: number): Decisions {
  const list = Array.from({ length: topics }, (_, index) => ({
    id: index.toString(16).padStart(24, "0"),
    workspace: "discord:1",
    name: `Topic ${String(topics - index).padStart(3, "0")}`,
    query: "harbour",
  }));
  const place = { channel: "discord:1:2" as const, topicId: list[0]?.id ?? "", now: new Date(0) };
  const subscriptions = topics === 0 ? [] : [newSubscription(place, SETTINGS)];
  return { topics: list, subscriptions, sources: [], settings: SETTINGS, version: 3 };
}

const SHOWN = { channelName: () => "#news", hasLog: true, isCleared: true };

const REPLIES: [string, Reply][] = [
  ["the list of no topics", topicsReply(decisions(0), SHOWN)],
  ["the list of one topic", topicsReply(decisions(1), SHOWN)],
  ["the list of 200 topics", topicsReply(decisions(200), SHOWN)],
  ["the ready-made topics", startersReply(STARTER_TOPICS)],
];

test.for(REPLIES)("every button and choice of %s is understood by its command", ([, reply]) => {
  for (const text of idsOf(reply)) {
    const [name = "", ...rest] = text.split(":");
    const command = COMMANDS.find((one) => one.name === name);
    const options = command?.fromText(rest.join(":"));
    expect(command?.options.safeParse(options).error?.issues ?? []).toEqual([]);
  }
});

test("a long list is in the order of names, and says where the topics are that its menus do not hold", () => {
  const reply = topicsReply(decisions(200), SHOWN);
  const [menu] = reply.blocks.filter((block) => block.kind === "select");
  expect(menu?.choices.map(({ label }) => label).slice(0, 2)).toEqual(["Topic 001", "Topic 002"]);
  expect(JSON.stringify(reply)).toContain("/topics edit finds every topic");
});

test("a test of one story on one topic speaks of one", () => {
  const at = new Date(0);
  const found: Backtest = {
    days: 1,
    notes: [],
    matchesEverything: false,
    stories: 1,
    posted: [{ title: "Fire", outlets: ["Times"], url: null, at, stage: "posted", why: "matched fire" }],
    stopped: [],
    postsADay: 1,
    cost: { calls: 1, tokens: 2_500, money: null },
  };
  expect(JSON.stringify(backtestReply("harbour", found))).toMatch(
    /Of 1 story in the last day.*1 model call,/,
  );
});

test("a subscription is described without ids", () => {
  const [subscription] = decisions(1).subscriptions;
  if (subscription === undefined) throw new Error("There is no subscription");
  const text = subscriptionText(
    { ...subscription, mention: "41771983423143937", clearance: "members" },
    true,
  );
  expect(text).toBe("instant, full, with a mention, members-only text too");
});

function idsOf({ blocks }: Reply): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "actions") return block.actions.map(({ id }) => id);
    return block.kind === "select" ? block.choices.map(({ value }) => `${block.id}:${value}`) : [];
  });
}
