import { type Channel, channelParts } from "./channel.ts";
import type { Caller, CommandRun } from "./command.ts";
import { AppError } from "./errors.ts";
import type { Choice, Form } from "./form.ts";
import type { Edit } from "./moderation.ts";
import type { ModeratorApp } from "./moderator-app.ts";
import { type Reply, sentence } from "./reply.ts";
import { subscriptionText, withOptions } from "./subscription-options.ts";
import type { Subscription } from "./subscription.ts";
import { fold, namedTopic } from "./topic-find-named.ts";
import { addTopicForm, deliveryForm, editTopicForm } from "./topic-forms.ts";
import { backtestReply, startersReply, topicsReply } from "./topic-replies.ts";
import { channelOf, counted, inOneLine, subscribe } from "./topic-subscribe.ts";
import { STARTER_TOPICS, Topic } from "./topic.ts";
import type { TopicsOptions } from "./topic-options.ts";

const MOST_SUGGESTED = 25;

type Run<Action extends TopicsOptions["action"]> = CommandRun<Extract<TopicsOptions, { action: Action }>>;

/** `/topics`: lists, makes, changes, stops and tries out topics. Throws AppError `command/*`. */
export async function runTopics(run: CommandRun<TopicsOptions>): Promise<Reply> {
  const { app, options } = run;
  switch (options.action) {
    case "list":
      return listTopics(app.moderation());
    case "add":
      return addTopic({ ...run, options });
    case "edit":
      return editTopic({ ...run, options });
    case "remove":
      return removeTopic({ ...run, options });
    case "pause":
    case "resume":
      return pauseTopic({ ...run, options });
    case "test":
      return testTopic({ ...run, options });
    case "start":
      return startTopic({ ...run, options });
    default:
      return options satisfies never;
  }
}

/** The form that stands for what is not given yet. */
export async function topicsForm(run: CommandRun<Record<string, unknown>>): Promise<Form | null> {
  const { action, page, query, topic, ...rest } = run.options;
  if (action === "add" && query === undefined) return addTopicForm(callerChannelId(run.caller));
  const isBare = query === undefined && Object.keys(rest).length === 0;
  if (action !== "edit" || typeof topic !== "string" || !isBare) return null;
  const moderation = run.app.moderation();
  const decisions = await moderation.decisions();
  const named = namedTopic(decisions, topic);
  const subscription = subscriptionHere(named.subscriptions, run.caller);
  if (page === "how" && subscription !== null)
    return deliveryForm(named.topic, subscription, decisions.version);
  return editTopicForm(named.topic, subscription, decisions.version);
}

/** Topics whose names fit what is typed. */
export async function suggestTopics(
  run: CommandRun<Record<string, unknown>>,
  { typed }: { name: string; typed: string },
): Promise<Choice[]> {
  const { topics } = await run.app.moderation().decisions();
  return topics
    .filter(({ name }) => fold(name).includes(fold(typed)))
    .slice(0, MOST_SUGGESTED)
    .map(({ id, name }) => ({ value: id, label: name }));
}

async function listTopics(moderation: ModeratorApp): Promise<Reply> {
  const decisions = await moderation.decisions();
  const names = new Map<Channel, string>();
  for (const { channel } of decisions.subscriptions)
    if (!names.has(channel)) names.set(channel, await moderation.channelName(channel));
  return topicsReply(decisions, {
    channelName: ({ channel }) => names.get(channel) ?? channel,
    isCleared: moderation.isCleared,
    hasLog: moderation.may("settings log"),
  });
}

async function addTopic({ app, caller, options }: Run<"add">): Promise<Reply> {
  const { query } = options;
  if (query === undefined)
    throw new AppError("command/bad-options", {
      say: "Say what to look for, such as /topics add query:harbour OR port",
    });
  return subscribe({ moderation: app.moderation(), caller, options: { ...options, query } });
}

async function startTopic({ app, caller, options }: Run<"start">): Promise<Reply> {
  const { channel, name } = options;
  if (name === undefined) return startersReply(STARTER_TOPICS);
  const starter = STARTER_TOPICS.find((one) => fold(one.name) === fold(name));
  if (starter === undefined)
    throw new AppError("command/bad-options", { say: `There is no ready-made topic “${name}”.` });
  return subscribe({ moderation: app.moderation(), caller, options: { ...starter, channel } });
}

async function editTopic({ app, caller, options }: Run<"edit">): Promise<Reply> {
  const moderation = app.moderation();
  const decisions = await moderation.decisions();
  const { seen, subscriptions, topic } = namedTopic(decisions, options.topic);
  const { action: _action, channel: _channel, topic: _topic, ...changes } = options;
  if (Object.values(changes).every((value) => value === undefined))
    throw new AppError("command/bad-options", {
      say: `Say what to change, such as /topics edit topic:"${topic.name}" style:compact`,
    });
  const name = inOneLine(options.name ?? topic.name);
  if (decisions.topics.some((other) => other.id !== topic.id && fold(other.name) === fold(name)))
    throw new AppError("command/bad-options", {
      say: `There is another topic “${name}”. Give this one another name.`,
    });
  const changed = Topic.safeParse({ ...topic, name, query: options.query ?? topic.query });
  if (!changed.success)
    throw new AppError("command/bad-options", { say: "A topic needs a name and a query." });
  const edits: Edit[] = [{ kind: "topic", id: topic.id, value: changed.data }];
  const subscription = wanted(subscriptions, { caller, options });
  const delivered = subscription === null ? null : withOptions(subscription, options, decisions.settings);
  if (options.clearance === "members" && subscription?.clearance !== "members") moderation.needClearance();
  if (delivered !== null) edits.push({ kind: "subscription", id: delivered.id, value: delivered });
  await moderation.change({
    summary: `Changed “${changed.data.name}”`,
    edits,
    seen: seen ?? decisions.version,
  });
  const how = delivered === null ? "" : ` (${subscriptionText(delivered, moderation.isCleared)})`;
  return sentence(`“${changed.data.name}” looks for ${changed.data.query}${how}.`);
}

