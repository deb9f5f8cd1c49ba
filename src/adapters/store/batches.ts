import type { Selectable } from "kysely";
import { Batch, BatchLine, WaitingStory } from "#src/core/batch.ts";
import type { Store } from "#src/ports-store.ts";
import { settleBudget } from "./budgets.ts";
import { toDate } from "./rows.ts";
import type { Database, Tables } from "./schema.ts";

type BatchStore = Pick<
  Store,
  "addBatch" | "claimBatch" | "saveBatch" | "closeLine" | "endBatch" | "claimWaiting" | "endWaiting"
>;

export function batchStore(db: Database): BatchStore {
  return {
    addBatch: (added) => db.transaction().execute((trx) => addBatch(trx, added)),
    claimBatch: (now, next) => db.transaction().execute((trx) => claimBatch(trx, now, next)),
    saveBatch: (batch, dueAt) =>
      db.transaction().execute(async (trx) => {
        await trx.updateTable("batches").set(fromBatch(batch, dueAt)).where("id", "=", batch.id).execute();
        if (batch.state !== "sent") return;
        await trx.updateTable("batchLines").set({ request: "" }).where("batchId", "=", batch.id).execute();
      }),
    closeLine: (settled) =>
      db.transaction().execute(async (trx) => {
        const { id } = settled;
        const open = await trx
          .deleteFrom("batchLines")
          .where("id", "=", id)
          .returning("id")
          .executeTakeFirst();
        if (open === undefined) return false;
        await settleBudget(trx, settled);
        return true;
      }),
    endBatch: (id) =>
      db.transaction().execute(async (trx) => {
        await trx.deleteFrom("batchLines").where("batchId", "=", id).execute();
        await trx.deleteFrom("batches").where("id", "=", id).execute();
      }),
    claimWaiting: (now, next) => db.transaction().execute((trx) => claimWaiting(trx, now, next)),
    endWaiting: async ({ attempts, subscriptionId, storyId }) => {
      await db
        .deleteFrom("waitingStories")
        .where("subscriptionId", "=", subscriptionId)
        .where("storyId", "=", storyId)
        .where("attempts", "=", attempts)
        .execute();
    },
  };
}

/** What a subscription waits for goes with it. Call within a transaction. */
export async function dropWaiting(trx: Database, subscriptionId: string): Promise<void> {
  await trx.deleteFrom("waitingStories").where("subscriptionId", "=", subscriptionId).execute();
}

async function addBatch(
  trx: Database,
  { batch, lines, waiting }: Parameters<Store["addBatch"]>[0],
): Promise<void> {
  await trx.insertInto("batches").values(fromBatch(batch, batch.createdAt)).execute();
  let own = 0;
  for (const line of lines) {
    const added = await trx
      .insertInto("batchLines")
      .values({ ...line, batchId: batch.id, most: JSON.stringify(line.most) })
      .onConflict((conflict) => conflict.column("cacheKey").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (added !== undefined) own += 1;
  }
  if (own === 0) await trx.deleteFrom("batches").where("id", "=", batch.id).execute();
  for (const story of waiting) {
    await trx
      .insertInto("waitingStories")
      .values({ ...story, dueAt: batch.createdAt.getTime() })
      .onConflict((conflict) => conflict.columns(["subscriptionId", "storyId"]).doNothing())
      .execute();
  }
}

async function claimBatch(
  trx: Database,
  now: Date,
  next: (batch: Batch) => Date,
): ReturnType<Store["claimBatch"]> {
  const row = await trx
    .selectFrom("batches")
    .selectAll()
    .where("dueAt", "<=", now.getTime())
    .orderBy("dueAt")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const before = toBatch(row);
  const state = before.state === "due" ? "sending" : before.state;
  const batch: Batch = { ...before, state, attempts: before.attempts + 1 };
  await trx
    .updateTable("batches")
    .set(fromBatch(batch, next(batch)))
    .where("id", "=", batch.id)
    .execute();
  const lines = await trx.selectFrom("batchLines").selectAll().where("batchId", "=", batch.id).execute();
  const waits = await trx
    .selectFrom("batchLines")
    .innerJoin("articles", "articles.id", "batchLines.articleId")
    .innerJoin("waitingStories", "waitingStories.storyId", "articles.storyId")
    .select("waitingStories.storyId")
    .where("batchLines.batchId", "=", batch.id)
    .limit(1)
    .executeTakeFirst();
  return { batch, lines: lines.map(toLine), awaited: waits !== undefined };
}

/** Lets a story wait to be told again. What waits already waits anew: it changed since it was claimed. Call within a transaction. */
export async function letWait(trx: Database, storyId: string, now: Date): Promise<void> {
  const fresh = { attempts: 0, dueAt: now.getTime() };
  await trx
    .insertInto("waitingStories")
    .values({ subscriptionId: "", storyId, ...fresh })
    .onConflict((conflict) => conflict.columns(["subscriptionId", "storyId"]).doUpdateSet(fresh))
    .execute();
}

/** A story may have gained articles since: it waits for the lines of all that it holds now. */
async function claimWaiting(
  trx: Database,
  now: Date,
  next: (waiting: WaitingStory) => Date,
): Promise<WaitingStory | null> {
  const row = await trx
    .selectFrom("waitingStories")
    .selectAll()
    .where("dueAt", "<=", now.getTime())
    .where((eb) =>
      eb.or([
        eb("subscriptionId", "=", ""),
        eb.not(
          eb.exists(
            eb
              .selectFrom("batchLines")
              .innerJoin("articles", "articles.id", "batchLines.articleId")
              .select("batchLines.id")
              .whereRef("articles.storyId", "=", "waitingStories.storyId"),
          ),
        ),
      ]),
    )
    .orderBy("dueAt")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { dueAt: _dueAt, ...shown } = row;
  const waiting = WaitingStory.parse({ ...shown, attempts: row.attempts + 1 });
  await trx
    .updateTable("waitingStories")
    .set({ attempts: waiting.attempts, dueAt: next(waiting).getTime() })
    .where("subscriptionId", "=", waiting.subscriptionId)
    .where("storyId", "=", waiting.storyId)
    .execute();
  return waiting;
}

function fromBatch({ createdAt, sentAt, ...rest }: Batch, dueAt: Date): Selectable<Tables["batches"]> {
  return {
    ...rest,
    dueAt: dueAt.getTime(),
    createdAt: createdAt.getTime(),
    sentAt: sentAt?.getTime() ?? null,
  };
}

function toBatch({ dueAt: _dueAt, ...row }: Selectable<Tables["batches"]>): Batch {
  return Batch.parse({ ...row, createdAt: new Date(row.createdAt), sentAt: toDate(row.sentAt) });
}

function toLine({ batchId: _batchId, ...row }: Selectable<Tables["batchLines"]>): BatchLine {
  return BatchLine.parse({ ...row, most: JSON.parse(row.most) });
}
