import type { Insertable, Selectable, Updateable } from "kysely";
import { channelParts } from "#src/core/channel.ts";
import { type Delivery, deliveryKey, isOut, POST_SLOT } from "#src/core/delivery.ts";
import type { Owed } from "#src/core/owed.ts";
import { PostView, viewId } from "#src/core/post-view.ts";
import { quietEnd } from "#src/core/subscription.ts";
import type { Store } from "#src/ports-store.ts";
import { letWait } from "./batches.ts";
import { toDelivery } from "./rows.ts";
import type { Database, Tables } from "./schema.ts";

export type DeliveryRow = Selectable<Tables["deliveries"]>;
type DeliveryChange = Updateable<Tables["deliveries"]>;

/** Codes after which there is nothing left to post to or to edit; a newer view does not change that. */
export const FINAL: readonly (string | null)[] = ["platform/gone", "platform/message-gone"];

const HOUR_MS = 3_600_000;

type Publish = Parameters<Store["publish"]>[0];

/** Owes each message, and makes the digests that hold a changed story due. Call within a transaction. */
export async function publish(trx: Database, input: Publish): Promise<Delivery[] | null> {
  const story = await trx
    .selectFrom("stories")
    .select("version")
    .where("id", "=", input.storyId)
    .executeTakeFirst();
  if (story === undefined) return [];
  // An article taken back meanwhile must not be posted.
  if (input.version < story.version) return null;
  const standing = await standingRows(trx, input);
  if (isOutMeanwhile(input, standing)) return null;
  const rows = new Map<string, DeliveryRow>();
  const fresh = new Map<string, Owed>();
  for (const owed of input.owed) {
    const key = deliveryKey(owed.channel, input.storyId, owed.slot);
    if (rows.has(key) || fresh.has(key)) continue;
    const row = standing.get(key);
    if (row === undefined) {
      fresh.set(key, owed);
      continue;
    }
    const now = await oweAgain(trx, { input, owed, row });
    const isChanged = now.wanted !== row.wanted || now.state !== row.state;
    if (row.state === "merged" && isChanged && row.parent !== null)
      await rewriteDigest(trx, row.parent, input.now);
    rows.set(key, now);
  }
  for (const row of await oweNew(trx, input, fresh)) rows.set(row.key, row);
  const deliveries = [...rows.values()].map(toDelivery);
  if (input.tellAgain === true) await letWait(trx, input.storyId, input.now);
  return deliveries;
}

/**
 * Whether something is to be withheld that may stand in its channel by now, and did not when that was decided: it has to
 * be taken back there, which is another message.
 */
function isOutMeanwhile(
  { storyId, seen, owed }: Publish,
  standing: ReadonlyMap<string, DeliveryRow>,
): boolean {
  const out = new Set(seen.filter(isOut).map(({ key }) => key));
  return owed.some(({ channel, skip, slot }) => {
    const key = deliveryKey(channel, storyId, slot);
    const row = standing.get(key);
    return skip !== null && !out.has(key) && row !== undefined && isOut(toDelivery(row));
  });
}

async function standingRows(
  trx: Database,
  { owed, storyId }: Publish,
): Promise<ReadonlyMap<string, DeliveryRow>> {
  const keys = owed.map(({ channel, slot }) => deliveryKey(channel, storyId, slot));
  if (keys.length === 0) return new Map();
  const rows = await trx.selectFrom("deliveries").selectAll().where("key", "in", keys).execute();
  return new Map(rows.map((row) => [row.key, row]));
}

/** Stores a view and returns its id. */
export async function saveView(trx: Database, view: PostView): Promise<string> {
  const id = viewId(view);
  await trx
    .insertInto("views")
    .values({ id, body: JSON.stringify(PostView.parse(view)) })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  return id;
}

export async function findDelivery(db: Database, key: string): Promise<DeliveryRow | undefined> {
  return db.selectFrom("deliveries").selectAll().where("key", "=", key).executeTakeFirst();
}

/** Gets all attempts anew. */
export function dueAgain(at: Date) {
  return { state: "due", reason: null, dueAt: at.getTime(), queuedAt: at.getTime(), attempts: 0 };
}

/** Rows that a statement of SQLite, which has 32,766 parameters at most, takes easily. */
const ROWS_AT_ONCE = 500;

/** All of a story's channels in as many statements as one of them. */
async function oweNew(
  trx: Database,
  { now, storyId, version }: Publish,
  fresh: ReadonlyMap<string, Owed>,
): Promise<DeliveryRow[]> {
  const views = new Map<string, string>();
  const values: Insertable<Tables["deliveries"]>[] = [];
  for (const [key, owed] of fresh) {
    const id = viewId(owed.view);
    if (!views.has(id)) views.set(id, await saveView(trx, owed.view));
    values.push({
      key,
      platform: channelParts(owed.channel).platform,
      channel: owed.channel,
      storyId,
      slot: owed.slot,
      parent: owed.thread === null ? null : deliveryKey(owed.channel, storyId, owed.thread),
      wanted: id,
      version,
      manner: JSON.stringify(owed.manner),
      reasons: JSON.stringify(owed.reasons),
      attempts: 0,
      ...(await firstState(trx, owed, now)),
    });
  }
  const rows: DeliveryRow[] = [];
  for (let at = 0; at < values.length; at += ROWS_AT_ONCE)
    rows.push(
      ...(await trx
        .insertInto("deliveries")
        .values(values.slice(at, at + ROWS_AT_ONCE))
        .returningAll()
        .execute()),
    );
  return rows;
}

interface FirstState {
  state: string;
  reason: string | null;
  dueAt: number;
  queuedAt: number;
}

