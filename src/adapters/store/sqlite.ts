import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { CamelCasePlugin, Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { AppError } from "#src/core/errors.ts";
import type { Store } from "#src/ports-store.ts";
import { composeStore } from "./compose.ts";
import { sqliteMigrations } from "./migrations.ts";
import { CANNOT_WRITE, checkVersion, nodeSqliteDialect, openDatabase, sqliteVersion } from "./node-sqlite.ts";
import type { Database, Tables } from "./schema.ts";

export interface SqliteStoreOptions {
  /** The data file, or ":memory:". Its folder is made. */
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
  if (path !== ":memory:") await makeFolder(dirname(path));
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

async function makeFolder(folder: string): Promise<void> {
  try {
    // Only the owner may look in: members-only articles are kept here.
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AppError("config/invalid", { say: CANNOT_WRITE, details: { folder }, cause: error });
  }
}
