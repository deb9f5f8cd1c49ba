import { expect } from "vitest";
import { type Delivery, type DeliveryState } from "#src/core/delivery.ts";
import { type Grants, NO_GRANTS } from "#src/core/operator.ts";
import { planPosts, type PostPlan } from "#src/core/post-plan.ts";
import type { StoryMember } from "#src/core/story.ts";
import type { Match } from "#src/core/subscription-match.ts";
import { newSubscription } from "#src/core/subscription-options.ts";
import type { Subscription } from "#src/core/subscription.ts";
import { defaultSettings } from "#src/core/workspace.ts";

export const NOW = new Date("2026-03-02T10:00:00Z");
export const NEWS = "discord:1:10" as const;
export const QUIET = { from: "09:00", to: "11:30", zone: "UTC" };

interface Given {
  members: StoryMember[];
  open?: boolean;
  deliveries?: Delivery[];
  matches?: ReadonlyMap<StoryMember, readonly Match[]>;
  grants?: Grants;
  /** The articles that the channel shows already. */
  standing?: string[];
}

/** The operator lets members' text into the server. */
export const CLEARED: Grants = { ...NO_GRANTS, members: new Set(["discord:1"]) };

/** The one plan there is, or null for none. */
export function plan({
  members,
  open = false,
  deliveries = [],
  matches = new Map(),
  ...given
}: Given): PostPlan | null {
  const story = { id: "story", headline: "Fire", firstSeenAt: NOW };
  const plans = planPosts({
    state: { story, version: 1, members },
    deliveries,
    matches,
    openChannels: open ? [NEWS] : [],
    grants: given.grants ?? CLEARED,
    standing: new Map([[NEWS, new Set(given.standing)]]),
    now: NOW,
  });
  expect(plans.length).toBeLessThan(2);
  return plans[0] ?? null;
}

export function member(
  id: string,
  changes: Partial<StoryMember["article"]> = {},
  sources = ["webhook"],
): StoryMember {
  return {
    article: {
      id,
      url: `https://${id}.example/fire`,
      site: id,
      byline: null,
      language: "en",
      publishedAt: null,
      visibility: "public",
      firstSeenAt: NOW,
      unpublishedAt: null,
      storyId: "story",
      latest: 1,
      ...changes,
    },
    revision: {
      articleId: id,
      number: 1,
      hash: id,
      title: "Fire",
      paragraphs: [],
      fetchedAt: NOW,
      change: null,
    },
    sources,
  };
}

export function subscription(topicId: string, changes: Partial<Subscription> = {}): Subscription {
  return {
    ...newSubscription({ channel: NEWS, topicId, now: NOW }, defaultSettings("discord:1")),
    ...changes,
  };
}

export function matching(subscribed: Subscription, ...terms: string[]): Match {
  return {
    subscription: subscribed,
    reason: { subscription: subscribed.id, topic: subscribed.topicId, terms },
  };
}

export function delivery(state: DeliveryState, changes: Partial<Delivery> = {}): Delivery {
  return {
    key: "k".repeat(24),
    channel: NEWS,
    storyId: "story",
    slot: "",
    parent: null,
    manner: { mention: "role", crosspost: true },
    reasons: [{ subscription: "old", topic: "Harbour", terms: ["harbour"] }],
    wanted: "view",
    shown: null,
    state,
    reason: null,
    attempts: 0,
    dueAt: NOW,
    queuedAt: NOW,
    message: null,
    sentAt: null,
    ...changes,
  };
}
