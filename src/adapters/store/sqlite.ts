import { randomUUID } from "node:crypto";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { CamelCasePlugin, Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { AppError } from "#src/core/errors.ts";
import type { Store } from "#src/ports-store.ts";
import { type BackupFolder, makeBackup, newestBackup } from "./backups.ts";
import { composeStore } from "./compose.ts";
import { type Condition, createCondition } from "./condition.ts";
import { keyBeside } from "./key-file.ts";
import { fileMark, forgetLast, isAsLeft, saveStart, saveStop } from "./last-stop.ts";
import { sqliteMigrations } from "./migrations.ts";
import { checkVersion, nodeSqliteDialect, openDatabase, sqliteVersion } from "./node-sqlite.ts";
import { IN_MEMORY, placeOf } from "./place.ts";
import { keepPrivate } from "./private-folder.ts";
import type { Database, Tables } from "./schema.ts";
import { createSeal, type Seal } from "./seal.ts";
import { readStill } from "./still-file.ts";
import { createStillness, type Stillness } from "./stillness.ts";

export interface SqliteStoreOptions {
  /** The data file, or ":memory:". Its folder is made, for its owner alone. */
  path: string;
  /** The operator's key; that of the file beside the data file if left out or null. */
  key?: string | null;
  /** Where its copies are kept; the newest seven of a kind in `backups` beside the data file if left out. */
  backups?: BackupFolder;
  /** Tells the version of SQLite in use. */
  version?: () => string;
}

const MEMORY = ":memory:";
const KEPT_BACKUPS = 7;

/**
 * Opens the embedded store for this process alone and brings its file up to date.
 * Throws AppError `store/locked`, `store/too-old`, `store/damaged`, `store/newer`, `store/full`, `config/invalid`,
 * `backup/*` where no copy can be made before a migration.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path, version = sqliteVersion } = options;
  checkVersion(version());
  if (path === MEMORY) return storeOn(openDatabase(path), options);
  await keepPrivate(path);
  const mark = fileMark(path);
  const database = openDatabase(path);
  const isKnown = isAsLeft(database, path, mark);
  // Whatever is written to it from here on must not make it look as if it were.
  if (!isKnown) forgetLast(path);
  return storeOn(database, options, isKnown);
}

/** The store on a database that is open, which is closed with it. */
export async function storeOn(
  database: DatabaseSync,
  { path: file, key = null, backups = backupsBeside(file) }: Omit<SqliteStoreOptions, "version">,
  isKnown = true,
): Promise<Store> {
  let isSure = isKnown;
  const condition = createCondition(database);
  const place = file === MEMORY ? IN_MEMORY : placeOf(file);
  const closing = new AbortController();
  const db = kyselyOn(database, condition);
  const still = createStillness({ db, database, condition, closing: closing.signal });
  const copy = copier({ backups, closing: closing.signal, condition, file, still });

  async function close(): Promise<void> {
    condition.stopWaiting();
    closing.abort();
    await still.over();
    // The one connection is handed out in turn: whatever was begun before is finished first.
    await db.connection().execute(() => Promise.resolve());
    if (isSure && file !== MEMORY && condition.trouble() === null) {
      database.exec("pragma wal_checkpoint(truncate)");
      saveStop(file);
    }
    await db.destroy();
    place.leave();
  }

  let seal: Seal;
  try {
    seal = createSeal(key ?? (file === MEMORY ? randomUUID() : await keyBeside(file)));
    await bringUpToDate(db, seal, async () => {
      if (backups.keep > 0) await copy({ kind: "upgrade", now: new Date() });
    });
  } catch (error) {
    await close();
    throw error;
  }
  const composed = composeStore(db, { seal, lasting: condition.lasting, isKnown });
  let closed: Promise<void> | null = null;
  return {
    ...composed,
    recover: async (now) => {
      await composed.recover(now);
      isSure = true;
      if (file !== MEMORY) saveStart(file);
    },
    trouble: condition.trouble,
    tend: () => {
      if (place.isThere()) condition.tryAgain();
      else condition.stop(new AppError("store/moved"));
    },
    check: async () => {
      if (file === MEMORY || condition.trouble() !== null) return;
      const found = await readThrough(still, file, closing.signal);
      if (found.length > 0) condition.stop(new AppError("store/damaged", { details: { found } }));
    },
    backup: copy,
    lastBackup: () => newestBackup(backups.folder, "daily"),
    stopWaiting: condition.stopWaiting,
    close: () => (closed ??= close()),
  };
}

function kyselyOn(database: DatabaseSync, condition: Condition): Database {
  return new Kysely<Tables>({
    dialect: nodeSqliteDialect(database, condition),
    plugins: [new CamelCasePlugin()],
  });
}

interface Copier {
  file: string;
  backups: BackupFolder;
  still: Stillness;
  condition: Condition;
  closing: AbortSignal;
}

function copier({ backups, closing, condition, file, still }: Copier): Store["backup"] {
  return async ({ kind, now, signal }) => {
    const trouble = condition.trouble();
    if (trouble !== null) throw trouble;
    const limited = AbortSignal.any([closing, ...(signal === undefined ? [] : [signal])]);
    return still.during(() => makeBackup({ ...backups, file, kind, now, signal: limited }));
  };
}

/** What is wrong with the file; nothing where the store is closed before that is known. */
async function readThrough(still: Stillness, file: string, signal: AbortSignal): Promise<string[]> {
  try {
    return await still.during(() => readStill({ file, copyTo: null, signal }));
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
}

function backupsBeside(file: string): BackupFolder {
  return { folder: path.join(path.dirname(file), "backups"), keep: KEPT_BACKUPS };
}

async function bringUpToDate(db: Database, seal: Seal, before: () => Promise<void>): Promise<void> {
  await migrate(db, seal, before);
  // What a migration took away stands in the file until the log is written back into it.
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
}

/** `before` is done first where there is something to migrate. */
async function migrate(db: Database, seal: Seal, before: () => Promise<void>): Promise<void> {
  const migrations = sqliteMigrations(seal);
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const known = await migrator.getMigrations();
  const applied = known.filter(({ executedAt }) => executedAt !== undefined).length;
  if (applied > 0 && applied < known.length) await before();
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
