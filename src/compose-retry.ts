import { RETRIES_PATH, Retried } from "#src/adapters/sign-in/operator-routes.ts";
import { askRunning } from "#src/adapters/sign-in/running-file.ts";
import { whileRunning } from "#src/compose-backup.ts";
import { clock, knownDataFile, openStore } from "#src/compose-tools.ts";
import { type Config, readConfig } from "#src/config.ts";
import { retryAll } from "#src/pipeline/retry-all.ts";

/** Has the Lede that runs try again what was given up, or leaves it to the next start. Throws AppError `config/invalid`, `store/*`. */
export async function retryNow(): Promise<Retried> {
  const config = readConfig();
  knownDataFile(config.dataDir);
  return whileRunning(
    async () => (await askRunning(config.dataDir, { path: RETRIES_PATH, answer: Retried })).said,
    () => retryHere(config),
  );
}

async function retryHere(config: Config): Promise<Retried> {
  const store = await openStore(config);
  try {
    return await retryAll({ clock, store });
  } finally {
    await store.close();
  }
}
