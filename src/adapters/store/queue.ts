import { sql } from "kysely";
import { PlatformName } from "#src/core/channel.ts";
import { NOTHING_WAITS, type PlatformQueue, type Queue, type Waiting } from "#src/core/readiness.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";
import type { Database } from "./schema.ts";

type QueueStore = Pick<Store, "queue">;

export function queueStore(db: Database): QueueStore {
  return {
    queue: (of, now) =>
      db.transaction().execute(async (trx): Promise<Queue> => ({
        entries: of === null ? await waitingEntries(trx, now) : NOTHING_WAITS,
        deliveries: await waitingDeliveries(trx, of),
      })),
  };
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
