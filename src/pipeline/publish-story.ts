import type { Brief } from "#src/core/brief.ts";
import { type Delivery, PLAIN_MANNER, POST_SLOT } from "#src/core/delivery.ts";
import { factKey, type Outlet, type PostView } from "#src/core/post-view.ts";
import { type KnownFact, storyNews } from "#src/core/story-news.ts";
import { quotesOf } from "#src/core/brief-reply.ts";
import { revisionText } from "#src/core/article.ts";
import type { Channel } from "#src/core/channel.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Owed, Store, StoryMember, StoryState } from "#src/ports.ts";
import type { Directory, Match } from "./directory.ts";
import { outletName, type PostPlan, planPosts } from "./plan-posts.ts";
import type { BriefWriter } from "./write-brief.ts";

export interface PublishStoryDeps {
  store: Store;
  directory: Directory;
  writeBrief: BriefWriter;
  /** Channels that are given everything. */
  channels: readonly Channel[];
  clock: Clock;
  log: Log;
}

/** Makes every channel's messages about a story what they should be now. Safe to repeat. */
export async function publishStory(
  deps: PublishStoryDeps,
  storyId: string,
  signal: AbortSignal,
): Promise<Delivery[]> {
  const state = await deps.store.storyState(storyId);
  if (state === null) return [];
  const deliveries = await deps.store.storyDeliveries(storyId);
  const owed = state.members.every(({ article }) => article.unpublishedAt !== null)
    ? tombstones(state, deliveries)
    : await standingPosts(deps, { state, deliveries, signal });
  const now = deps.clock();
  return deps.store.publish({ storyId, version: state.version, owed, now });
}

/** What is out is replaced; what is not yet out is not posted any more. */
function tombstones({ members }: StoryState, deliveries: readonly Delivery[]): Owed[] {
  const [first] = members;
  if (first === undefined) return [];
  const at = new Date(Math.max(...members.map(({ article }) => article.unpublishedAt?.getTime() ?? 0)));
  const view: PostView = {
    kind: "tombstone",
    headline: first.revision.title,
    outlet: outletName(first),
    at: at.toISOString(),
  };
  return deliveries.map(({ channel, slot, manner, reasons, state, message }) => ({
    channel,
    slot,
    thread: slot === POST_SLOT ? null : POST_SLOT,
    view,
    manner,
    reasons,
    skip: message === null && state !== "merged" ? "unpublished" : null,
    holdUntil: null,
    maxAnHour: null,
  }));
}

interface Standing {
  state: StoryState;
  deliveries: readonly Delivery[];
  signal: AbortSignal;
}

async function standingPosts(deps: PublishStoryDeps, standing: Standing): Promise<Owed[]> {
  const { state, deliveries } = standing;
  const matches = new Map<StoryMember, Match[]>();
  for (const member of state.members) matches.set(member, await deps.directory.matches(member));
  const plans = planPosts({
    state,
    deliveries,
    matches,
    openChannels: deps.channels,
    now: deps.clock(),
  });
  const withdrawn = new Set(await deps.store.withdrawnFacts(state.members.map(({ article }) => article.id)));
  const owed: Owed[] = [];
  for (const plan of plans) owed.push(...(await owedOf(deps, { ...standing, plan, withdrawn })));
  return owed;
}

interface Planned extends Standing {
  plan: PostPlan;
  withdrawn: ReadonlySet<string>;
}

