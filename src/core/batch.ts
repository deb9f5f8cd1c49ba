import { z } from "zod";
import { BriefLength } from "./brief.ts";
import { Channel } from "./channel.ts";

/** How a model's use is priced in a batch: `<model>@batch` in the price list. */
export const BATCH_TIER = "batch";

/** due → sending → sent. `sending` may have been made at the server or not: it is looked for before it is made again. */
export const BatchState = z.enum(["due", "sending", "sent"]);
export type BatchState = z.infer<typeof BatchState>;

/** Requests for briefs that are asked for together. It is gone once all of them are settled. */
export const Batch = z.strictObject({
  /** Lede's own; the server's batch carries it, so that it can be found again. */
  id: z.string(),
  /** Whose budgets it counts in. */
  channel: Channel,
  state: BatchState,
  /** The server's; null until it is known. */
  remoteId: z.string().nullable(),
  /** Turns begun in this state. */
  attempts: z.int().min(0),
  createdAt: z.date(),
  sentAt: z.date().nullable(),
});
export type Batch = z.infer<typeof Batch>;

/** The most that a line may take of a model. */
const LineUse = z.strictObject({
  model: z.string(),
  tier: z.string().nullable(),
  inputTokens: z.int().min(0),
  cachedTokens: z.int().min(0),
  cacheWriteTokens: z.int().min(0),
  outputTokens: z.int().min(0),
});

/** A request as the writer made it, with what it needs to read the answer. */
export const PreparedLine = z.strictObject({
  /** Names the line at the server and its reservation. */
  id: z.string().max(64),
  /** Empty once it is sent. */
  request: z.string(),
  /** In the writer's own words. */
  memo: z.string(),
  most: LineUse,
});
export type PreparedLine = z.infer<typeof PreparedLine>;

/** One brief that a batch asks for; open until it is settled. */
export const BatchLine = PreparedLine.extend({
  /** Where its brief is looked for; only one open line has it. */
  cacheKey: z.string(),
  articleId: z.string(),
  revision: z.int().min(1),
  length: BriefLength,
  language: z.string().nullable(),
});
export type BatchLine = z.infer<typeof BatchLine>;

/** A story that is told once what it waits for is written: a subscription's once no line of it is open. */
export const WaitingStory = z.strictObject({
  /** Empty for one that waits for its model's words and no batch. */
  subscriptionId: z.string(),
  storyId: z.string(),
  attempts: z.int().min(0),
});
export type WaitingStory = z.infer<typeof WaitingStory>;

/** What came of sending a batch. */
export type BatchSent =
  | { kind: "sent"; remoteId: string }
  /** It may have been made, or may be later: to be looked for before it is sent again, and not before the given time. */
  | { kind: "later"; reason: string; afterMs: number | null }
  /** It was not made. With `forGood` the server has no batches. */
  | { kind: "refused"; reason: string; forGood: boolean };

/** A batch whose turn it is, with the lines that are still open. */
export interface BatchTurn {
  batch: Batch;
  lines: BatchLine[];
  /** False when nobody waits for any of its stories any more. */
  awaited: boolean;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A server lists a new batch at once, or nearly so: it is not looked for sooner than this. */
const LOOK_AFTER_MS = 30_000;
const LONGEST_WAIT_MS = 10 * MINUTE_MS;
/** Sending is given up after this many turns, which is over half an hour. */
export const MOST_SENDINGS = 8;
/** A server ends a batch within 24 hours. One that does not is called off, and a little later no longer waited for. */
export const CALL_OFF_AFTER_MS = 25 * HOUR_MS;
export const GIVE_UP_AFTER_MS = 26 * HOUR_MS;
/** Reservations outlast the batch, so that what is in hand is never lent twice. */
export const HOLD_MS = 27 * HOUR_MS;
/** A waiting story whose publication fails is tried this often. */
export const MOST_PUBLICATIONS = 12;

/** How long until the next turn, in milliseconds: the first ones come soon, later ones every ten minutes. */
export function untilNextTurn(state: BatchState, attempts: number): number {
  const first = state === "sent" ? MINUTE_MS : LOOK_AFTER_MS;
  const factor = state === "sent" ? 1.5 : 2;
  return Math.min(LONGEST_WAIT_MS, first * factor ** Math.max(0, attempts - 1));
}
