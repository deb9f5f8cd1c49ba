import { describe, expect, test } from "vitest";
import { type Change, type Edit, LEDE } from "#src/core/moderation.ts";
import { newSubscription } from "#src/core/subscription-options.ts";
import type { Topic } from "#src/core/topic.ts";
import { defaultSettings, type Source, type Workspace } from "#src/core/workspace.ts";
import { at, NEWS } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

const WORKSPACE: Workspace = "discord:1";
const FEED = "https://news.example/feed.xml";

function topic(changes: Partial<Topic> = {}): Topic {
  return { id: "t1", workspace: WORKSPACE, name: "Harbour", query: "harbour", ...changes };
}

function source(workspace: Workspace = WORKSPACE): Source {
  return { id: `s|${workspace}`, workspace, url: FEED, title: "News", backfill: 2, addedAt: at(0) };
}

function change(edits: Edit[], changes: Partial<Change> = {}): Change {
  return { workspace: WORKSPACE, by: "7", at: at(0), summary: "Did it", edits, seen: null, ...changes };
}

function put(value: Topic): Edit {
  return { kind: "topic", id: value.id, value };
}

export function describeDecisions(used: () => StoreInUse): void {
  describe("what moderators decide", () => {
    test("is there after a restart, with who did it and when", async () => {
      const { reopen, store } = used();
      const settings = { ...defaultSettings(WORKSPACE), zone: "Europe/Vienna" };
      const subscription = newSubscription({ channel: NEWS, topicId: "t1", now: at(0) }, settings);
      const edits: Edit[] = [
        put(topic()),
        { kind: "subscription", id: subscription.id, value: subscription },
        { kind: "source", id: "s1", value: source() },
        { kind: "settings", id: WORKSPACE, value: settings },
      ];
      expect(await store.change(change(edits))).toMatchObject({ kind: "changed", version: 1 });
      const reopened = await reopen();
      expect(await reopened.decisions(WORKSPACE)).toEqual({
        topics: [topic()],
        subscriptions: [subscription],
        sources: [source()],
        settings,
        version: 1,
      });
      expect(await reopened.workspaces()).toEqual([WORKSPACE]);
      expect(await reopened.changeLog(WORKSPACE, 9)).toEqual([
        { number: 1, workspace: WORKSPACE, by: "7", at: at(0), summary: "Did it", undoneBy: null },
      ]);
    });

    test("is the defaults where nobody decided", async () => {
      const { store } = used();
      expect(await store.decisions("slack:T1")).toMatchObject({
        topics: [],
        settings: { zone: "UTC" },
        version: 0,
      });
    });

    test("from an older state is refused, and says who was faster", async () => {
      const { store } = used();
      await store.change(change([put(topic())]));
      await store.change(change([put(topic({ query: "port" }))], { by: "8", summary: "Faster", seen: 1 }));
      const late = await store.change(change([put(topic({ query: "quay" }))], { seen: 1 }));
      expect(late).toMatchObject({ kind: "conflict", last: { by: "8", summary: "Faster" } });
      expect((await store.decisions(WORKSPACE)).topics).toEqual([topic({ query: "port" })]);
    });

    test("is taken back, the last change that stands first", async () => {
      const { store } = used();
      await store.change(change([put(topic())], { summary: "Added" }));
      await store.change(change([put(topic({ query: "port" }))], { summary: "Edited" }));
      await store.change(change([], { by: LEDE, summary: "Paused" }));
      const undo = () => store.undo({ workspace: WORKSPACE, by: "8", at: at(5) });
      expect(await undo()).toMatchObject({ kind: "changed", version: 4 });
      expect((await store.decisions(WORKSPACE)).topics).toEqual([topic()]);
      expect(await undo()).toMatchObject({ kind: "changed", version: 5 });
      expect((await store.decisions(WORKSPACE)).topics).toEqual([]);
      expect(await undo()).toBeNull();
      expect((await store.changeLog(WORKSPACE, 2)).map(({ summary }) => summary)).toEqual([
        "Undid: Added",
        "Undid: Edited",
      ]);
    });

    test("that took a subscription away is undone from then on, and the ones before it can still be", async () => {
      const { store } = used();
      const place = { channel: NEWS, topicId: "t1", now: at(0) };
      const value = newSubscription(place, defaultSettings(WORKSPACE));
      const edit = { kind: "subscription", id: value.id } as const;
      await store.change(change([{ ...edit, value }], { summary: "Added" }));
      await store.change(change([{ ...edit, value: null }], { summary: "Removed" }));
      const undo = () => store.undo({ workspace: WORKSPACE, by: "7", at: at(60) });
      expect(await undo()).toMatchObject({ kind: "changed" });
      expect((await store.decisions(WORKSPACE)).subscriptions).toEqual([{ ...value, since: at(60) }]);
      expect(await undo()).toMatchObject({ kind: "changed" });
      expect((await store.decisions(WORKSPACE)).subscriptions).toEqual([]);
    });

    test("that took a source away is undone without what it held before", async () => {
      const { store } = used();
      const edit = { kind: "source", id: source().id } as const;
      await store.change(change([{ ...edit, value: source() }]));
      await store.change(change([{ ...edit, value: null }]));
      await store.undo({ workspace: WORKSPACE, by: "7", at: at(60) });
      expect((await store.decisions(WORKSPACE)).sources).toEqual([{ ...source(), backfill: 0 }]);
    });

    test("is not taken back over what Lede did to it since", async () => {
      const { store } = used();
      await store.change(change([put(topic())]));
      await store.change(change([put(topic({ name: "Port" }))], { by: LEDE, summary: "Renamed" }));
      expect(await store.undo({ workspace: WORKSPACE, by: "7", at: at(1) })).toMatchObject({
        kind: "conflict",
        last: { by: LEDE },
      });
    });

    test("lets a feed be polled as long as one workspace reads it", async () => {
      const { store } = used();
      const other: Workspace = "slack:T1";
      const add = (one: Source): Edit => ({ kind: "source", id: one.id, value: one });
      const remove = (one: Source): Edit => ({ kind: "source", id: one.id, value: null });
      const feeds = async (): Promise<string[]> => (await store.feeds()).map(({ url }) => url);
      await store.change(change([add(source())]));
      await store.change(change([add(source(other))], { workspace: other }));
      await store.change(change([remove(source())]));
      expect(await feeds()).toEqual([FEED]);
      await store.change(change([remove(source(other))], { workspace: other }));
      expect(await feeds()).toEqual([]);
      await store.undo({ workspace: other, by: "7", at: at(9) });
      expect(await feeds()).toEqual([FEED]);
    });
  });
}
