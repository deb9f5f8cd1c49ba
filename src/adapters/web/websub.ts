import { createHmac, timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import { seenEntries } from "#src/core/feed-entries.ts";
import { afterPush, type PushSubscription } from "#src/core/websub.ts";
import type { Log } from "#src/log.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { parseFeed } from "./feed.ts";

export interface WebSubOptions {
  store: Pick<Store, "push" | "savePush" | "savePushed" | "pollSoon">;
  clock: Clock;
  log: Log;
  /** Called once entries were queued, or a feed was made due. */
  onNews: () => void;
}

export const WEBSUB_PATH = "/websub";
const MAX_BODY_BYTES = 5 * 1024 * 1024;
/** Signatures hubs may make (W3C WebSub section 7.1). */
const SIGNATURE = /^(sha1|sha256|sha384|sha512)=([0-9a-f]+)$/i;

/** What a hub asks or tells with a GET (W3C WebSub sections 5.2 and 5.3). */
const HubCall = z.discriminatedUnion("hub.mode", [
  z.object({
    "hub.mode": z.literal("subscribe"),
    "hub.topic": z.string(),
    "hub.challenge": z.string().min(1).max(2_048),
    "hub.lease_seconds": z.coerce.number().int().positive().optional().catch(undefined),
  }),
  z.object({
    "hub.mode": z.literal("denied"),
    "hub.topic": z.string(),
    "hub.reason": z.string().max(500).optional().catch(undefined),
  }),
]);

/** `/websub/<id>`, which hubs call. Each subscription has an address of its own that only its hub was told. */
export function createWebSub(options: WebSubOptions): Hono {
  const app = new Hono();
  app.get(`${WEBSUB_PATH}/:id`, (context) => answerCall(context, options));
  app.post(
    `${WEBSUB_PATH}/:id`,
    async (context, next) => {
      const push = await options.store.push(context.req.param("id"));
      // W3C WebSub section 7: 410 tells the hub that the subscription is over; its body is not read.
      if (push === null) return context.body(null, 410, { Connection: "close" });
      return next();
    },
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => tooLarge(context, options) }),
    (context) => receive(context, options),
  );
  return app;
}

/** Confirms what Lede itself asked for and nothing else; an unsubscription it never asks for is refused. */
async function answerCall(context: Context, { store, clock, log }: WebSubOptions): Promise<Response> {
  const call = HubCall.safeParse(context.req.query());
  const push = await store.push(context.req.param("id") ?? "");
  if (!call.success || push === null || call.data["hub.topic"] !== push.topic) return context.notFound();
  const now = clock();
  if (call.data["hub.mode"] === "denied") {
    const reason = call.data["hub.reason"] ?? null;
    log.warn({ feed: push.topic, hub: push.hub, reason }, "the hub denied the subscription");
    await store.savePush({ push: afterPush(push, { kind: "denied", reason }, now), now });
    return context.body(null, 200);
  }
  if (push.state !== "asked") return context.notFound();
  const leaseSeconds = call.data["hub.lease_seconds"] ?? null;
  await store.savePush({ push: afterPush(push, { kind: "verified", leaseSeconds }, now), now });
  log.info({ feed: push.topic, hub: push.hub, leaseSeconds }, "the hub will send what is new");
  // Plain text, so that no browser takes what a caller made up for a page.
  return context.text(call.data["hub.challenge"]);
}

async function receive(context: Context, options: WebSubOptions): Promise<Response> {
  const { store, clock, log, onNews } = options;
  const push = await store.push(context.req.param("id") ?? "");
  if (push === null) return context.body(null, 410);
  const body = Buffer.from(await context.req.arrayBuffer());
  // W3C WebSub section 7.1: answered alike, so that nobody learns a signature by trying.
  if (!isSigned(body, context.req.header("x-hub-signature"), push.secret)) {
    log.warn({ feed: push.topic, hub: push.hub }, "a push with a wrong signature was left aside");
    return context.body(null, 202);
  }
  const seen = readSeen(context, { push, body, now: clock(), log });
  if (seen.length === 0) await store.pollSoon(push.feedId, clock());
  const queued = await store.savePushed({ feedId: push.feedId, seen, now: clock() });
  log.info({ feed: push.topic, queued }, "a push arrived");
  onNews();
  return context.body(null, 202);
}

interface Pushed {
  push: PushSubscription;
  body: Buffer;
  now: Date;
  log: Log;
}

/** Some hubs send a part, others only word that something is new: what can not be read is polled instead. */
function readSeen(context: Context, { push, body, now, log }: Pushed): ReturnType<typeof seenEntries> {
  try {
    const contentType = context.req.header("content-type") ?? null;
    const { entries } = parseFeed({ body, contentType, url: push.topic });
    return seenEntries(entries, { base: push.topic, via: "websub", now });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.debug({ feed: push.topic, err: error }, "a push could not be read as a feed");
    return [];
  }
}

/** Larger than any feed that is read: the poll will say so where people see it. */
async function tooLarge(context: Context, { store, clock, onNews }: WebSubOptions): Promise<Response> {
  const push = await store.push(context.req.param("id") ?? "");
  if (push !== null) await store.pollSoon(push.feedId, clock());
  onNews();
  return context.body(null, 413, { Connection: "close" });
}

function isSigned(body: Buffer, header: string | undefined, secret: string): boolean {
  const [, method = "", given = ""] = SIGNATURE.exec(header?.trim() ?? "") ?? [];
  if (method === "") return false;
  const wanted = createHmac(method.toLowerCase(), secret).update(body).digest();
  const signature = Buffer.from(given, "hex");
  return signature.length === wanted.length && timingSafeEqual(signature, wanted);
}
