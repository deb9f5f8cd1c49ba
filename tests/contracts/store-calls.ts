import { describe, expect, test } from "vitest";
import type { CommandCall } from "#src/core/command.ts";
import { claimOn, at, makeCall, makeEntry, NEWS, publishNew, SLACK } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

export function describeCalls(used: () => StoreInUse): void {
  describe("command calls", () => {
    test.for<CommandCall["input"]>([
      { kind: "options", options: { link: "https://news.example/fire", evidence: true, count: 3 } },
      { kind: "line", text: "https://news.example/fire length:short" },
      { kind: "text", text: "A pasted text" },
    ])("are kept as they came until they are answered: $kind", async (input) => {
      const { reopen, store } = used();
      const call = makeCall({ input, caller: { ...makeCall().caller, channel: null } });
      expect(await store.receiveCall(call)).toBe(true);
      const reopened = await reopen();
      expect(await reopened.openCalls(at(0))).toEqual({ calls: [call], lost: [] });
      await reopened.finishCall(call.id, at(1));
      expect(await reopened.openCalls(at(0))).toEqual({ calls: [], lost: [] });
    });

    test("are received once, also after they were answered", async () => {
      const { store } = used();
      const answers = await Promise.all([1, 2, 3].map(() => store.receiveCall(makeCall())));
      expect(answers.filter(Boolean)).toHaveLength(1);
      await store.finishCall("call-1", at(1));
      expect(await store.receiveCall(makeCall())).toBe(false);
      expect(await store.openCalls(at(0))).toEqual({ calls: [], lost: [] });
    });

    test("show their answer where the newest handle says", async () => {
      const { reopen, store } = used();
      await store.receiveCall(makeCall());
      await store.saveCallHandle(makeCall({ handle: "handle-2" }));
      expect(await (await reopen()).openCalls(at(0))).toEqual({
        calls: [makeCall({ handle: "handle-2" })],
        lost: [],
      });
    });

    test("that are answered are not opened again by a late handle", async () => {
      const { store } = used();
      await store.receiveCall(makeCall());
      await store.finishCall("call-1", at(1));
      await store.saveCallHandle(makeCall({ handle: "handle-2" }));
      expect(await store.openCalls(at(0))).toEqual({ calls: [], lost: [] });
    });

    test("are listed since a time, oldest first", async () => {
      const { store } = used();
      for (const [id, minutes] of [
        ["late", 3],
        ["early", 1],
        ["before", 0],
      ] as const)
        await store.receiveCall(makeCall({ id, receivedAt: at(minutes) }));
      expect((await store.openCalls(at(1))).calls.map(({ id }) => id)).toEqual(["early", "late"]);
    });
  });
}

export function describePageSessions(used: () => StoreInUse): void {
  describe("sessions of the page", () => {
    const session = (id: string, openedAt: Date, expiresAt: Date) => ({
      id,
      agent: null,
      openedAt,
      expiresAt,
    });

    test("outlive a restart, until their time is over or they are ended", async () => {
      const { reopen, store } = used();
      const kept = { ...session("kept", at(0), at(60)), agent: "Mozilla/5.0" };
      await store.savePageSession(kept);
      await store.savePageSession(session("ended", at(1), at(60)));
      await store.savePageSession(session("short", at(2), at(3)));
      const reopened = await reopen();
      expect((await reopened.pageSessions(at(2))).map(({ id }) => id)).toEqual(["short", "ended", "kept"]);
      await reopened.endPageSession("ended");
      expect(await reopened.pageSession("ended", at(2))).toBeNull();
      expect(await reopened.pageSession("short", at(3))).toBeNull();
      expect(await reopened.pageSession("kept", at(59))).toEqual(kept);
      expect(await reopened.pageSessions(at(59))).toEqual([kept]);
    });

    test("that are over are forgotten at the next sign-in", async () => {
      const { store } = used();
      await store.savePageSession(session("old", at(0), at(1)));
      await store.savePageSession(session("new", at(1), at(60)));
      expect(await store.pageSession("old", at(0))).toBeNull();
    });
  });
}

export function describeHealth(used: () => StoreInUse): void {
  describe("settings", () => {
    test("are null until saved, and the last value counts", async () => {
      const { reopen, store } = used();
      expect(await store.setting("zone")).toBeNull();
      await store.saveSetting("zone", "Europe/Berlin");
      await store.saveSetting("zone", "");
      expect(await store.setting("zone")).toBe("");
      expect(await (await reopen()).setting("zone")).toBe("");
    });
  });

  describe("counts", () => {
    test("name every state, so that a gauge falls back to 0", async () => {
      const { store } = used();
      expect(await store.counts()).toEqual({
        articles: 0,
        briefs: 0,
        entries: { baseline: 0, due: 0, leased: 0, done: 0, dead: 0 },
        deliveries: {
          due: 0,
          held: 0,
          sending: 0,
          sent: 0,
          uncertain: 0,
          merged: 0,
          skipped: 0,
          dead: 0,
        },
      });
    });

    test("are the rows per state", async () => {
      const { store } = used();
      await publishNew(store, { channels: [NEWS, SLACK] });
      await claimOn(store, "slack", at(0));
      for (const guid of ["a", "b"]) await store.addEntry(makeEntry({ guid }), at(0));
      await store.claimEntry(at(0));
      expect(await store.counts()).toMatchObject({
        articles: 1,
        briefs: 1,
        entries: { due: 1, leased: 1 },
        deliveries: { due: 1, sending: 1 },
      });
    });
  });

  describe("closing", () => {
    test("finishes what was begun, and may be repeated", async () => {
      const { reopen, store } = used();
      const writing = store.addEntry(makeEntry(), at(0));
      await store.close();
      await store.close();
      expect(await writing).toBe(true);
      expect((await (await reopen()).counts()).entries).toMatchObject({ due: 1 });
    });
  });
}
