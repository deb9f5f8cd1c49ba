import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import { translate } from "./node-sqlite.ts";

const MOST_FOUND = 3;
const SOUND = "ok";

parentPort?.postMessage(check(new URL(z.string().parse(workerData))));

function check(file: URL): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
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