async function owedOf(deps: PublishStoryDeps, planned: Planned): Promise<Owed[]> {
  const { plan } = planned;
  const { channel, manner, reasons, skip, holdUntil, maxAnHour } = plan;
  const common = { channel, slot: POST_SLOT, thread: null, manner, reasons, skip, holdUntil, maxAnHour };
  const [lead, ...others] = plan.members;
  if (skip !== null || lead === undefined) return [{ ...common, view: { kind: "withheld" } }];
  const brief = await briefOf(deps, lead, planned);
  const told = await newsOf(deps, { ...planned, lead, brief, others });
  const story: PostView = {
    kind: "story",
    briefId: brief.id,
    style: plan.style,
    also: others.map(outletOf).filter((outlet, index, all) => isFirst(outlet, index, all, lead)),
    conflicts: told.conflicts,
    withdrawn: withdrawnOf(brief, planned.withdrawn),
  };
  const post: Owed = { ...common, view: story };
  if (plan.placement === "channel") return [post, ...told.additions];
  const heading: Owed = { ...post, view: { ...story, style: "headline" } };
  const body: Owed = {
    ...post,
    slot: "body",
    thread: POST_SLOT,
    manner: PLAIN_MANNER,
    holdUntil: null,
    maxAnHour: null,
  };
  return isOut(planned, plan.channel) ? [heading, body, ...told.additions] : [heading, body];
}

function isFirst(outlet: Outlet, index: number, all: readonly Outlet[], lead: StoryMember): boolean {
  return outlet.name !== outletName(lead) && all.findIndex(({ name }) => name === outlet.name) === index;
}

function outletOf(member: StoryMember): Outlet {
  return { articleId: member.article.id, name: outletName(member), url: member.article.url };
}

function withdrawnOf(brief: Brief, withdrawn: ReadonlySet<string>): string[] {
  return brief.facts
    .map(({ text }) => factKey(brief.articleId, text))
    .filter((key) => withdrawn.has(key))
    .sort();
}

function briefOf(deps: PublishStoryDeps, member: StoryMember, planned: Planned): Promise<Brief> {
  const { plan, signal } = planned;
  return deps.writeBrief({
    article: member.article,
    revision: member.revision,
    length: "standard",
    language: plan.language,
    payer: { workspace: workspaceOf(plan.channel), channel: plan.channel },
    signal,
  });
}

interface Told {
  conflicts: Extract<PostView, { kind: "story" }>["conflicts"];
  additions: Owed[];
}

/** What the other outlets add to the first one's brief, and where they disagree with it. */
async function newsOf(
  deps: PublishStoryDeps,
  planned: Planned & { lead: StoryMember; brief: Brief; others: readonly StoryMember[] },
): Promise<Told> {
  const { lead, brief, others, plan } = planned;
  const known = knownFacts(lead, brief);
  const told: Told = { conflicts: [], additions: [] };
  for (const other of others) {
    const second = await briefOf(deps, other, planned);
    const arriving = knownFacts(other, second);
    const { additions, conflicts } = storyNews({ known, arriving });
    const outlet = outletOf(other);
    told.conflicts.push(...conflicts.map((conflict) => ({ ...conflict, outlet: outlet.name })));
    if (additions.length > 0 && isOut(planned, plan.channel))
      told.additions.push(additionOf(planned, { brief: second, outlet, facts: additions }));
    known.push(...arriving);
  }
  return told;
}

function knownFacts(member: StoryMember, brief: Brief): KnownFact[] {
  const text = revisionText(member.revision);
  return brief.facts.map((fact) => ({
    text: fact.text,
    quotes: quotesOf(fact, text),
    outlet: outletName(member),
  }));
}

function additionOf(
  { plan, withdrawn }: Planned,
  { brief, outlet, facts }: { brief: Brief; outlet: Outlet; facts: number[] },
): Owed {
  return {
    channel: plan.channel,
    slot: `add:${outlet.articleId}`,
    thread: POST_SLOT,
    view: { kind: "addition", briefId: brief.id, outlet, facts, withdrawn: withdrawnOf(brief, withdrawn) },
    manner: PLAIN_MANNER,
    reasons: plan.reasons,
    skip: null,
    holdUntil: null,
    maxAnHour: null,
  };
}

/** Whether the story's own message stands in the channel, so that a thread can hang on it. */
function isOut({ deliveries }: Planned, channel: Channel): boolean {
  return deliveries.some(
    (delivery) => delivery.channel === channel && delivery.slot === POST_SLOT && delivery.message !== null,
  );
}
