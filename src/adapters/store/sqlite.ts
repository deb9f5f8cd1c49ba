import { randomUUID } from "node:crypto";
import { CamelCasePlugin, Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { AppError } from "#src/core/errors.ts";
import type { Store } from "#src/ports-store.ts";
import { composeStore } from "./compose.ts";
import { keyBeside } from "./key-file.ts";
import { sqliteMigrations } from "./migrations.ts";
import { checkVersion, nodeSqliteDialect, openDatabase, sqliteVersion } from "./node-sqlite.ts";
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

/**
 * Opens the embedded store for this process alone and brings its file up to date.
 * Throws AppError `store/locked`, `store/too-old`, `store/damaged`, `store/newer`, `store/full`, `config/invalid`.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path, key = null, version = sqliteVersion } = options;
  checkVersion(version());
  const isKept = path !== ":memory:";
  if (isKept) await keepPrivate(path);
  const database = openDatabase(path);
  try {
    const seal = createSeal(key ?? (isKept ? await keyBeside(path) : randomUUID()));
    const db: Database = new Kysely<Tables>({
      dialect: nodeSqliteDialect(database),
      plugins: [new CamelCasePlugin()],
    });
    await migrate(db, seal);
    // What a migration took away stands in the file until the log is written back into it.
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
    return composeStore(db, seal);
  } catch (error) {
    database.close();
    throw error;
  }
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
