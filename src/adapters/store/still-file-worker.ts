import { backup, DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import { holdsSecrets, takeOutSecrets } from "./clear-secrets.ts";
import { translate } from "./node-sqlite.ts";

const MOST_FOUND = 3;
const SOUND = "ok";
/** 8 MB a step: between two of them the thread can be ended. */
const PAGES_A_STEP = 2_000;

const Work = z.object({ file: z.string(), copyTo: z.string().nullable(), check: z.string() });

const { check, copyTo, file } = Work.parse(workerData);
if (copyTo !== null) await copy(new URL(file), copyTo);
let found = readThrough(new URL(check));
// Nothing is written into what is damaged, and what was written is read through as well.
if (copyTo !== null && found.length === 0 && isInClear(new URL(check))) {
  takeOutSecrets(copyTo);
  found = readThrough(new URL(check));
}
parentPort?.postMessage(found);

function isInClear(from: URL): boolean {
  const database = new DatabaseSync(from, { readOnly: true });
  try {
    return holdsSecrets(database);
  } finally {
    database.close();
  }
}

async function copy(from: URL, to: string): Promise<void> {
  const database = new DatabaseSync(from, { readOnly: true });
  try {
    await backup(database, to, { rate: PAGES_A_STEP });
  } finally {
    database.close();
  }
}

function readThrough(from: URL): string[] {
  const database = new DatabaseSync(from, { readOnly: true });
  try {
    return database
      .prepare(`pragma quick_check(${MOST_FOUND})`)
      .all()
      .map((row) => String(Object.values(row)[0]))
      .filter((found) => found !== SOUND);
  } catch (thrown) {
    const error = translate(thrown, null);
    if (error instanceof AppError && error.code === "store/damaged") return [error.message];
    throw thrown;
  } finally {
    database.close();
  }
}
