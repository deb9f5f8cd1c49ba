import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import {
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
} from "kysely";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import type { Condition } from "./condition.ts";

/** The first SQLite without the WAL-reset fault, which can damage a file (sqlite.org, release 3.51.3). */
const OLDEST_SQLITE = [3, 51, 3] as const;
/** Marks a file as ours ("Lede" in ASCII), so that no other program's data is ever touched. */
const APPLICATION_ID = 0x4c_65_64_65;
/** How long to wait for a process that is just stopping, in milliseconds. */
const LOCK_WAIT_MS = 1_000;

/** Result codes of sqlite.org/rescode.html; an extended code holds its primary one in the low byte. */
const CODE = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

const SqliteError = z.object({ errcode: z.int(), message: z.string() });
const Header = z.object({ applicationId: z.int(), tables: z.int() });

/** Refuses an SQLite that can damage its file. Throws AppError `store/too-old`. */
export function checkVersion(version: string): void {
  const parts = version.split(".").map(Number);
  for (const [index, least] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return;
    if (part < least || Number.isNaN(part)) throw new AppError("store/too-old", { details: { version } });
  }
}

/** The version of the SQLite this Node was linked with, asked without touching any file. */
export function sqliteVersion(): string {
  const database = new DatabaseSync(":memory:");
  try {
    return z
      .object({ version: z.string() })
      .parse(database.prepare("select sqlite_version() as version").get()).version;
  } finally {
    database.close();
  }
}

/**
 * Opens a file for this process alone, or makes it. The lock is the operating system's: it ends with the process,
 * however that dies. Throws AppError `store/locked`, `store/damaged`, `config/invalid`.
 */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: LOCK_WAIT_MS, enableForeignKeyConstraints: true });
    takeOver(database);
    return database;
  } catch (error) {
    database?.close();
    throw translate(error, path);
  }
}

/** kysely's own SQLite dialect over node:sqlite. */
export function nodeSqliteDialect(database: DatabaseSync, condition: Condition): Dialect {
  const dialect = new SqliteDialect({ database: wrap(database, condition) });
  return {
    createDriver: () => dialect.createDriver(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    // SQLite rolls DDL back; kysely leaves it off, and a crash would then leave half a migration behind.
    createAdapter: () =>
      Object.defineProperty(new SqliteAdapter(), "supportsTransactionalDdl", { value: true }),
  };
}

function takeOver(database: DatabaseSync): void {
  // Before WAL is entered: the WAL index then lives in this process and the file's lock is kept (sqlite.org/wal.html).
  database.exec("pragma locking_mode = exclusive");
  database.exec("begin exclusive");
  const { applicationId, tables } = headerOf(database);
  const fresh = applicationId === 0 && tables === 0;
  if (!fresh && applicationId !== APPLICATION_ID)
    throw new AppError("store/damaged", {
      say: "The data file belongs to another program. Move it away, or set LEDE_DATA to another folder.",
    });
  if (fresh) database.exec(`pragma application_id = ${APPLICATION_ID}`);
  database.exec("commit");
  database.exec("pragma journal_mode = wal");
  // With NORMAL a power cut loses the newest deliveries, which would then be posted twice.
  database.exec("pragma synchronous = full");
  // What is deleted is not left in the file: pasted texts, tokens for answers.
  database.exec("pragma secure_delete = on");
}

function headerOf(database: DatabaseSync): z.output<typeof Header> {
  return Header.parse(
    database
      .prepare(
        "select application_id as applicationId, (select count(*) from sqlite_schema) as tables from pragma_application_id",
      )
      .get(),
  );
}

/** Refuses what is no data file of Lede's. Throws AppError `store/damaged`. */
export function checkOurs(database: DatabaseSync): void {
  if (headerOf(database).applicationId === APPLICATION_ID) return;
  throw new AppError("store/damaged", {
    say: "That is no copy of a store of Lede's. `lede backup` makes them, and lists where.",
  });
}

function wrap(database: DatabaseSync, condition: Condition): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (text) => {
      // SQLite has already rolled back by itself on some failures; a second time would hide the first error.
      if (text === "rollback" && !database.isTransaction) return NOTHING;
      return prepare(database, condition, text);
    },
  };
}

function prepare(database: DatabaseSync, { guarded, trouble }: Condition, text: string): SqliteStatement {
  // What can not be written can still be read.
  const begin = trouble() === null ? "begin immediate" : "begin";
  const statement = guarded(() => database.prepare(text === "begin" ? begin : text));
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => guarded(() => statement.all(...parameters.map(toInput))),
    run: (parameters) => guarded(() => statement.run(...parameters.map(toInput))),
    iterate: (parameters) => guarded(() => statement.iterate(...parameters.map(toInput))),
  };
}

const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

function toInput(value: unknown): SQLInputValue {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  throw new TypeError(`A ${typeof value} cannot be stored`);
}

/** Whether SQLite refused a write that it was told to refuse. */
export function isRefusal(error: unknown): boolean {
  return codeOf(error) === CODE.readOnly;
}

function codeOf(error: unknown): number {
  const { data } = SqliteError.safeParse(error);
  return (data?.errcode ?? 0) & 0xff;
}

/** A failure of SQLite as one of ours; `path` is given where the file is being opened. */
export function translate(error: unknown, path: string | null): unknown {
  const known = SqliteError.safeParse(error);
  if (!known.success) return error;
  const options = { cause: error, details: { sqlite: known.data.message, code: known.data.errcode, path } };
  switch (codeOf(error)) {
    case CODE.busy:
    case CODE.locked:
      return new AppError("store/locked", options);
    case CODE.corrupt:
    case CODE.notADatabase:
      return new AppError("store/damaged", options);
    case CODE.full:
      return new AppError("store/full", options);
    case CODE.readOnly:
    case CODE.cannotOpen:
      // At the start it is a folder that was chosen badly; later on it is one that changed.
      if (path !== null) return new AppError("config/invalid", { ...options, say: CANNOT_WRITE });
      return new AppError("store/failing", options);
    case CODE.ioError:
      return new AppError("store/failing", options);
    default:
      return error;
  }
}

/** Also said when the folder itself cannot be made. */
export const CANNOT_WRITE =
  "The data folder cannot be written. Check its owner and permissions, or set LEDE_DATA to another folder.";
