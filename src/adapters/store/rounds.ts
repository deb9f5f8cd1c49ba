import type { Database } from "./schema.ts";

/**
 * Does in one transaction what is asked for side by side: whatever comes while one is under way makes up the next. A commit
 * waits for the disk, and one that many share takes no longer. Where it fails each is done by itself, so that none fails
 * of another.
 */
export function inRounds<Asked, Told>(
  db: Database,
  one: (trx: Database, asked: Asked) => Promise<Told>,
): (asked: Asked) => Promise<Told> {
  let waiting: { asked: Asked; told: PromiseWithResolvers<Told> }[] = [];
  let isUnderWay = false;

  async function round(taken: typeof waiting): Promise<void> {
    try {
      const ends = await db.transaction().execute(async (trx) => {
        const done: (() => void)[] = [];
        for (const { asked, told } of taken) {
          const result = await one(trx, asked);
          done.push(() => told.resolve(result));
        }
        return done;
      });
      for (const end of ends) end();
    } catch (error) {
      if (taken.length === 1) taken[0]?.told.reject(error);
      else for (const piece of taken) await round([piece]);
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const taken = waiting;
      waiting = [];
      await round(taken);
    }
    isUnderWay = false;
  }

  return (asked) => {
    const told = Promise.withResolvers<Told>();
    waiting.push({ asked, told });
    if (!isUnderWay) {
      isUnderWay = true;
      void run();
    }
    return told.promise;
  };
}
