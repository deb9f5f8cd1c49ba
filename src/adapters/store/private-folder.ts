import { access, chmod, constants, mkdir, open, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "#src/core/errors.ts";
import { KEY_FILE } from "./key-file.ts";
import { CANNOT_WRITE } from "./node-sqlite.ts";

const OTHERS = 0o077;

/**
 * Makes the folder of a data file and leaves it and what Lede keeps in it to its owner alone, also where they were there
 * before: members-only articles are in them. The data file exists afterwards, so that SQLite gives its companions the
 * same rights. Throws AppError `config/invalid`.
 */
export async function keepPrivate(dataFile: string): Promise<void> {
  const folder = path.dirname(dataFile);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await make(dataFile);
    // Of a file system that is read-only SQLite says no more than that the disk fails.
    for (const place of [folder, dataFile]) await access(place, constants.W_OK);
  } catch (error) {
    throw new AppError("config/invalid", { say: CANNOT_WRITE, details: { folder }, cause: error });
  }
  if (process.platform === "win32") return;
  // A volume's folder may belong to another account, and the files are closed all the same; doctor tells of it.
  await close(folder, 0o700).catch(() => undefined);
  for (const name of await readdir(folder)) {
    if (!isOurs(name, dataFile)) continue;
    await close(path.join(folder, name), 0o600).catch((cause: unknown) => {
      const say = `${name} in the data folder can be read by other accounts, and its rights can not be changed. Make it belong to the account that Lede runs as.`;
      throw new AppError("config/invalid", { say, details: { folder, name }, cause });
    });
  }
}

/** A file that is there is not opened: closing it again would give up the lock of this very process on it (POSIX). */
async function make(file: string): Promise<void> {
  try {
    await (await open(file, "ax", 0o600)).close();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

/** Whether other accounts of this machine can look into the folder; null where its mode does not tell (Windows). */
export async function isOpenToOthers(folder: string): Promise<boolean | null> {
  if (process.platform === "win32") return null;
  return ((await stat(folder)).mode & OTHERS) !== 0;
}

/** The data file, SQLite's companions of it, the key and the file of cases; nothing else in the folder is touched. */
function isOurs(name: string, dataFile: string): boolean {
  const ours = [path.basename(dataFile), "cases.jsonl", KEY_FILE];
  return ours.some((start) => name.startsWith(start));
}

async function close(file: string, mode: number): Promise<void> {
  if (((await stat(file)).mode & OTHERS) !== 0) await chmod(file, mode);
}
