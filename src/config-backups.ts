import path from "node:path";
import { z } from "zod";

const KEPT = 7;
const MOST_KEPT = 1_000;

/** The variables that say where copies of the store go, in the order of `.env.example`. */
export const BACKUP_ENV = {
  LEDE_BACKUPS: z.coerce.number("must be a number").int().min(0).max(MOST_KEPT).default(KEPT),
  LEDE_BACKUP_DIR: z.string().trim().min(1).optional(),
} as const;

const BackupEnv = z.object(BACKUP_ENV);
type BackupEnv = z.output<typeof BackupEnv>;

export interface BackupConfig {
  folder: string;
  /** The newest ones of a kind that stay; 0 for all of them, and none is made unasked. */
  keep: number;
}

export function toBackups({ LEDE_BACKUPS, LEDE_BACKUP_DIR }: BackupEnv, dataDir: string): BackupConfig {
  return { folder: LEDE_BACKUP_DIR ?? path.join(dataDir, "backups"), keep: LEDE_BACKUPS };
}
