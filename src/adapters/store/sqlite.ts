import { CamelCasePlugin, Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { AppError } from "#src/core/errors.ts";
import type { Store } from "#src/ports-store.ts";
import { composeStore } from "./compose.ts";
import { sqliteMigrations } from "./migrations.ts";
import { checkVersion, nodeSqliteDialect, openDatabase, sqliteVersion } from "./node-sqlite.ts";
import { keepPrivate } from "./private-folder.ts";
import type { Database, Tables } from "./schema.ts";

export interface SqliteStoreOptions {
  /** The data file, or ":memory:". Its folder is made, for its owner alone. */
  path: string;
  /** Tells the version of SQLite in use. */
  version?: () => string;
}

/**
 * Opens the embedded store for this process alone and brings its file up to date.
 * Throws AppError `store/locked`, `store/too-old`, `store/damaged`, `store/newer`, `store/full`, `config/invalid`.
 */
export async function openSqliteStore({ path, version = sqliteVersion }: SqliteStoreOptions): Promise<Store> {
  checkVersion(version());
  if (path !== ":memory:") await keepPrivate(path);
  const db: Database = new Kysely<Tables>({
    dialect: nodeSqliteDialect(openDatabase(path)),
    plugins: [new CamelCasePlugin()],
  });
  try {
    await migrate(db);
    return composeStore(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function migrate(db: Database): Promise<void> {
  const migrations = sqliteMigrations();
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
