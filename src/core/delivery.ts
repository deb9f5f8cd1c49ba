import { z } from "zod";
import { digest } from "./article.ts";
import { Channel, channelParts } from "./channel.ts";

/** Where a platform put a message: enough to edit it later. */
export const MessageRef = z.strictObject({ channel: Channel, id: z.string() });
export type MessageRef = z.infer<typeof MessageRef>;

/**
 * due → sending → sent, or uncertain until read back, or dead. `held` waits to be merged with others at `dueAt`,
 * `merged` stands in its parent's message, `skipped` has a reason a moderator can read.
 */
export const DeliveryState = z.enum([
  "due",
  "held",
  "sending",
  "sent",
  "uncertain",
  "merged",
  "skipped",
  "dead",
]);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** Why a channel is given a story. */
export const Reason = z.strictObject({
  /** Null for a channel that the operator's configuration gives everything. */
  subscription: z.string().nullable(),
  topic: z.string(),
  /** The matched words as they stand in the article. */
  terms: z.array(z.string()),
});
export type Reason = z.infer<typeof Reason>;

/** What a post is besides its words. */
export const Manner = z.strictObject({ mention: z.string().nullable(), crosspost: z.boolean() });
export type Manner = z.infer<typeof Manner>;

export const PLAIN_MANNER: Manner = { mention: null, crosspost: false };

/** The slot of a story's own post. */
export const POST_SLOT = "";

/**
 * What a channel is owed for one story: at most one message a slot, made once and edited afterwards.
 * `wanted` is the view the message should show, `shown` the one it does show; they differ while an edit is due.
 */
