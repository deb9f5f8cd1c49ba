import type { CommandCall } from "#src/core/command.ts";
import type { Store } from "#src/ports-store.ts";
import { callFromJson, callToJson } from "./rows.ts";
import type { Database } from "./schema.ts";
import type { Seal } from "./seal.ts";

type CallStore = Pick<Store, "receiveCall" | "saveCallHandle" | "finishCall" | "openCalls">;

/** What was pasted and where the answer goes are for nobody who reads the file: a call is sealed under its id. */
export function callStore(db: Database, seal: Seal): CallStore {
  const sealed = (call: CommandCall): string => seal.close(callToJson(call), call.id);
  return {
    receiveCall: async (call) => {
      const added = await db
        .insertInto("calls")
        .values({
          id: call.id,
          receivedAt: call.receivedAt.getTime(),
          finishedAt: null,
          body: sealed(call),
        })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .returning("id")
        .executeTakeFirst();
      return added !== undefined;
    },
    saveCallHandle: async (call) => {
      await db
        .updateTable("calls")
        .set({ body: sealed(call) })
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
        .select(["id", "body"])
        .where("finishedAt", "is", null)
        .where("receivedAt", ">=", since.getTime())
        .orderBy("receivedAt")
        .execute();
      const calls: CommandCall[] = [];
      const lost: string[] = [];
      for (const { id, body } of rows) {
        const json = body === null ? null : seal.open(body, id);
        if (json === null) lost.push(id);
        else calls.push(callFromJson(json));
      }
      return { calls, lost };
    },
  };
}
