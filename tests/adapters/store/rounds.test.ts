import { expect, test } from "vitest";
import { inRounds } from "#src/adapters/store/rounds.ts";
import type { Database } from "#src/adapters/store/schema.ts";

/** A database that counts its transactions, with what they did in order. */
function counting() {
  const done: string[] = [];
  let transactions = 0;
  const execute = async <Result>(work: (trx: Database) => Promise<Result>): Promise<Result> => {
    transactions += 1;
    await Promise.resolve();
    return work({} as Database);
  };
  const db = { transaction: () => ({ execute }) } as unknown as Database;
  return { db, done, transactions: () => transactions };
}

test("what is asked for meanwhile is done in one transaction, in its order, and each is told its own", async () => {
  const { db, done, transactions } = counting();
  const ask = inRounds(db, (_trx, name: string) => {
    done.push(name);
    return Promise.resolve(name.toUpperCase());
  });
  const asked = ["a", "b", "c", "d"].map((name) => ask(name));
  expect(await Promise.all(asked)).toEqual(["A", "B", "C", "D"]);
  expect(done).toEqual(["a", "b", "c", "d"]);
  expect(transactions()).toBe(2);
  expect(await ask("e")).toBe("E");
  expect(transactions()).toBe(3);
});

test("what fails does not fail the others, and none is told before all is stored", async () => {
  const { db } = counting();
  const ask = inRounds(db, (_trx, name: string) =>
    name === "bad" ? Promise.reject(new Error("bad")) : Promise.resolve(name),
  );
  const asked = ["first", "good", "bad", "last"].map((name) => ask(name));
  const told = await Promise.allSettled(asked);
  expect(told.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
});
