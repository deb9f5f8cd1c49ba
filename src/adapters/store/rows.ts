import type { Selectable } from "kysely";
import { z } from "zod";
import { Article, Entry, Revision, Story } from "#src/core/article.ts";
import { Brief } from "#src/core/brief.ts";
import { CommandCall } from "#src/core/command.ts";
import { Delivery, MessageRef } from "#src/core/delivery.ts";
import { Feed } from "#src/core/feed.ts";
import type { Tables } from "./schema.ts";

/** A moment as it is stored: milliseconds since 1970 in UTC. */
const Millis = z.codec(z.int(), z.date(), {
  decode: (milliseconds) => new Date(milliseconds),
  encode: (date) => date.getTime(),
});

const StoredEntry = Entry.extend({ publishedAt: Millis.nullable(), updatedAt: Millis.nullable() });
const StoredBrief = Brief.extend({ createdAt: Millis });
const StoredCall = CommandCall.extend({ receivedAt: Millis });

export function entryToJson(entry: Entry): string {
  return JSON.stringify(z.encode(StoredEntry, entry));
}

export function entryFromJson(body: string): Entry {
  return z.decode(StoredEntry, JSON.parse(body));
}

export function briefToJson(brief: Brief): string {
  return JSON.stringify(z.encode(StoredBrief, brief));
}

export function briefFromJson(body: string): Brief {
  return z.decode(StoredBrief, JSON.parse(body));
}

export function callToJson(call: CommandCall): string {
  return JSON.stringify(z.encode(StoredCall, call));
}

export function callFromJson(body: string): CommandCall {
  return z.decode(StoredCall, JSON.parse(body));
}

export function toFeed(row: Selectable<Tables["feeds"]>): Feed {
  return Feed.parse({ ...row, dueAt: new Date(row.dueAt), baselined: row.baselined === 1 });
}

export function toStory(row: Selectable<Tables["stories"]>): Story {
  return Story.parse({ ...row, firstSeenAt: new Date(row.firstSeenAt) });
}

export function toArticle(row: Selectable<Tables["articles"]>): Article {
  return Article.parse({ ...row, publishedAt: toDate(row.publishedAt) });
}

export function fromArticle(article: Article): Selectable<Tables["articles"]> {
  return { ...article, publishedAt: article.publishedAt?.getTime() ?? null };
}

export function toRevision(row: Selectable<Tables["revisions"]>): Revision {
  return Revision.parse({
    ...row,
    paragraphs: JSON.parse(row.paragraphs),
    fetchedAt: new Date(row.fetchedAt),
    change: row.change === null ? null : JSON.parse(row.change),
  });
}

export function fromRevision(revision: Revision): Selectable<Tables["revisions"]> {
  return {
    ...revision,
    paragraphs: JSON.stringify(revision.paragraphs),
    fetchedAt: revision.fetchedAt.getTime(),
    change: revision.change === null ? null : JSON.stringify(revision.change),
  };
}

export function toDelivery(row: Selectable<Tables["deliveries"]>): Delivery {
  return Delivery.parse({
    key: row.key,
    channel: row.channel,
    storyId: row.storyId,
    wanted: row.wanted,
    shown: row.shown,
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    dueAt: new Date(row.dueAt),
    firstAttemptAt: toDate(row.firstAttemptAt),
    message: row.message === null ? null : MessageRef.parse(JSON.parse(row.message)),
    sentAt: toDate(row.sentAt),
  });
}

function toDate(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}
