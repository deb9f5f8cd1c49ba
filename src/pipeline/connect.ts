import { setTimeout as sleep } from "node:timers/promises";
import { type AppError, toAppError } from "#src/core/errors.ts";
import type { Log } from "#src/log.ts";
import type { Inbound, Platform } from "#src/ports.ts";

/** What a platform refuses may be put right there, without a word to Lede. */
const AGAIN_AFTER_MS = 5 * 60_000;

export interface ConnectDeps {
  inbound: Omit<Inbound, "closed">;
  log: Log;
  /** Told each time a platform refuses the connection. */
  refused: (platform: Platform, error: AppError) => void;
  /** Ends the trying. */
  signal: AbortSignal;
  /** In milliseconds; less only in tests. */
  againAfterMs?: number;
}

/** Connects a platform, and again some minutes after it refused or closed the connection for good. Resolves when the first attempt has ended. */
export function keepConnected(platform: Platform, deps: ConnectDeps): Promise<void> {
  const first = Promise.withResolvers<void>();
  void keep(platform, deps, first.resolve);
  return first.promise;
}

async function keep(platform: Platform, deps: ConnectDeps, onTried: () => void): Promise<void> {
  const { againAfterMs = AGAIN_AFTER_MS, inbound, log, refused, signal } = deps;
  while (!signal.aborted) {
    const closed = Promise.withResolvers<AppError>();
    try {
      await platform.start({ ...inbound, closed: closed.resolve });
      onTried();
      throw await closed.promise;
    } catch (thrown) {
      onTried();
      if (signal.aborted) return;
      const error = toAppError(thrown);
      log.error({ platform: platform.name, againAfterMs, err: error }, "platform not connected");
      refused(platform, error);
      await sleep(againAfterMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
