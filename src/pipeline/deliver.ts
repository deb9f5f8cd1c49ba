import { ERRORS } from "#src/core/error-table.ts";
import { toAppError } from "#src/core/errors.ts";
import type { Channel } from "#src/core/channel.ts";
import {
  type Claimed,
  collectLate,
  type Delivery,
  isLate,
  type MessageRef,
  type Outcome,
  RATE_LIMITED,
  settle,
  type Settled,
} from "#src/core/delivery.ts";
import { mayUse, NOT_ALLOWED } from "#src/core/operator.ts";
import { waitOf } from "#src/core/outcome.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Platform } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Directory } from "./directory.ts";
import type { PlatformLane } from "./platform-lane.ts";
import { showView } from "./show.ts";

export interface DeliverDeps {
  store: Store;
  directory: Pick<Directory, "grants">;
  /** Told when a channel can not be posted to any more, with the reason in words. */
  lost: (channel: Channel, why: string) => Promise<void>;
  /** Told when a post was given up because its platform did not take it for a day. */
  gaveUp: (channel: Channel) => Promise<void>;
  clock: Clock;
  log: Log;
}

/** Failures that are the channel's and not the message's, in words for moderators. */
const CHANNEL_LOST = new Map([
  ["platform/gone", "the channel is gone, or Lede was removed from it"],
  ["platform/forbidden", "Lede may not post there any more"],
]);

/** Longer than any platform call may take, shorter than the store's lease. */
const ATTEMPT_TIMEOUT_MS = 60_000;
/** Where a platform asks to wait and does not say how long. */
const UNSAID_WAIT_MS = 5_000;
/** The clocks of a platform's own machines differ a little. */
const READ_BACK_MARGIN_MS = 60_000;

/**
 * Makes one due delivery of a lane true in its channel: posts, edits, or first reads back whether an earlier attempt
 * posted. `onClaimed` hears of it as soon as there is one. Returns false when nothing is due, or nothing may go out now.
 */
export async function deliverNext(
  deps: DeliverDeps,
  lane: PlatformLane,
  { signal, onClaimed = () => undefined }: { signal: AbortSignal; onClaimed?: () => void },
): Promise<boolean> {
  const done = await lane.attempt(async () => {
    const platformNow = lane.platform.time();
    if (lane.isTrying() || platformNow === null) return probe(deps, lane, signal);
    const claimed = await claim(deps, lane, platformNow);
    if (claimed === null) return null;
    onClaimed();
    return { claimed, ...(await deliver(deps, claimed, { platform: lane.platform, signal })) };
  });
  if (done === null) return false;
  if ("claimed" in done) await settleAttempt(deps, lane, done);
  return true;
}

/**
 * Whether a platform answers that was down, or whose time is not known yet, asked by a look into a channel that waits: no
 * post is tried alone that should come with the others. Null when nothing waits.
 */
async function probe(
  { clock, store }: DeliverDeps,
  { platform }: PlatformLane,
  signal: AbortSignal,
): Promise<{ outcome: { kind: "answered" } | Outcome } | null> {
  const waiting = await store.waitingDelivery(platform.name);
  if (waiting === null) return null;
  const { channel, key } = waiting;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]);
  try {
    await platform.find({ channel, key, thread: null, since: clock(), signal: limited });
    return { outcome: answered(platform) };
  } catch (error) {
    const { code } = toAppError(error);
    const isDown = ERRORS[code].retry || code === "platform/bad-token" || code === "bug";
    return { outcome: isDown ? { kind: "uncertain", code } : answered(platform) };
  }
}

/** An answer that does not say when it was given is as good as none: what is posted then could not be looked for. */
function answered(platform: Platform): { kind: "answered" } | Outcome {
  return platform.time() === null
    ? { kind: "uncertain", code: "platform/unavailable" }
    : { kind: "answered" };
}

async function claim(
  { clock, store }: DeliverDeps,
  lane: PlatformLane,
  platformNow: Date,
): Promise<Claimed | null> {
  const { name: platform } = lane.platform;
  const paused = lane.paused();
  if (paused === null) return null;
  return store.claimDelivery({ platform, paused, now: clock(), platformNow });
}

