import { NO_USAGE, type Usage } from "#src/core/brief.ts";
import type { Amount } from "#src/core/budget.ts";
import { dropCounts } from "#src/core/drop-text.ts";
import { counted, percentile, type Rehearsal, type RehearsalRow, writerName } from "#src/core/rehearsal.ts";
import { type RehearseDeps, type RehearsedStory, rehearseStory, type StoryPost } from "./rehearse-story.ts";
import type { Allowance, Ledger } from "./rehearse-stage.ts";
import { added } from "./write-climb.ts";

const DAY_MS = 86_400_000;
const MOST_ARTICLES = 2_000;
/** Articles that tell what a brief takes. */
const SAMPLE = 50;
/** Side by side: a model takes seconds for each. */
const RUNNERS = 4;

/** The newest first. */
export interface PastStories {
  articleIds: readonly string[];
  ids: readonly string[];
}

/** The stories of the last days: of no more than so many articles, the newest ones; null is as many as can be looked at. */
export async function pastStories(
  { clock, store }: Pick<RehearseDeps, "clock" | "store">,
  { days, limit }: { days: number; limit: number | null },
): Promise<PastStories> {
  const since = new Date(clock().getTime() - days * DAY_MS);
  const members = await store.articlesSince(since, Math.min(limit ?? MOST_ARTICLES, MOST_ARTICLES));
  const articles = members.map(({ article }) => article);
  return {
    articleIds: articles.map(({ id }) => id),
    ids: [...new Set(articles.map(({ storyId }) => storyId))],
  };
}

export interface Estimate {
  briefs: number;
  /** What the calls may take at the very most, but for what a long article takes beyond its first part. */
  most: Amount;
  /** What one brief took of late; null where no model wrote any. */
  usual: Usage | null;
}

/** Goes through the stories with an empty purse, so that no call is made and each is known. */
export async function estimateRehearsal(
  deps: RehearseDeps,
  stories: PastStories,
  signal: AbortSignal,
): Promise<Estimate> {
  const most = { tokens: 0, money: 0 };
  let briefs = 0;
  const allowance: Allowance = {
    reserve: (_id, amount) => {
      briefs += 1;
      most.tokens += amount.tokens;
      most.money += amount.money;
      return false;
    },
    settle: () => undefined,
  };
  const { writing, store } = deps;
  const [best] = writing.writers;
  const builtIn = writing.writers.filter(({ name }) => name === "extractive");
  const dry = {
    ...deps,
    store: { ...store, saveBrief: () => Promise.resolve(), saveSetting: () => Promise.resolve() },
    writing: { ...writing, writers: best === undefined ? [] : [...new Set([best, ...builtIn])] },
  };
  for (const storyId of stories.ids) await rehearseStory(dry, { storyId, allowance, signal });
  // A second reading comes after the writing, which was not allowed.
  const readings = writing.judge == null ? 1 : 2;
  return {
    briefs,
    most: { tokens: most.tokens * readings, money: most.money * readings },
    usual: await usualUsage(store, stories),
  };
}

async function usualUsage(
  store: Pick<RehearseDeps["store"], "latestBrief">,
  { articleIds }: PastStories,
): Promise<Usage | null> {
  let sum = NO_USAGE;
  let count = 0;
  for (const id of articleIds.slice(0, SAMPLE)) {
    const brief = await store.latestBrief(id);
    if (brief === null || brief.usage.calls === 0) continue;
    sum = added(sum, brief.usage);
    count += 1;
  }
  if (count === 0) return null;
  const part = (total: number): number => Math.round(total / count);
  return {
    calls: part(sum.calls),
    inputTokens: part(sum.inputTokens),
    cachedTokens: part(sum.cachedTokens),
    outputTokens: part(sum.outputTokens),
  };
}

export interface RehearsalRun {
  stories: PastStories;
  ledger: Ledger;
  /** Whether each model has a price: without one the money that is counted is not all. */
  isPriced: boolean;
  /** Stopped, it gives what it has by then. */
  signal: AbortSignal;
  progress: (done: number) => void;
}

/** What the settings of now would make of the stories' posts. Nothing is posted, and nothing is owed to anybody. */
export async function rehearse(deps: RehearseDeps, run: RehearsalRun): Promise<Rehearsal> {
  const { isPriced, ledger, progress, signal, stories } = run;
  const done = new Map<string, RehearsedStory>();
  const queue = stories.ids.values();
  let stopped: Rehearsal["stopped"] = null;
  const work = async (): Promise<void> => {
    for (const storyId of queue) {
      if (stopped !== null) return;
      const story = await untilStopped(rehearseStory(deps, { storyId, allowance: ledger, signal }), signal);
      if (story === "stopped") stopped = "by hand";
      else if (story === null) stopped ??= "budget";
      else done.set(storyId, story);
      progress(done.size);
    }
  };
  await Promise.all(Array.from({ length: RUNNERS }, work));
  const told = stories.ids.flatMap((id) => done.get(id) ?? []);
  const posts = told.flatMap((story) => story.posts);
  const tookMs = told.flatMap((story) => story.tookMs);
  const { calls, tokens, money } = ledger.spent();
  return {
    articles: stories.articleIds.length,
    stories: stories.ids.length,
    done: done.size,
    stopped,
    posts: countKinds(posts),
    rows: stories.ids.flatMap((id) => rowsOf(id, done.get(id)?.posts ?? [])),
    dropped: { before: dropsOf(posts, "before"), after: dropsOf(posts, "after") },
    writers: { before: writersOf(posts, "before"), after: writersOf(posts, "after") },
    written: tookMs.length,
    spent: { calls, tokens, money: isPriced ? money : null },
    took: tookMs.length === 0 ? null : { p50: percentile(tookMs, 0.5), p95: percentile(tookMs, 0.95) },
  };
}

async function untilStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T | "stopped"> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted) return "stopped";
    throw error;
  }
}

function countKinds(posts: readonly StoryPost[]): Rehearsal["posts"] {
  const count = { same: 0, changed: 0, gone: 0, added: 0 };
  for (const { rehearsed } of posts) count[rehearsed.kind] += 1;
  return count;
}

/** Channels in which the same becomes of a story share a row. */
function rowsOf(storyId: string, posts: readonly StoryPost[]): RehearsalRow[] {
  const alike = Map.groupBy(posts, ({ rehearsed }) => JSON.stringify(rehearsed));
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined || first.rehearsed.kind === "same") return [];
    const { headline, rehearsed, url } = first;
    return [{ storyId, headline, url, channels: same.map(({ channel }) => channel), rehearsed }];
  });
}

type Side = "before" | "after";

/** Of the briefs of posts that stand and would stand, each once. */
function dropsOf(posts: readonly StoryPost[], side: Side): Record<string, number> {
  const both = posts.filter(({ before, after }) => before !== null && after !== null);
  const briefs = new Map(both.flatMap((post) => (post[side] === null ? [] : [[post[side].id, post[side]]])));
  return dropCounts([...briefs.values()].flatMap(({ dropped }) => dropped));
}

function writersOf(posts: readonly StoryPost[], side: Side): Record<string, number> {
  return counted(posts.flatMap((post) => (post[side] === null ? [] : [writerName(post[side].writer)])));
}
