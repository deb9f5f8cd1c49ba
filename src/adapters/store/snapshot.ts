import { type BigIntStats, constants } from "node:fs";
import { copyFile, type FileHandle, open, rm, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "#src/core/errors.ts";

/** Times of files are this coarse at most: a change just before would look like none. */
const QUIET_MS = 100;
const PAUSE_MS = 50;
/** A store is written through every thousand pages or so; in between there is time to copy. */
const MOST_TRIES = 200;
/** What SQLite begins a journal with, and begins anew after each time it is written through. */
const JOURNAL_HEAD_BYTES = 32;

/**
 * Copies a store that another process may be writing, as it was at one moment. Between two times at which the journal is
 * written through, the file stays as it is and the journal only grows: a copy in which neither happened is whole.
 * No lock is taken. Throws AppError `store/locked` when the store never was quiet for as long as that takes.
 */
export async function takeSnapshot(from: string, to: string): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const before = await stateOf(from);
    if (before !== null) {
      await copyFile(from, to, constants.COPYFILE_FICLONE);
      await copyJournal(from, to);
      if ((await stateOf(from)) === before) return;
    }
    await sleep(PAUSE_MS);
  }
  const say = "Lede writes to its store without a pause. Try again when less is published, or stop it first.";
  throw new AppError("store/locked", { say });
}

/** What changes whenever the journal is written through; null while that may be going on. */
async function stateOf(file: string): Promise<string | null> {
  const { ino, mtimeMs, mtimeNs, size } = await statThere(file);
  if (Date.now() - Number(mtimeMs) < QUIET_MS) return null;
  return [ino, mtimeNs, size, await headOf(journalOf(file))].join("|");
}

async function headOf(journal: string): Promise<string> {
  const handle = await openThere(journal);
  if (handle === null) return "";
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(JOURNAL_HEAD_BYTES), 0, JOURNAL_HEAD_BYTES, 0);
  await handle.close();
  return buffer.subarray(0, bytesRead).toString("hex");
}

async function statThere(file: string): Promise<BigIntStats> {
  try {
    return await stat(file, { bigint: true });
  } catch (cause) {
    const say = `${file} can not be read. Check LEDE_DATA, and run this as the user that Lede runs as, after its first start.`;
    throw new AppError("config/invalid", { say, cause });
  }
}

async function copyJournal(from: string, to: string): Promise<void> {
  try {
    await copyFile(journalOf(from), journalOf(to), constants.COPYFILE_FICLONE);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await rm(journalOf(to), { force: true });
  }
}

async function openThere(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, "r");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function journalOf(file: string): string {
  return `${file}-wal`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
