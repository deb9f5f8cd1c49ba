import type { Brief } from "#src/core/brief.ts";
import type { BriefView } from "#src/core/brief-reply.ts";
import type { Channel } from "#src/core/channel.ts";
import { type Delivery, POST_SLOT } from "#src/core/delivery.ts";
import { toAppError } from "#src/core/errors.ts";
import { mayUse, NOT_CLEARED } from "#src/core/operator.ts";
import type { Owed } from "#src/core/owed.ts";
import type { PostView } from "#src/core/post-view.ts";
import { readsTheSame, type Rehearsed, rehearsedPost } from "#src/core/rehearsal.ts";
import { briefView } from "#src/core/view-parts.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";
import { fromTheStart } from "./backfill.ts";
import type { Directory } from "./directory.ts";
import { publishStory, type PublishStoryDeps } from "./publish-story.ts";
import { type Allowance, type Stage, stageFor } from "./rehearse-stage.ts";
import { type BriefWriter, createBriefWriter, type WriteDeps } from "./write-brief.ts";

export interface RehearseDeps extends Omit<PublishStoryDeps, "writeBrief" | "hurry"> {
  /** What briefs are written with now. */
  writing: Omit<WriteDeps, "store">;
}

/** A post of a channel, as it stands and as it would be made now. */
export interface StoryPost {
  channel: Channel;
  headline: string;
  url: string | null;
  before: Brief | null;
  after: Brief | null;
  rehearsed: Rehearsed;
}

export interface RehearsedStory {
  posts: StoryPost[];
  /** How long each brief took that had to be written, in milliseconds. */
  tookMs: number[];
}

/** Publishes a story to nobody. Null where the allowance had no room for a call: what came of it says nothing then. */
export async function rehearseStory(
  deps: RehearseDeps,
  { storyId, allowance, signal }: { storyId: string; allowance: Allowance; signal: AbortSignal },
): Promise<RehearsedStory | null> {
  const { store } = deps;
  const deliveries = await store.storyDeliveries(storyId);
  const stage = stageFor(store, allowance);
  const took = new Map<string, number>();
  const staged = {
    ...deps,
    store: stage.store,
    directory: withBackfills(deps.directory, deliveries),
    writeBrief: timed(createBriefWriter({ ...deps.writing, store: stage.store }), took),
  };
  const failure = await publishStory(staged, storyId, signal).then(
    () => null,
    (error: unknown) => {
      signal.throwIfAborted();
      return toAppError(error);
    },
  );
  if (stage.wasRefused()) return null;
  if (failure?.code === "bug") throw failure;
  const posts = await comparedPosts(staged, { deliveries, stage, failure: failure?.say ?? null });
  return { posts, tookMs: [...took].flatMap(([id, ms]) => (stage.saved.has(id) ? [ms] : [])) };
}

/** What a subscription was given of the time before it is still its own. */
function withBackfills(directory: Directory, deliveries: readonly Delivery[]): Directory {
  return subscriptionsOf(deliveries).reduce(fromTheStart, directory);
}

function subscriptionsOf(deliveries: readonly Delivery[]): string[] {
  const given = deliveries.filter(({ state }) => state !== "skipped").flatMap(({ reasons }) => reasons);
  return [...new Set(given.flatMap(({ subscription }) => subscription ?? []))];
}

function timed(writeBrief: BriefWriter, took: Map<string, number>): BriefWriter {
  return async (request) => {
    const begun = performance.now();
    const brief = await writeBrief(request);
    if (!took.has(brief.id)) took.set(brief.id, performance.now() - begun);
    return brief;
  };
}

type StoryView = Extract<PostView, { kind: "story" }>;

interface Shown {
  view: StoryView;
  shown: BriefView;
}

interface Compared {
  deliveries: readonly Delivery[];
  stage: Stage;
  /** Why nothing would be posted at all, in words; null where something would. */
  failure: string | null;
}

