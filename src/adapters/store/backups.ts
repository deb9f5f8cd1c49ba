import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { AppError } from "#src/core/errors.ts";
import type { BackupKind } from "#src/ports-store.ts";
import { translate } from "./node-sqlite.ts";
import { readStill } from "./still-file.ts";

/** Where copies of a store are kept, and how many of each kind. */
export interface BackupFolder {
  folder: string;
  /** The newest ones of a kind that stay; 0 for all of them, and none is made unasked. */
  keep: number;
}

const START = "lede-";
const END = ".sqlite";
/** Of a copy that is being made. */
const PART = ".part";
/** So many times its size has to be free: a copy must not take the room that the store itself needs. */
const ROOM_FACTOR = 2;

interface MakeBackup extends BackupFolder {
  /** Nothing may be written to it meanwhile, and nobody else makes a copy of it. */
  file: string;
  kind: BackupKind;
  now: Date;
  signal: AbortSignal;
}

/** Copies a data file. Under its name the copy is whole, read through and its owner's alone. Returns its path. Throws AppError `backup/*`. */
export async function makeBackup({ file, folder, keep, kind, now, signal }: MakeBackup): Promise<string> {
  const target = path.join(folder, nameOf(kind, now));
  const part = `${target}${PART}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await dropParts(folder);
    await needRoom(file, folder);
    await (await open(part, "wx", 0o600)).close();
    const found = await readStill({ file, copyTo: part, signal });
    if (found.length > 0) throw new AppError("backup/damaged", { details: { found } });
    await sync(part);
    await rename(part, target);
    await sync(folder);
  } catch (thrown) {
    await rm(part, { force: true }).catch(() => undefined);
    signal.throwIfAborted();
    throw toBackupError(thrown, folder);
  }
  await prune({ folder, keep }, kind);
  return target;
}

/** When the newest copy of a kind was made; null for never. */
export async function newestBackup(folder: string, kind: BackupKind): Promise<Date | null> {
  const [newest] = await namesOf(folder, kind);
  return newest === undefined ? null : timeOf(newest);
}

/** Windows allows no colons in names. */
function nameOf(kind: BackupKind, at: Date): string {
  return `${START}${at.toISOString().replaceAll(":", "-")}-${kind}${END}`;
}

const NAME = /^lede-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)-(\w+)\.sqlite$/;

function timeOf(name: string): Date | null {
  const [, hour, minute, rest] = NAME.exec(name) ?? [];
  return hour === undefined ? null : new Date(`${hour}:${minute}:${rest}`);
}

/** Newest first: the time stands in front. */
async function namesOf(folder: string, kind: BackupKind): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => NAME.exec(name)?.[4] === kind)
    .sort()
    .reverse();
}

async function prune({ folder, keep }: BackupFolder, kind: BackupKind): Promise<void> {
  if (keep === 0) return;
  for (const name of (await namesOf(folder, kind)).slice(keep)) await rm(path.join(folder, name));
}

/** Of processes that were killed while they made a copy. */
async function dropParts(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(START) && name.includes(`${END}${PART}`)) await rm(path.join(folder, name));
}

/** Throws AppError `backup/no-room`. */
export async function needRoom(file: string, folder: string): Promise<void> {
  const { size } = await stat(file);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < size * ROOM_FACTOR)
    throw new AppError("backup/no-room", { details: { folder, size, free: bavail * bsize } });
}

/** Keeps a file, or what a folder lists, over a power cut. Windows can not do that for a folder, and need not. */
export async function sync(place: string): Promise<void> {
  const handle = await open(place, "r").catch(() => null);
  if (handle === null) return;
  await handle.sync().catch((error: unknown) => {
    if (process.platform !== "win32") throw error;
  });
  await handle.close();
}

function toBackupError(thrown: unknown, folder: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const known = translate(thrown, null);
  const isFull = known instanceof AppError ? known.code === "store/full" : codeOf(thrown) === "ENOSPC";
  return new AppError(isFull ? "backup/no-room" : "backup/failed", { cause: thrown, details: { folder } });
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && "code" in thrown ? thrown.code : null;
}
