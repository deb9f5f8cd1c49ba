import { randomBytes } from "node:crypto";
import { type PushSubscription, pushedUntil } from "#src/core/websub.ts";
import type { Store } from "#src/ports-store.ts";
import { learnArrival } from "#src/core/feed-cadence.ts";
import { recordSeen } from "./feed-entries.ts";
import { fromFeed, fromPush, type PushRow, toFeed, toMillis, toPush } from "./feed-rows.ts";
import type { Database } from "./schema.ts";
import type { Seal } from "./seal.ts";

type PushStore = Pick<Store, "duePush" | "push" | "savePush" | "savePushed">;

/** Part of an address that only the hub is told, so it must not be guessed. */
const ID_BYTES = 18;

export function pushStore(db: Database, seal: Seal): PushStore {
  return {
    duePush: (now) => db.transaction().execute((trx) => duePush(trx, seal, now)),
    push: async (id) => {
      const row = await db.selectFrom("pushes").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : toPush(row, seal);
    },
    savePush: (change) => db.transaction().execute((trx) => savePush(trx, change)),
    savePushed: (pushed) => db.transaction().execute((trx) => savePushed(trx, pushed)),
  };
}

async function duePush(trx: Database, seal: Seal, now: Date): Promise<PushSubscription | null> {
  await endUnnamed(trx);
  const row = (await followHub(trx, now)) ?? (await findDue(trx, now));
  return row === null ? null : toPush(row, seal);
}

/** Feeds that name no hub any more are polled as before. */
async function endUnnamed(trx: Database): Promise<void> {
  const rows = await trx
    .selectFrom("pushes")
    .innerJoin("feeds", "feeds.id", "pushes.feedId")
    .select("feedId")
    .where("feeds.hub", "is", null)
    .execute();
  for (const { feedId } of rows) await end(trx, feedId);
}

/** Feeds name other hubs from one day to the next: what is subscribed to follows, under a new secret. */
async function followHub(trx: Database, now: Date): Promise<PushRow | null> {
  const named = await trx
    .selectFrom("feeds")
    .leftJoin("pushes", "pushes.feedId", "feeds.id")
    .select(["feeds.id as feedId", "feeds.hub as hub", "feeds.topic as topic"])
    .where("feeds.hub", "is not", null)
    .where("feeds.health", "<>", "gone")
    .where((eb) =>
      eb.or([
        eb("pushes.id", "is", null),
        eb("feeds.hub", "<>", eb.ref("pushes.hub")),
        eb("feeds.topic", "<>", eb.ref("pushes.topic")),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  if (named === undefined) return null;
  const { feedId, hub, topic } = named;
  if (hub === null || topic === null) return null;
  await end(trx, feedId);
  const push = newPush({ feedId, hub, topic, now });
  await trx.insertInto("pushes").values(push).execute();
  return push;
}

async function end(trx: Database, feedId: string): Promise<void> {
  await trx.deleteFrom("pushes").where("feedId", "=", feedId).execute();
  await trx.updateTable("feeds").set({ pushedUntil: null }).where("id", "=", feedId).execute();
}

async function findDue(trx: Database, now: Date): Promise<PushRow | null> {
  const row = await trx
    .selectFrom("pushes")
    .selectAll()
    .where("dueAt", "<=", now.getTime())
    .orderBy("dueAt")
    .executeTakeFirst();
  return row ?? null;
}

interface NewPush {
  feedId: string;
  hub: string;
  topic: string;
  now: Date;
}

function newPush({ feedId, hub, topic, now }: NewPush): PushRow {
  return {
    id: randomBytes(ID_BYTES).toString("base64url"),
    feedId,
    hub,
    topic,
    state: "wanted",
    dueAt: now.getTime(),
    failures: 0,
    expiresAt: null,
    reason: null,
  };
}

async function savePush(
  trx: Database,
  { push, unless, now }: Parameters<Store["savePush"]>[0],
): Promise<boolean> {
  let update = trx.updateTable("pushes").set(fromPush(push)).where("id", "=", push.id);
  if (unless !== undefined) update = update.where("state", "<>", unless);
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await trx
    .updateTable("feeds")
    .set({ pushedUntil: toMillis(pushedUntil(push, now)) })
    .where("id", "=", push.feedId)
    .execute();
  return true;
}

/** As a poll would have stored it, under the same source: what came once by either way is known by both. */
async function savePushed(
  trx: Database,
  { feedId, seen, now }: Parameters<Store["savePushed"]>[0],
): Promise<number> {
  const row = await trx.selectFrom("feeds").selectAll().where("id", "=", feedId).executeTakeFirst();
  if (row === undefined) return 0;
  const feed = toFeed(row);
  const recorded = await recordSeen(trx, { feedId, seen, now, queue: Infinity });
  const times = recorded.entries.flatMap(({ publishedAt }) => publishedAt ?? []);
  const last = [...times, ...(recorded.undated ? [now] : [])].sort((a, b) => b.getTime() - a.getTime())[0];
  if (last === undefined || (feed.lastEntryAt !== null && last <= feed.lastEntryAt)) return recorded.queued;
  const { lastEntryAt, cadence } = fromFeed({
    ...feed,
    lastEntryAt: last,
    cadence: learnArrival(feed.cadence, feed.lastEntryAt, last),
  });
  await trx.updateTable("feeds").set({ lastEntryAt, cadence }).where("id", "=", feedId).execute();
  return recorded.queued;
}
