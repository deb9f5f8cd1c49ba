import { setTimeout as sleep } from "node:timers/promises";
import type { Failure } from "./openai-failure.ts";

export type Attempt<T> = { kind: "done"; value: T } | { kind: "failed"; failure: Failure };

const MAX_RETRIES = 2;
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 8_000;
const JITTER = 0.25;

/**
 * Tries again after failures that pass, as long as the server asks for and the deadline allows. The client's own retries
 * are off: they ask again without credit, and ignore a wait above 60 s.
 */
export async function withRetries<T>(
  attempt: () => Promise<Attempt<T>>,
  until: { signal: AbortSignal; remainingMs: () => number },
): Promise<Attempt<T>> {
  for (let retries = 0; ; retries += 1) {
    const result = await attempt();
    if (result.kind === "done" || !result.failure.retry || retries === MAX_RETRIES) return result;
    const waitMs = result.failure.retryAfterMs ?? backOffMs(retries);
    // Nobody is helped by waiting for a time that is never reached.
    if (waitMs >= until.remainingMs()) return result;
    await sleep(waitMs, undefined, { signal: until.signal });
  }
}

function backOffMs(retries: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** retries, MAX_WAIT_MS) * (1 - Math.random() * JITTER);
}
