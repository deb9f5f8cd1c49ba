import type { Entry, Revision, SavedArticle } from "#src/core/article.ts";
import type { Brief } from "#src/core/brief.ts";
import type { Channel, PlatformName } from "#src/core/channel.ts";
import type { CommandCall } from "#src/core/command.ts";
import {
  type Claimed,
  type Delivery,
  deliveryKey,
  type Outcome,
  PLAIN_MANNER,
  POST_SLOT,
  settle,
} from "#src/core/delivery.ts";
import type { BudgetLimits, BudgetScope } from "#src/core/budget.ts";
import type { Changed, Edit } from "#src/core/moderation.ts";
import type { Owed } from "#src/core/owed.ts";
import { type PostView, viewId } from "#src/core/post-view.ts";
import { Workspace } from "#src/core/workspace.ts";
import type { SaveArticle, Store } from "#src/ports-store.ts";

export const NEWS: Channel = "discord:1:10";
export const SPORT: Channel = "discord:1:11";
export const SLACK: Channel = "slack:T1:C1";

/** The moment `minutes` after the start of every test; fractions down to a millisecond. */
export function at(minutes: number): Date {
  return new Date(Date.UTC(2026, 10, 24, 12) + Math.round(minutes * 60_000));
}

/** Decides something as a moderator does. */
export function decide(store: Store, workspace: Workspace, edit: Edit): Promise<Changed> {
  return store.change({ workspace, by: "7", at: at(0), summary: "Decided", edits: [edit], seen: null });
}

/** Limits an account of a workspace or of one of its channels. */
export async function setLimits(store: Store, id: BudgetScope, value: BudgetLimits): Promise<void> {
  const [, platform = "", workspace = ""] = id.split(":");
  await decide(store, Workspace.parse(`${platform}:${workspace}`), { kind: "budget", id, value });
}

export function makeEntry(changes: Partial<Entry> = {}): Entry {
  return {
    guid: "guid-1",
    url: "https://news.example/fire",
    title: "Fire at the harbour",
    content: { type: "html", body: "<p>Nine people were injured.</p>" },
    byline: "A. Reporter",
    publishedAt: at(-60),
    updatedAt: null,
    visibility: "public",
    event: "publish",
    releaseAt: null,
    via: "feed",
    ...changes,
  };
}

export function makeArticle(changes: Partial<SaveArticle> = {}): SaveArticle {
  return {
    id: "article-1",
    url: "https://news.example/fire",
    extracted: {
      title: "Fire at the harbour",
      site: "News",
      byline: "A. Reporter",
      language: "en",
      publishedAt: at(-60),
      modifiedAt: null,
      canonicalUrl: null,
      paragraphs: ["Nine people were injured.", "The fire is out."],
      accessible: true,
    },
    visibility: "public",
    hash: "hash-1",
    source: "feed:f1",
    storyId: null,
    sketch: null,
    recheckAt: null,
    now: at(0),
    compare: () => null,
    ...changes,
  };
}

export function makeBrief(changes: Partial<Brief> = {}): Brief {
  return {
    id: "brief-1",
    articleId: "article-1",
    revision: 1,
    headline: "Fire at the harbour",
    summary: "Nine people were injured.",
    facts: [{ text: "Nine people were injured.", evidence: [{ start: 0, end: 25 }] }],
    dropped: [{ part: "fact", text: "Ten died.", reason: "number", detail: "Ten", rule: null }],
    caveats: ["One source."],
    topics: ["fire"],
    writer: { name: "openai", model: "gpt", steppedDown: null },
    prompt: "brief.v1",
    language: "en",
    length: "standard",
    usage: { inputTokens: 100, cachedTokens: 10, outputTokens: 20, calls: 1 },
    createdAt: at(0),
    ...changes,
  };
}

export function makeCall(changes: Partial<CommandCall> = {}): CommandCall {
  return {
    id: "call-1",
    command: "brief",
    input: { kind: "options", options: { link: "https://news.example/fire", evidence: true } },
    caller: { platform: "discord", user: "7", channel: NEWS, moderator: false, stranger: false, roles: [] },
    handle: "handle-1",
    receivedAt: at(0),
    ...changes,
  };
}