async function settleAttempt(
  deps: DeliverDeps,
  lane: PlatformLane,
  { claimed, found, outcome }: Attempted & { claimed: Claimed },
): Promise<void> {
  // A message that was found is never forgotten, whatever became of its edit: it would be posted once more.
  const delivery = { ...claimed.delivery, message: claimed.delivery.message ?? found };
  const settled = settledBy(delivery, outcome, deps.clock());
  const kept = await deps.store.settleDelivery(claimed, settled);
  const level = outcome.kind === "failed" ? "warn" : "info";
  const { attempts, channel, key } = claimed.delivery;
  deps.log[level](
    { key, channel, attempts, outcome: outcome.kind, state: settled.state, kept, reason: settled.reason },
    "delivery attempted",
  );
  if ("code" in outcome && outcome.code === RATE_LIMITED)
    lane.limit(channel, outcome.kind === "failed" ? UNSAID_WAIT_MS : (outcome.afterMs ?? UNSAID_WAIT_MS));
  if (outcome.kind === "sent" && claimed.delivery.message === null) lane.pace(channel);
  if (outcome.kind === "retry" && settled.state === "dead") await deps.gaveUp(channel);
  const why = outcome.kind === "failed" ? CHANNEL_LOST.get(outcome.code) : undefined;
  if (why !== undefined) await deps.lost(channel, why);
}

/** As the platform tells it, or that there was nothing to post, or not alone. */
type Delivered = Outcome | { kind: "withheld"; reason: string } | { kind: "late" };

interface Attempted {
  outcome: Delivered;
  /** The message that stands already; null for none. */
  found: MessageRef | null;
}

async function deliver(
  deps: DeliverDeps,
  claimed: Claimed,
  { platform, signal }: { platform: Platform; signal: AbortSignal },
): Promise<Attempted> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]);
  let found: MessageRef | null = null;
  try {
    found = await existing(platform, claimed, limited);
    return { found, outcome: await show(deps, claimed, { platform, message: found, signal: limited }) };
  } catch (error) {
    return { found, outcome: thrownOutcome(claimed, error) };
  }
}

async function show(
  { clock, directory, store }: DeliverDeps,
  { delivery, thread }: Claimed,
  { platform, message, signal }: { platform: Platform; message: MessageRef | null; signal: AbortSignal },
): Promise<Delivered> {
  const view = await store.view(delivery.wanted);
  // These only ever replace a post or leave it alone; where there is none, none is made.
  if (message === null && view?.kind === "withheld")
    return { kind: "withheld", reason: view.reason ?? "members-only" };
  if (message === null && !mayUse(directory.grants, workspaceOf(delivery.channel)))
    return { kind: "withheld", reason: NOT_ALLOWED };
  if (message === null && view?.kind === "tombstone") return { kind: "withheld", reason: "unpublished" };
  if (message !== null && view?.kind === "withheld") return { kind: "sent", message };
  if (isLate({ ...delivery, message }, clock())) return { kind: "late" };
  const { channel, key, wanted } = delivery;
  // Followers of the channel are handed what stays; the edit that brings it hands it on.
  const isFinal = view?.kind !== "story" || view.stopgap !== true;
  const manner = { ...delivery.manner, crosspost: delivery.manner.crosspost && isFinal };
  const reply = await showView(store, { viewId: wanted, key });
  if (reply === null) return { kind: "failed", code: "brief/unknown" };
  if (message !== null) return platform.update({ message, reply, ...manner, signal });
  return platform.post({ channel, key, reply, thread, ...manner, signal });
}

function settledBy(delivery: Delivery, outcome: Delivered, now: Date): Settled {
  if (outcome.kind === "late") return collectLate(delivery, now);
  if (outcome.kind !== "withheld") return settle(delivery, outcome, { now, showing: delivery.wanted });
  const { attempts, message, sentAt, shown } = delivery;
  return { state: "skipped", reason: outcome.reason, dueAt: now, attempts, message, shown, sentAt };
}

/** The message the delivery already has, or the one an attempt of unknown end left in the channel. */
async function existing(
  platform: Platform,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<MessageRef | null> {
  const { delivery, readBackFrom, thread } = claimed;
  const { message, channel, key } = delivery;
  if (message !== null || readBackFrom === null) return message;
  const since = new Date(readBackFrom.getTime() - READ_BACK_MARGIN_MS);
  return platform.find({ channel, key, thread, since, signal });
}

/** What was thrown came from reading back or from a bug: whether a post exists is then as unknown as before. */
function thrownOutcome(claimed: Claimed, thrown: unknown): Outcome {
  const error = toAppError(thrown);
  if (claimed.readBackFrom !== null && (ERRORS[error.code].retry || error.code === "bug"))
    return { kind: "uncertain", code: error.code, afterMs: waitOf(error) };
  if (error.code === "bug") return { kind: "uncertain", code: error.code };
  return ERRORS[error.code].retry
    ? { kind: "retry", code: error.code, afterMs: waitOf(error) }
    : { kind: "failed", code: error.code };
}
