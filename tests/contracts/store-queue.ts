import { describe, expect, test } from "vitest";
import type { Channel } from "#src/core/channel.ts";
import { at, makeEntry, makeOwed, NEWS, publishNew, settleAs, SLACK, storyView } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";
import { owe, save } from "./store-stories.ts";

/** Of a workspace whose name begins as another's does. */
const NEIGHBOUR: Channel = "discord:12:10";

export function describeQueue(used: () => StoreInUse): void {
  describe("what waits", () => {
    test("is told by platform with its age, and of a workspace its own alone", async () => {
      const { store } = used();
      await publishNew(store, { channels: [NEWS, NEIGHBOUR, SLACK] });
      await owe(store, await save(store, "b"), [
        makeOwed(NEIGHBOUR, { view: storyView("b"), holdUntil: at(60) }),
      ]);
      await store.addEntry(makeEntry(), at(0));
      await settleAs(store, { kind: "failed", code: "platform/forbidden" });

      const all = await store.queue(null, at(9));
      expect(all.entries.count).toBe(1);
      expect(all.deliveries).toEqual([
        { platform: "discord", due: { count: 1, oldestAt: at(0) }, held: 1, dead: 1 },
        { platform: "slack", due: { count: 1, oldestAt: at(0) }, held: 0, dead: 0 },
      ]);
      const nothing = { count: 0, oldestAt: null };
      expect(await store.queue("discord:1", at(9))).toEqual({
        entries: nothing,
        deliveries: [{ platform: "discord", due: nothing, held: 0, dead: 1 }],
      });
      expect((await store.queue("discord:12", at(9))).deliveries).toEqual([
        { platform: "discord", due: { count: 1, oldestAt: at(0) }, held: 1, dead: 0 },
      ]);
      expect((await store.queue("slack:T9", at(9))).deliveries).toEqual([]);
    });
  });
}
