import { randomBytes } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "#src/core/errors.ts";
import { CANNOT_WRITE } from "./node-sqlite.ts";

export const KEY_FILE = "lede.key";
const KEY_BYTES = 32;
/** Of a key as text: what 32 bytes are in base64 is longer, a file that was cut off is shorter. */
export const SHORTEST_KEY = 32;

/**
 * The key of the file beside the data file, which is made where there is none. Call it with the data file locked: two
 * processes would make two keys. Throws AppError `config/invalid`.
 */
export async function keyBeside(dataFile: string): Promise<string> {
  const file = path.join(path.dirname(dataFile), KEY_FILE);
  const key = await read(file);
  if (key === null) return make(file);
  if (key.length >= SHORTEST_KEY) return key;
  const say = `${KEY_FILE} in the data folder holds no key. Put it back from a copy; without one delete it, and Lede makes another.`;
  throw new AppError("config/invalid", { say, details: { file } });
}

async function read(file: string): Promise<string | null> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    const say = `${KEY_FILE} in the data folder can not be read. Make it belong to the account that Lede runs as.`;
    throw new AppError("config/invalid", { say, details: { file }, cause: error });
  }
}

/** Under its name it is whole, whenever the power is cut. */
async function make(file: string): Promise<string> {
  const key = randomBytes(KEY_BYTES).toString("base64");
  const next = `${file}.next`;
  try {
    await rm(next, { force: true });
    const handle = await open(next, "wx", 0o600);
    await handle.writeFile(`${key}\n`);
    await handle.sync();
    await handle.close();
    await rename(next, file);
  } catch (error) {
    throw new AppError("config/invalid", { say: CANNOT_WRITE, details: { file }, cause: error });
  }
  return key;
}
