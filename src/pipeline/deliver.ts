import { ERRORS } from "#src/core/error-table.ts";
import { toAppError } from "#src/core/errors.ts";
import { type Channel, channelParts, type PlatformName } from "#src/core/channel.ts";
import {
  type Claimed,
  type Delivery,
  type MessageRef,
  type Outcome,
  settle,
  type Settled,
} from "#src/core/delivery.ts";
import { mayUse, NOT_ALLOWED } from "#src/core/operator.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import type { Log } from "#src/log.ts";
import type { Clock, Platform } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import type { Directory } from "./directory.ts";
import { showView } from "./show.ts";

export interface DeliverDeps {
  store: Store;
  platforms: ReadonlyMap<PlatformName, Platform>;
  directory: Pick<Directory, "grants">;
  /** Told when a channel can not be posted to any more, with the reason in words. */
  lost: (channel: Channel, why: string) => Promise<void>;
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
/** A message may carry a time slightly before the first attempt: clocks differ. */
const READ_BACK_MARGIN_MS = 60_000;

/**
 * Makes one due delivery true in its channel: posts, edits, or first reads back whether an earlier attempt posted.
 * Returns false when nothing is due.
 */
export async function deliverNext(deps: DeliverDeps, signal: AbortSignal): Promise<boolean> {
  const claimed = await deps.store.claimDelivery(deps.clock(), [...deps.platforms.keys()]);
  if (claimed === null) return false;
  const { found, outcome } = await deliver(deps, claimed, signal);
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
  const why = outcome.kind === "failed" ? CHANNEL_LOST.get(outcome.code) : undefined;
  if (why !== undefined) await deps.lost(channel, why);
  return true;
}

/** As the platform tells it, or that there was nothing to post. */
type Delivered = Outcome | { kind: "withheld"; reason: string };

interface Attempted {
  outcome: Delivered;
  /** The message that stands already; null for none. */
  found: MessageRef | null;
}

async function deliver(deps: DeliverDeps, claimed: Claimed, signal: AbortSignal): Promise<Attempted> {
  const platform = deps.platforms.get(channelParts(claimed.delivery.channel).platform);
  if (platform === undefined)
    return { found: null, outcome: { kind: "retry", code: "platform/unavailable", afterMs: null } };
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
  { directory, store }: DeliverDeps,
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
  const { channel, key, manner, wanted } = delivery;
  const reply = await showView(store, { viewId: wanted, key });
  if (reply === null) return { kind: "failed", code: "brief/unknown" };
  if (message !== null) return platform.update({ message, reply, ...manner, signal });
  return platform.post({ channel, key, reply, thread, ...manner, signal });
}

function settledBy(delivery: Delivery, outcome: Delivered, now: Date): Settled {
  if (outcome.kind !== "withheld") return settle(delivery, outcome, { now, showing: delivery.wanted });
  const { message, sentAt, shown } = delivery;
  return { state: "skipped", reason: outcome.reason, dueAt: now, message, shown, sentAt };
}

/** The message the delivery already has, or the one an attempt of unknown end left in the channel. */
async function existing(
  platform: Platform,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<MessageRef | null> {
  const { message, channel, key, firstAttemptAt } = claimed.delivery;
  if (message !== null || !claimed.uncertain || firstAttemptAt === null) return message;
  const since = new Date(firstAttemptAt.getTime() - READ_BACK_MARGIN_MS);
  return platform.find({ channel, key, thread: claimed.thread, since, signal });
}

/** What was thrown came from reading back or from a bug: whether a post exists is then as unknown as before. */
function thrownOutcome(claimed: Claimed, thrown: unknown): Outcome {
  const error = toAppError(thrown);
  if (claimed.uncertain && (ERRORS[error.code].retry || error.code === "bug"))
    return { kind: "uncertain", code: error.code };
  if (error.code === "bug") return { kind: "uncertain", code: error.code };
  return ERRORS[error.code].retry
    ? { kind: "retry", code: error.code, afterMs: null }
    : { kind: "failed", code: error.code };
}
