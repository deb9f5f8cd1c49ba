import { randomUUID } from "node:crypto";
import { type Selectable, sql, type Updateable } from "kysely";
import { digest, type Entry, type Origin, type QueuedEntry } from "#src/core/article.ts";
import { LEASE_MS } from "#src/core/delivery.ts";
import { PASSING } from "#src/core/errors.ts";
import type { EntryWish, Store, WebhookResult } from "#src/ports-store.ts";
import { entryFromJson, entryToJson } from "./rows.ts";
import type { Database, Tables } from "./schema.ts";

type EntryStore = Pick<Store, "addEntry" | "addWebhook" | "claimEntry" | "settleEntry" | "retryDeadEntries">;

export function entryStore(db: Database): EntryStore {
  const turns = new Map<Origin | undefined, number>();
  return {
    addEntry: (entry, now) =>
      db.transaction().execute(async (trx) => {
        const { kind } = await recordEntry(trx, { source: entry.via, entry, now, mode: "if-new" });
        return kind === "queued";
      }),
    addWebhook: (message) => db.transaction().execute((trx) => addWebhook(trx, message)),
    claimEntry: async (now, wish = {}) => {
      if (!(await hasBacklog(db, now, wish))) return claimEntry(db, now, { ...wish, isNewestFirst: false });
      const turn = (turns.get(wish.origin) ?? 0) + 1;
      turns.set(wish.origin, turn);
      return claimEntry(db, now, { ...wish, isNewestFirst: turn % OLDEST_EACH !== 0 });
    },
    settleEntry: (queued, result) => db.transaction().execute((trx) => settleEntry(trx, queued, result)),
    retryDeadEntries: (now) => retryDeadEntries(db, now),
  };
}

interface RecordEntry {
  source: string;
  entry: Entry;
  now: Date;
  /**
   * "if-new" passes over what is known and unchanged. "in-order" queues it again, unless something newer was said
   * before: webhooks overtake each other.
   */
  mode: "if-new" | "in-order";
}

interface Recorded {
  seq: number;
  kind: "queued" | "known" | "stale";
}

/** Remembers an entry that came by itself and not in a feed, and queues it. Call within a transaction. */
async function recordEntry(trx: Database, { source, entry, now, mode }: RecordEntry): Promise<Recorded> {
  const hash = contentHash(entry);
  const known = await trx
    .selectFrom("entries")
    .select(["seq", "hash", "event", "url", "revisedAt"])
    .where("source", "=", source)
    .where("guid", "=", entry.guid)
    .executeTakeFirst();
  if (known !== undefined) {
    if (mode === "in-order" && isStale(known, entry)) return { seq: known.seq, kind: "stale" };
    if (mode === "if-new" && known.hash === hash) return { seq: known.seq, kind: "known" };
  }
  const whole = { ...entry, url: entry.url ?? known?.url ?? null };
  const values = {
    hash,
    event: entry.event,
    url: whole.url,
    revisedAt: revisedAt(known?.revisedAt ?? null, entry, now),
    ...queuedRow(whole, now),
  };
  // A worker that holds the older content loses its lease here, so that its settling can not hide the newer content.
  if (known !== undefined) {
    await trx.updateTable("entries").set(values).where("seq", "=", known.seq).execute();
    return { seq: known.seq, kind: "queued" };
  }
  const { seq } = await trx
    .insertInto("entries")
    .values({ source, guid: entry.guid, ...values })
    .returning("seq")
    .executeTakeFirstOrThrow();
  return { seq, kind: "queued" };
}

/** Gives back what a dead process held. */
export async function recoverEntries(trx: Database, now: Date): Promise<void> {
  await trx
    .updateTable("entries")
    .set({ state: "due", dueAt: now.getTime(), token: null })
    .where("state", "=", "leased")
    .execute();
}

/**
 * Whether the source said something newer before. Sources count in seconds: of two publications of one second the
 * later comer counts, but a publication does not undo a take-back, which a deletion dates by the last edit.
 */
function isStale(known: Pick<Selectable<Tables["entries"]>, "event" | "revisedAt">, entry: Entry): boolean {
  if (known.revisedAt === null || entry.updatedAt === null) return false;
  const ahead = entry.updatedAt.getTime() - known.revisedAt;
  return ahead < 0 || (ahead === 0 && known.event === "unpublish" && entry.event === "publish");
}

/** The source's time for what it said last. A take-back without one is as new as its origin, so that it is not undone by what it overtook. */
function revisedAt(before: number | null, { updatedAt, event }: Entry, now: Date): number | null {
  const said = updatedAt ?? (event === "unpublish" ? now : null);
  if (said === null) return before;
  return Math.max(said.getTime(), before ?? said.getTime());
}

/** Take-backs, and articles that waited for their moment, go before what was published at any time. */
const FIRST_OF_ALL = 0;

function queuedRow(entry: Entry, now: Date) {
  const isHeld = entry.releaseAt !== null && entry.releaseAt > now;
  const isFirst = isHeld || entry.event === "unpublish";
  return {
    state: "due",
    body: entryToJson(entry),
    orderAt: isFirst ? FIRST_OF_ALL : (entry.publishedAt ?? now).getTime(),
    dueAt: (isHeld ? entry.releaseAt : now)?.getTime() ?? now.getTime(),
    attempts: 0,
    token: null,
    reason: null,
  };
}

