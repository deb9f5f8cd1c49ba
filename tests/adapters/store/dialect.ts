import type { Dialect } from "kysely";
import { createCondition } from "#src/adapters/store/condition.ts";
import { nodeSqliteDialect, openDatabase } from "#src/adapters/store/node-sqlite.ts";

/** The dialect on a file that no store has open. */
export function dialectOf(path: string): Dialect {
  const database = openDatabase(path);
  return nodeSqliteDialect(database, createCondition(database));
}
