import { expect, test } from "vitest";
import { NO_LIMITS, NOBODY, payerOf } from "#src/core/budget.ts";
import { createLog } from "#src/log.ts";
import { NO_GRANTS } from "#src/core/operator.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import { watchNext } from "#src/pipeline/watch.ts";
import { setLimits } from "#tests/contracts/store-fixtures.ts";
import { useWriting } from "./writing-setup.ts";

const bench = useWriting();

test("the operator's log warns once a period that the budget of all of Lede runs out", async () => {
  let now = new Date("2026-11-24T12:00:00Z");
  const logged: object[] = [];
  const log = createLog(
    { level: "warn", format: "json" },
    { write: (line) => void logged.push(JSON.parse(line)) },
  );
  const deps = {
    store: bench.store,
    directory: createDirectory(bench.store, NO_GRANTS),
    platforms: new Map(),
    clock: () => now,
    log,
  };
  const standing = { ...NO_LIMITS, dayTokens: 100, monthMoney: 3_000_000 };
  const spend = async (tokens: number, money: number): Promise<object[]> => {
    now = new Date(now.getTime() + 60_000);
    const [id, amount] = [now.toISOString(), { tokens, money }];
    await bench.store.settleBudget({ id, payer: NOBODY, amount, standing, now });
    await watchNext(deps);
    await watchNext(deps);
    return logged.splice(0);
  };

  expect(await spend(79, 0)).toEqual([]);
  const near = expect.stringContaining("nearly used up");
  expect(await spend(6, 0)).toMatchObject([
    { level: 40, limit: "dayTokens", period: "2026-11-24", used: 85, most: 100, msg: near },
  ]);
  expect(await spend(5, 0)).toEqual([]);
  const reserved = { id: "r", payer: NOBODY, amount: { tokens: 20, money: 0 }, standing, now };
  expect(await bench.store.reserveBudget(reserved)).toMatchObject({ kind: "refused" });
  expect(await spend(0, 0)).toMatchObject([{ msg: expect.stringContaining("built-in writer writes") }]);
  now = new Date("2026-11-25T12:00:00Z");
  expect(await spend(80, 2_400_000)).toMatchObject([
    { limit: "dayTokens", period: "2026-11-25" },
    { limit: "monthMoney", period: "2026-11", used: "2.40", most: "3.00", msg: near },
  ]);
});

test("a workspace's own budget is its moderators' and not in the operator's log", async () => {
  const now = new Date("2026-11-24T12:00:00Z");
  const logged: string[] = [];
  const log = createLog({ level: "warn", format: "json" }, { write: (line) => void logged.push(line) });
  await setLimits(bench.store, "workspace:discord:1", { ...NO_LIMITS, dayTokens: 100 });
  const amount = { tokens: 90, money: 0 };
  const payer = payerOf("discord:1:10");
  await bench.store.settleBudget({ id: "a", payer, amount, standing: NO_LIMITS, now });
  const deps = {
    store: bench.store,
    directory: createDirectory(bench.store, NO_GRANTS),
    platforms: new Map(),
    clock: () => now,
    log,
  };
  expect(await watchNext(deps)).toBe(true);
  expect(logged).toEqual([]);
});
