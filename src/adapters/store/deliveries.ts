import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { PlatformName } from "#src/core/channel.ts";
import {
  type Claimed,
  type Delivery,
  HOLDS_CHANNEL_MS,
  LEASE_MS,
  LONGEST_RETRY_MS,
  type MessageRef,
  READ_BACK_AFTER_MS,
  REVIVED,
  type Settled,
} from "#src/core/delivery.ts";
import { NOT_CLEARED } from "#src/core/operator.ts";
import type { Store } from "#src/ports-store.ts";
import { doubtedSince } from "./doubt.ts";
import { releaseHeld } from "./held.ts";
import { type DeliveryRow, dueAgain, FINAL, findDelivery, publish } from "./publishing.ts";
import { notify } from "./notices.ts";
import { inRounds } from "./rounds.ts";
import { toDelivery, viewFromJson } from "./rows.ts";
import type { Database } from "./schema.ts";

type DeliveryStore = Pick<
  Store,
  | "publish"
  | "notify"
  | "releaseHeld"
  | "view"
  | "storyDeliveries"
  | "undelivered"
  | "claimDelivery"
  | "waitingDelivery"
  | "reviveDeliveries"
  | "settleDelivery"
  | "delivery"
>;
export function deliveryStore(db: Database): DeliveryStore {
  const settle = inRounds(db, (trx, { claimed, settled }: { claimed: Claimed; settled: Settled }) =>
    settleDelivery(trx, claimed, settled),
  );
  return {
    publish: (input) => db.transaction().execute((trx) => publish(trx, input)),
    notify: (notice) => db.transaction().execute((trx) => notify(trx, notice)),
    releaseHeld: (now) => db.transaction().execute((trx) => releaseHeld(trx, now)),
    view: async (id) => {
      const row = await db.selectFrom("views").select("body").where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : viewFromJson(row.body);
    },
    storyDeliveries: async (storyId) => {
      const rows = await db
        .selectFrom("deliveries")
        .selectAll()
        .where("storyId", "=", storyId)
        .orderBy("seq")
        .execute();
      return rows.map(toDelivery);
    },
    undelivered: () => undelivered(db),
    claimDelivery: inRounds(db, claimDelivery),
    waitingDelivery: (platform) => waitingDelivery(db, platform),
    reviveDeliveries: (platforms, now) =>
      db.transaction().execute((trx) => reviveDeliveries(trx, platforms, now)),
    settleDelivery: (claimed, settled) => settle({ claimed, settled }),
    delivery: async (key) => {
      const row = await findDelivery(db, key);
      return row === undefined ? null : toDelivery(row);
    },
  };
}

async function undelivered(db: Database): Promise<Delivery[]> {
  const rows = await db
    .selectFrom("deliveries")
    .selectAll()
    .where("storyId", "is not", null)
    .where("message", "is", null)
    .where((eb) =>
      eb.or([
        eb("state", "in", ["due", "held", "uncertain", "dead"]),
        eb("state", "=", "skipped").and("reason", "=", NOT_CLEARED),
        // In a digest that is not out either.
        eb("state", "=", "merged").and(
          eb.exists(
            eb
              .selectFrom("deliveries as digest")
              .select("digest.key")
              .whereRef("digest.key", "=", "deliveries.parent")
              .where("digest.message", "is", null),
          ),
        ),
      ]),
    )
    .orderBy("seq")
    .execute();
  return rows.map(toDelivery);
}

/** Makes what a dead process was sending due again: to be read back where a new message may have got out. */
export async function recoverDeliveries(trx: Database, now: Date): Promise<void> {
  const released = { token: null, leaseUntil: null };
  await trx
    .updateTable("deliveries")
    .set({ ...released, state: "uncertain", dueAt: now.getTime() + READ_BACK_AFTER_MS })
    .where("state", "=", "sending")
    .where("message", "is", null)
    .execute();
  await trx
    .updateTable("deliveries")
    .set({ ...released, state: "due", dueAt: now.getTime() })
    .where("state", "=", "sending")
    .execute();
}

async function waitingDelivery(db: Database, platform: PlatformName): Promise<Delivery | null> {
  const row = await db
    .selectFrom("deliveries")
    .selectAll()
    .where("platform", "=", platform)
    .where("state", "in", ["due", "uncertain", "sending"])
    .orderBy("queuedAt")
    .orderBy("seq")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toDelivery(row);
}

/** What was given up is owed again, and nothing waits for its next attempt. */
async function reviveDeliveries(
  trx: Database,
  platforms: readonly PlatformName[],
  now: Date,
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable("deliveries")
    .set({ state: "due", dueAt: now.getTime(), attempts: 0 })
    .where("platform", "in", platforms)
    .where("state", "=", "dead")
    .where("reason", "in", REVIVED)
    .executeTakeFirst();
  await trx
    .updateTable("deliveries")
    .set({ dueAt: now.getTime() })
    .where("platform", "in", platforms)
    .where("state", "in", ["due", "uncertain"])
    .where("dueAt", ">", now.getTime())
    .execute();
  return Number(numUpdatedRows);
}

