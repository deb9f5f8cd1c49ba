import { describe, expect, test } from "vitest";
import { NO_LIMITS, NOBODY, payerOf, RESERVATION_MS, type ReserveBudget } from "#src/core/budget.ts";
import type { Store } from "#src/ports-store.ts";
import { at, NEWS, setLimits, SLACK, SPORT } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

const PAYER = payerOf(NEWS);
const DAY_OF_100 = { ...NO_LIMITS, dayTokens: 100 };

function reservation(id: string, changes: Partial<ReserveBudget> = {}): ReserveBudget {
  return {
    id,
    payer: PAYER,
    amount: { tokens: 60, money: 0 },
    standing: NO_LIMITS,
    now: at(0),
    ...changes,
  };
}

async function spend(store: Store, tokens: number, changes: Partial<ReserveBudget> = {}): Promise<void> {
  const taken = reservation(`spend-${tokens}-${JSON.stringify(changes)}`, {
    amount: { tokens, money: tokens * 10 },
    ...changes,
  });
  expect(await store.reserveBudget(taken)).toMatchObject({ kind: "reserved" });
  await store.settleBudget({ ...taken, amount: taken.amount });
}

export function describeBudgets(used: () => StoreInUse): void {
  describe("budgets", () => {
    test("two who ask at once can not both have what is left once", async () => {
      const { store } = used();
      const input = { standing: DAY_OF_100 };
      const results = await Promise.all(
        ["a", "b", "c"].map((id) => store.reserveBudget(reservation(id, input))),
      );
      expect(results.map(({ kind }) => kind)).toEqual(["reserved", "refused", "refused"]);
      expect(results[1]).toEqual({ kind: "refused", scope: "all", limit: "dayTokens" });
    });

    test("a reservation ends in what was spent, which is kept", async () => {
      const input = reservation("a", { standing: DAY_OF_100 });
      await used().store.reserveBudget(input);
      await used().store.settleBudget({ ...input, amount: { tokens: 30, money: 7 } });
      const store = await used().reopen();
      const [all, workspace, channel] = await store.budgetState(PAYER, { standing: DAY_OF_100, now: at(1) });
      const use = { spent: { tokens: 30, money: 7 }, reserved: { tokens: 0, money: 0 } };
      expect(all).toEqual({ scope: "all", limits: DAY_OF_100, day: use, month: use });
      expect(workspace).toMatchObject({ scope: "workspace:discord:1", day: use, month: use });
      expect(channel).toMatchObject({ scope: `channel:${NEWS}`, day: use, month: use });
    });

    test("a reservation given back costs nothing", async () => {
      const { store } = used();
      const input = reservation("a", { standing: DAY_OF_100 });
      await store.reserveBudget(input);
      await store.settleBudget({ ...input, amount: null });
      expect(await store.reserveBudget({ ...input, id: "b" })).toMatchObject({ kind: "reserved" });
    });

    test("a reservation nobody settles ends by itself; settled later, it counts all the same", async () => {
      const { store } = used();
      const input = reservation("a", { standing: DAY_OF_100 });
      await store.reserveBudget(input);
      const late = new Date(at(0).getTime() + RESERVATION_MS);
      const justBefore = new Date(late.getTime() - 1);
      expect(await store.reserveBudget({ ...input, id: "b", now: justBefore })).toMatchObject({
        kind: "refused",
      });
      const [before] = await store.budgetState(NOBODY, { standing: DAY_OF_100, now: late });
      expect(before?.day.reserved).toEqual({ tokens: 0, money: 0 });
      expect(await store.reserveBudget({ ...input, id: "c", now: late })).toMatchObject({ kind: "reserved" });
      await store.settleBudget({ ...input, amount: { tokens: 50, money: 0 }, now: late });
      const [all] = await store.budgetState(NOBODY, { standing: DAY_OF_100, now: late });
      expect(all?.day).toEqual({ spent: { tokens: 50, money: 0 }, reserved: { tokens: 60, money: 0 } });
    });

    test("a limit holds for its own workspace or channel alone", async () => {
      const { store } = used();
      await setLimits(store, "workspace:discord:1", { ...NO_LIMITS, monthMoney: 500 });
      await setLimits(store, `channel:${SPORT}`, DAY_OF_100);
      await setLimits(store, `channel:${SPORT}`, { ...NO_LIMITS, dayTokens: 10 });
      expect(await store.budgetLimits(`channel:${SPORT}`)).toEqual({ ...NO_LIMITS, dayTokens: 10 });
      expect(await store.budgetLimits(`channel:${SLACK}`)).toEqual(NO_LIMITS);
      const amount = { tokens: 60, money: 300 };
      expect(await store.reserveBudget(reservation("a", { payer: payerOf(SPORT), amount }))).toEqual({
        kind: "refused",
        scope: `channel:${SPORT}`,
        limit: "dayTokens",
      });
      expect(await store.reserveBudget(reservation("b", { amount }))).toMatchObject({ kind: "reserved" });
      expect(await store.reserveBudget(reservation("c", { amount }))).toEqual({
        kind: "refused",
        scope: "workspace:discord:1",
        limit: "monthMoney",
      });
      const elsewhere = { payer: payerOf(SLACK), amount };
      expect(await store.reserveBudget(reservation("d", elsewhere))).toMatchObject({ kind: "reserved" });
    });

    test("workspaces that asked together share a cost evenly, and each its part among its channels", async () => {
      const { store } = used();
      const payer = { channels: [NEWS, SPORT, SLACK] };
      const amount = { tokens: 100, money: 30 };
      const input = reservation("a", { payer, amount });
      expect(await store.reserveBudget(input)).toEqual({ kind: "reserved", payer });
      await store.settleBudget({ ...input, amount });
      const states = await store.budgetState(payer, { standing: NO_LIMITS, now: at(0) });
      expect(states.map(({ scope, day }) => [scope, day.spent.tokens, day.spent.money])).toEqual([
        ["all", 100, 30],
        ["workspace:discord:1", 50, 15],
        [`channel:${NEWS}`, 25, 8],
        [`channel:${SPORT}`, 25, 8],
        ["workspace:slack:T1", 50, 15],
        [`channel:${SLACK}`, 50, 15],
      ]);
    });

    test("who has nothing left is left out of a cost that others can pay", async () => {
      const { store } = used();
      await setLimits(store, "workspace:discord:1", { ...NO_LIMITS, dayTokens: 10 });
      const payer = { channels: [NEWS, SLACK] };
      const amount = { tokens: 60, money: 0 };
      expect(await store.reserveBudget(reservation("a", { payer, amount }))).toEqual({
        kind: "reserved",
        payer: { channels: [SLACK] },
      });
      const states = await store.budgetState(payer, { standing: NO_LIMITS, now: at(0) });
      expect(states.map(({ day }) => day.reserved.tokens)).toEqual([60, 0, 0, 60, 60]);
      expect(await store.budgetNotices(at(0))).toMatchObject([
        { scope: "workspace:discord:1", level: "reached" },
      ]);
      await setLimits(store, "workspace:slack:T1", { ...NO_LIMITS, dayTokens: 100 });
      expect(await store.reserveBudget(reservation("b", { payer, amount }))).toMatchObject({
        kind: "refused",
      });
      // The operator's own limit is nobody's to be left out of.
      const standing = { ...NO_LIMITS, dayTokens: 70 };
      await setLimits(store, "workspace:slack:T1", NO_LIMITS);
      expect(await store.reserveBudget(reservation("c", { payer, amount, standing }))).toEqual({
        kind: "refused",
        scope: "all",
        limit: "dayTokens",
      });
    });

    test("limits are in the log, and undone", async () => {
      const { store } = used();
      await setLimits(store, "workspace:discord:1", DAY_OF_100);
      await setLimits(store, "workspace:discord:1", { ...NO_LIMITS, dayTokens: 5 });
      expect(await store.changeLog("discord:1", 5)).toHaveLength(2);
      for (const limits of [DAY_OF_100, NO_LIMITS]) {
        await store.undo({ workspace: "discord:1", by: "7", at: at(1) });
        expect(await store.budgetLimits("workspace:discord:1")).toEqual(limits);
      }
    });

    test("what is refused in one account is set aside in none", async () => {
      const { store } = used();
      await setLimits(store, `channel:${NEWS}`, { ...NO_LIMITS, dayTokens: 10 });
      await store.reserveBudget(reservation("a"));
      const [all] = await store.budgetState(NOBODY, { standing: NO_LIMITS, now: at(0) });
      expect(all?.day.reserved).toEqual({ tokens: 0, money: 0 });
    });

    test("one person has a part of each day's budget, to the last token, and others the rest", async () => {
      const { store } = used();
      const standing = { ...DAY_OF_100, personPercent: 20 };
      const max = { standing, payer: { ...PAYER, person: "discord:7" } };
      const mo = { standing, payer: { ...PAYER, person: "discord:8" } };
      await spend(store, 15, max);
      const five = reservation("five", { ...max, amount: { tokens: 5, money: 0 } });
      expect(await store.reserveBudget({ ...five, id: "six", amount: { tokens: 6, money: 0 } })).toEqual({
        kind: "refused",
        scope: "person:discord:7/all",
        limit: "dayTokens",
      });
      expect(await store.reserveBudget(five)).toMatchObject({ kind: "reserved" });
      const one = { amount: { tokens: 1, money: 0 } };
      expect(await store.reserveBudget(reservation("one", { ...max, ...one }))).toMatchObject({
        kind: "refused",
      });
      await spend(store, 20, mo);
      // What is published is nobody's part, and the next day is a new one.
      expect(await store.reserveBudget(reservation("published", { standing }))).toMatchObject({
        kind: "reserved",
      });
      await spend(store, 20, { ...max, now: at(24 * 60) });
      expect(await store.budgetNotices(at(0))).toEqual([]);
    });

    test("a person's part of a workspace's budget is of that workspace, and two at once can not both have it", async () => {
      const { store } = used();
      await setLimits(store, "workspace:discord:1", { ...NO_LIMITS, dayMoney: 1_000 });
      const asked = {
        standing: { ...NO_LIMITS, personPercent: 20 },
        payer: { ...PAYER, person: "discord:7" },
        amount: { tokens: 60, money: 200 },
      };
      const results = await Promise.all(["a", "b"].map((id) => store.reserveBudget(reservation(id, asked))));
      expect(results).toMatchObject([
        { kind: "reserved" },
        { kind: "refused", scope: "person:discord:7/workspace:discord:1", limit: "dayMoney" },
      ]);
      const elsewhere = { ...asked, payer: { ...payerOf(SLACK), person: "discord:7" } };
      expect(await store.reserveBudget(reservation("c", elsewhere))).toMatchObject({ kind: "reserved" });
    });

    test("a new day begins at nothing, and a new month too", async () => {
      const { store } = used();
      await spend(store, 90);
      const states = await Promise.all(
        [at(0), at(24 * 60), at(7 * 24 * 60)].map((now) =>
          store.budgetState(NOBODY, { standing: NO_LIMITS, now }),
        ),
      );
      expect(states.map(([all]) => [all?.day.spent.tokens, all?.month.spent.tokens])).toEqual([
        [90, 90],
        [0, 90],
        [0, 0],
      ]);
    });

    test("moderators are told once a period, when little is left and when nothing is", async () => {
      const { store } = used();
      const standing = DAY_OF_100;
      await spend(store, 79, { standing });
      expect(await store.budgetNotices(at(0))).toEqual([]);
      await spend(store, 1, { standing, now: at(1) });
      await spend(store, 2, { standing, now: at(2) });
      await store.reserveBudget(reservation("a", { standing, now: at(3) }));
      await store.reserveBudget(reservation("b", { standing, now: at(4) }));
      const about = { scope: "all", limit: "dayTokens", period: "2026-11-24", most: 100 };
      expect(await store.budgetNotices(at(0))).toEqual([
        { ...about, level: "near", used: 80, at: at(1) },
        { ...about, level: "reached", used: 82, at: at(3) },
      ]);
      expect(await store.budgetNotices(at(2))).toHaveLength(1);
      await spend(store, 85, { standing, now: at(24 * 60) });
      expect(await store.budgetNotices(at(24 * 60))).toMatchObject([{ level: "near", period: "2026-11-25" }]);
    });
  });
}
