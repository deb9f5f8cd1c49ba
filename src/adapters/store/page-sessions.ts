import type { Selectable } from "kysely";
import type { PageSession } from "#src/core/page-session.ts";
import type { Store } from "#src/ports-store.ts";
import type { Database, Tables } from "./schema.ts";

type PageSessionStore = Pick<Store, "savePageSession" | "pageSession" | "pageSessions" | "endPageSession">;

export function pageSessionStore(db: Database): PageSessionStore {
  const open = (now: Date) =>
    db.selectFrom("pageSessions").selectAll().where("expiresAt", ">", now.getTime());
  return {
    savePageSession: ({ id, agent, openedAt, expiresAt }) =>
      db.transaction().execute(async (trx) => {
        await trx.deleteFrom("pageSessions").where("expiresAt", "<=", openedAt.getTime()).execute();
        const times = { openedAt: openedAt.getTime(), expiresAt: expiresAt.getTime() };
        await trx
          .insertInto("pageSessions")
          .values({ id, agent, ...times })
          .execute();
      }),
    pageSession: async (id, now) => {
      const row = await open(now).where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : toSession(row);
    },
    pageSessions: async (now) => {
      const rows = await open(now).orderBy("openedAt", "desc").orderBy("id").execute();
      return rows.map(toSession);
    },
    endPageSession: async (id) => {
      await db.deleteFrom("pageSessions").where("id", "=", id).execute();
    },
  };
}

function toSession({ openedAt, expiresAt, ...row }: Selectable<Tables["pageSessions"]>): PageSession {
  return { ...row, openedAt: new Date(openedAt), expiresAt: new Date(expiresAt) };
}
