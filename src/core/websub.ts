import { z } from "zod";

export const PushState = z.enum(["wanted", "asked", "verified", "denied"]);
export type PushState = z.infer<typeof PushState>;

/** A subscription to a feed at its hub (W3C WebSub), as Lede keeps it. */
export const PushSubscription = z.strictObject({
  /** Part of the address the hub calls; nobody else knows it. */
  id: z.string(),
  feedId: z.string(),
  hub: z.url(),
  topic: z.url(),
  /** Signs what the hub sends. */
  secret: z.string(),
  state: PushState,
  /** When the hub has to be asked (again). */
  dueAt: z.date(),
  /** Requests in a row that came to nothing. */
  failures: z.int().min(0),
  /** End of the lease the hub has verified; null when it never did. */
  expiresAt: z.date().nullable(),
  /** Why the hub does not send: its own words, or the code of a failure. */
  reason: z.string().nullable(),
});
export type PushSubscription = z.infer<typeof PushSubscription>;

/** What may happen to a subscription. */
export type PushEvent =
  | { kind: "ask" }
  | { kind: "verified"; leaseSeconds: number | null }
  | { kind: "denied"; reason: string | null }
  | { kind: "failed"; code: string };

/** The lease Lede asks for; hubs give what they like. */
export const LEASE_SECONDS = 10 * 86_400;
/** Given when a hub names no lease; the renewal finds out. */
const SHORT_LEASE_SECONDS = 86_400;
const SHORTEST_LEASE_SECONDS = 60;
const LONGEST_LEASE_SECONDS = 30 * 86_400;
/** A hub that was asked has this long to call back before it is asked again. */
const ANSWER_MS = 10 * 60_000;
/** Share of the lease after which it is renewed. */
const RENEW_AT = 0.8;
const FIRST_RETRY_MS = 10 * 60_000;
const LONGEST_RETRY_MS = 86_400_000;
/** A hub may change its mind; asking it weekly is no burden. */
const DENIED_MS = 7 * 86_400_000;

/** The subscription after an event. The lease of a verified one lasts while it is renewed, whatever comes of the renewal. */
export function afterPush(push: PushSubscription, event: PushEvent, now: Date): PushSubscription {
  switch (event.kind) {
    case "ask":
      return asked(push, now);
    case "verified":
      return verified(push, event.leaseSeconds, now);
    case "denied":
      return {
        ...push,
        state: "denied",
        reason: event.reason,
        expiresAt: null,
        failures: 0,
        dueAt: later(now, DENIED_MS),
      };
    case "failed":
      return { ...push, state: "wanted", reason: event.code, dueAt: later(now, retryMs(push.failures)) };
    default:
      return event satisfies never;
  }
}

/** Until when the hub can be relied on to send; null when it can not. */
export function pushedUntil(push: PushSubscription, now: Date): Date | null {
  return push.expiresAt !== null && push.expiresAt > now ? push.expiresAt : null;
}

/** The request counts as a failure until the hub calls back: no call is the usual way in which it fails. */
function asked(push: PushSubscription, now: Date): PushSubscription {
  const failures = push.failures + 1;
  return {
    ...push,
    state: "asked",
    failures,
    dueAt: later(now, Math.max(ANSWER_MS, retryMs(failures))),
  };
}

function verified(push: PushSubscription, leaseSeconds: number | null, now: Date): PushSubscription {
  const seconds = Math.min(
    LONGEST_LEASE_SECONDS,
    Math.max(SHORTEST_LEASE_SECONDS, leaseSeconds ?? SHORT_LEASE_SECONDS),
  );
  return {
    ...push,
    state: "verified",
    failures: 0,
    reason: null,
    expiresAt: later(now, seconds * 1_000),
    dueAt: later(now, seconds * 1_000 * RENEW_AT),
  };
}

function retryMs(failures: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(20, Math.max(0, failures - 1)));
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
