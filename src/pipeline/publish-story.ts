import type { Brief } from "#src/core/brief.ts";
import { type Delivery, isOut, PLAIN_MANNER, POST_SLOT } from "#src/core/delivery.ts";
import { isUrgent, payerFor, type PostPlan, planPosts } from "#src/core/post-plan.ts";
import type { Gone, PostView } from "#src/core/post-view.ts";
import type { PostStyle } from "#src/core/subscription.ts";
import { type Payer, payerOf } from "#src/core/budget.ts";
import type { Channel } from "#src/core/channel.ts";
import type { Owed } from "#src/core/owed.ts";
import { standingMembers, type StoryMember } from "#src/core/story.ts";
import type { Match } from "#src/core/subscription-match.ts";
import { type Withdrawal, takenParts } from "#src/core/withdrawals.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Log } from "#src/log.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Directory } from "./directory.ts";
import { lookOf, standingArticles, standingBriefs, type StoryNow } from "./standing.ts";
import { goneFrom, leftoversOf, tombstoneOf } from "./taken-back.ts";
import { createTimelyTeller, type Hurry, type TimelyTeller } from "./tell-in-time.ts";
import type { Telling, ToldStory } from "./tell-story.ts";
import type { BriefWriter } from "./write-brief.ts";

export interface PublishStoryDeps {
  store: Store;
  directory: Directory;
  writeBrief: BriefWriter;
  /** Left out or null, every post waits for the writing, however long that takes. */
  hurry?: Hurry | null;
  /** Channels that are given everything. */
  channels: readonly Channel[];
  clock: Clock;
  log: Log;
}

/** A story that changes so often while it is told is told again by whoever changed it. */
const MOST_TELLINGS = 5;

/**
 * Makes every channel's messages about a story what they should be now. Where a model is slow, new posts show a stopgap
 * and whatever else waits for it is left as it is; the story is told again then. Safe to repeat.
 */
export async function publishStory(
  deps: PublishStoryDeps,
  storyId: string,
  signal: AbortSignal,
): Promise<Delivery[]> {
  const tell = createTimelyTeller(deps.writeBrief, deps.hurry ?? null);
  for (let telling = 0; telling < MOST_TELLINGS; telling += 1) {
    const state = await deps.store.storyState(storyId);
    if (state === null) return [];
    const deliveries = await deps.store.storyDeliveries(storyId);
    const standing = await standingBriefs(deps.store, { deliveries, state });
    const { owed, isWhole } = await owedFor(deps, { state, deliveries, standing, tell, signal });
    const { version } = state;
    const published = await deps.store.publish({
      storyId,
      version,
      seen: deliveries,
      owed,
      tellAgain: !isWhole,
      now: deps.clock(),
    });
    // A question about one of its articles may change a story, and does not publish it.
    if (published !== null) return published;
  }
  throw new Error(`Story ${storyId} changed ${MOST_TELLINGS} times while it was published`);
}

interface Standing extends StoryNow {
  /** Briefs that the story's messages show. */
  standing: readonly Brief[];
  tell: TimelyTeller;
  signal: AbortSignal;
}

async function plansFor(
  { channels: openChannels, clock, directory, store }: PublishStoryDeps,
  { deliveries, state }: StoryNow,
): Promise<PostPlan[]> {
  const { grants } = directory;
  const matches = new Map<StoryMember, Match[]>();
  for (const member of standingMembers(state.members)) matches.set(member, await directory.matches(member));
  const standing = await standingArticles(store, { deliveries, state });
  return planPosts({ state, deliveries, matches, openChannels, grants, standing, now: clock() });
}

/** What publishing a story would tell one channel; null for nothing. */
export async function tellingFor(
  deps: PublishStoryDeps,
  storyId: string,
  channel: Channel,
): Promise<Telling | null> {
  const state = await deps.store.storyState(storyId);
  if (state === null) return null;
  const deliveries = await deps.store.storyDeliveries(storyId);
  const plan = (await plansFor(deps, { state, deliveries })).find((one) => one.channel === channel);
  const [lead, ...others] = plan?.members ?? [];
  if (plan === undefined || plan.skip !== null || lead === undefined) return null;
  const { language, length } = plan;
  const standing = await standingBriefs(deps.store, { deliveries, state });
  return { members: [lead, ...others], language, length, payer: payerOf(channel), standing };
}

interface OwedStory {
  owed: Owed[];
  /** False where something of it waits for words that are still written. */
  isWhole: boolean;
}

async function owedFor(deps: PublishStoryDeps, standing: Standing): Promise<OwedStory> {
  const { deliveries, state } = standing;
  const { store } = deps;
  const plans = await plansFor(deps, { state, deliveries });
  const facts = await store.withdrawnFacts(state.members.map(({ article }) => article.id));
  const owed: Owed[] = [];
  const waiting = new Set<Channel>();
  const stopgaps = await stopgapsIn(store, deliveries);
  const urgent = plans.filter((plan) => isUrgent(plan, { deliveries, stopgaps }));
  for (const plan of new Set([...urgent, ...plans])) {
    const standsHere = deliveries.filter((delivery) => delivery.channel === plan.channel);
    const here = facts.filter(({ workspace }) => workspace === workspaceOf(plan.channel));
    const takesStopgap = urgent.includes(plan);
    const payer = payerFor(plan, plans);
    const planned = { ...standing, plan, payer, withdrawals: here, deliveries: standsHere, takesStopgap };
    const told = await tellPlan(deps, planned);
    if (told === "later") waiting.add(plan.channel);
    else owed.push(...(told === null ? [await withheldPost(deps, planned)] : owedOf(planned, told)));
  }
  const others = deliveries.filter(({ channel }) => !waiting.has(channel));
  const left = await leftoversOf(store, { deliveries: others, members: state.members, owed });
  const hasStopgap = owed.some(({ view }) => view.kind === "story" && view.stopgap === true);
  return { owed: [...owed, ...left], isWhole: waiting.size === 0 && !hasStopgap };
}

