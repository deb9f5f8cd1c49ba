import type { Reason } from "./delivery.ts";
import type { Decisions } from "./moderation.ts";
import type { Subscription } from "./subscription.ts";

/** A subscription that an article matches, and why. */
export interface Match {
  subscription: Subscription;
  reason: Reason;
}

/** A workspace's subscriptions to the topics that were found, which are the found words by the topic's id. */
export function matchesIn(
  { subscriptions, topics }: Decisions,
  found: ReadonlyMap<string, string[]>,
): Match[] {
  return subscriptions.flatMap((subscription) => {
    const terms = found.get(subscription.topicId);
    const topic = topics.find(({ id }) => id === subscription.topicId);
    if (terms === undefined || topic === undefined) return [];
    return [{ subscription, reason: { subscription: subscription.id, topic: topic.name, terms } }];
  });
}
