import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { isJournalWhole } from "./journal.ts";

/** Beside the data file: which file Lede had open last, and whether it closed that with nothing in hand. */
const ENDING = ".last";

interface Mark {
  /** The file, and no copy of it. */
  ino: string;
  /** It, and not as it was before any change: nobody can set the time of its change. */
  state: string;
}

/** Null for a file that is not there, or is empty. */
export function fileMark(file: string): Mark | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (found === undefined || found.size === 0n) return null;
  return { ino: String(found.ino), state: `${found.ino}:${found.size}:${found.ctimeNs}` };
}

/**
 * Whether the file, marked before it was opened, holds all that Lede ever left in it: it is the very one that was closed
 * last, or the one that was open in a crash, with its journal.
 */
export function isAsLeft(database: DatabaseSync, file: string, mark: Mark | null): boolean {
  if (mark === null) return true;
  const last = read(`${file}${ENDING}`);
  if (last === `closed ${mark.state}`) return true;
  return last === `open ${mark.ino}` && isJournalWhole(database, file);
}

/** The file counts as an unknown one until its channels were looked into. */
export function forgetLast(file: string): void {
  rmSync(`${file}${ENDING}`, { force: true });
}

/** To be called once all that may stand in channels without its knowledge is to be looked for. */
export function saveStart(file: string): void {
  writeFileSync(`${file}${ENDING}`, `open ${fileMark(file)?.ino ?? ""}`, { mode: 0o600 });
}

/** To be called with all carried over into the file, and the file still locked. */
export function saveStop(file: string): void {
  writeFileSync(`${file}${ENDING}`, `closed ${fileMark(file)?.state ?? ""}`, { mode: 0o600 });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
