import { DatabaseSync } from "node:sqlite";

/** Since then nothing secret stands in a store in clear. */
const SEALED_SINCE = "0012-secrets";
/** By the table that a store must have come to. What is left is a store in which nothing is under way. */
const TAKEN_OUT: readonly (readonly [table: string, statement: string])[] = [
  [
    "calls",
    "update calls set body = null, finished_at = coalesce(finished_at, received_at) where body is not null",
  ],
  ["settings", "delete from settings where name = 'page.token'"],
  ["pushes", "delete from pushes"],
  ["pushes", "update feeds set pushed_until = null, due_at = 0 where pushed_until is not null"],
];

/** Whether it is the store of a Lede that kept its secrets in clear. */
export function holdsSecrets(database: DatabaseSync): boolean {
  if (!has(database, "kysely_migration")) return false;
  const sealed = database.prepare("select 1 from kysely_migration where name = ?").get(SEALED_SINCE);
  return sealed === undefined;
}

/**
 * Takes them out of a copy: its store is sealed by the next migration, but nothing migrates copies.
 * One that is left half done is worth nothing.
 */
export function takeOutSecrets(copy: string): void {
  const database = new DatabaseSync(copy);
  try {
    // A journal would be one more file that holds them.
    database.exec("pragma journal_mode = off");
    database.exec("pragma secure_delete = on");
    for (const [table, statement] of TAKEN_OUT) if (has(database, table)) database.exec(statement);
  } finally {
    database.close();
  }
}

function has(database: DatabaseSync, table: string): boolean {
  return database.prepare("select 1 from sqlite_master where name = ?").get(table) !== undefined;
}
