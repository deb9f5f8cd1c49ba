import { randomUUID } from "node:crypto";
import { digest } from "#src/core/article.ts";
import type { Batch, BatchLine } from "#src/core/batch.ts";
import type { Channel } from "#src/core/channel.ts";
import type { BatchWriter } from "#src/ports.ts";
import { takeTurn } from "./batch-turn.ts";
import type { PublishStoryDeps } from "./publish-story.ts";
import { cacheKey, wasWritten } from "./brief-key.ts";
import { type BriefDeps, toWriteRequest, type WriteBrief } from "./write-brief.ts";

export interface BatchDeps extends PublishStoryDeps, BriefDeps {
  /** Null where no model is asked any more: what is in hand is written without it. */
  batchWriter: BatchWriter | null;
  /** Whether new batches are begun; those in hand are finished all the same. */
  isOn: boolean;
}

/** Briefs that are wanted by tomorrow and not at once, by the story that waits for them. */
export interface Wanted {
  subscriptionId: string;
  /** Pays. */
  channel: Channel;
  wanted: ReadonlyMap<string, readonly WriteBrief[]>;
}

/**
 * Briefs at a batch's price. A batch fills the cache of briefs and does nothing else: what waits for it is published in
 * the ordinary way afterwards, and whatever the batch did not bring is written then.
 */
export interface Batches {
  /** Whether a batch would be begun now. */
  isOpen: () => boolean;
  /** Asks for what is not there yet. Returns the stories that wait for it; the others need nothing of a batch. */
  add: (wanted: Wanted) => Promise<ReadonlySet<string>>;
  /** One turn of a batch; false when nothing was due. */
  next: (signal: AbortSignal) => Promise<boolean>;
}

export function createBatches(deps: BatchDeps): Batches {
  let hasNone = false;
  const turnDeps = {
    ...deps,
    onNone: () => {
      hasNone = true;
    },
  };
  return {
    isOpen: () => deps.isOn && deps.batchWriter !== null && !hasNone,
    add: (wanted) => add(deps, wanted),
    next: (signal) => takeTurn(turnDeps, signal),
  };
}

async function add(
  deps: BatchDeps,
  { subscriptionId, channel, wanted }: Wanted,
): Promise<ReadonlySet<string>> {
  const { batchWriter: writer, clock, store } = deps;
  if (writer === null) return new Set();
  const batch: Batch = {
    id: randomUUID(),
    channel,
    state: "due",
    remoteId: null,
    attempts: 0,
    createdAt: clock(),
    sentAt: null,
  };
  const wishes = new Map<string, { cacheKey: string; storyId: string; wish: WriteBrief }>();
  for (const [storyId, briefs] of wanted) {
    for (const wish of briefs) {
      const key = cacheKey(deps, writer, wish);
      if (await wasWritten(store, key)) continue;
      wishes.set(digest(`${batch.id}|${key}`), { cacheKey: key, storyId, wish });
    }
  }
  const prepared = writer.prepare(
    [...wishes].map(([id, { wish }]) => ({ id, request: toWriteRequest(wish) })),
  );
  const waiting = new Set<string>();
  const lines: BatchLine[] = [];
  for (const line of prepared) {
    const wished = wishes.get(line.id);
    if (wished === undefined) continue;
    const { article, revision, length, language } = wished.wish;
    const about = { articleId: article.id, revision: revision.number, length, language };
    lines.push({ ...line, ...about, cacheKey: wished.cacheKey });
    waiting.add(wished.storyId);
  }
  if (lines.length === 0) return waiting;
  const stories = [...waiting].map((storyId) => ({ subscriptionId, storyId, attempts: 0 }));
  await store.addBatch({ batch, lines, waiting: stories });
  return waiting;
}
