import { z } from "zod";
import { digest } from "./article.ts";
import { Channel } from "./channel.ts";

/** Where a platform put a message: enough to edit it later. */
export const MessageRef = z.strictObject({ channel: Channel, id: z.string() });
export type MessageRef = z.infer<typeof MessageRef>;

export const DeliveryState = z.enum(["due", "sending", "sent", "uncertain", "skipped", "dead"]);
export type DeliveryState = z.infer<typeof DeliveryState>;

/**
 * What a channel is owed for one story: at most one message, made once and edited afterwards.
 * `wanted` is the brief the message should show, `shown` the one it does show; they differ while an edit is due.
 */
export const Delivery = z.strictObject({
  /** Idempotency key: the same for every attempt, 24 characters (Discord's nonce holds 25). */
  key: z.string().length(24),
  channel: Channel,
  storyId: z.string(),
  wanted: z.string(),
  shown: z.string().nullable(),
  state: DeliveryState,
  /** Why it was skipped, or the error code it died of. */
  reason: z.string().nullable(),
  attempts: z.int().min(0),
  dueAt: z.date(),
  firstAttemptAt: z.date().nullable(),
  message: MessageRef.nullable(),
  sentAt: z.date().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** How an attempt to post or edit ended, as the platform adapter tells it. */
export type Outcome =
  | { kind: "sent"; message: MessageRef }
  /** Surely not posted; try again after the given time, in milliseconds. */
  | { kind: "retry"; code: string; afterMs: number | null }
  /** Nobody knows whether it was posted: read back before anything else. */
  | { kind: "uncertain"; code: string }
  | { kind: "failed"; code: string };

/** Attempts that surely did not post, before a delivery is given up as dead. */
export const MAX_ATTEMPTS = 12;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 10 * 60_000;
/** An answer that was lost may still be on its way into the channel's history. */
export const READ_BACK_AFTER_MS = 2_000;

/** How long a claim is good for, in milliseconds: work that may take longer must be cut off before. */
export const LEASE_MS = 5 * 60_000;

export type Settled = Pick<Delivery, "state" | "reason" | "dueAt" | "message" | "shown" | "sentAt">;

/** The delivery's next state after an attempt. `showing` is the brief the attempt carried. */
export function settle(delivery: Delivery, outcome: Outcome, at: { now: Date; showing: string }): Settled {
  const { now, showing } = at;
  const kept = { message: delivery.message, shown: delivery.shown, sentAt: delivery.sentAt };
  switch (outcome.kind) {
    case "sent": {
      const done = delivery.wanted === showing;
      return {
        state: done ? "sent" : "due",
        reason: null,
        dueAt: now,
        message: outcome.message,
        shown: showing,
        sentAt: delivery.sentAt ?? now,
      };
    }
    case "retry": {
      if (delivery.attempts >= MAX_ATTEMPTS)
        return { ...kept, state: "dead", reason: outcome.code, dueAt: now };
      const wait = outcome.afterMs ?? backOffMs(delivery.attempts);
      return { ...kept, state: "due", reason: outcome.code, dueAt: new Date(now.getTime() + wait) };
    }
    case "uncertain":
      return {
        ...kept,
        state: "uncertain",
        reason: outcome.code,
        dueAt: new Date(now.getTime() + Math.max(READ_BACK_AFTER_MS, backOffMs(delivery.attempts - 1))),
      };
    case "failed":
      return { ...kept, state: "dead", reason: outcome.code, dueAt: now };
    default:
      return outcome satisfies never;
  }
}

/** Milliseconds to wait after the given number of attempts: doubling from 2 s up to 10 min. */
export function backOffMs(attempts: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));
}

/** The delivery's idempotency key: 24 hexadecimal digits, the same for a channel and story in every process. */
export function deliveryKey(channel: Channel, storyId: string): string {
  return digest(`${channel}|${storyId}`);
}