async function addWebhook(
  trx: Database,
  { source, id, bodyHash, entry, now }: Parameters<Store["addWebhook"]>[0],
): Promise<WebhookResult> {
  const known = await trx
    .selectFrom("webhooks")
    .selectAll()
    .where("source", "=", source)
    .where("id", "=", id)
    .executeTakeFirst();
  if (known !== undefined) {
    if (known.bodyHash !== bodyHash) return { kind: "conflict" };
    return { kind: "replay", entryId: String(known.entrySeq) };
  }
  // A new message is the publisher's wish to look again, even where it repeats itself (a link without the text).
  const { seq, kind } = await recordEntry(trx, { source, entry, now, mode: "in-order" });
  await trx
    .insertInto("webhooks")
    .values({ source, id, bodyHash, entrySeq: seq, receivedAt: now.getTime() })
    .execute();
  return { kind: kind === "stale" ? "stale" : "accepted", entryId: String(seq) };
}

/** As `hostOf` reads it, of addresses as they are usually written. */
const HOST = sql<string>`lower(substr(substr(url, instr(url, '//') + 2), 1,
  instr(substr(url, instr(url, '//') + 2) || '/', '/') - 1))`;

/** What was due so long ago waits behind an outage: the newest is of use then, and what stands has to be true. */
const BACKLOG_MS = 5 * 60_000;
/** Of so many claims in a backlog one is for the oldest, so that none waits for ever. */
const OLDEST_EACH = 4;

interface Claim extends EntryWish {
  isNewestFirst: boolean;
}

async function claimEntry(db: Database, now: Date, claim: Claim): Promise<QueuedEntry | null> {
  const token = randomUUID();
  const row = await db
    .updateTable("entries")
    .set((eb) => ({
      state: "leased",
      token,
      dueAt: now.getTime() + LEASE_MS,
      attempts: eb("attempts", "+", 1),
    }))
    .where("seq", "=", () => {
      const waiting = dueEntries(db, now.getTime(), claim);
      const ordered = claim.isNewestFirst
        ? waiting
            .orderBy(sql`order_at > ${FIRST_OF_ALL} and article_id is null`)
            .orderBy("orderAt", "desc")
            .orderBy("seq", "desc")
        : waiting.orderBy("orderAt").orderBy("seq");
      return ordered.limit(1);
    })
    .returning(["seq", "source", "body", "articleId", "attempts"])
    .executeTakeFirst();
  if (row === undefined || row.body === null) return null;
  const { source, articleId, attempts } = row;
  return { id: String(row.seq), source, entry: entryFromJson(row.body), articleId, attempts, token };
}

async function hasBacklog(db: Database, now: Date, wish: EntryWish): Promise<boolean> {
  const late = await dueEntries(db, now.getTime() - BACKLOG_MS, wish)
    .limit(1)
    .executeTakeFirst();
  return late !== undefined;
}

function dueEntries(db: Database, at: number, { exceptHosts = [], origin }: EntryWish) {
  return db
    .selectFrom("entries")
    .select("seq")
    .where("dueAt", "<=", at)
    .$if(origin !== undefined, (query) =>
      query.where("source", origin === "feeds" ? "like" : "not like", "feed%"),
    )
    .$if(exceptHosts.length > 0, (query) =>
      // What needs no page waits for none.
      query.where(
        sql<boolean>`(url is null or body ->> '$.content' is not null or ${HOST} not in (${sql.join(exceptHosts)}))`,
      ),
    );
}

async function settleEntry(
  trx: Database,
  queued: QueuedEntry,
  result: Parameters<Store["settleEntry"]>[1],
): Promise<void> {
  await trx
    .updateTable("entries")
    .set((eb) => ({
      token: null,
      ...settledRow(result),
      ...(result.kind === "returned" ? { attempts: eb("attempts", "-", 1) } : {}),
    }))
    .where("seq", "=", Number(queued.id))
    .where("token", "=", queued.token)
    .execute();
  if (result.kind !== "done" || result.articleId === undefined) return;
  // True of the entry whoever holds the lease: a newer event that took it over needs to know it as well.
  const { articleId } = result;
  await trx.updateTable("entries").set({ articleId }).where("seq", "=", Number(queued.id)).execute();
}

async function retryDeadEntries(db: Database, now: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("entries")
    .set({ state: "due", dueAt: now.getTime(), attempts: 0, reason: null })
    .where("state", "=", "dead")
    .where("reason", "in", [...PASSING])
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

function settledRow(result: Parameters<Store["settleEntry"]>[1]): Updateable<Tables["entries"]> {
  switch (result.kind) {
    case "done":
      // The article holds the text from here on; keeping it twice would double the file.
      return { state: "done", body: null, dueAt: null, reason: null };
    case "retry":
      return { state: "due", dueAt: result.at.getTime(), reason: result.code };
    case "dead":
      return { state: "dead", dueAt: null, reason: result.code };
    case "returned":
      return { state: "due", dueAt: result.at.getTime() };
    default:
      return result satisfies never;
  }
}

/**
 * Of what the source says about the article; not of the publication date, which some feeds set anew on every poll. What
 * is as usual is left out, so that entries which were stored before Lede asked for it are not queued again.
 */
function contentHash({ url, title, content, updatedAt, event, visibility, releaseAt }: Entry): string {
  const isUsual = event === "publish" && visibility === "public" && releaseAt === null;
  return digest(
    JSON.stringify([url, title, content, updatedAt, ...(isUsual ? [] : [event, visibility, releaseAt])]),
  );
}