/** Stores an article's next revision and its brief; the hash is the revision's own. */
export async function saveRevision(
  store: Store,
  { id = "article-1", brief, change = null }: { id?: string; brief: string; change?: Revision["change"] },
): Promise<{ saved: SavedArticle; brief: Brief }> {
  const saved = await store.saveArticle(makeArticle({ id, hash: `hash-of-${brief}`, compare: () => change }));
  const made = makeBrief({ id: brief, articleId: id, revision: saved.revision.number });
  await store.saveBrief(`key-of-${brief}`, made);
  return { saved, brief: made };
}

/** Stores an article with its brief and owes it to the channels. */
export async function publishNew(
  store: Store,
  {
    id = "article-1",
    brief = "brief-1",
    channels = [NEWS],
    now = at(0),
  }: {
    id?: string;
    brief?: string;
    channels?: readonly Channel[];
    now?: Date;
  } = {},
): Promise<{ brief: Brief; storyId: string; deliveries: Delivery[] }> {
  const made = await saveRevision(store, { id, brief });
  const { storyId } = made.saved.article;
  const deliveries = await publishBrief(store, { brief: made.brief, storyId, channels, skip: null, now });
  return { brief: made.brief, storyId, deliveries };
}

/** Owes a brief as a story's plain post; its revision counts as the story's version. */
export async function publishBrief(
  store: Store,
  {
    brief,
    storyId,
    channels,
    skip,
    now,
  }: { brief: Brief; storyId: string; channels: readonly Channel[]; skip: string | null; now: Date },
): Promise<Delivery[]> {
  const owed = channels.map((channel): Owed => makeOwed(channel, { view: storyView(brief.id), skip }));
  const seen = await store.storyDeliveries(storyId);
  const published = await store.publish({ storyId, version: brief.revision, seen, owed, now });
  if (published === null) throw new Error("The story changed meanwhile");
  return published;
}

export function makeOwed(channel: Channel, changes: Partial<Owed> = {}): Owed {
  return {
    channel,
    slot: POST_SLOT,
    thread: null,
    view: storyView("brief-1"),
    manner: PLAIN_MANNER,
    reasons: [],
    skip: null,
    holdUntil: null,
    maxAnHour: null,
    ...changes,
  };
}

export function storyView(briefId: string): PostView {
  return { kind: "story", briefId, style: "full", also: [], conflicts: [], withdrawn: [] };
}

/** Id of the view that shows a brief as it is. */
export function viewOf(briefId: string): string {
  return viewId(storyView(briefId));
}

export async function claim(store: Store, now: Date): Promise<Claimed> {
  const claimed = await anyClaim(store, now);
  if (claimed === null) throw new Error("Nothing is due");
  return claimed;
}

/** What is due on a platform whose clock agrees with this one. */
export function claimOn(store: Store, platform: PlatformName, now: Date): Promise<Claimed | null> {
  return store.claimDelivery({ platform, paused: [], now, platformNow: now });
}

/** What is due on Discord, or else on another platform; null when nothing is. */
export async function anyClaim(store: Store, now: Date): Promise<Claimed | null> {
  for (const platform of ["discord", "slack", "console"] as const) {
    const claimed = await claimOn(store, platform, now);
    if (claimed !== null) return claimed;
  }
  return null;
}

/** Settles a claim as posted, showing what was wanted when it was claimed. */
export async function sent(store: Store, claimed: Claimed, now: Date): Promise<boolean> {
  const { delivery } = claimed;
  const message = delivery.message ?? { channel: delivery.channel, id: `m-${delivery.storyId}` };
  return store.settleDelivery(
    claimed,
    settle(delivery, { kind: "sent", message }, { now, showing: delivery.wanted }),
  );
}

export async function deliveryOf(store: Store, channel: Channel, storyId: string): Promise<Delivery> {
  const delivery = await store.delivery(deliveryKey(channel, storyId));
  if (delivery === null) throw new Error(`Nothing is owed to ${channel}`);
  return delivery;
}

/** Claims what is due and settles it with the outcome. */
export async function settleAs(store: Store, outcome: Outcome, minutes = 0): Promise<void> {
  const claimed = await claim(store, at(minutes));
  const { delivery } = claimed;
  await store.settleDelivery(
    claimed,
    settle(delivery, outcome, { now: at(minutes), showing: delivery.wanted }),
  );
}