type Claim = Parameters<Store["claimDelivery"]>[0];

async function claimDelivery(trx: Database, claim: Claim): Promise<Claimed | null> {
  const { now, platformNow } = claim;
  const row = await nextDue(trx, claim);
  if (row === undefined) return null;
  const token = randomUUID();
  // An edit is safe to repeat; only a new message can be posted twice.
  const mayBeOut = row.state !== "due" && row.message === null;
  const doubted = row.message === null && !mayBeOut ? await doubtedSince(trx, row, now) : null;
  const claimed = await trx
    .updateTable("deliveries")
    .set({
      state: "sending",
      token,
      leaseUntil: now.getTime() + LEASE_MS,
      attempts: row.attempts + 1,
      firstAttemptAt: row.firstAttemptAt ?? now.getTime(),
      ...(mayBeOut ? {} : { readBackFrom: doubted ?? platformNow.getTime() }),
    })
    .where("key", "=", row.key)
    .returningAll()
    .executeTakeFirstOrThrow();
  const delivery = toDelivery(claimed);
  const readBackFrom = mayBeOut || doubted !== null ? new Date(claimed.readBackFrom) : null;
  return { delivery, readBackFrom, thread: await threadOf(trx, delivery), token };
}

async function threadOf(trx: Database, { parent }: Delivery): Promise<MessageRef | null> {
  const row = parent === null ? undefined : await findDelivery(trx, parent);
  return row === undefined ? null : toDelivery(row).message;
}

/**
 * The next message of a platform: what stands is made true before anything new, and what is new goes out in the order in
 * which it was planned. One that is tried again holds its channel for a while, so that it is not overtaken by the next.
 */
async function nextDue(trx: Database, { now, paused, platform }: Claim): Promise<DeliveryRow | undefined> {
  const at = now.getTime();
  // No attempt is put off further than that: the clock was set back since.
  const tooFar = at + 2 * LONGEST_RETRY_MS;
  return (
    trx
      .selectFrom("deliveries as next")
      .selectAll()
      .where("platform", "=", platform)
      // As it is written in the index: SQLite uses a partial one for the same words only.
      .where(sql<boolean>`state in ('due', 'uncertain', 'sending')`)
      .$if(paused.length > 0, (query) => query.where("channel", "not in", paused))
      .where((eb) =>
        eb.or([
          eb("state", "in", ["due", "uncertain"]).and(
            eb.or([eb("dueAt", "<=", at), eb("dueAt", ">", tooFar)]),
          ),
          // Of somebody who is gone: while the lease lasts its channel is busy, and so is itself.
          eb("state", "=", "sending"),
        ]),
      )
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("deliveries as busy")
              .select("busy.key")
              .whereRef("busy.channel", "=", "next.channel")
              .where("busy.state", "=", "sending")
              .where("busy.leaseUntil", ">", at),
          ),
        ),
      )
      // What goes into a thread waits for the message that the thread hangs on.
      .where((eb) =>
        eb.or([
          eb("parent", "is", null),
          eb.exists(
            eb
              .selectFrom("deliveries as above")
              .select("above.key")
              .whereRef("above.key", "=", "next.parent")
              .where("above.message", "is not", null),
          ),
        ]),
      )
      .where((eb) => eb.or([eb("message", "is not", null), eb.not(overtakes(at))]))
      .orderBy(sql`message is null`)
      .orderBy("queuedAt")
      .orderBy("seq")
      .limit(1)
      .executeTakeFirst()
  );
}

/** Whether a post of the same channel that was planned before is being tried again. */
function overtakes(at: number) {
  return sql<boolean>`exists (
    select 1 from deliveries as ahead
    where ahead.channel = next.channel and ahead.state in ('due', 'uncertain') and ahead.message is null
      and ahead.first_attempt_at > ${at - HOLDS_CHANNEL_MS} and ahead.first_attempt_at <= ${at}
      and (ahead.queued_at, ahead.seq) < (next.queued_at, next.seq)
  )`;
}

async function settleDelivery(trx: Database, claimed: Claimed, settled: Settled): Promise<boolean> {
  const row = await findDelivery(trx, claimed.delivery.key);
  if (row === undefined || row.token !== claimed.token) return false;
  const newer = row.wanted !== claimed.delivery.wanted;
  const outdated = settled.state === "sent" && settled.shown !== row.wanted;
  const isOver = settled.state === "skipped" || (settled.state === "dead" && !FINAL.includes(settled.reason));
  const revived = isOver && newer;
  await trx
    .updateTable("deliveries")
    .set({
      state: settled.state,
      reason: settled.reason,
      attempts: settled.attempts,
      dueAt: settled.dueAt.getTime(),
      message: settled.message === null ? null : JSON.stringify(settled.message),
      shown: settled.shown,
      sentAt: settled.sentAt?.getTime() ?? null,
      token: null,
      leaseUntil: null,
      // `settled` was worked out from the row as claimed; a brief that came meanwhile is still owed.
      ...(outdated || revived ? dueAgain(settled.dueAt) : {}),
    })
    .where("key", "=", row.key)
    .execute();
  return true;
}
