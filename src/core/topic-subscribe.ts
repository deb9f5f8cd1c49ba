import { digest } from "./article.ts";
import { Channel, channelParts, toChannel } from "./channel.ts";
import type { Caller } from "./command.ts";
import { AppError } from "./errors.ts";
import type { Decisions } from "./moderation.ts";
import type { Backfilled, ModeratorApp } from "./moderator-app.ts";
import { type Reply, sentence } from "./reply.ts";
import {
  newSubscription,
  type SubscriptionOptions,
  subscriptionText,
  withOptions,
} from "./subscription-options.ts";
import { fold } from "./topic-find-named.ts";
import { Topic } from "./topic.ts";

const MOST_TOPICS = 200;

export interface Subscribe {
  moderation: ModeratorApp;
  caller: Caller;
  options: SubscriptionOptions & { query: string; name?: string | undefined; backfill?: number | undefined };
}

/** Lets a channel have what matches a query from now on. Throws AppError `command/*`. */
export async function subscribe({ moderation, caller, options }: Subscribe): Promise<Reply> {
  const decisions = await moderation.decisions();
  const channel = channelOf(options.channel, caller);
  const topic = topicFor(decisions, options);
  const now = moderation.now();
  const fresh = newSubscription({ channel, topicId: topic.id, now }, decisions.settings);
  const known = decisions.subscriptions.find(({ id }) => id === fresh.id);
  const subscription = withOptions(known ?? fresh, options, decisions.settings);
  if (options.clearance === "members" && known?.clearance !== "members") moderation.needClearance();
  const name = await moderation.channelName(channel);
  await moderation.change({
    summary: `Subscribed ${name} to “${topic.name}”`,
    edits: [
      { kind: "topic", id: topic.id, value: topic },
      { kind: "subscription", id: subscription.id, value: subscription },
    ],
    // Two who make a topic of one name at the same moment must not overwrite each other's query.
    seen: decisions.version,
  });
  const backfilled =
    options.backfill === undefined ? null : await moderation.backfill(subscription.id, options.backfill);
  const test = await moderation.backtest({
    query: topic.query,
    days: 7,
    clearance: subscription.clearance,
    minOutlets: subscription.minOutlets,
    maxAnHour: subscription.maxAnHour,
  });
  const said = `${name} now gets “${topic.name}” (${subscriptionText(subscription, moderation.isCleared)}).`;
  const earlier = backfilled === null ? "" : earlierText(backfilled);
  const volume = ` In the last 7 days it would have been ${counted(test.posted.length, "post", "posts")}.`;
  const notes = [
    ...test.notes,
    ...(test.matchesEverything ? ["Everything is posted. Add a word that has to stand in an article."] : []),
  ];
  const reply = sentence(`${said}${earlier}${volume}`);
  return {
    ...reply,
    blocks: [
      ...reply.blocks,
      ...notes.flatMap((note) => sentence(note, "warning").blocks),
      { kind: "actions", actions: [{ id: `topics:test:${topic.id}`, label: "Show the test" }] },
    ],
  };
}

/** What comes of the time before, and when. */
function earlierText({ stories, waiting }: Backfilled): string {
  if (stories === 0) return "";
  const later = "written in a batch, which can take a day";
  const how = waiting === 0 ? "" : waiting === stories ? `, ${later}` : `, ${waiting} of them ${later}`;
  return ` ${counted(stories, "known story is", "known stories are")} on the way${how}.`;
}

/** A topic of the same name is the same topic; another query under that name is refused. */
function topicFor(
  { settings, topics }: Decisions,
  { name, query }: { name?: string | undefined; query: string },
): Topic {
  const called = inOneLine(name ?? query).slice(0, 60);
  const known = topics.find((topic) => fold(topic.name) === fold(called));
  if (known !== undefined && known.query.trim() === query.trim()) return known;
  if (known !== undefined) {
    throw new AppError("command/bad-options", {
      say: `There is a topic “${known.name}” that looks for ${known.query}. Give the new one another name, or change that one with /topics edit.`,
    });
  }
  if (topics.length >= MOST_TOPICS)
    throw new AppError("command/bad-options", {
      say: `There are ${MOST_TOPICS} topics, which is the most. Remove one with /topics remove.`,
    });
  const { workspace } = settings;
  const parsed = Topic.safeParse({
    id: freeId(topics, `topic|${workspace}|${fold(called)}`),
    workspace,
    name: called,
    query,
  });
  if (parsed.success) return parsed.data;
  throw new AppError("command/bad-options", { say: "A topic needs a query of 1 to 500 characters." });
}

/** A topic that was renamed keeps its id, which is made of its old name. */
function freeId(topics: readonly Topic[], seed: string): string {
  const taken = new Set(topics.map(({ id }) => id));
  let id = digest(seed);
  while (taken.has(id)) id = digest(`${seed}|${id}`);
  return id;
}

/** A channel as an option gives it, in the caller's own workspace. */
export function channelOf(given: string | undefined, { channel, platform }: Caller): Channel {
  if (channel === null) throw new AppError("command/needs-workspace");
  if (given === undefined) return channel;
  const { workspace } = channelParts(channel);
  const found = Channel.safeParse(`${platform}:${workspace}:${given}`);
  if (found.success) return toChannel({ platform, workspace, id: given });
  throw new AppError("command/bad-options", { say: "That is no channel. Choose one from the list." });
}

/** A name as lists and logs show it. */
export function inOneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ");
}

/** A number with the word for what it counts. */
export function counted(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}
