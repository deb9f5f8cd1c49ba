import type { BriefLength } from "./brief.ts";
import type { Payer } from "./budget.ts";
import type { Channel } from "./channel.ts";
import {
  type Delivery,
  isOut,
  isWaiting,
  type Manner,
  PLAIN_MANNER,
  POST_SLOT,
  type Reason,
} from "./delivery.ts";
import { audienceOf, type Grants, mayShowMembers, NOT_CLEARED, visible } from "./operator.ts";
import { outletsOf, standingMembers, type StoryMember, type StoryState } from "./story.ts";
import type { Match } from "./subscription-match.ts";
import { holdUntil, type PostStyle, quietEnd, type QuietHours, type Subscription } from "./subscription.ts";
import { workspaceOf } from "./workspace.ts";

/** How a channel is given a story. */
export interface PostPlan {
  channel: Channel;
  /** The articles that the channel may see, the one whose brief it shows first. */
  members: StoryMember[];
  style: PostStyle;
  length: BriefLength;
  language: string | null;
  placement: Subscription["placement"];
  manner: Manner;
  reasons: Reason[];
  skip: string | null;
  holdUntil: Date | null;
  maxAnHour: number | null;
  quiet: QuietHours | null;
  /** Until when a message beside the post waits. */
  quietUntil: Date | null;
  /** True where it only stands and nobody wants it any more: its look stays as it is. */
  kept: boolean;
}

export interface PlanInput {
  state: StoryState;
  /** The story's messages so far. */
  deliveries: readonly Delivery[];
  /** The subscriptions that each member matches. */
  matches: ReadonlyMap<StoryMember, readonly Match[]>;
  /** Channels that the operator's configuration gives everything that is published. */
  openChannels: readonly Channel[];
  grants: Grants;
  /** The articles, by id, that a channel's messages show already. */
  standing: ReadonlyMap<Channel, ReadonlySet<string>>;
  now: Date;
}

/** Every channel that the story goes to or stands in, with how. */
export function planPosts(input: PlanInput): PostPlan[] {
  const left = standingMembers(input.state.members);
  const published = left.filter(({ sources }) => sources.length > 0);
  const plans = new Map<Channel, PostPlan>();
  if (published.length > 0)
    for (const channel of input.openChannels) plans.set(channel, openPlan(input, channel, published));
  for (const [channel, wants] of wantsByChannel(input, published)) {
    const plan = subscribedPlan(input, { channel, wants, published });
    if (plan !== null) plans.set(channel, plan);
  }
  for (const delivery of input.deliveries) {
    if (delivery.slot !== POST_SLOT || plans.has(delivery.channel)) continue;
    if (isOut(delivery) || isWaiting(delivery) || delivery.reason === NOT_CLEARED)
      plans.set(delivery.channel, keptPlan(input, delivery, left));
  }
  return [...plans.values()];
}

/**
 * Whether a channel is shown the story at once in the article's own language, which is all that the built-in writer can do.
 * Such a post comes first and takes a stopgap where a model is slow; it is kept true with one while one stands there.
 */
export function isUrgent(
  { channel, holdUntil, language, members: [lead] }: PostPlan,
  { deliveries, stopgaps }: { deliveries: readonly Delivery[]; stopgaps: ReadonlySet<string> },
): boolean {
  const standing = deliveries.filter((one) => one.channel === channel && isOut(one));
  const isOwn = language === null || language === (lead?.article.language ?? "en");
  const isNew = standing.length === 0 && holdUntil === null;
  return isOwn && (isNew || standing.some(({ wanted }) => stopgaps.has(wanted)));
}

/** Whoever's topics ask for the story as it is told here; where nobody's do, the operator's channels were given it. */
export function payerFor({ language, length }: PostPlan, plans: readonly PostPlan[]): Payer {
  const asking = plans.filter(
    (one) =>
      one.skip === null &&
      one.language === language &&
      one.length === length &&
      one.reasons.some(({ subscription }) => subscription !== null),
  );
  const topics = asking.flatMap(({ channel, reasons: [first] }) =>
    first === undefined ? [] : [[channel, first.topic] as const],
  );
  return { channels: asking.map(({ channel }) => channel), topics: new Map(topics) };
}

/** What stands in a channel is kept true there, whatever the channel has subscribed to since; what waits is stopped. */
function keptPlan(input: PlanInput, delivery: Delivery, left: readonly StoryMember[]): PostPlan {
  const { channel, manner, reasons } = delivery;
  const plan = openPlan(input, channel, left);
  const stopped = left.length === 0 ? "unpublished" : "unsubscribed";
  return { ...plan, manner, reasons, skip: isOut(delivery) ? plan.skip : stopped, kept: true };
}

function openPlan(input: PlanInput, channel: Channel, left: readonly StoryMember[]): PostPlan {
  const audience = audienceOf(input.grants, workspaceOf(channel), "public");
  const members = visible(left, audience, publicOf(left, input.standing.get(channel)));
  return {
    channel,
    members,
    style: "full",
    length: "standard",
    language: null,
    placement: "channel",
    manner: PLAIN_MANNER,
    reasons: [{ subscription: null, topic: "everything", terms: [] }],
    skip: members.length === 0 ? "members-only" : null,
    holdUntil: null,
    maxAnHour: null,
    quiet: null,
    quietUntil: null,
    kept: false,
  };
}

