import { ERRORS, toAppError } from "#src/core/errors.ts";
import { type Channel, channelParts, type PlatformName } from "#src/core/channel.ts";
import { type MessageRef, type Outcome, settle } from "#src/core/delivery.ts";
import type { Reply } from "#src/core/reply.ts";
import type { Log } from "#src/log.ts";
import type { Claimed, Clock, Platform, Store } from "#src/ports.ts";
import { showView } from "./show.ts";

export interface DeliverDeps {
  store: Store;
  platforms: ReadonlyMap<PlatformName, Platform>;
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
  const { key, wanted } = claimed.delivery;
  const reply = await showView(deps.store, { viewId: wanted, key });
  const outcome: Outcome =
    reply === null
      ? { kind: "failed", code: "brief/unknown" }
      : await attempt(deps, claimed, { reply, signal });
  const settled = settle(claimed.delivery, outcome, { now: deps.clock(), showing: wanted });
  const kept = await deps.store.settleDelivery(claimed, settled);
  const level = outcome.kind === "failed" ? "warn" : "info";
  const { channel, attempts } = claimed.delivery;
  deps.log[level](
    { key, channel, attempts, outcome: outcome.kind, state: settled.state, kept, reason: settled.reason },
    "delivery attempted",
  );
  const why = outcome.kind === "failed" ? CHANNEL_LOST.get(outcome.code) : undefined;
  if (why !== undefined) await deps.lost(channel, why);
  return true;
}

interface Attempt {
  reply: Reply;
  signal: AbortSignal;
}

async function attempt(deps: DeliverDeps, claimed: Claimed, { reply, signal }: Attempt): Promise<Outcome> {
  const { delivery } = claimed;
  const platform = deps.platforms.get(channelParts(delivery.channel).platform);
  if (platform === undefined) return { kind: "retry", code: "platform/unavailable", afterMs: null };
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]);
  try {
    const message = await existing(platform, claimed, limited);
    const { channel, key, manner } = delivery;
    if (message !== null) return await platform.update({ message, reply, ...manner, signal: limited });
    return await platform.post({ channel, key, reply, thread: claimed.thread, ...manner, signal: limited });
  } catch (error) {
    return thrownOutcome(claimed, error);
  }
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
