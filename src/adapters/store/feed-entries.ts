import type { Selectable } from "kysely";
import type { Entry } from "#src/core/article.ts";
import { MAX_QUEUED, type SeenEntry, unsharedGuid } from "#src/core/feed-entries.ts";
import { entryToJson } from "./rows.ts";
import type { Database, Tables } from "./schema.ts";

/** SQLite takes 32,766 parameters a statement; this keeps well below with a dozen columns a row. */
const CHUNK = 500;

interface RecordSeen {
  feedId: string;
  /** Newest first. */
  seen: readonly SeenEntry[];
  now: Date;
  /** How many of those never seen before are queued, from the newest on; the others count as read. */
  queue: number;
}

export interface Recorded {
  queued: number;
  /** Never seen before and yet not queued. */
  baseline: number;
  /** Entries that were queued, new or edited. */
  entries: Entry[];
  /** Whether something came that was never seen before and says not when it was published. */
  undated: boolean;
}

type Known = Pick<Selectable<Tables["entries"]>, "seq" | "guid" | "alias" | "hash" | "state">;

/**
 * Remembers a feed's entries and queues those that are new or were edited. An entry is known by its guid, else by its
 * address and title. Call within a transaction. What is known and unchanged is not written.
 */
export async function recordSeen(trx: Database, { feedId, seen, now, queue }: RecordSeen): Promise<Recorded> {
  const source = `feed:${feedId}`;
  const known = await findKnown(trx, source, seen);
  const fresh: SeenEntry[] = [];
  const queued: Entry[] = [];
  for (const one of seen) {
    const before =
      known.byGuid.get(unsharedGuid(one)) ?? known.byGuid.get(one.entry.guid) ?? known.byAlias.get(one.alias);
    if (before === undefined) fresh.push(one);
    else if (before.hash !== one.hash && (await update(trx, { before, one, now }))) queued.push(one.entry);
  }
  const limit = Math.min(queue, MAX_QUEUED);
  // Feeds list the newest first: what has no date is queued from the end, what has one is ordered by it when claimed.
  const rows = fresh.map((one, at) => toRow(source, one, { now, queued: at < limit })).toReversed();
  for (let at = 0; at < rows.length; at += CHUNK)
    await trx
      .insertInto("entries")
      .values(rows.slice(at, at + CHUNK))
      .execute();
  const news = fresh.slice(0, limit).map(({ entry }) => entry);
  return {
    queued: queued.length + news.length,
    baseline: fresh.length - news.length,
    entries: [...queued, ...news],
    undated: fresh.some(({ entry }) => entry.publishedAt === null),
  };
}

interface KnownEntries {
  byGuid: ReadonlyMap<string, Known>;
  byAlias: ReadonlyMap<string, Known>;
}

async function findKnown(trx: Database, source: string, seen: readonly SeenEntry[]): Promise<KnownEntries> {
  const byGuid = new Map<string, Known>();
  const byAlias = new Map<string, Known>();
  const guids = seen.flatMap((one) => [one.entry.guid, unsharedGuid(one)]);
  for (const row of await select(trx, { source, column: "guid", values: guids })) byGuid.set(row.guid, row);
  const strangers = seen.filter(({ entry }) => !byGuid.has(entry.guid)).map(({ alias }) => alias);
  for (const row of await select(trx, { source, column: "alias", values: strangers }))
    if (row.alias !== null) byAlias.set(row.alias, row);
  return { byGuid, byAlias };
}

async function select(
  trx: Database,
  by: { source: string; column: "guid" | "alias"; values: readonly string[] },
): Promise<Known[]> {
  const found: Known[] = [];
  for (let at = 0; at < by.values.length; at += CHUNK)
    found.push(
      ...(await trx
        .selectFrom("entries")
        .select(["seq", "guid", "alias", "hash", "state"])
        .where("source", "=", by.source)
        .where(by.column, "in", by.values.slice(at, at + CHUNK))
        .execute()),
    );
  return found;
}

interface Update {
  before: Known;
  one: SeenEntry;
  now: Date;
}

/** Whether it was queued. What was there before the feed was added is never posted, however often it is edited later. */
async function update(trx: Database, { before, one, now }: Update): Promise<boolean> {
  // Rows from before there were aliases were hashed otherwise: a difference says nothing about the entry.
  const queued = before.state !== "baseline" && before.alias !== null;
  const values = queued
    ? entryRow(one.entry, now)
    : { url: one.entry.url, revisedAt: one.entry.updatedAt?.getTime() ?? null };
  // A worker that holds the older content loses its lease here, so that its settling can not hide the newer content.
  await trx
    .updateTable("entries")
    .set({ ...values, hash: one.hash, alias: one.alias })
    .where("seq", "=", before.seq)
    .execute();
  return queued;
}

function toRow(source: string, { entry, hash, alias }: SeenEntry, how: { now: Date; queued: boolean }) {
  const row = { source, guid: entry.guid, hash, alias, ...entryRow(entry, how.now) };
  return how.queued ? row : { ...row, state: "baseline", body: null, dueAt: null };
}

function entryRow(entry: Entry, now: Date) {
  return {
    state: "due",
    body: entryToJson(entry),
    orderAt: (entry.publishedAt ?? now).getTime(),
    dueAt: now.getTime(),
    attempts: 0,
    token: null,
    reason: null,
    event: entry.event,
    url: entry.url,
    revisedAt: entry.updatedAt?.getTime() ?? null,
  };
}