async function firstState(trx: Database, owed: Owed, now: Date): Promise<FirstState> {
  const queuedAt = now.getTime();
  if (owed.skip !== null) return { state: "skipped", reason: owed.skip, dueAt: queuedAt, queuedAt };
  const full = owed.holdUntil === null ? await fullUntil(trx, owed, now) : null;
  const until = full === null ? owed.holdUntil : (quietEnd(owed.quiet ?? null, full) ?? full);
  return until === null
    ? { state: "due", reason: null, dueAt: queuedAt, queuedAt }
    : {
        state: "held",
        reason: owed.holdUntil === null ? "max-an-hour" : "held",
        dueAt: until.getTime(),
        queuedAt,
      };
}

/** When the channel has had its posts of this hour: the time at which the rest is merged. */
async function fullUntil(trx: Database, { channel, slot, maxAnHour }: Owed, now: Date): Promise<Date | null> {
  if (maxAnHour === null || slot !== POST_SLOT) return null;
  const since = now.getTime() - HOUR_MS;
  const waiting = await trx
    .selectFrom("deliveries")
    .select("dueAt")
    .where("channel", "=", channel)
    .where("state", "=", "held")
    .where("reason", "=", "max-an-hour")
    .where("dueAt", ">", now.getTime())
    .executeTakeFirst();
  if (waiting !== undefined) return new Date(waiting.dueAt);
  const recent = await trx
    .selectFrom("deliveries")
    .select((eb) => eb.fn.coalesce("sentAt", "dueAt").as("at"))
    .where("channel", "=", channel)
    .where("parent", "is", null)
    .where("state", "in", ["due", "sending", "sent", "uncertain"])
    .where((eb) => eb(eb.fn.coalesce("sentAt", "dueAt"), ">", since))
    .orderBy("at")
    .execute();
  const [oldest] = recent;
  if (oldest === undefined || recent.length < maxAnHour) return null;
  // What was sent by a clock that was set back since counts as sent now.
  return new Date(Math.max(now.getTime() + 1, Math.min(oldest.at, now.getTime()) + HOUR_MS));
}

interface Again {
  input: Publish;
  owed: Owed;
  row: DeliveryRow;
}

async function oweAgain(trx: Database, { input, owed, row }: Again): Promise<DeliveryRow> {
  const change =
    owed.skip === null ? await wantNewer(trx, { input, owed, row }) : await withhold(trx, row, owed.skip);
  const reasons = JSON.stringify(owed.reasons);
  if (change === null && row.version === input.version && row.reasons === reasons) return row;
  return trx
    .updateTable("deliveries")
    .set({ ...change, version: input.version, reasons })
    .where("key", "=", row.key)
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function wantNewer(trx: Database, { input, owed, row }: Again): Promise<DeliveryChange | null> {
  const wanted = await saveView(trx, owed.view);
  if (row.state === "skipped")
    return { wanted, ...dueAgain(input.now), ...(await firstState(trx, owed, input.now)) };
  // Wanted at once after all: what asked for it first only waits for company.
  if (
    row.state === "held" &&
    row.reason === "held" &&
    owed.holdUntil === null &&
    row.dueAt > input.now.getTime()
  )
    return { wanted, ...(await firstState(trx, owed, input.now)) };
  if (row.wanted === wanted) return null;
  // What is being sent or waits for its time carries the newer view by itself.
  const idle =
    row.state === "sent" ? row.shown !== wanted : row.state === "dead" && !FINAL.includes(row.reason);
  return { wanted, ...(idle ? dueAgain(input.now) : {}) };
}

/** A channel is never shown what is to be skipped: what it has stays as it is, and what it has not is not posted. */
async function withhold(trx: Database, row: DeliveryRow, reason: string): Promise<DeliveryChange | null> {
  const isNew = row.message === null;
  switch (row.state) {
    case "held":
      return { state: "skipped", reason };
    case "dead":
      // It would be posted when somebody tries it again.
      return isNew ? { state: "skipped", reason } : null;
    case "due":
      return isNew ? { state: "skipped", reason } : { state: "sent", reason: null, ...asShown(row) };
    case "sending":
    case "uncertain":
      // Nobody knows yet whether it is out; whoever finds out leaves it as it is, and posts nothing.
      return isNew ? { wanted: await saveView(trx, { kind: "withheld", reason }) } : asShown(row);
    case "skipped":
      // What a moderator reads, and what is let go once it may, is the reason that holds now.
      return isNew && row.reason !== reason ? { reason } : null;
    case "merged":
      return (await isPosted(trx, row.parent)) ? null : { state: "skipped", reason, parent: null };
    default:
      return null;
  }
}

/** An edit that is due would show what must not be shown any more. */
function asShown(row: DeliveryRow): DeliveryChange {
  return { wanted: row.shown ?? row.wanted };
}

async function isPosted(trx: Database, key: string | null): Promise<boolean> {
  const row = key === null ? undefined : await findDelivery(trx, key);
  return row !== undefined && row.message !== null;
}

/** A digest shows what its stories should show now. */
async function rewriteDigest(trx: Database, key: string, now: Date): Promise<void> {
  const row = await findDelivery(trx, key);
  if (row === undefined) return;
  const items = await trx
    .selectFrom("deliveries")
    .select(["key", "wanted as viewId"])
    .where("parent", "=", key)
    .where("state", "=", "merged")
    .orderBy("seq")
    .execute();
  if (items.length === 0) {
    await trx.updateTable("deliveries").set({ state: "skipped" }).where("key", "=", key).execute();
    return;
  }
  const wanted = await saveView(trx, { kind: "digest", items });
  const idle = row.state === "sent" || (row.state === "dead" && !FINAL.includes(row.reason));
  await trx
    .updateTable("deliveries")
    .set({ wanted, ...(idle ? dueAgain(now) : {}) })
    .where("key", "=", key)
    .execute();
}
