import { seenEntries, type SeenEntry } from "#src/core/feed-entries.ts";
import type { Feed, FeedEntry } from "#src/core/feed.ts";
import { NO_WISHES } from "#src/core/feed.ts";

export const NOON = new Date("2026-11-24T12:00:00Z");

export function makeItem(changes: Partial<FeedEntry> = {}): FeedEntry {
  const guid = changes.guid ?? "guid-1";
  return {
    guid,
    url: `https://news.example/${encodeURIComponent(guid)}`,
    title: `Title of ${guid}`,
    content: "<p>Nine people were injured.</p>",
    author: "A. Reporter",
    publishedAt: new Date(NOON.getTime() - 3_600_000),
    updatedAt: null,
    ...changes,
  };
}

/** The entries of a feed with these items, as a poll hands them to the store. */
export function seenOf(items: readonly FeedEntry[], now = NOON): SeenEntry[] {
  return seenEntries(items, { base: "https://news.example/feed", via: "feed", now });
}

export function makeFeed(changes: Partial<Feed> = {}): Feed {
  return {
    id: "feed-1",
    url: "https://harbour-times.example/feed",
    title: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    dueAt: NOON,
    failures: 0,
    failingSince: null,
    lastFailure: null,
    baselined: true,
    backfill: 0,
    movedTo: null,
    moves: 0,
    wishes: NO_WISHES,
    cadence: null,
    lastSuccessAt: null,
    lastEntryAt: null,
    hub: null,
    topic: null,
    pushedUntil: null,
    health: "ok",
    healthSince: null,
    told: "ok",
    ...changes,
  };
}
