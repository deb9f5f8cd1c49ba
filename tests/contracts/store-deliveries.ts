import { describe, expect, test } from "vitest";
import { LEASE_MS, type Outcome, READ_BACK_AFTER_MS, settle } from "#src/core/delivery.ts";
import {
  at,
  claimOn,
  claim,
  deliveryOf,
  NEWS,
  publishNew,
  saveRevision,
  settleAs,
  sent,
  SLACK,
  SPORT,
  publishBrief,
  viewOf,
} from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

const LEASE_MINUTES = LEASE_MS / 60_000;
const READ_BACK_MINUTES = READ_BACK_AFTER_MS / 60_000;

export function describeClaims(used: () => StoreInUse): void {
  describe("claiming a delivery", () => {
    test("gives out the row as it is after the claim", async () => {
      const { store } = used();
      const { deliveries } = await publishNew(store);
      expect(await claim(store, at(1))).toEqual({
        delivery: { ...deliveries[0], state: "sending", attempts: 1 },
        readBackFrom: null,
        thread: null,
        token: expect.any(String),
      });
    });

    test("gives out only what is due, on the platforms asked for", async () => {
      const { store } = used();
      await publishNew(store, { channels: [SLACK], now: at(5) });
      expect(await claimOn(store, "slack", at(4.9))).toBeNull();
      const claim = { paused: [], now: at(5), platformNow: at(5) };
      expect(await store.claimDelivery({ ...claim, platform: "discord" })).toBeNull();
      expect(await store.claimDelivery({ ...claim, platform: "slack", paused: [SLACK] })).toBeNull();
      expect(await store.claimDelivery({ ...claim, platform: "slack" })).toMatchObject({
        delivery: { channel: SLACK },
      });
    });

    test("gives out what was due first, and first what was owed first", async () => {
      const { store } = used();
      await publishNew(store, { id: "late", brief: "late", channels: [NEWS], now: at(2) });
      await publishNew(store, { id: "early", brief: "early", channels: [SPORT, SLACK], now: at(1) });
      const order = [await claim(store, at(3)), await claim(store, at(3)), await claim(store, at(3))];
      expect(order.map(({ delivery }) => delivery.channel)).toEqual([SPORT, NEWS, SLACK]);
    });

    test("makes true what stands before it gives out what is new", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store, { id: "a", brief: "a" });
      await sent(store, await claim(store, at(0)), at(0));
      await publishNew(store, { id: "b", brief: "b", now: at(1) });
      const { brief } = await saveRevision(store, { id: "a", brief: "a-2" });
      await publishBrief(store, { brief, storyId, channels: [NEWS], skip: null, now: at(2) });
      expect((await claim(store, at(3))).delivery.wanted).toBe(viewOf("a-2"));
    });

    test("keeps a channel's order while a post is tried again, for a minute", async () => {
      const { store } = used();
      await publishNew(store, { id: "a", brief: "a" });
      await publishNew(store, { id: "b", brief: "b", channels: [NEWS, SPORT], now: at(0.01) });
      await settleAs(store, { kind: "retry", code: "platform/unavailable", afterMs: 30_000 });
      // Elsewhere it goes on at once.
      expect((await claim(store, at(0.1))).delivery.channel).toBe(SPORT);
      expect(await claimOn(store, "discord", at(0.2))).toBeNull();
      expect((await claim(store, at(0.5))).delivery.wanted).toBe(viewOf("a"));
    });

    test("lets the next pass a post that came to nothing for a minute", async () => {
      const { store } = used();
      await publishNew(store, { id: "a", brief: "a" });
      await publishNew(store, { id: "b", brief: "b", now: at(0.01) });
      await settleAs(store, { kind: "retry", code: "platform/unavailable", afterMs: 100_000 });
      expect((await claim(store, at(1.1))).delivery.wanted).toBe(viewOf("b"));
    });

    test("does not wait for a clock that was set back", async () => {
      const { store } = used();
      await publishNew(store, { now: at(120) });
      await settleAs(store, { kind: "retry", code: "platform/unavailable", afterMs: 2_000 }, 120);
      expect((await claim(store, at(0))).delivery.wanted).toBe(viewOf("brief-1"));
    });

    test("gives out at once what waited for its next attempt when its platform is back", async () => {
      const { store } = used();
      await publishNew(store);
      await settleAs(store, { kind: "retry", code: "platform/unavailable", afterMs: 50_000 });
      expect(await store.waitingDelivery("slack")).toBeNull();
      expect(await store.waitingDelivery("discord")).toMatchObject({ channel: NEWS });
      await store.reviveDeliveries(["slack"], at(0.1));
      expect(await claimOn(store, "discord", at(0.1))).toBeNull();
      await store.reviveDeliveries(["discord"], at(0.1));
      expect((await claim(store, at(0.1))).delivery.attempts).toBe(2);
    });

    test("never gives out two of one channel at a time", async () => {
      const { store } = used();
      await publishNew(store, { id: "a", brief: "a", now: at(0) });
      await publishNew(store, { id: "b", brief: "b", channels: [NEWS, SPORT], now: at(1) });
      const claims = await Promise.all(Array.from({ length: 4 }, () => claimOn(store, "discord", at(2))));
      const given = claims.flatMap((claimed) => (claimed === null ? [] : [claimed]));
      expect(given.map(({ delivery }) => [delivery.channel, delivery.wanted])).toEqual([
        [NEWS, viewOf("a")],
        [SPORT, viewOf("b")],
      ]);
      for (const claimed of given) await sent(store, claimed, at(3));
      expect((await claim(store, at(3))).delivery).toMatchObject({ channel: NEWS, wanted: viewOf("b") });
    });

    test("keeps the time of the first attempt, and counts the attempts", async () => {
      const { store } = used();
      await publishNew(store);
      await settleAs(store, { kind: "retry", code: "platform/unavailable", afterMs: 0 }, 1);
      const second = await claim(store, at(2));
      expect(second).toMatchObject({ readBackFrom: null, delivery: { attempts: 2 } });
    });

    test("after a lost answer asks to read back first", async () => {
      const { store } = used();
      await publishNew(store);
      await settleAs(store, { kind: "uncertain", code: "platform/uncertain" });
      expect(await claimOn(store, "discord", at(0))).toBeNull();
      expect(await claim(store, at(1))).toMatchObject({ readBackFrom: at(0) });
    });

    test("whose lease ended asks to read back a new message, and repeats an edit", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      await claim(store, at(0));
      expect(await claimOn(store, "discord", at(LEASE_MINUTES - 0.001))).toBeNull();
      const second = await claim(store, at(LEASE_MINUTES));
      expect(second).toMatchObject({ readBackFrom: at(0), delivery: { attempts: 2 } });
      await sent(store, second, at(6));
      const { brief } = await saveRevision(store, { brief: "brief-2" });
      await publishBrief(store, { brief, storyId, channels: [NEWS], skip: null, now: at(7) });
      await claim(store, at(7));
      expect(await claim(store, at(7 + LEASE_MINUTES))).toMatchObject({ readBackFrom: null });
    });

    test("after an edit with a lost answer repeats the edit", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      await sent(store, await claim(store, at(0)), at(0));
      const { brief } = await saveRevision(store, { brief: "brief-2" });
      await publishBrief(store, { brief, storyId, channels: [NEWS], skip: null, now: at(1) });
      await settleAs(store, { kind: "uncertain", code: "platform/uncertain" }, 1);
      expect(await claim(store, at(2))).toMatchObject({ readBackFrom: null });
    });
  });
}

