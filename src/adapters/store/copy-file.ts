import { type BackupFolder, makeBackup } from "./backups.ts";
import type { BackupKind } from "#src/ports-store.ts";
import { openDatabase } from "./node-sqlite.ts";

/**
 * Copies a data file that nobody uses, as it is: nothing in it is migrated. Returns where the copy is. Throws AppError
 * `store/locked`, `store/damaged`, `backup/*`.
 */
export async function copyDataFile({
  file,
  kind,
  now,
  ...backups
}: BackupFolder & { file: string; kind: BackupKind; now: Date }): Promise<string> {
  const database = openDatabase(file);
  try {
    // What a killed process left in the journal belongs to it.
    database.exec("pragma wal_checkpoint(truncate)");
    const { signal } = new AbortController();
    return await makeBackup({ ...backups, file, kind, now, signal });
  } finally {
    database.close();
  }
}
