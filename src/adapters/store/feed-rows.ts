import type { Selectable } from "kysely";
import { Cadence, FailedPoll, Feed, FeedWishes, hostOf, NO_WISHES } from "#src/core/feed.ts";
import { PushSubscription } from "#src/core/websub.ts";
import { z } from "zod";
import type { Tables } from "./schema.ts";
import type { Seal } from "./seal.ts";

type FeedRow = Selectable<Tables["feeds"]>;
export type PushRow = Selectable<Tables["pushes"]>;

const StoredFailure = FailedPoll.extend({
  at: z.codec(z.int(), z.date(), {
    decode: (milliseconds) => new Date(milliseconds),
    encode: (date) => date.getTime(),
  }),
});

export function toFeed({ host: _host, token: _token, ...row }: FeedRow): Feed {
  return Feed.parse({
    ...row,
    dueAt: new Date(row.dueAt),
    baselined: row.baselined === 1,
    failingSince: toDate(row.failingSince),
    lastFailure: row.lastFailure === null ? null : z.decode(StoredFailure, JSON.parse(row.lastFailure)),
    wishes: row.wishes === null ? NO_WISHES : FeedWishes.parse(JSON.parse(row.wishes)),
    cadence: row.cadence === null ? null : Cadence.parse(JSON.parse(row.cadence)),
    lastSuccessAt: toDate(row.lastSuccessAt),
    lastEntryAt: toDate(row.lastEntryAt),
    pushedUntil: toDate(row.pushedUntil),
    healthSince: toDate(row.healthSince),
  });
}

/** A feed as a row that nobody polls. */
export function fromFeed(feed: Feed): FeedRow {
  return {
    ...feed,
    host: hostOf(feed.url),
    token: null,
    dueAt: feed.dueAt.getTime(),
    baselined: feed.baselined ? 1 : 0,
    failingSince: toMillis(feed.failingSince),
    lastFailure: feed.lastFailure === null ? null : JSON.stringify(z.encode(StoredFailure, feed.lastFailure)),
    wishes: isWishful(feed.wishes) ? JSON.stringify(feed.wishes) : null,
    cadence: feed.cadence === null ? null : JSON.stringify(feed.cadence),
    lastSuccessAt: toMillis(feed.lastSuccessAt),
    lastEntryAt: toMillis(feed.lastEntryAt),
    pushedUntil: toMillis(feed.pushedUntil),
    healthSince: toMillis(feed.healthSince),
  };
}

/** The secret is that of the key and the id: a new subscription has a new one. */
export function toPush(row: PushRow, seal: Seal): PushSubscription {
  return PushSubscription.parse({
    ...row,
    secret: seal.secretOf(row.id),
    dueAt: new Date(row.dueAt),
    expiresAt: toDate(row.expiresAt),
  });
}

export function fromPush({ secret: _secret, ...push }: PushSubscription): PushRow {
  return { ...push, dueAt: push.dueAt.getTime(), expiresAt: toMillis(push.expiresAt) };
}

function isWishful({ ttlSeconds, skipHours, skipDays }: FeedWishes): boolean {
  return ttlSeconds !== null || skipHours.length > 0 || skipDays.length > 0;
}

function toDate(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}

export function toMillis(date: Date | null): number | null {
  return date?.getTime() ?? null;
}
