import { isDeepStrictEqual } from "node:util";
import type { Channel } from "./channel.ts";
import type { Decisions, Edit } from "./moderation.ts";
import type { Subscription } from "./subscription.ts";
import { fold } from "./topic-find-named.ts";
import type { Topic } from "./topic.ts";
import { defaultSettings } from "./workspace.ts";

/** What a channel's moderator sees of the decisions: what the channel receives, and what new subscriptions begin with. */
export function receivedIn(channel: Channel, decisions: Decisions): Decisions {
  const subscriptions = decisions.subscriptions.filter((one) => one.channel === channel);
  const ids = new Set(subscriptions.map(({ topicId }) => topicId));
  const { language, workspace, zone } = decisions.settings;
  return {
    topics: decisions.topics.filter(({ id }) => ids.has(id)),
    subscriptions,
    sources: [],
    settings: { ...defaultSettings(workspace), language, zone },
    version: decisions.version,
  };
}

/** Why a channel's moderator may not make an edit, from all that is decided; null where they may. */
export function refusedIn(channel: Channel, decisions: Decisions, edit: Edit): string | null {
  switch (edit.kind) {
    case "topic":
      return refusedTopic(channel, decisions, edit);
    case "subscription":
      return refusedSubscription(channel, decisions, edit);
    case "source":
    case "settings":
    case "budget":
      return "That is decided for the whole workspace. Ask an administrator.";
    case "fact":
      // Whoever may take a fact back takes it back wherever the workspace is shown it.
      return null;
    default:
      return edit satisfies never;
  }
}

/** Whether another channel than this receives a topic. */
export function isSharedBeyond(channel: Channel, { subscriptions }: Decisions, topicId: string): boolean {
  return subscriptions.some((one) => one.topicId === topicId && one.channel !== channel);
}

function refusedTopic(
  channel: Channel,
  decisions: Decisions,
  { id, value }: { id: string; value: Topic | null },
): string | null {
  const before = decisions.topics.find((topic) => topic.id === id) ?? null;
  if (isDeepStrictEqual(before, value)) return null;
  const taken = decisions.topics.find(
    ({ id: other, name }) => other !== id && value !== null && fold(name) === fold(value.name),
  );
  const own = decisions.subscriptions.filter(({ topicId }) => topicId === id);
  const isNew = before === null && taken === undefined;
  if (isNew) return null;
  if (taken !== undefined || own.length === 0)
    return "Another channel has a topic of that name. Give this one another name, or ask an administrator.";
  if (isSharedBeyond(channel, decisions, id))
    return "Other channels receive that topic too, so its name and query are for an administrator to change. Give one of your own another name.";
  return own.some(({ clearance }) => clearance === "members") ? MEMBERS_ONLY : null;
}

export const MEMBERS_ONLY = "Members-only text is let in by administrators alone. Ask one of them.";

function refusedSubscription(
  channel: Channel,
  decisions: Decisions,
  { id, value }: { id: string; value: Subscription | null },
): string | null {
  const before = decisions.subscriptions.find((one) => one.id === id) ?? null;
  if ((before ?? value)?.channel !== channel || (value ?? before)?.channel !== channel)
    return "In this channel you decide for this channel alone. Ask an administrator for the others.";
  if (value === null) return null;
  if (value.clearance === "members" && !isDeepStrictEqual(before, value)) return MEMBERS_ONLY;
  if (before !== null && before.topicId !== value.topicId) return "A topic is added with /topics add.";
  const isReceived =
    before !== null || !decisions.subscriptions.some(({ topicId }) => topicId === value.topicId);
  if (!isReceived)
    return "Other channels receive that topic. Add one of your own under another name, or ask an administrator.";
  const calls = value.mention !== null && value.mention !== before?.mention;
  return calls || (value.crosspost && before?.crosspost !== true)
    ? "Calling people and handing posts on are for an administrator to decide. Leave out mention: and crosspost:."
    : null;
}