/** The views among those wanted that stand for a while only. */
async function stopgapsIn(
  store: Pick<Store, "view">,
  deliveries: readonly Delivery[],
): Promise<ReadonlySet<string>> {
  const stopgaps = new Set<string>();
  for (const id of new Set(deliveries.map(({ wanted }) => wanted))) {
    const view = await store.view(id);
    if (view?.kind === "story" && view.stopgap === true) stopgaps.add(id);
  }
  return stopgaps;
}

/** A channel's plan, with the messages that it has. */
interface Planned extends Standing {
  plan: PostPlan;
  withdrawals: readonly Withdrawal[];
  payer: Payer;
  takesStopgap: boolean;
}

/** What a channel's messages say. */
interface Told {
  lead: StoryMember;
  style: PostStyle;
  story: ToldStory;
  isStopgap: boolean;
  gone: Gone[];
}

/** Null where nothing of the story may be shown. */
async function tellPlan(deps: PublishStoryDeps, planned: Planned): Promise<Told | "later" | null> {
  const { deliveries, payer, plan, signal, standing, takesStopgap, tell } = planned;
  const [lead, ...others] = plan.members;
  if (plan.skip !== null || lead === undefined) return null;
  const stands = deliveryIn(deliveries, "body") ?? deliveryIn(deliveries, POST_SLOT);
  const { style, ...wish } = await lookOf(deps.store, { plan, lead, standing: stands });
  const telling: Telling = { members: [lead, ...others], ...wish, payer, standing };
  const told = await tell(telling, { signal, takesStopgap });
  if (told === null) return "later";
  const gone = await goneFrom(deps.store, deliveryIn(deliveries, POST_SLOT), planned.state.members);
  return { ...told, lead, style, gone };
}

function owedOf(planned: Planned, { gone, isStopgap, lead, story, style }: Told): Owed[] {
  const { deliveries, plan, withdrawals } = planned;
  const post = deliveryIn(deliveries, POST_SLOT);
  const body = deliveryIn(deliveries, "body");
  const view: PostView = {
    kind: "story",
    briefId: story.brief.id,
    style,
    also: story.also,
    conflicts: story.conflicts,
    ...takenParts({ ...lead, brief: story.brief }, withdrawals),
    ...(gone.length === 0 ? {} : { gone }),
    ...(isStopgap ? { stopgap: true } : {}),
  };
  const owed: Owed = { ...postOf(plan), view };
  const beside = post?.message == null ? [] : additionsOf(story, planned);
  const isThread = plan.placement === "thread" || (body !== null && isOut(body));
  if (!isThread) return [owed, ...beside];
  const heading: Owed = { ...owed, view: { ...view, style: "headline" } };
  // A digest shows the summary itself, and has no thread.
  if (post?.state === "merged") return [heading];
  return [heading, { ...besideOf(plan), slot: "body", view, holdUntil: null }, ...beside];
}

/** Where nothing of the story may be shown: nothing new, and a tombstone where what stands was taken back. */
async function withheldPost(
  { store }: PublishStoryDeps,
  { deliveries, plan, state }: Planned,
): Promise<Owed> {
  const post = deliveryIn(deliveries, POST_SLOT);
  const view = post !== null && isOut(post) ? await tombstoneOf(store, post, state.members) : null;
  return view === null
    ? { ...postOf(plan), view: { kind: "withheld" } }
    : { ...postOf(plan), view, skip: null };
}

function postOf(plan: PostPlan): Omit<Owed, "view"> {
  const { channel, manner, reasons, skip, holdUntil, maxAnHour, quiet } = plan;
  return { channel, slot: POST_SLOT, thread: null, manner, reasons, skip, holdUntil, maxAnHour, quiet };
}

/** A message in the thread of the post. */
function besideOf(plan: PostPlan): Omit<Owed, "view" | "slot"> {
  const { channel, reasons, quietUntil: holdUntil } = plan;
  const thread = POST_SLOT;
  return { channel, thread, manner: PLAIN_MANNER, reasons, skip: null, holdUntil, maxAnHour: null };
}

function additionsOf({ others }: ToldStory, { plan, withdrawals }: Planned): Owed[] {
  return others
    .filter(({ facts }) => facts.length > 0)
    .flatMap(({ brief, facts, outlet }): Owed[] => {
      const member = plan.members.find(({ article }) => article.id === brief.articleId);
      if (member === undefined) return [];
      const { withdrawn } = takenParts({ ...member, brief }, withdrawals);
      const view: PostView = { kind: "addition", briefId: brief.id, outlet, facts, withdrawn };
      return [{ ...besideOf(plan), slot: `add:${outlet.articleId}`, view }];
    });
}

function deliveryIn(deliveries: readonly Delivery[], slot: string): Delivery | null {
  return deliveries.find((delivery) => delivery.slot === slot) ?? null;
}
