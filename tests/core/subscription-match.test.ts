import { expect, test } from "vitest";
import { newSubscription } from "#src/core/subscription-options.ts";
import { matchesIn } from "#src/core/subscription-match.ts";
import { defaultSettings } from "#src/core/workspace.ts";

const SETTINGS = defaultSettings("discord:1");
const NOW = new Date("2026-03-02T10:00:00Z");

function subscribed(topicId: string) {
  return newSubscription({ channel: "discord:1:10", topicId, now: NOW }, SETTINGS);
}

test("a subscription matches by its own topic alone, and says the topic's name and the found words", () => {
  const [harbour, regatta, gone] = [subscribed("t1"), subscribed("t2"), subscribed("t3")];
  const topics = [
    { id: "t1", workspace: SETTINGS.workspace, name: "Harbour", query: "harbour" },
    { id: "t2", workspace: SETTINGS.workspace, name: "Regatta", query: "regatta" },
  ];
  const decisions = {
    settings: SETTINGS,
    topics,
    subscriptions: [harbour, regatta, gone],
    sources: [],
    version: 1,
  };
  const found = new Map([
    ["t1", ["harbour"]],
    // Of a topic that is removed nothing is known but its words.
    ["t3", ["port"]],
  ]);
  expect(matchesIn(decisions, found)).toEqual([
    { subscription: harbour, reason: { subscription: harbour.id, topic: "Harbour", terms: ["harbour"] } },
  ]);
});
