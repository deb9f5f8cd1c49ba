import type { PeerRequest } from "./model.ts";

/** Before the platform acts on a request, or after it did and before the answer leaves. */
export type When = "before" | "after";

export type Fault =
  | { kind: "status"; status: number; when?: When; code?: number; message?: string }
  /** `route` and `shared` hold one bucket, `global` everything; `html` is Cloudflare's page instead of JSON. */
  | { kind: "rateLimit"; retryAfterMs: number; scope?: "route" | "shared" | "global"; html?: boolean }
  /** Never answers; the client's own time-out must end it. */
  | { kind: "hang"; when?: When }
  /** Closes the connection in order: "other side closed", which discord.js does not retry. */
  | { kind: "cut"; when?: When }
  /** Resets the connection: ECONNRESET, which discord.js does retry. */
  | { kind: "reset"; when?: When }
  | { kind: "delay"; ms: number; when?: When }
  /** Waits for the test, which may kill the client meanwhile, then goes on. */
  | { kind: "pause"; when?: When; until: (request: PeerRequest) => Promise<void> | void };

type FaultMatch = { readonly method?: string; readonly path: RegExp };

export type PlannedFault = {
  readonly match: FaultMatch;
  /** How many requests it meets; 1 unless told. */
  readonly times?: number;
  /** How many matching requests pass unharmed first; 0 unless told. */
  readonly after?: number;
  readonly how: Fault;
};

export type FaultHandle = { readonly hits: number; remove(): void };

export function createFaults() {
  const planned: { plan: PlannedFault; seen: number; hits: number }[] = [];
  return {
    plan(plan: PlannedFault): FaultHandle {
      const entry = { plan, seen: 0, hits: 0 };
      planned.push(entry);
      return {
        get hits() {
          return entry.hits;
        },
        remove() {
          const index = planned.indexOf(entry);
          if (index >= 0) planned.splice(index, 1);
        },
      };
    },
    /** The fault this request meets; the earliest planned one wins. */
    take(method: string, path: string): Fault | undefined {
      for (const entry of planned) {
        const { match, times = 1, after = 0, how } = entry.plan;
        const fits = (match.method === undefined || match.method === method) && match.path.test(path);
        if (!fits || entry.hits >= times) continue;
        entry.seen += 1;
        if (entry.seen <= after) continue;
        entry.hits += 1;
        return how;
      }
      return undefined;
    },
  };
}
