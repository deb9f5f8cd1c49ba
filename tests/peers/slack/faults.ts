import type { JsonObject } from "./json.ts";

/**
 * How a request goes wrong. `committed` says whether Slack has carried it out by then: a lost answer
 * (`{kind: "cut", committed: true}`) is what makes clients post twice.
 */
export type FaultHow =
  | { readonly kind: "ratelimited"; readonly retryAfterSeconds: number }
  | { readonly kind: "status"; readonly status: number; readonly committed?: boolean }
  | { readonly kind: "cut"; readonly committed?: boolean }
  | { readonly kind: "hang"; readonly committed?: boolean }
  | { readonly kind: "delay"; readonly ms: number; readonly committed?: boolean }
  | { readonly kind: "error"; readonly error: string; readonly committed?: boolean };

/** Which requests go wrong: a method's name, `response_url`, or `*` for all; once unless `times` says more. */
export interface Fault {
  readonly method: string;
  readonly how: FaultHow;
  readonly times?: number;
  /** Only requests with such arguments. */
  readonly when?: (args: JsonObject) => boolean;
}

/** A fault in force. */
export interface FaultHandle {
  /** How many requests it has hit. */
  readonly hits: number;
  readonly cancel: () => void;
}

export interface Faults {
  readonly add: (fault: Fault) => FaultHandle;
  /** The fault that hits this request, if any; it is used up by the call. */
  readonly take: (method: string, args: JsonObject) => FaultHow | null;
}

/** The faults that tests have ordered, first ordered first used. */
export function createFaults(): Faults {
  const active: { readonly fault: Fault; left: number; hits: number }[] = [];
  return {
    add(fault) {
      const entry = { fault, left: fault.times ?? 1, hits: 0 };
      active.push(entry);
      return {
        get hits() {
          return entry.hits;
        },
        cancel() {
          entry.left = 0;
        },
      };
    },
    take(method, args) {
      for (const entry of active) {
        const { fault } = entry;
        if (entry.left <= 0 || (fault.method !== "*" && fault.method !== method)) continue;
        if (fault.when !== undefined && !fault.when(args)) continue;
        entry.left -= 1;
        entry.hits += 1;
        return fault.how;
      }
      return null;
    },
  };
}
