import type { Selectable } from "kysely";
import { z } from "zod";
import { Article, Entry, Revision, Story } from "#src/core/article.ts";
import { Brief } from "#src/core/brief.ts";
import { CommandCall } from "#src/core/command.ts";
import { BudgetLimits, BudgetScope } from "#src/core/budget.ts";
import { type Edit, LogRow, TakenFact } from "#src/core/moderation.ts";
import { PostView } from "#src/core/post-view.ts";
import { Subscription } from "#src/core/subscription.ts";
import { Topic } from "#src/core/topic.ts";
import { Settings, Source } from "#src/core/workspace.ts";
import { Delivery, Manner, MessageRef, Reason } from "#src/core/delivery.ts";
import type { Tables } from "./schema.ts";

/** A moment as it is stored: milliseconds since 1970 in UTC. */
const Millis = z.codec(z.int(), z.date(), {
  decode: (milliseconds) => new Date(milliseconds),
  encode: (date) => date.getTime(),
});

const StoredEntry = Entry.extend({
  publishedAt: Millis.nullable(),
  updatedAt: Millis.nullable(),
  releaseAt: Millis.nullable(),
});
const StoredBrief = Brief.extend({ createdAt: Millis });
const StoredCall = CommandCall.extend({ receivedAt: Millis });

const StoredEdit = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("topic"), id: z.string(), value: Topic.nullable() }),
  z.strictObject({
    kind: z.literal("subscription"),
    id: z.string(),
    value: Subscription.extend({ since: Millis }).nullable(),
  }),
  z.strictObject({
    kind: z.literal("source"),
    id: z.string(),
    value: Source.extend({ addedAt: Millis }).nullable(),
  }),
  z.strictObject({ kind: z.literal("settings"), id: z.string(), value: Settings.nullable() }),
  z.strictObject({ kind: z.literal("budget"), id: BudgetScope, value: BudgetLimits.nullable() }),
  z.strictObject({ kind: z.literal("fact"), id: z.string(), value: TakenFact.nullable() }),
]);

export function editToJson(edit: Edit): string {
  return JSON.stringify(z.encode(StoredEdit, edit));
}

export function editFromJson(body: string): Edit {
  return z.decode(StoredEdit, JSON.parse(body));
}

export function viewFromJson(body: string): PostView {
  return PostView.parse(JSON.parse(body));
}

export function toLogRow(row: Selectable<Tables["changes"]>): LogRow {
  const { edits: _edits, ...shown } = row;
  return LogRow.parse({ ...shown, at: new Date(row.at) });
}

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

export function toStory({ id, headline, firstSeenAt }: Selectable<Tables["stories"]>): Story {
  return Story.parse({ id, headline, firstSeenAt: new Date(firstSeenAt) });
}

export function toArticle(row: Selectable<Tables["articles"]>): Article {
  const { sketch: _sketch, recheckAt: _at, rechecks: _count, missingSince: _since, ...known } = row;
  return Article.parse({
    ...known,
    publishedAt: toDate(row.publishedAt),
    firstSeenAt: new Date(row.firstSeenAt),
    unpublishedAt: toDate(row.unpublishedAt),
  });
}

type ArticleRow = Omit<Selectable<Tables["articles"]>, "sketch" | "recheckAt" | "rechecks" | "missingSince">;

export function fromArticle(article: Article): ArticleRow {
  return {
    ...article,
    publishedAt: article.publishedAt?.getTime() ?? null,
    firstSeenAt: article.firstSeenAt.getTime(),
    unpublishedAt: article.unpublishedAt?.getTime() ?? null,
  };
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
    slot: row.slot,
    parent: row.parent,
    wanted: row.wanted,
    shown: row.shown,
    manner: Manner.parse(JSON.parse(row.manner)),
    reasons: z.array(Reason).parse(JSON.parse(row.reasons)),
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    dueAt: new Date(row.dueAt),
    queuedAt: new Date(row.queuedAt),
    message: row.message === null ? null : MessageRef.parse(JSON.parse(row.message)),
    sentAt: toDate(row.sentAt),
  });
}

export function toDate(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}