export function describeSettling(used: () => StoreInUse): void {
  describe("settling a delivery", () => {
    test("keeps the message and what it shows, also after a restart", async () => {
      const { reopen, store } = used();
      const { storyId } = await publishNew(store);
      const claimed = await claim(store, at(0));
      expect(await sent(store, claimed, at(1))).toBe(true);
      expect(await deliveryOf(await reopen(), NEWS, storyId)).toEqual({
        ...claimed.delivery,
        state: "sent",
        shown: viewOf("brief-1"),
        message: { channel: NEWS, id: `m-${storyId}` },
        dueAt: at(1),
        sentAt: at(1),
      });
    });

    test("changes nothing once the lease was lost, or twice", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      const first = await claim(store, at(0));
      const second = await claim(store, at(LEASE_MINUTES));
      const before = await deliveryOf(store, NEWS, storyId);
      expect(await sent(store, first, at(6))).toBe(false);
      expect(await deliveryOf(store, NEWS, storyId)).toEqual(before);
      expect(await sent(store, second, at(6))).toBe(true);
      expect(await sent(store, second, at(7))).toBe(false);
      expect(await deliveryOf(store, NEWS, storyId)).toMatchObject({ state: "sent", sentAt: at(6) });
    });

    test("keeps a failure's code and the time of the next attempt", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      await settleAs(store, { kind: "retry", code: "platform/unavailable", afterMs: 60_000 });
      expect(await deliveryOf(store, NEWS, storyId)).toMatchObject({
        state: "due",
        reason: "platform/unavailable",
        dueAt: at(1),
      });
      await settleAs(store, { kind: "failed", code: "platform/gone" }, 1);
      expect(await deliveryOf(store, NEWS, storyId)).toMatchObject({
        state: "dead",
        reason: "platform/gone",
      });
      expect(await claimOn(store, "discord", at(999))).toBeNull();
    });

    test("as given up lets it come back with its platform", async () => {
      const { store } = used();
      const old = await publishNew(store, { id: "a", brief: "a" });
      await settleAs(store, { kind: "retry", code: "platform/unavailable", afterMs: null }, 24 * 60);
      expect(await deliveryOf(store, NEWS, old.storyId)).toMatchObject({ state: "dead" });
      await publishNew(store, { id: "b", brief: "b", channels: [SPORT] });
      await settleAs(store, { kind: "failed", code: "platform/gone" });
      const now = at(24 * 60);
      expect(await store.reviveDeliveries(["slack"], now)).toBe(0);
      expect(await store.reviveDeliveries(["discord"], now)).toBe(1);
      expect((await claim(store, now)).delivery.wanted).toBe(viewOf("a"));
      // What was refused for good stays so.
      expect(await claimOn(store, "discord", now)).toBeNull();
    });

    test("as sent leaves an edit due when a newer brief came meanwhile", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      const claimed = await claim(store, at(0));
      const { brief } = await saveRevision(store, { brief: "brief-2" });
      const [meanwhile] = await publishBrief(store, {
        brief,
        storyId,
        channels: [NEWS],
        skip: null,
        now: at(1),
      });
      expect(meanwhile).toMatchObject({ state: "sending", wanted: viewOf("brief-2") });
      await sent(store, claimed, at(2));
      expect(await deliveryOf(store, NEWS, storyId)).toMatchObject({
        state: "due",
        shown: viewOf("brief-1"),
        wanted: viewOf("brief-2"),
        dueAt: at(2),
        message: { id: `m-${storyId}` },
      });
      await sent(store, await claim(store, at(2)), at(3));
      expect(await deliveryOf(store, NEWS, storyId)).toMatchObject({
        state: "sent",
        shown: viewOf("brief-2"),
      });
    });

    test.for([
      ["platform/rejected", "due"],
      ["platform/gone", "dead"],
    ] as const)("as failed by %s is %s when a newer brief came meanwhile", async ([code, state]) => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      const claimed = await claim(store, at(0));
      const { brief } = await saveRevision(store, { brief: "brief-2" });
      await publishBrief(store, { brief, storyId, channels: [NEWS], skip: null, now: at(1) });
      const outcome: Outcome = { kind: "failed", code };
      const settled = settle(claimed.delivery, outcome, { now: at(2), showing: "brief-1" });
      await store.settleDelivery(claimed, settled);
      expect(await deliveryOf(store, NEWS, storyId)).toMatchObject({ state, wanted: viewOf("brief-2") });
    });
  });

  describe("recovery", () => {
    test("has a message that may be out read back, after its channel's history had time to show it", async () => {
      const { reopen, store } = used();
      const { storyId } = await publishNew(store);
      const lost = await claim(store, at(0));
      const reopened = await reopen();
      await reopened.recover(at(1));
      const readBackAt = at(1 + READ_BACK_MINUTES);
      expect(await deliveryOf(reopened, NEWS, storyId)).toMatchObject({
        state: "uncertain",
        dueAt: readBackAt,
      });
      expect(await sent(reopened, lost, at(1))).toBe(false);
      expect(await claimOn(reopened, "discord", at(1))).toBeNull();
      expect(await claim(reopened, readBackAt)).toMatchObject({
        readBackFrom: at(0),
        delivery: { attempts: 2 },
      });
    });

    test("has an edit made again at once", async () => {
      const { reopen, store } = used();
      const { storyId } = await publishNew(store);
      await sent(store, await claim(store, at(0)), at(0));
      const { brief } = await saveRevision(store, { brief: "brief-2" });
      await publishBrief(store, { brief, storyId, channels: [NEWS], skip: null, now: at(1) });
      await claim(store, at(1));
      const reopened = await reopen();
      await reopened.recover(at(2));
      expect(await deliveryOf(reopened, NEWS, storyId)).toMatchObject({ state: "due", dueAt: at(2) });
      expect(await claim(reopened, at(2))).toMatchObject({ readBackFrom: null });
    });

    test("leaves alone what nobody was working on", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      await settleAs(store, { kind: "uncertain", code: "platform/uncertain" });
      const before = await deliveryOf(store, NEWS, storyId);
      await store.recover(at(9));
      expect(await deliveryOf(store, NEWS, storyId)).toEqual(before);
    });
  });
}
