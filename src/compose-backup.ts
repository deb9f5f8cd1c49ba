import { existsSync } from "node:fs";
import path from "node:path";
import { type AskedCopy, BACKUPS_PATH, BackupMade } from "#src/adapters/sign-in/operator-routes.ts";
import { askRunning } from "#src/adapters/sign-in/running-file.ts";
import { copyDataFile } from "#src/adapters/store/copy-file.ts";
import { restoreFile } from "#src/adapters/store/restore.ts";
import { clock, dataFileIn, knownDataFile } from "#src/compose-tools.ts";
import { readConfig } from "#src/config.ts";
import { AppError, toAppError } from "#src/core/errors.ts";

/** Has the Lede that runs copy its store, or copies it where none runs. Returns where. Throws AppError `backup/*`, `store/*`. */
export async function makeBackupNow(kind: AskedCopy = "asked"): Promise<string> {
  const { backups, dataDir } = readConfig();
  const file = knownDataFile(dataDir);
  return whileRunning(
    async () => {
      const { said } = await askRunning(dataDir, {
        path: `${BACKUPS_PATH}?kind=${kind}`,
        answer: BackupMade,
      });
      return said.file;
    },
    () => copyDataFile({ ...backups, file: path.resolve(file), kind, now: clock() }),
  );
}

/** Puts a copy in the place of the store. Returns where what was there is kept. Throws AppError `store/*`, `backup/*`. */
export async function restoreStore(copy: string): Promise<string | null> {
  const { dataDir } = readConfig();
  if (!existsSync(copy)) {
    const say = `There is no file ${copy}. Name a copy that \`lede backup\` or Lede itself made.`;
    throw new AppError("command/bad-options", { say });
  }
  return restoreFile({ copy, file: dataFileIn(dataDir), now: clock() });
}

/** What the Lede on the data folder is asked for; done here where none runs. */
export async function whileRunning<Result>(
  ask: () => Promise<Result>,
  here: () => Promise<Result>,
): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (toAppError(error).code !== "page/not-running") throw error;
    return here();
  }
}
