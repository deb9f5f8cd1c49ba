import type { DatabaseSync } from "node:sqlite";
import type { Condition } from "./condition.ts";
import type { Database } from "./schema.ts";

/** SQLite's own: pages in the journal after which it is carried over into the file. */
const CARRY_OVER_PAGES = 1_000;

/** Times in which a data file is whole and stays as it is, because changes go to the journal alone. */
export interface Stillness {
  /** Does work in such a time, one after another. */
  during: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Resolves once what was begun is over. */
  over: () => Promise<unknown>;
}

interface StillnessOptions {
  db: Database;
  database: DatabaseSync;
  condition: Condition;
  closing: AbortSignal;
}

export function createStillness({ closing, condition, database, db }: StillnessOptions): Stillness {
  let last: Promise<unknown> = Promise.resolve();
  return {
    during: (work) => {
      const done = last.then(async () => {
        closing.throwIfAborted();
        // Between two transactions: within one there is nothing whole.
        await db.connection().execute(() => Promise.resolve(condition.guarded(() => carryOver(database))));
        try {
          return await work();
        } finally {
          database.exec(`pragma wal_autocheckpoint = ${CARRY_OVER_PAGES}`);
        }
      });
      last = done.catch(() => undefined);
      return done;
    },
    over: () => last,
  };
}

function carryOver(database: DatabaseSync): void {
  database.exec("pragma wal_checkpoint(truncate)");
  database.exec("pragma wal_autocheckpoint = 0");
}
