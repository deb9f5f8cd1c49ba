import { toAppError } from "#src/core/errors.ts";
import { afterPush, LEASE_SECONDS } from "#src/core/websub.ts";
import type { Log } from "#src/log.ts";
import type { AskHub, Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";

export interface SubscribeDeps {
  store: Pick<Store, "duePush" | "savePush">;
  askHub: AskHub;
  /** The address under which the hub reaches the subscription. */
  callback: (id: string) => string;
  clock: Clock;
  log: Log;
}

/**
 * Asks the hub of one feed to send what is new, or to go on with it. Returns false when no hub has to be asked. Until
 * the hub has called back, and whenever it does not, the feed is polled as any other.
 */
export async function subscribeNext(deps: SubscribeDeps, signal: AbortSignal): Promise<boolean> {
  const { store, askHub, callback, clock, log } = deps;
  const due = await store.duePush(clock());
  if (due === null) return false;
  // Stored first: hubs may call back before they answer.
  const asked = afterPush(due, { kind: "ask" }, clock());
  if (!(await store.savePush({ push: asked, now: clock() }))) return true;
  const { id, hub, topic, secret } = asked;
  try {
    await askHub({ hub, topic, secret, callback: callback(id), leaseSeconds: LEASE_SECONDS, signal });
    log.debug({ feed: topic, hub }, "the hub was asked");
  } catch (thrown) {
    if (signal.aborted) return false;
    const { code } = toAppError(thrown);
    log.warn({ feed: topic, hub, code }, "the hub did not take the subscription; the feed is polled");
    const failed = afterPush(asked, { kind: "failed", code }, clock());
    await store.savePush({ push: failed, unless: "verified", now: clock() });
  }
  return true;
}
