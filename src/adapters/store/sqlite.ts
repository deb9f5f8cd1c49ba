import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { CamelCasePlugin, Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { AppError } from "#src/core/errors.ts";
import type { Store } from "#src/ports-store.ts";
import { checkFile } from "./check-file.ts";
import { composeStore } from "./compose.ts";
import { createCondition } from "./condition.ts";
import { keyBeside } from "./key-file.ts";
import { sqliteMigrations } from "./migrations.ts";
import { checkVersion, nodeSqliteDialect, openDatabase, sqliteVersion } from "./node-sqlite.ts";
import { IN_MEMORY, placeOf } from "./place.ts";
import { keepPrivate } from "./private-folder.ts";
import type { Database, Tables } from "./schema.ts";
import { createSeal, type Seal } from "./seal.ts";

export interface SqliteStoreOptions {
  /** The data file, or ":memory:". Its folder is made, for its owner alone. */
  path: string;
  /** The operator's key; that of the file beside the data file if left out or null. */
  key?: string | null;
  /** Tells the version of SQLite in use. */
  version?: () => string;
}

const MEMORY = ":memory:";
/** SQLite's own: pages in the journal after which it is carried over into the file. */
const CARRY_OVER_PAGES = 1_000;

/**
 * Opens the embedded store for this process alone and brings its file up to date.
 * Throws AppError `store/locked`, `store/too-old`, `store/damaged`, `store/newer`, `store/full`, `config/invalid`.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path, version = sqliteVersion } = options;
  checkVersion(version());
  if (path !== MEMORY) await keepPrivate(path);
  return storeOn(openDatabase(path), options);
}

/** The store on a database that is open, which is closed with it. */
export async function storeOn(
  database: DatabaseSync,
  { path, key = null }: Pick<SqliteStoreOptions, "path" | "key">,
): Promise<Store> {
  const condition = createCondition(database);
  const place = path === MEMORY ? IN_MEMORY : placeOf(path);
  const closing = new AbortController();
  const db: Database = new Kysely<Tables>({
    dialect: nodeSqliteDialect(database, condition),
    plugins: [new CamelCasePlugin()],
  });
  const close = async (): Promise<void> => {
    condition.stopWaiting();
    closing.abort();
    // The one connection is handed out in turn: whatever was begun before is finished first.
    await db.connection().execute(() => Promise.resolve());
    await db.destroy();
    place.leave();
  };
  let seal: Seal;
  try {
    seal = createSeal(key ?? (path === MEMORY ? randomUUID() : await keyBeside(path)));
    await migrate(db, seal);
    // What a migration took away stands in the file until the log is written back into it.
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  } catch (error) {
    await close();
    throw error;
  }
  let closed: Promise<void> | null = null;
  return {
    ...composeStore(db, seal, condition.lasting),
    trouble: condition.trouble,
    tend: () => {
      if (place.isThere()) condition.tryAgain();
      else condition.stop(new AppError("store/moved"));
    },
    check: async () => {
      if (path === MEMORY || condition.trouble() !== null) return;
      // From here on changes go to the journal alone, so that the file is whole and stays as it is.
      await db.connection().execute(() => Promise.resolve(condition.guarded(() => carryOver(database))));
      const found = await checkFile(path, closing.signal);
      if (closing.signal.aborted) return;
      database.exec(`pragma wal_autocheckpoint = ${CARRY_OVER_PAGES}`);
      if (found.length > 0) condition.stop(new AppError("store/damaged", { details: { found } }));
    },
    stopWaiting: condition.stopWaiting,
    close: () => (closed ??= close()),
  };
}

function carryOver(database: DatabaseSync): void {
  database.exec("pragma wal_checkpoint(truncate)");
  database.exec("pragma wal_autocheckpoint = 0");
}

async function migrate(db: Database, seal: Seal): Promise<void> {
  const migrations = sqliteMigrations(seal);
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof AppError) throw error;
  const unknown = (await appliedMigrations(db)).filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0) throw new AppError("store/newer", { details: { unknown }, cause: error });
  throw error;
}

async function appliedMigrations(db: Database): Promise<string[]> {
  const own = db.withTables<{ kyselyMigration: { name: string } }>();
  const rows = await own.selectFrom("kyselyMigration").select("name").execute();
  return rows.map((row) => row.name);
}