/** Of what stands in a channel the articles that anybody may read: they are kept true whomever their publisher sends to now. */
function publicOf(
  left: readonly StoryMember[],
  standing: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const open = left.filter(({ article }) => article.visibility === "public" && standing.has(article.id));
  return new Set(open.map(({ article }) => article.id));
}

interface Want {
  subscription: Subscription;
  reason: Reason;
  member: StoryMember;
}

function wantsByChannel(
  { matches, deliveries }: PlanInput,
  published: readonly StoryMember[],
): Map<Channel, Want[]> {
  // What a channel was not given counts for nothing there: it may come from before what is subscribed now.
  const owed = deliveries.filter((delivery) => isOut(delivery) || isWaiting(delivery));
  const standsIn = new Set(owed.map(({ channel }) => channel));
  const wants = published.flatMap((member) =>
    (matches.get(member) ?? []).map(({ subscription, reason }): Want => ({ subscription, reason, member })),
  );
  const held = wants.filter(
    ({ subscription, member }) =>
      standsIn.has(subscription.channel) ||
      (subscription.paused === null && member.article.firstSeenAt >= subscription.since),
  );
  return Map.groupBy(held, ({ subscription }) => subscription.channel);
}

interface Wanted {
  channel: Channel;
  wants: readonly Want[];
  published: readonly StoryMember[];
}

function subscribedPlan(input: PlanInput, { channel, wants, published }: Wanted): PostPlan | null {
  const { deliveries, grants, now } = input;
  const subscriptions = distinct(wants.map(({ subscription }) => subscription));
  const isWished = subscriptions.some(({ clearance }) => clearance === "members");
  const audience = audienceOf(grants, workspaceOf(channel), isWished ? "members" : "public");
  const standing = input.standing.get(channel) ?? new Set<string>();
  // A members' article lets in nobody but through a subscription that is cleared for it.
  const letIn = wants.filter(
    ({ member, subscription }) =>
      member.article.visibility === "public" ||
      (subscription.clearance === "members" &&
        (audience.clearance === "members" || standing.has(member.article.id))),
  );
  // Where the operator does not clear it (any more), what stands is still corrected, and nothing is added.
  const members = visible(published, audience, isWished ? standing : publicOf(published, standing));
  const [main] = subscriptionsBest(letIn.length > 0 ? letIn : wants);
  if (main === undefined) return null;
  return {
    channel,
    members,
    style: main.style,
    length: main.length,
    language: main.language,
    placement: main.placement,
    manner: {
      mention: subscriptions.find(({ mention }) => mention !== null)?.mention ?? null,
      crosspost: subscriptions.some(({ crosspost }) => crosspost),
    },
    reasons: reasonsOf(wants, members),
    skip: skipOf({
      letIn,
      members,
      subscriptions,
      isThere: standsThere(deliveries, channel),
      hidden: isWished && !mayShowMembers(grants, workspaceOf(channel)) ? NOT_CLEARED : "members-only",
    }),
    holdUntil: holdUntil(main, now),
    maxAnHour: main.maxAnHour,
    quiet: main.quiet,
    quietUntil: quietEnd(main.quiet, now),
    kept: false,
  };
}

function standsThere(deliveries: readonly Delivery[], channel: Channel): boolean {
  return deliveries.some((one) => one.channel === channel && one.slot === POST_SLOT && isOut(one));
}

function skipOf({
  hidden,
  isThere,
  letIn,
  members,
  subscriptions,
}: {
  /** Why what is not shown is not. */
  hidden: string;
  isThere: boolean;
  letIn: readonly Want[];
  members: readonly StoryMember[];
  subscriptions: readonly Subscription[];
}): string | null {
  if (members.length === 0) return hidden;
  // What stands is kept true, however few outlets are left and whatever its article has come to be about.
  if (isThere) return null;
  if (letIn.length === 0) return hidden;
  const needed = Math.min(...subscriptions.map(({ minOutlets }) => minOutlets));
  return outletsOf(members).length < needed ? "too-few-outlets" : null;
}

/** The subscription that says how: one that posts at once before one that waits, the fuller style first. */
function subscriptionsBest(wants: readonly Want[]): Subscription[] {
  const styles: readonly PostStyle[] = ["full", "compact", "headline"];
  const rank = ({ cadence, style }: Subscription): number =>
    (cadence.kind === "instant" ? 0 : styles.length) + styles.indexOf(style);
  return distinct(wants.map(({ subscription }) => subscription)).sort((a, b) => rank(a) - rank(b));
}

function distinct(subscriptions: readonly Subscription[]): Subscription[] {
  return [...new Map(subscriptions.map((subscription) => [subscription.id, subscription])).values()];
}

/** One reason a subscription, with the words of those articles that the channel may see. */
function reasonsOf(wants: readonly Want[], members: readonly StoryMember[]): Reason[] {
  const bySubscription = Map.groupBy(wants, ({ subscription }) => subscription.id);
  return [...bySubscription.values()].flatMap((same) => {
    const [first] = same;
    const seen = same.filter(({ member }) => members.includes(member));
    const terms = [...new Set(seen.flatMap(({ reason }) => reason.terms))].sort();
    return first === undefined ? [] : [{ ...first.reason, terms }];
  });
}