/** The subscription that options are about: the named channel's, this one's, or the only one. */
function wanted(
  subscriptions: readonly Subscription[],
  { caller, options }: { caller: Caller; options: { channel?: string | undefined } },
): Subscription | null {
  if (options.channel === undefined) return subscriptionHere(subscriptions, caller);
  const channel = channelOf(options.channel, caller);
  const found = subscriptions.find((one) => one.channel === channel);
  if (found !== undefined) return found;
  throw new AppError("command/bad-options", { say: "That channel does not receive the topic." });
}

async function removeTopic({ app, caller, options }: Run<"remove">): Promise<Reply> {
  const moderation = app.moderation();
  const { seen, subscriptions, topic } = namedTopic(await moderation.decisions(), options.topic);
  const gone = options.channel === undefined ? subscriptions : [wanted(subscriptions, { caller, options })];
  const left = subscriptions.length - gone.length;
  if (await moderation.isShared(topic.id)) return removeHere(moderation, { topic, gone });
  await moderation.change({
    summary: left === 0 ? `Removed “${topic.name}”` : `Stopped “${topic.name}” in one channel`,
    edits: [
      ...gone.flatMap((one): Edit[] =>
        one === null ? [] : [{ kind: "subscription", id: one.id, value: null }],
      ),
      ...(left === 0 ? [{ kind: "topic", id: topic.id, value: null } as const] : []),
    ],
    seen,
  });
  return sentence(
    left === 0
      ? `“${topic.name}” is removed. /settings undo brings it back. What was posted stays and is kept correct.`
      : `“${topic.name}” is no longer posted there; ${counted(left, "other channel still gets", "other channels still get")} it.`,
  );
}

/** Of a topic that other channels receive too, only this channel's subscription goes. */
async function removeHere(
  moderation: ModeratorApp,
  { topic, gone }: { topic: Topic; gone: readonly (Subscription | null)[] },
): Promise<Reply> {
  const edits = gone.flatMap((one): Edit[] =>
    one === null ? [] : [{ kind: "subscription", id: one.id, value: null }],
  );
  await moderation.change({ summary: `Stopped “${topic.name}” in one channel`, edits, seen: null });
  return sentence(`“${topic.name}” is no longer posted here. What was posted stays and is kept correct.`);
}

async function pauseTopic({ app, caller, options }: Run<"pause" | "resume">): Promise<Reply> {
  const moderation = app.moderation();
  const { seen, subscriptions, topic } = namedTopic(await moderation.decisions(), options.topic);
  const meant = options.channel === undefined ? subscriptions : [wanted(subscriptions, { caller, options })];
  const paused = options.action === "pause" ? "by a moderator" : null;
  const edits = meant.flatMap((one): Edit[] =>
    // What came while it was paused is not caught up on: that would be a flood.
    one === null
      ? []
      : [{ kind: "subscription", id: one.id, value: { ...one, paused, since: moderation.now() } }],
  );
  const verb = options.action === "pause" ? "Paused" : "Resumed";
  await moderation.change({ summary: `${verb} “${topic.name}”`, edits, seen });
  return sentence(
    options.action === "pause"
      ? `“${topic.name}” is paused. What stands is still corrected; nothing new comes until /topics resume.`
      : `“${topic.name}” is posted again, from now on.`,
  );
}

/** A topic that is there is tried as it is posted here, but for what is said otherwise. */
async function testTopic({ app, caller, options }: Run<"test">): Promise<Reply> {
  const moderation = app.moderation();
  const named = options.topic === undefined ? null : namedTopic(await moderation.decisions(), options.topic);
  const query = options.query ?? named?.topic.query;
  if (query === undefined)
    throw new AppError("command/bad-options", {
      say: "Say what to try, such as /topics test query:harbour OR port, or name a topic.",
    });
  const posted = named === null ? null : subscriptionHere(named.subscriptions, caller);
  const { max } = options;
  if (options.clearance === "members") moderation.needClearance();
  const test = await moderation.backtest({
    query,
    days: options.days,
    clearance: options.clearance ?? posted?.clearance ?? "public",
    minOutlets: options.outlets ?? posted?.minOutlets ?? 1,
    maxAnHour: max === undefined ? (posted?.maxAnHour ?? null) : max || null,
  });
  return backtestReply(query, test);
}

function subscriptionHere(subscriptions: readonly Subscription[], caller: Caller): Subscription | null {
  return subscriptions.find(({ channel }) => channel === caller.channel) ?? subscriptions[0] ?? null;
}

function callerChannelId({ channel }: Caller): string | null {
  return channel === null ? null : channelParts(channel).id;
}
