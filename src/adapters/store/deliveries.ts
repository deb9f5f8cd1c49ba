import { randomUUID } from "node:crypto";
import type { Selectable, Updateable } from "kysely";
import type { Brief } from "#src/core/brief.ts";
import { type Channel, channelParts, type PlatformName } from "#src/core/channel.ts";
import {
  type Delivery,
  deliveryKey,
  LEASE_MS,
  READ_BACK_AFTER_MS,
  type Settled,
} from "#src/core/delivery.ts";
import type { Claimed, Store } from "#src/ports.ts";
import { findBriefById } from "./briefs.ts";
import { toDelivery } from "./rows.ts";
import type { Database, Tables } from "./schema.ts";

type DeliveryStore = Pick<Store, "publish" | "claimDelivery" | "settleDelivery" | "delivery">;
type DeliveryRow = Selectable<Tables["deliveries"]>;
type DeliveryChange = Updateable<Tables["deliveries"]>;

/** Codes after which there is nothing left to post to or to edit; a newer brief does not change that. */
const FINAL: readonly (string | null)[] = ["platform/gone", "platform/message-gone"];

export function deliveryStore(db: Database): DeliveryStore {
  return {
    publish: (input) => db.transaction().execute((trx) => publish(trx, input)),
    claimDelivery: (now, platforms) => db.transaction().execute((trx) => claimDelivery(trx, now, platforms)),
    settleDelivery: (claimed, settled) =>
      db.transaction().execute((trx) => settleDelivery(trx, claimed, settled)),
    delivery: async (key) => {
      const row = await findRow(db, key);
      return row === undefined ? null : toDelivery(row);
    },
  };
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

type Publish = Parameters<Store["publish"]>[0];

async function publish(trx: Database, input: Publish): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (const channel of new Set(input.channels)) {
    const row = await findRow(trx, deliveryKey(channel, input.storyId));
    const owed = row === undefined ? await owe(trx, input, channel) : await oweAgain(trx, input, row);
    deliveries.push(toDelivery(owed));
  }
  return deliveries;
}

async function owe(
  trx: Database,
  { brief, storyId, skip, now }: Publish,
  channel: Channel,
): Promise<DeliveryRow> {
  return trx
    .insertInto("deliveries")
    .values({
      key: deliveryKey(channel, storyId),
      platform: channelParts(channel).platform,
      channel,
      storyId,
      wanted: brief.id,
      state: skip === null ? "due" : "skipped",
      reason: skip,
      attempts: 0,
      dueAt: now.getTime(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function oweAgain(trx: Database, input: Publish, row: DeliveryRow): Promise<DeliveryRow> {
  if (await isOlder(trx, input.brief, row.wanted)) return row;
  const change = input.skip === null ? wantNewer(row, input) : withhold(row, input.skip);
  if (change === null) return row;
  return trx
    .updateTable("deliveries")
    .set(change)
    .where("key", "=", row.key)
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function isOlder(trx: Database, brief: Brief, wanted: string): Promise<boolean> {
  const newest = await findBriefById(trx, wanted);
  return newest?.articleId === brief.articleId && brief.revision < newest.revision;
}

function wantNewer(row: DeliveryRow, { brief, now }: Publish): DeliveryChange | null {
  if (row.state === "skipped") return { wanted: brief.id, ...dueAgain(now) };
  if (row.wanted === brief.id) return null;
  // What is being sent or waits for its time carries the newer brief by itself.
  const idle =
    row.state === "sent" ? row.shown !== brief.id : row.state === "dead" && !FINAL.includes(row.reason);
  return { wanted: brief.id, ...(idle ? dueAgain(now) : {}) };
}

/** A channel is never shown a brief that is to be skipped: what it has stays as it is, and what it has not is not posted. */
function withhold(row: DeliveryRow, reason: string): DeliveryChange | null {
  return row.state === "due" && row.message === null ? { state: "skipped", reason } : null;
}

/** A new brief gets all attempts anew. */
function dueAgain(at: Date) {
  return { state: "due", reason: null, dueAt: at.getTime(), attempts: 0 };
}

async function claimDelivery(
  trx: Database,
  now: Date,
  platforms: readonly PlatformName[],
): Promise<Claimed | null> {
  const row = platforms.length === 0 ? undefined : await nextDue(trx, now, platforms);
  if (row === undefined) return null;
  const token = randomUUID();
  const claimed = await trx
    .updateTable("deliveries")
    .set({
      state: "sending",
      token,
      leaseUntil: now.getTime() + LEASE_MS,
      attempts: row.attempts + 1,
      firstAttemptAt: row.firstAttemptAt ?? now.getTime(),
    })
    .where("key", "=", row.key)
    .returningAll()
    .executeTakeFirstOrThrow();
  // An edit is safe to repeat; only a new message can be posted twice.
  const uncertain = row.state !== "due" && row.message === null;
  return { delivery: toDelivery(claimed), uncertain, token };
}

async function nextDue(
  trx: Database,
  now: Date,
  platforms: readonly PlatformName[],
): Promise<DeliveryRow | undefined> {
  const at = now.getTime();
  return trx
    .selectFrom("deliveries as next")
    .selectAll()
    .where("platform", "in", platforms)
    .where((eb) =>
      eb.or([
        eb("state", "in", ["due", "uncertain"]).and("dueAt", "<=", at),
        eb("state", "=", "sending").and("leaseUntil", "<=", at),
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
    .orderBy("dueAt")
    .orderBy("seq")
    .limit(1)
    .executeTakeFirst();
}

async function settleDelivery(trx: Database, claimed: Claimed, settled: Settled): Promise<boolean> {
  const row = await findRow(trx, claimed.delivery.key);
  if (row === undefined || row.token !== claimed.token) return false;
  const newer = row.wanted !== claimed.delivery.wanted;
  const outdated = settled.state === "sent" && settled.shown !== row.wanted;
  const revived = settled.state === "dead" && newer && !FINAL.includes(settled.reason);
  await trx
    .updateTable("deliveries")
    .set({
      state: settled.state,
      reason: settled.reason,
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

async function findRow(db: Database, key: string): Promise<DeliveryRow | undefined> {
  return db.selectFrom("deliveries").selectAll().where("key", "=", key).executeTakeFirst();
}
