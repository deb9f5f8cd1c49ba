import { readFileSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";

/** sqlite.org/fileformat2.html, "The WAL File Format": sizes and places in bytes. */
const HEADER = { bytes: 32, pageSize: 8, salts: 16 } as const;
const FRAME = { bytes: 24, sizeAfterCommit: 4, salts: 8 } as const;
const SALTS_BYTES = 8;

const Carried = z.object({ log: z.int() });

/**
 * Whether all that was committed to the journal since it was begun anew was found in it when the file was opened: SQLite
 * reads a journal up to the first damage, and says nothing of what comes after. A journal that is gone is not whole.
 */
export function isJournalWhole(database: DatabaseSync, file: string): boolean {
  const { log: found } = Carried.parse(database.prepare("pragma wal_checkpoint(passive)").get());
  const journal = read(`${file}-wal`);
  if (found <= 0 || journal.length < HEADER.bytes) return false;
  const salts = journal.subarray(HEADER.salts, HEADER.salts + SALTS_BYTES);
  const frameBytes = FRAME.bytes + journal.readUInt32BE(HEADER.pageSize);
  for (let at = HEADER.bytes + found * frameBytes; at + FRAME.bytes <= journal.length; at += frameBytes) {
    const frame = journal.subarray(at, at + FRAME.bytes);
    // Behind the newest lies what is left of the journal before it, with other salts.
    const isOurs = frame.subarray(FRAME.salts, FRAME.salts + SALTS_BYTES).equals(salts);
    if (isOurs && frame.readUInt32BE(FRAME.sizeAfterCommit) > 0) return false;
  }
  return true;
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
