import { randomUUID } from "node:crypto";
import type { Updateable } from "kysely";
import { digest, type Entry } from "#src/core/article.ts";
import { LEASE_MS } from "#src/core/delivery.ts";
import type { QueuedEntry, Store, WebhookResult } from "#src/ports.ts";
import { entryFromJson, entryToJson } from "./rows.ts";
import type { Database, Tables } from "./schema.ts";

type EntryStore = Pick<Store, "addEntry" | "addWebhook" | "claimEntry" | "settleEntry">;

export function entryStore(db: Database): EntryStore {
  return {
    addEntry: (entry, now) =>
      db.transaction().execute(async (trx) => {
        const { queued } = await recordEntry(trx, { entry, source: entry.via, now, mode: "if-new" });
        return queued;
      }),
    addWebhook: (message) => db.transaction().execute((trx) => addWebhook(trx, message)),
    claimEntry: (now) => claimEntry(db, now),
    settleEntry: (queued, result) => settleEntry(db, queued, result),
  };
}

export interface RecordEntry {
  entry: Entry;
  /** The feed or the way it came in: a guid is only unique within it. */
  source: string;
  now: Date;
  /** "baseline" remembers without queueing, "always" queues what is known too. */
  mode: "if-new" | "baseline" | "always";
}

/** Remembers an entry, and queues it unless the same source said the same before. Call within a transaction. */
export async function recordEntry(
  trx: Database,
  { entry, source, now, mode }: RecordEntry,
): Promise<{ seq: number; queued: boolean }> {
  const hash = contentHash(entry);
  const known = await trx
    .selectFrom("entries")
    .select(["seq", "hash", "state"])
    .where("source", "=", source)
    .where("guid", "=", entry.guid)
    .executeTakeFirst();
  if (known !== undefined && known.hash === hash && mode !== "always")
    return { seq: known.seq, queued: false };
  // What was there before the feed was added is never posted, however often it is edited later.
  const baseline = known === undefined ? mode === "baseline" : known.state === "baseline";
  const values = { hash, ...(baseline ? baselineRow(entry, now) : queuedRow(entry, now)) };
  // A worker that holds the older content loses its lease here, so that its settling can not hide the newer content.
  if (known !== undefined) {
    await trx.updateTable("entries").set(values).where("seq", "=", known.seq).execute();
    return { seq: known.seq, queued: !baseline };
  }
  const { seq } = await trx
    .insertInto("entries")
    .values({ source, guid: entry.guid, ...values })
    .returning("seq")
    .executeTakeFirstOrThrow();
  return { seq, queued: !baseline };
}

/** Gives back what a dead process held. */
export async function recoverEntries(trx: Database, now: Date): Promise<void> {
  await trx
    .updateTable("entries")
    .set({ state: "due", dueAt: now.getTime(), token: null })
    .where("state", "=", "leased")
    .execute();
}

function queuedRow(entry: Entry, now: Date) {
  return {
    state: "due",
    body: entryToJson(entry),
    orderAt: (entry.publishedAt ?? now).getTime(),
    dueAt: now.getTime(),
    attempts: 0,
    token: null,
    reason: null,
  };
}

function baselineRow(entry: Entry, now: Date) {
  return { ...queuedRow(entry, now), state: "baseline", body: null, dueAt: null };
}

async function addWebhook(
  trx: Database,
  { id, bodyHash, entry, now }: Parameters<Store["addWebhook"]>[0],
): Promise<WebhookResult> {
  const known = await trx.selectFrom("webhooks").selectAll().where("id", "=", id).executeTakeFirst();
  if (known !== undefined) {
    if (known.bodyHash !== bodyHash) return { kind: "conflict" };
    return { kind: "replay", entryId: String(known.entrySeq) };
  }
  // A new message is the publisher's wish to look again, even where it repeats itself (a link without the text).
  const { seq } = await recordEntry(trx, { entry, source: entry.via, now, mode: "always" });
  await trx
    .insertInto("webhooks")
    .values({ id, bodyHash, entrySeq: seq, receivedAt: now.getTime() })
    .execute();
  return { kind: "accepted", entryId: String(seq) };
}

async function claimEntry(db: Database, now: Date): Promise<QueuedEntry | null> {
  const token = randomUUID();
  const row = await db
    .updateTable("entries")
    .set((eb) => ({
      state: "leased",
      token,
      dueAt: now.getTime() + LEASE_MS,
      attempts: eb("attempts", "+", 1),
    }))
    .where("seq", "=", (eb) =>
      eb
        .selectFrom("entries")
        .select("seq")
        .where("dueAt", "<=", now.getTime())
        .orderBy("orderAt")
        .orderBy("seq")
        .limit(1),
    )
    .returning(["seq", "body", "attempts"])
    .executeTakeFirst();
  if (row === undefined || row.body === null) return null;
  return { id: String(row.seq), entry: entryFromJson(row.body), attempts: row.attempts, token };
}

async function settleEntry(
  db: Database,
  queued: QueuedEntry,
  result: Parameters<Store["settleEntry"]>[1],
): Promise<void> {
  await db
    .updateTable("entries")
    .set({ token: null, ...settledRow(result) })
    .where("seq", "=", Number(queued.id))
    .where("token", "=", queued.token)
    .execute();
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
    default:
      return result satisfies never;
  }
}

/** Of what the source says about the article; not of the publication date, which some feeds set anew on every poll. */
function contentHash(entry: Entry): string {
  return digest(JSON.stringify([entry.url, entry.title, entry.content, entry.updatedAt]));
}
