import { briefReply } from "#src/core/brief-reply.ts";
import { ERRORS, toAppError } from "#src/core/errors.ts";
import { channelParts, type PlatformName } from "#src/core/channel.ts";
import { type MessageRef, type Outcome, settle } from "#src/core/delivery.ts";
import type { Reply } from "#src/core/reply.ts";
import type { Log } from "#src/log.ts";
import type { Claimed, Clock, Platform, Store } from "#src/ports.ts";

export interface DeliverDeps {
  store: Store;
  platforms: ReadonlyMap<PlatformName, Platform>;
  clock: Clock;
  log: Log;
}

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
  const reply = await wantedReply(deps.store, claimed);
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
  return true;
}

async function wantedReply(store: Store, { delivery }: Claimed): Promise<Reply | null> {
  const brief = await store.brief(delivery.wanted);
  if (brief === null) return null;
  const [article, revision] = await Promise.all([
    store.article(brief.articleId),
    store.revision(brief.articleId, brief.revision),
  ]);
  return article === null || revision === null
    ? null
    : briefReply({ brief, article, revision }, delivery.key);
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
    if (message !== null) return await platform.update({ message, reply, signal: limited });
    return await platform.post({ channel: delivery.channel, key: delivery.key, reply, signal: limited });
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
  return platform.find({ channel, key, since, signal });
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
