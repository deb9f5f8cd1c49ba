import { copyFile, chmod, link, mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AppError } from "#src/core/errors.ts";
import { needRoom, sync } from "./backups.ts";
import { sqliteMigrations } from "./migrations.ts";
import { checkOurs, openDatabase, translate } from "./node-sqlite.ts";
import { createSeal } from "./seal.ts";
import { readStill } from "./still-file.ts";

interface Restore {
  copy: string;
  /** The data file it takes the place of. */
  file: string;
  now: Date;
}

const JOURNALS = ["-wal", "-shm", "-journal"];

/**
 * Puts a copy in the place of the data file. Whenever that is interrupted, either of them lies there whole. Returns where what
 * was there is kept; null for nothing. Throws AppError `store/locked`, `store/damaged`, `store/newer`, `backup/*`.
 */
export async function restoreFile({ copy, file, now }: Restore): Promise<string | null> {
  const next = `${file}.restoring`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const release = lockOf(file);
  try {
    await stage(copy, next);
    const kept = await keep(file, now);
    await rename(next, file);
    await sync(path.dirname(file));
    return kept;
  } catch (thrown) {
    for (const ending of ["", ...JOURNALS]) await rm(`${next}${ending}`, { force: true });
    const error = translate(thrown, null);
    throw error instanceof AppError ? error : new AppError("backup/failed", { cause: thrown });
  } finally {
    release();
  }
}

/** Keeps every other Lede out; a file that is damaged nobody can have open. Throws AppError `store/locked`. */
function lockOf(file: string): () => void {
  try {
    const database = openDatabase(file);
    // In one file, so that it can be kept under another name, and so that closing it removes no journal of the next.
    database.exec("pragma wal_checkpoint(truncate)");
    database.exec("pragma journal_mode = delete");
    return () => database.close();
  } catch (thrown) {
    const error = translate(thrown, null);
    if (error instanceof AppError && error.code === "store/damaged") return () => undefined;
    throw error;
  }
}

/** Makes a whole file of a copy and the journal that may lie beside it, and looks whether this Lede can use it. */
async function stage(copy: string, next: string): Promise<void> {
  await needRoom(copy, path.dirname(next));
  for (const ending of ["", ...JOURNALS]) await rm(`${next}${ending}`, { force: true });
  await copyFile(copy, next);
  await chmod(next, 0o600);
  if (await isThere(`${copy}-wal`)) await copyFile(`${copy}-wal`, `${next}-wal`);
  const database = new DatabaseSync(next);
  try {
    checkOurs(database);
    database.exec("pragma journal_mode = delete");
    checkForm(database);
  } finally {
    database.close();
  }
  const found = await readStill({ file: next, copyTo: null, signal: new AbortController().signal });
  if (found.length > 0) throw new AppError("store/damaged", { details: { found } });
  await sync(next);
}

/** Throws AppError `store/newer`. */
function checkForm(database: DatabaseSync): void {
  const known = sqliteMigrations(createSeal(""));
  const applied = database.prepare("select name from kysely_migration").all();
  const unknown = applied.map(({ name }) => String(name)).filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0) throw new AppError("store/newer", { details: { unknown } });
}

/** Journals go first: beside another file they would be taken for its own. */
async function keep(file: string, now: Date): Promise<string | null> {
  const kept = `${file}.replaced-${now.toISOString().replaceAll(":", "-")}`;
  for (const ending of JOURNALS)
    if (await isThere(`${file}${ending}`)) await rename(`${file}${ending}`, `${kept}${ending}`);
  const size = (await stat(file).catch(() => null))?.size ?? 0;
  if (size === 0) return null;
  // A second name, so that the first one is never without a file: a Lede that starts would make an empty one.
  await link(file, kept);
  return kept;
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}
