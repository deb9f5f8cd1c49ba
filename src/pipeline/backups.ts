import { toAppError } from "#src/core/errors.ts";
import type { Log } from "#src/log.ts";
import type { Clock } from "#src/ports.ts";
import type { StoreCare } from "#src/ports-store.ts";
import type { Job } from "./worker.ts";

interface BackupDeps {
  store: Pick<StoreCare, "backup" | "lastBackup">;
  clock: Clock;
  log: Log;
}

const LOOK_EVERY_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
/** A start has other things to do first. */
const AFTER_START_MS = 60_000;
const AFTER_FAILURE_MS = 3_600_000;

/** Copies the store once a day, over restarts. */
export function backupJob({ clock, log, store }: BackupDeps): Job {
  let notBefore = clock().getTime() + AFTER_START_MS;
  return {
    name: "backups",
    runners: 1,
    idleMs: LOOK_EVERY_MS,
    next: async (signal) => {
      const now = clock();
      if (now.getTime() < notBefore) return false;
      const last = await store.lastBackup();
      if (last !== null && Math.abs(now.getTime() - last.getTime()) < DAY_MS) return false;
      try {
        const file = await store.backup({ kind: "daily", now, signal });
        log.info({ file }, "store copied");
      } catch (error) {
        if (signal.aborted) return false;
        notBefore = now.getTime() + AFTER_FAILURE_MS;
        log.error({ err: toAppError(error) }, "the store could not be copied; it is tried again in an hour");
      }
      return false;
    },
  };
}
