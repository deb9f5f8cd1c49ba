import { describe, expect, test } from "vitest";
import { settle } from "#src/core/delivery.ts";
import {
  claimOn,
  anyClaim,
  at,
  claim,
  deliveryOf,
  NEWS,
  publishNew,
  saveRevision,
  sent,
  settleAs,
  SLACK,
  publishBrief,
  viewOf,
} from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

export function describePublishing(used: () => StoreInUse): void {
  describe("publishing", () => {
    test("owes a new story to each channel once", async () => {
      const { store } = used();
      const { deliveries, storyId } = await publishNew(store, { channels: [NEWS, SLACK, NEWS] });
      expect(deliveries.map(({ channel }) => channel)).toEqual([NEWS, SLACK]);
      expect(deliveries[0]).toEqual({
        key: expect.stringMatching(/^[0-9a-z]{24}$/),
        channel: NEWS,
        storyId,
        slot: "",
        parent: null,
        wanted: viewOf("brief-1"),
        shown: null,
        manner: { mention: null, crosspost: false },
        reasons: [],
        state: "due",
        reason: null,
        attempts: 0,
        dueAt: at(0),
        queuedAt: at(0),
        message: null,
        sentAt: null,
      });
      expect(deliveries[1]?.key).not.toBe(deliveries[0]?.key);
    });

    test("changes nothing when repeated", async () => {
      const { store } = used();
      const { brief, deliveries, storyId } = await publishNew(store);
      const repeat = (now: Date) =>
        publishBrief(store, { brief, storyId, channels: [NEWS], skip: null, now });
      expect(await repeat(at(1))).toEqual(deliveries);
      await sent(store, await claim(store, at(1)), at(2));
      const shown = await deliveryOf(store, NEWS, storyId);
      expect(await repeat(at(3))).toEqual([shown]);
      expect((await store.counts()).deliveries).toMatchObject({ sent: 1, due: 0 });
    });

    test("from many at once owes one delivery", async () => {
      const { store } = used();
      const { brief, saved } = await saveRevision(store, { brief: "brief-1" });
      const input = { brief, storyId: saved.article.storyId, channels: [NEWS], skip: null, now: at(0) };
      await Promise.all(Array.from({ length: 5 }, () => publishBrief(store, input)));
      expect((await store.counts()).deliveries).toMatchObject({ due: 1 });
    });

    test("of a newer revision makes a posted message due for an edit, with all attempts anew", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      await sent(store, await claim(store, at(0)), at(1));
      const before = await deliveryOf(store, NEWS, storyId);
      const { brief } = await saveRevision(store, { brief: "brief-2" });
      const [due] = await publishBrief(store, { brief, storyId, channels: [NEWS], skip: null, now: at(5) });
      expect(due).toEqual({
        ...before,
        wanted: viewOf("brief-2"),
        state: "due",
        dueAt: at(5),
        queuedAt: at(5),
        attempts: 0,
      });
      const edit = await claim(store, at(5));
      expect(edit).toMatchObject({
        readBackFrom: null,
        delivery: { message: before.message, shown: viewOf("brief-1") },
      });
    });

    test("of a newer revision waits where an attempt was put off", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      await settleAs(store, { kind: "retry", code: "platform/unavailable", afterMs: 600_000 });
      const { brief } = await saveRevision(store, { brief: "brief-2" });
      const [delivery] = await publishBrief(store, {
        brief,
        storyId,
        channels: [NEWS],
        skip: null,
        now: at(1),
      });
      expect(delivery).toMatchObject({ state: "due", wanted: viewOf("brief-2"), dueAt: at(10), attempts: 1 });
    });

    test("of a newer revision leaves a message that may be out to be read back", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      await settleAs(store, { kind: "uncertain", code: "platform/uncertain" });
      const { brief } = await saveRevision(store, { brief: "brief-2" });
      const [delivery] = await publishBrief(store, {
        brief,
        storyId,
        channels: [NEWS],
        skip: null,
        now: at(1),
      });
      expect(delivery).toMatchObject({ state: "uncertain", wanted: viewOf("brief-2") });
      expect(await claim(store, at(1))).toMatchObject({ readBackFrom: at(0) });
    });

    test.for([
      ["platform/gone", "dead"],
      ["platform/message-gone", "dead"],
      ["platform/forbidden", "due"],
      ["platform/rejected", "due"],
    ] as const)("of a newer revision after the delivery died of %s leaves it %s", async ([code, state]) => {
      const { store } = used();
      const { brief: older, storyId } = await publishNew(store);
      await settleAs(store, { kind: "failed", code });
      const [same] = await publishBrief(store, {
        brief: older,
        storyId,
        channels: [NEWS],
        skip: null,
        now: at(1),
      });
      expect(same).toMatchObject({ state: "dead", reason: code });
      const { brief } = await saveRevision(store, { brief: "brief-2" });
      const [newer] = await publishBrief(store, { brief, storyId, channels: [NEWS], skip: null, now: at(2) });
      expect(newer).toMatchObject({ state, wanted: viewOf("brief-2") });
    });

    test("of an older revision never replaces a newer one", async () => {
      const { store } = used();
      const { brief: older, storyId } = await publishNew(store);
      const { brief: newer } = await saveRevision(store, { brief: "brief-2" });
      await publishBrief(store, { brief: newer, storyId, channels: [NEWS], skip: null, now: at(1) });
      const late = { brief: older, storyId, channels: [NEWS], skip: null, now: at(2) };
      await expect(publishBrief(store, late)).rejects.toThrow(/changed meanwhile/);
      expect(await deliveryOf(store, NEWS, storyId)).toMatchObject({ wanted: viewOf("brief-2") });
    });

    test("with a reason to skip keeps the delivery as skipped, and posts nothing", async () => {
      const { store } = used();
      const { brief, saved } = await saveRevision(store, { brief: "brief-1" });
      const input = { brief, storyId: saved.article.storyId, channels: [NEWS], now: at(0) };
      const [skipped] = await publishBrief(store, { ...input, skip: "members-only" });
      expect(skipped).toMatchObject({ state: "skipped", reason: "members-only", wanted: viewOf("brief-1") });
      expect(await publishBrief(store, { ...input, skip: "members-only", now: at(1) })).toEqual([skipped]);
      expect(await claimOn(store, "discord", at(9))).toBeNull();
      const [due] = await publishBrief(store, { ...input, skip: null, now: at(2) });
      expect(due).toMatchObject({ state: "due", reason: null, dueAt: at(2) });
    });

    test("with a reason to skip never changes a post that stands, and stops one that was not made", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store, { channels: [NEWS, SLACK] });
      await sent(store, await claim(store, at(0)), at(0));
      const posted = await deliveryOf(store, NEWS, storyId);
      const { brief } = await saveRevision(store, { brief: "brief-2" });
      const input = { brief, storyId, channels: [NEWS, SLACK], skip: "members-only", now: at(1) };
      const [standing, stopped] = await publishBrief(store, input);
      expect(standing).toEqual(posted);
      expect(stopped).toMatchObject({ state: "skipped", reason: "members-only" });
      expect(await anyClaim(store, at(9))).toBeNull();
    });

    test("with a reason to skip stops what was given up, which is not tried again then", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store, { channels: [NEWS, SLACK] });
      await settleAs(store, { kind: "failed", code: "platform/rejected" });
      await settleAs(store, { kind: "failed", code: "platform/rejected" });
      expect(await store.undelivered()).toMatchObject([{ state: "dead" }, { state: "dead" }]);
      const { brief } = await saveRevision(store, { brief: "brief-2" });
      await publishBrief(store, { brief, storyId, channels: [NEWS], skip: "members-only", now: at(1) });
      expect(await store.retryDead(null, at(2))).toBe(1);
      expect((await anyClaim(store, at(2)))?.delivery.channel).toBe(SLACK);
      expect(await anyClaim(store, at(2))).toBeNull();
    });

    test("with a reason to skip calls off an edit that is due", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      await sent(store, await claim(store, at(0)), at(0));
      const open = await saveRevision(store, { brief: "brief-2" });
      const edit = { brief: open.brief, storyId, channels: [NEWS], skip: null, now: at(1) };
      expect(await publishBrief(store, edit)).toMatchObject([{ state: "due" }]);
      const { brief } = await saveRevision(store, { brief: "brief-3" });
      const input = { brief, storyId, channels: [NEWS], skip: "members-only", now: at(2) };
      expect(await publishBrief(store, input)).toMatchObject([{ state: "sent", wanted: viewOf("brief-1") }]);
      expect(await claimOn(store, "discord", at(9))).toBeNull();
    });

    test("with a reason to skip while it is sent leaves nothing to send again", async () => {
      const { store } = used();
      const { storyId } = await publishNew(store);
      const posting = await claim(store, at(0));
      const second = await saveRevision(store, { brief: "brief-2" });
      const withheld = { brief: second.brief, storyId, channels: [NEWS], skip: "members-only", now: at(1) };
      await publishBrief(store, withheld);
      const outcome = { kind: "retry", code: "platform/rate-limited", afterMs: 0 } as const;
      const { delivery } = posting;
      await store.settleDelivery(
        posting,
        settle(delivery, outcome, { now: at(1), showing: delivery.wanted }),
      );
      const again = await claim(store, at(2));
      expect(await store.view(again.delivery.wanted)).toEqual({
        kind: "withheld",
        reason: "members-only",
      });
    });

    test("keeps what is owed over a restart", async () => {
      const { reopen, store } = used();
      const { deliveries, storyId } = await publishNew(store);
      expect(await deliveryOf(await reopen(), NEWS, storyId)).toEqual(deliveries[0]);
    });
  });
}