async function comparedPosts(deps: RehearseDeps, compared: Compared): Promise<StoryPost[]> {
  const { deliveries, stage } = compared;
  const channels = new Set([...deliveries, ...stage.owed].map(({ channel }) => channel));
  const posts: StoryPost[] = [];
  for (const channel of [...channels].sort()) {
    const standing = mainOf(deliveries.filter((one) => one.channel === channel));
    const owed = mainOf(stage.owed.filter((one) => one.channel === channel));
    const before = standing === null ? null : await standingPost(deps.store, standing);
    const after = owed === null || owed.skip !== null ? null : await shownBy(deps.store, owed.view);
    const lead = before ?? after;
    if (lead === null) continue;
    const { article } = lead.shown;
    posts.push({
      channel,
      headline: lead.shown.brief.headline,
      url: article.url,
      before: before?.shown.brief ?? null,
      after: after?.shown.brief ?? null,
      rehearsed: await compare(deps, { ...compared, before, after, standing, owed }),
    });
  }
  return posts;
}

/** What tells the story: the text in a thread, where it is told in one. */
function mainOf<Message extends { slot: string }>(messages: readonly Message[]): Message | null {
  return (
    messages.find(({ slot }) => slot === "body") ?? messages.find(({ slot }) => slot === POST_SLOT) ?? null
  );
}

async function standingPost(store: Store, { state, wanted }: Delivery): Promise<Shown | null> {
  const view = state === "skipped" ? null : await store.view(wanted);
  return view === null ? null : shownBy(store, view);
}

async function shownBy(store: Store, view: PostView): Promise<Shown | null> {
  if (view.kind !== "story") return null;
  const shown = await briefView(store, view.briefId);
  return shown === null ? null : { view, shown };
}

interface Pair extends Compared {
  before: Shown | null;
  after: Shown | null;
  standing: Delivery | null;
  owed: Owed | null;
}

async function compare(deps: RehearseDeps, pair: Pair): Promise<Rehearsed> {
  const { after, before, failure, owed, standing } = pair;
  const now = after === null ? null : rehearsedPost(after.shown, after.view);
  // In the look of now: what sets them apart is what is said, and not how much of it is shown.
  const then = before === null ? null : rehearsedPost(before.shown, before.view, after?.view.style);
  if (then !== null && now !== null)
    return readsTheSame(then, now) ? { kind: "same" } : { kind: "changed", before: then, after: now };
  if (now !== null) return { kind: "added", after: now, why: reasonText(standing?.reason ?? null) };
  if (then === null || standing === null) return { kind: "same" };
  const why = failure ?? reasonText(owed?.skip ?? null) ?? (await unwantedText(deps.directory, standing));
  return { kind: "gone", before: then, why };
}

const REASONS: Readonly<Record<string, string>> = {
  "members-only": "Its articles are for members, and the channel is not to be shown them.",
  [NOT_CLEARED]: "Its articles are for members, and LEDE_MEMBERS_WORKSPACES does not name the workspace.",
  "too-few-outlets": "Too few outlets carry it.",
};

function reasonText(reason: string | null): string | null {
  return reason === null ? null : (REASONS[reason] ?? `It was left out (${reason}).`);
}

/** Why a channel is not given a story any more. */
async function unwantedText(directory: Directory, standing: Delivery): Promise<string> {
  const workspace = workspaceOf(standing.channel);
  if (!mayUse(directory.grants, workspace)) return "LEDE_WORKSPACES does not name its workspace.";
  const asked = subscriptionsOf([standing]);
  if (asked.length === 0) return "LEDE_CHANNELS does not name the channel.";
  const { subscriptions } = await directory.decisions(workspace);
  const left = subscriptions.filter(({ id }) => asked.includes(id));
  if (left.length === 0) return "The channel is no longer subscribed to its topic.";
  if (left.every(({ paused }) => paused !== null)) return "The channel's subscription is paused.";
  return "It matches no topic of the channel any more.";
}
