import type { DatabaseSync } from "node:sqlite";
import { AppError } from "#src/core/errors.ts";
import { isStoreCode } from "#src/core/store-trouble.ts";
import { isRefusal, translate } from "./node-sqlite.ts";

/** How the store is. While something is wrong every write is refused for that reason, so that nothing is done by half. */
export interface Condition {
  /** What keeps it from being written; null while nothing does. */
  trouble: () => AppError | null;
  /** Does work on the database; where the store fails, that is its trouble from then on. Throws AppError `store/*`. */
  guarded: <Result>(work: () => Result) => Result;
  /** Stops all writing. Damage stays until somebody repaired it, whatever is found beside it. */
  stop: (trouble: AppError) => void;
  /** Tries to write while something is wrong that may be over; where that succeeds, it is. */
  tryAgain: () => void;
  /** Does work that has to be stored, again each time a trouble is over. Throws its error once nobody waits any more. */
  lasting: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Lets what waits for the end of a trouble fail, now and later. */
  stopWaiting: () => void;
}

/** As much as a long article: on a disk with less room the next one would fail again. */
const TRIED_CHARACTERS = 262_144;

export function createCondition(database: DatabaseSync): Condition {
  let trouble: AppError | null = null;
  let isWaiting = true;
  let changed = Promise.withResolvers<void>();

  function tell(): void {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  }

  function stop(found: AppError): void {
    if (trouble?.code === "store/damaged") return;
    trouble = found;
    // SQLite itself refuses from here on, whatever the statement.
    database.exec("pragma query_only = on");
  }

  function guarded<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (thrown) {
      if (trouble !== null && isRefusal(thrown)) throw new AppError(trouble.code, { cause: trouble });
      const error = translate(thrown, null);
      if (error instanceof AppError && isStoreCode(error.code)) stop(error);
      throw error;
    }
  }

  function tryAgain(): void {
    if (trouble === null || trouble.code === "store/damaged" || database.isTransaction) return;
    database.exec("pragma query_only = off");
    try {
      guarded(() => tryWriting(database));
    } catch (error) {
      database.exec("pragma query_only = on");
      if (!(error instanceof AppError)) throw error;
      return;
    }
    trouble = null;
    tell();
  }

  return {
    trouble: () => trouble,
    guarded,
    stop,
    tryAgain,
    lasting: async (work) => {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          if (!isWaiting || !(error instanceof AppError) || !isStoreCode(error.code)) throw error;
          if (trouble !== null) await changed.promise;
        }
      }
    },
    stopWaiting: () => {
      isWaiting = false;
      tell();
    },
  };
}

function tryWriting(database: DatabaseSync): void {
  const name = "store.tried";
  database
    .prepare("insert or replace into settings (name, value) values (?, ?)")
    .run(name, "x".repeat(TRIED_CHARACTERS));
  database.prepare("delete from settings where name = ?").run(name);
}
