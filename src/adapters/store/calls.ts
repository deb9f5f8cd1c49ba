import type { Store } from "#src/ports-store.ts";
import { callFromJson, callToJson } from "./rows.ts";
import type { Database } from "./schema.ts";

type CallStore = Pick<Store, "receiveCall" | "saveCallHandle" | "finishCall" | "openCalls">;

export function callStore(db: Database): CallStore {
  return {
    receiveCall: async (call) => {
      const added = await db
        .insertInto("calls")
        .values({
          id: call.id,
          receivedAt: call.receivedAt.getTime(),
          finishedAt: null,
          body: callToJson(call),
        })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .returning("id")
        .executeTakeFirst();
      return added !== undefined;
    },
    saveCallHandle: async (call) => {
      await db
        .updateTable("calls")
        .set({ body: callToJson(call) })
        .where("id", "=", call.id)
        .where("finishedAt", "is", null)
        .execute();
    },
    // Only the id is still needed, to know a redelivery: pasted texts and reply tokens are not kept.
    finishCall: async (id, now) => {
      await db
        .updateTable("calls")
        .set({ finishedAt: now.getTime(), body: null })
        .where("id", "=", id)
        .where("finishedAt", "is", null)
        .execute();
    },
    openCalls: async (since) => {
      const rows = await db
        .selectFrom("calls")
        .select("body")
        .where("finishedAt", "is", null)
        .where("receivedAt", ">=", since.getTime())
        .orderBy("receivedAt")
        .execute();
      return rows.flatMap((row) => (row.body === null ? [] : [callFromJson(row.body)]));
    },
  };
}
