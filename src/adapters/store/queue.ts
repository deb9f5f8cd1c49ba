import { sql } from "kysely";
import { periodsOf, topicScope } from "#src/core/budget.ts";
import { Channel, PlatformName } from "#src/core/channel.ts";
import { NOTHING_WAITS, type PlatformQueue, type Queue, type Waiting } from "#src/core/readiness.ts";
import type { DayCost, Ending } from "#src/core/status.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";
import { dueAgain, FINAL } from "./publishing.ts";
import type { Database } from "./schema.ts";

/** Of `2026-11-24`; a month is shorter. */
const DAY_LENGTH = 10;

type QueueStore = Pick<Store, "queue" | "endings" | "retryDead" | "costs">;

export function queueStore(db: Database): QueueStore {
  return {
    queue: (of, now) =>
      db.transaction().execute(async (trx): Promise<Queue> => ({
        entries: of === null ? await waitingEntries(trx, now) : NOTHING_WAITS,
        deliveries: await waitingDeliveries(trx, of),
      })),
    endings: (asked) => endings(db, asked),
    retryDead: (of, now) => retryDead(db, of, now),
    costs: (of, since) => costs(db, of, since),
  };
}

/** A row that is settled so is not due again: its time is when that was decided. */
async function endings(
  db: Database,
  { limit, of, states }: Parameters<Store["endings"]>[0],
): Promise<Ending[]> {
  const found: Ending[] = [];
  for (const state of states) {
    const rows = await db
      .selectFrom("deliveries")
      .select(["channel", "reason", "dueAt"])
      .where("state", "=", state)
      .$if(of !== null, (query) => query.where(inWorkspace(of ?? "")))
      .orderBy("dueAt", "desc")
      .limit(limit)
      .execute();
    for (const { channel, dueAt, reason } of rows)
      found.push({ channel: Channel.parse(channel), state, reason, at: new Date(dueAt) });
  }
  return found.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
}

async function retryDead(db: Database, of: Workspace | null, now: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("deliveries")
    .set(dueAgain(now))
    .where("state", "=", "dead")
    .where((eb) => eb.or([eb("reason", "is", null), eb("reason", "not in", FINAL)]))
    .$if(of !== null, (query) => query.where(inWorkspace(of ?? "")))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

async function costs(db: Database, of: Workspace | null, since: Date): Promise<DayCost[]> {
  const rows = await db
    .selectFrom("budgetSpent")
    .selectAll()
    .where("period", ">=", periodsOf(since).day)
    .where((eb) => eb.or([eb("scope", "=", of === null ? "all" : `workspace:${of}`), isTopic(of)]))
    .orderBy("period", "desc")
    .orderBy("tokens", "desc")
    .execute();
  const days = rows.filter(
    ({ period, scope }) => period.length === DAY_LENGTH && !scope.startsWith("topic:"),
  );
  return days.map(({ money, period, tokens }) => ({
    day: period,
    tokens,
    money,
    topics: rows
      .filter((row) => row.period === period && row.scope.startsWith("topic:"))
      .map((row) => ({
        topic: row.scope.slice(row.scope.indexOf("/") + 1),
        tokens: row.tokens,
        money: row.money,
      })),
  }));
}

/** Names of topics hold anything; that of the workspace ends at the slash. */
function isTopic(of: Workspace | null) {
  const begin = of === null ? "topic:" : topicScope(of, "");
  return sql<boolean>`substr(scope, 1, ${begin.length}) = ${begin}`;
}

async function waitingEntries(trx: Database, now: Date): Promise<Waiting> {
  const row = await trx
    .selectFrom("entries")
    .select((eb) => [eb.fn.countAll<number>().as("count"), eb.fn.min("dueAt").as("oldest")])
    .where("state", "=", "due")
    .where("dueAt", "<=", now.getTime())
    .executeTakeFirst();
  return toWaiting(row);
}

/** What is held has its time ahead: it waits for nobody. */
async function waitingDeliveries(trx: Database, of: Workspace | null): Promise<PlatformQueue[]> {
  const rows = await trx
    .selectFrom("deliveries")
    .select((eb) => [
      "platform",
      sql<string>`case when state in ('held', 'dead') then state else 'due' end`.as("kind"),
      eb.fn.countAll<number>().as("count"),
      eb.fn.min("queuedAt").as("oldest"),
    ])
    .where("state", "in", ["due", "uncertain", "sending", "held", "dead"])
    .$if(of !== null, (query) => query.where(inWorkspace(of ?? "")))
    .groupBy(["platform", "kind"])
    .execute();
  const found = (platform: PlatformName, kind: string) =>
    rows.find((row) => row.platform === platform && row.kind === kind);
  return PlatformName.options
    .filter((platform) => rows.some((row) => row.platform === platform))
    .map((platform) => ({
      platform,
      due: toWaiting(found(platform, "due")),
      held: found(platform, "held")?.count ?? 0,
      dead: found(platform, "dead")?.count ?? 0,
    }));
}

function toWaiting(row: { count: number; oldest: number | null } | undefined): Waiting {
  return row == null || row.oldest === null
    ? NOTHING_WAITS
    : { count: row.count, oldestAt: new Date(row.oldest) };
}

/** Channels are named `platform:workspace:id`: those of a workspace stand beside each other in an index. */
export function inWorkspace(of: string) {
  return sql<boolean>`channel >= ${`${of}:`} and channel < ${`${of};`}`;
}
