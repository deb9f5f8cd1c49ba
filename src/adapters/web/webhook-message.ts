import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import type { Entry } from "#src/core/article.ts";
import { AppError } from "#src/core/errors.ts";

/** A request as it came in: nothing of it is believed yet. */
export interface WebhookMessage {
  body: Buffer;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  now: Date;
}

/** Somebody who can prove who they are at one of the addresses. */
export interface WebhookSender {
  /** Of their articles. */
  source: string;
  /** Two while one takes the place of the other: either proves them. */
  secrets: readonly string[];
}

/** What a message asks for once its signature is proved. */
export type WebhookRequest =
  | {
      kind: "entry";
      /** Whose secret signed it. */
      source: string;
      /** The delivery's own id, or one of its body: the same for a message that is sent again. */
      id: string;
      entry: Entry;
    }
  | { kind: "ignored"; reason: string };

/** One publisher's way to send: where, how it proves itself and in which words. */
export interface WebhookDialect {
  path: string;
  /** The variable that switches it on. */
  variable: string;
  isOn: boolean;
  /** Throws AppError `webhook/unsigned` and `webhook/invalid`. */
  read: (message: WebhookMessage) => WebhookRequest;
}

/** What publishers send beside the text; absent where they do not say. */
export type EntryParts = Partial<
  Pick<Entry, "title" | "content" | "byline" | "publishedAt" | "updatedAt" | "visibility" | "releaseAt">
> &
  Pick<Entry, "guid" | "url">;

export function publishEntry(parts: EntryParts): Entry {
  return {
    title: null,
    content: null,
    byline: null,
    publishedAt: null,
    updatedAt: null,
    visibility: "public",
    releaseAt: null,
    ...parts,
    event: "publish",
    via: "webhook",
  };
}

/** Takes an article back. Its address is left out where the publisher's own id is surer: a draft's address is another. */
export function unpublishEntry({ guid, url, updatedAt }: Pick<Entry, "guid" | "url" | "updatedAt">): Entry {
  return { ...publishEntry({ guid, url, updatedAt }), event: "unpublish" };
}

/** The latest of the moments until which an article has to wait; null when none is ahead. */
export function releaseAfter(now: Date, ...moments: readonly (Date | null | undefined)[]): Date | null {
  let latest: Date | null = null;
  for (const moment of moments) if (moment && moment > (latest ?? now)) latest = moment;
  return latest;
}

/** The sender one of whose secrets made the proof; null for nobody. */
export function senderOf(
  senders: readonly WebhookSender[],
  proves: (secret: string) => boolean,
): WebhookSender | null {
  return senders.find(({ secrets }) => secrets.some(proves)) ?? null;
}

/** Whether the given signature is the body's HMAC-SHA256, compared in constant time. */
export function isHmac(
  given: string | undefined,
  signed: { secret: string; data: string | Buffer; encoding: "hex" | "base64" },
): boolean {
  const wanted = createHmac("sha256", signed.secret).update(signed.data).digest();
  const proof = Buffer.from(given ?? "", signed.encoding);
  return proof.length === wanted.length && timingSafeEqual(proof, wanted);
}

/** An id for messages of senders that give them none: the same body is the same message. */
export function bodyHash(body: Buffer): string {
  return createHash("sha256").update(body).digest("hex");
}

/** The body by a schema. Throws AppError `webhook/invalid`, which names the first field that is wrong. */
export function parseBody<T>(schema: z.ZodType<T>, body: Buffer): T {
  const parsed = schema.safeParse(parseJson(body.toString("utf8")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === "unrecognized_keys") throw invalid(issue.keys[0] ?? "", "is not a field Lede knows");
  throw invalid(issue?.path.join(".") ?? "", lowerFirst(issue?.message ?? "is not valid"));
}

export function invalid(field: string, problem: string): AppError {
  if (field === "")
    return new AppError("webhook/invalid", { say: "The webhook's body must be one JSON object." });
  return new AppError("webhook/invalid", {
    say: `The webhook's body does not have the right form: "${field}" ${problem}.`,
    details: { field },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("webhook/invalid", { say: "The webhook's body is not valid JSON.", cause });
  }
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