export const Delivery = z.strictObject({
  /** Idempotency key: the same for every attempt, 24 characters (Discord's nonce holds 25). */
  key: z.string().length(24),
  channel: Channel,
  /** Null for a digest. */
  storyId: z.string().nullable(),
  /** `POST_SLOT` for the story's post; other messages about it have slots of their own. */
  slot: z.string(),
  /** Key of the delivery in whose thread it stands, or in whose message it is merged. */
  parent: z.string().nullable(),
  wanted: z.string(),
  shown: z.string().nullable(),
  manner: Manner,
  reasons: z.array(Reason),
  state: DeliveryState,
  /** Why it was skipped, or the error code it died of. */
  reason: z.string().nullable(),
  attempts: z.int().min(0),
  dueAt: z.date(),
  /** When it was planned, or became due anew: a channel's posts go out in this order. */
  queuedAt: z.date(),
  message: MessageRef.nullable(),
  sentAt: z.date().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** Whether the message stands in its channel, alone or in a digest, or may stand there by now. */
export function isOut({ message, state }: Pick<Delivery, "message" | "state">): boolean {
  return message !== null || state === "merged" || state === "sending" || state === "uncertain";
}

/** Whether the message is made at its time, if nothing stops it. */
export function isWaiting({ message, state }: Pick<Delivery, "message" | "state">): boolean {
  return message === null && (state === "due" || state === "held");
}

/** A delivery somebody may work on until the lease ends. */
export interface Claimed {
  delivery: Delivery;
  /** The platform's own time from which to read back first, since an attempt then or later may have posted; null for none. */
  readBackFrom: Date | null;
  /** The message in whose thread it goes; null for none. */
  thread: MessageRef | null;
  token: string;
}

/** Whether a message stands in a channel, or in its thread; a thread that hangs on a post has the post's own id on Discord. */
export function standsIn(
  { channel, message }: Pick<Delivery, "channel" | "message">,
  asked: Channel,
): boolean {
  if (message === null) return false;
  const { platform, workspace } = channelParts(channel);
  const thread = `${platform}:${workspace}:${message.id}`;
  return asked === channel || asked === message.channel || asked === thread;
}

/** How an attempt to post or edit ended, as the platform adapter tells it. */
export type Outcome =
  | { kind: "sent"; message: MessageRef }
  /** Surely not posted; try again after the given time, in milliseconds. */
  | { kind: "retry"; code: string; afterMs: number | null }
  /** Nobody knows whether it was posted: read back before anything else. */
  | { kind: "uncertain"; code: string; afterMs?: number | null }
  | { kind: "failed"; code: string };

/** A delivery that surely is not posted is given up as dead after this long, however often it was tried. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;
const FIRST_RETRY_MS = 2_000;
/** The longest wait between two attempts: a platform that is down is not asked for each delivery. */
export const LONGEST_RETRY_MS = 60_000;
/** How long a post that is tried again holds those planned after it; then they pass. */
export const HOLDS_CHANNEL_MS = 60_000;
/** A post that waited this long is no news any more: all of them come as one message. */
export const LATE_AFTER_MS = 3_600_000;
/** How long such a message waits for the others, some of which have to be read back first. */
const COLLECTS_LATE_MS = 60_000;

/** The platform is there and asks to wait: no failure, and no attempt. */
export const RATE_LIMITED = "platform/rate-limited";
/** What a delivery that was given up is tried again after, once the platform is back. */
export const REVIVED: readonly string[] = [RATE_LIMITED, "platform/unavailable", "platform/bad-token"];
/** An answer that was lost may still be on its way into the channel's history. */
export const READ_BACK_AFTER_MS = 2_000;

/** How long a claim is good for, in milliseconds: work that may take longer must be cut off before. */
export const LEASE_MS = 5 * 60_000;

export type Settled = Pick<
  Delivery,
  "state" | "reason" | "dueAt" | "message" | "shown" | "sentAt" | "attempts"
>;

/** The delivery's next state after an attempt. `showing` is the brief the attempt carried. */
export function settle(delivery: Delivery, outcome: Outcome, at: { now: Date; showing: string }): Settled {
  const { now, showing } = at;
  const { attempts, message, sentAt, shown } = delivery;
  const kept = { attempts, message, shown, sentAt };
  switch (outcome.kind) {
    case "sent": {
      const done = delivery.wanted === showing;
      return {
        attempts,
        state: done ? "sent" : "due",
        reason: null,
        dueAt: now,
        message: outcome.message,
        shown: showing,
        sentAt: sentAt ?? now,
      };
    }
    case "retry": {
      if (now.getTime() - delivery.queuedAt.getTime() >= GIVE_UP_AFTER_MS)
        return { ...kept, state: "dead", reason: outcome.code, dueAt: now };
      // Its channel waits as a whole, and this one is the next when it goes on.
      if (outcome.code === RATE_LIMITED)
        return { ...kept, state: "due", reason: outcome.code, dueAt: now, attempts: attempts - 1 };
      const wait = outcome.afterMs ?? backOffMs(attempts);
      return { ...kept, state: "due", reason: outcome.code, dueAt: new Date(now.getTime() + wait) };
    }
    case "uncertain":
      return {
        ...kept,
        state: "uncertain",
        reason: outcome.code,
        dueAt: new Date(now.getTime() + Math.max(READ_BACK_AFTER_MS, backOffMs(attempts - 1))),
      };
    case "failed":
      return { ...kept, state: "dead", reason: outcome.code, dueAt: now };
    default:
      return outcome satisfies never;
  }
}

/** Whether a post waited so long that it is to come with others; what may be out already has to be read back first. */
export function isLate({ message, queuedAt, slot, storyId }: Delivery, now: Date): boolean {
  const isPost = message === null && storyId !== null && slot === POST_SLOT;
  return isPost && now.getTime() - queuedAt.getTime() >= LATE_AFTER_MS;
}

/** A late post, which is surely not out, waits for the others of its channel. */
export function collectLate({ attempts, message, sentAt, shown }: Delivery, now: Date): Settled {
  const dueAt = new Date(now.getTime() + COLLECTS_LATE_MS);
  return { state: "held", reason: "held", dueAt, attempts, message, shown, sentAt };
}

/** Milliseconds to wait after the given number of attempts: doubling from 2 s up to a minute. */
export function backOffMs(attempts: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));
}

/** The delivery's idempotency key: 24 hexadecimal digits, the same for a channel, story and slot in every process. */
export function deliveryKey(channel: Channel, storyId: string, slot: string = POST_SLOT): string {
  return digest(slot === POST_SLOT ? `${channel}|${storyId}` : `${channel}|${storyId}|${slot}`);
}
