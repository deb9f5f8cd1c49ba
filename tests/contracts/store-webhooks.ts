import { describe, expect, test } from "vitest";
import type { Entry } from "#src/core/article.ts";
import type { Store, WebhookResult } from "#src/ports-store.ts";
import { claimAll, claimOne } from "./store-entries.ts";
import { at, makeEntry } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

type Kind = WebhookResult["kind"];
/** A webhook's event, the minute it arrives and how it is answered. */
type Step = [Partial<Entry>, number, Kind];

const publish = (title: string, updatedAt: Date | null): Partial<Entry> => ({ title, updatedAt });
const unpublish = (updatedAt: Date | null): Partial<Entry> => ({
  event: "unpublish",
  title: null,
  updatedAt,
});

const OLD = at(-20);
const NEW = at(-10);

/** Steps of one article, and what is left of them to work on. */
const ORDERS: [string, Step[], Partial<Entry>][] = [
  [
    "a publication and then its update",
    [
      [publish("old", OLD), 0, "accepted"],
      [publish("new", NEW), 1, "accepted"],
    ],
    { title: "new" },
  ],
  [
    "an update before its publication, which is taken as the publication",
    [
      [publish("new", NEW), 0, "accepted"],
      [publish("old", OLD), 1, "stale"],
    ],
    { title: "new" },
  ],
  [
    "a take-back before the publication it is for",
    [
      [unpublish(NEW), 0, "accepted"],
      [publish("old", OLD), 1, "stale"],
    ],
    { event: "unpublish" },
  ],
  [
    "a take-back dated by the last edit, as deletions are",
    [
      [publish("old", OLD), 0, "accepted"],
      [unpublish(OLD), 1, "accepted"],
    ],
    { event: "unpublish" },
  ],
  [
    "the same two the other way round",
    [
      [unpublish(OLD), 0, "accepted"],
      [publish("old", OLD), 1, "stale"],
    ],
    { event: "unpublish" },
  ],
  [
    "a take-back and a new publication after it",
    [
      [unpublish(OLD), 0, "accepted"],
      [publish("new", NEW), 1, "accepted"],
    ],
    { event: "publish", title: "new" },
  ],
  [
    "a publication and then a take-back of before it",
    [
      [publish("new", NEW), 0, "accepted"],
      [unpublish(OLD), 1, "stale"],
    ],
    { event: "publish", title: "new" },
  ],
  [
    "two versions of one second, of which the later comer counts",
    [
      [publish("one", OLD), 0, "accepted"],
      [publish("two", OLD), 1, "accepted"],
    ],
    { title: "two" },
  ],
  [
    "a version without a time, which is as new as its arrival",
    [
      [publish("new", NEW), 0, "accepted"],
      [publish("undated", null), 1, "accepted"],
    ],
    { title: "undated" },
  ],
  [
    "an older version after one without a time",
    [
      [publish("new", NEW), 0, "accepted"],
      [publish("undated", null), 1, "accepted"],
      [publish("old", OLD), 2, "stale"],
    ],
    { title: "undated" },
  ],
  [
    "a take-back without a time before a version of before it",
    [
      [unpublish(null), 5, "accepted"],
      [publish("old", at(4)), 6, "stale"],
    ],
    { event: "unpublish" },
  ],
  [
    "a take-back without a time and a publication after it",
    [
      [unpublish(null), 5, "accepted"],
      [publish("new", at(6)), 7, "accepted"],
    ],
    { event: "publish", title: "new" },
  ],
];

export function describeWebhooks(used: () => StoreInUse): void {
  describe("webhooks", () => {
    test("answer a replay as before and refuse another body under the same id", async () => {
      const { store } = used();
      const message = {
        source: "webhook",
        id: "wh-1",
        bodyHash: "b1",
        entry: makeEntry({ via: "webhook" }),
        now: at(0),
      };
      const first = await store.addWebhook(message);
      expect(first).toEqual({ kind: "accepted", entryId: expect.any(String) });
      const entryId = first.kind === "conflict" ? null : first.entryId;
      expect(await store.addWebhook({ ...message, now: at(1) })).toEqual({ kind: "replay", entryId });
      const other = { ...message, bodyHash: "b2", entry: makeEntry({ guid: "other", via: "webhook" }) };
      expect(await store.addWebhook(other)).toEqual({ kind: "conflict" });
      expect(await claimAll(store, 2)).toEqual(["guid-1"]);
    });

    test("queue their entry under the id they answered with", async () => {
      const { store } = used();
      const answer = await store.addWebhook({
        source: "webhook",
        id: "wh-1",
        bodyHash: "b1",
        entry: makeEntry({ via: "webhook" }),
        now: at(0),
      });
      expect(answer).toMatchObject({ entryId: (await claimOne(store, 0)).id });
    });

    test("with a new id queue an entry that is known, because the publisher asks to look again", async () => {
      const { store } = used();
      const message = {
        source: "webhook",
        bodyHash: "b1",
        entry: makeEntry({ via: "webhook", content: null }),
        now: at(0),
      };
      await store.addWebhook({ ...message, id: "wh-1" });
      await store.settleEntry(await claimOne(store, 0), { kind: "done" });
      expect(await store.addWebhook({ ...message, id: "wh-2" })).toMatchObject({ kind: "accepted" });
      expect(await claimAll(store, 1)).toEqual(["guid-1"]);
    });

    test("sent many times at once are accepted once", async () => {
      const { store } = used();
      const message = {
        source: "webhook",
        id: "wh-1",
        bodyHash: "b1",
        entry: makeEntry({ via: "webhook" }),
        now: at(0),
      };
      const answers = await Promise.all(Array.from({ length: 5 }, () => store.addWebhook(message)));
      expect(answers.filter((answer) => answer.kind === "accepted")).toHaveLength(1);
      expect(answers.filter((answer) => answer.kind === "replay")).toHaveLength(4);
    });

    test("of two publishers may have the same id and name the same guid: each has its own", async () => {
      const { store } = used();
      const message = { id: "wh-1", bodyHash: "b1", entry: makeEntry({ via: "webhook" }), now: at(0) };
      const sources = ["webhook", "webhook:city-post", "webhook:harbour"];
      for (const source of sources)
        expect(await store.addWebhook({ ...message, source })).toMatchObject({ kind: "accepted" });
      expect(await store.addWebhook({ ...message, source: "webhook:harbour" })).toMatchObject({
        kind: "replay",
      });
      const queued = [await claimOne(store, 0), await claimOne(store, 0), await claimOne(store, 0)];
      expect(queued.map(({ source }) => source)).toEqual(sources);
      // One takes its own back; what the others said of theirs stands.
      const entry = { ...message.entry, event: "unpublish" as const };
      await store.addWebhook({ ...message, source: "webhook:harbour", id: "wh-2", entry });
      for (const one of queued) await store.settleEntry(one, { kind: "done" });
      expect(await claimOne(store, 0)).toMatchObject({
        source: "webhook:harbour",
        entry: { event: "unpublish" },
      });
      expect(await store.claimEntry(at(0))).toBeNull();
    });

    test("are still known after a restart", async () => {
      const { reopen, store } = used();
      const message = {
        source: "webhook",
        id: "wh-1",
        bodyHash: "b1",
        entry: makeEntry({ via: "webhook" }),
        now: at(0),
      };
      await store.addWebhook(message);
      expect(await (await reopen()).addWebhook(message)).toMatchObject({ kind: "replay" });
    });
  });

  describe("webhooks of one article", () => {
    test.for(ORDERS)("come to the same end in whatever order: %s", async ([, steps, left]) => {
      const { store } = used();
      for (const [entry, minute, kind] of steps) expect((await send(store, entry, minute)).kind).toBe(kind);
      expect((await claimOne(store, 60)).entry).toMatchObject(left);
      expect(await store.claimEntry(at(60))).toBeNull();
    });

    test.for(ORDERS)("come to it too when each is worked on at once: %s", async ([, steps, left]) => {
      const { store } = used();
      let last: Entry | null = null;
      for (const [entry, minute] of steps) {
        await send(store, entry, minute);
        const queued = await store.claimEntry(at(minute));
        if (queued === null) continue;
        await store.settleEntry(queued, { kind: "done" });
        last = queued.entry;
      }
      expect(last).toMatchObject(left);
    });

    test("know a stale message again as a replay", async () => {
      const { store } = used();
      await send(store, publish("new", NEW));
      const stale = {
        source: "webhook",
        id: "late",
        bodyHash: "b",
        entry: webhook(publish("old", OLD)),
        now: at(1),
      };
      const first = await store.addWebhook(stale);
      expect(first).toMatchObject({ kind: "stale" });
      expect(await store.addWebhook(stale)).toEqual({ ...first, kind: "replay" });
    });

    test("are told from another article's by the publisher's id alone", async () => {
      const { store } = used();
      await send(store, { guid: "a", ...publish("new", NEW) });
      expect(await send(store, { guid: "b", ...publish("old", OLD) })).toMatchObject({ kind: "accepted" });
    });

    test("keep the newest address for what comes without one", async () => {
      const { store } = used();
      await send(store, { ...publish("old", OLD), url: "https://news.example/first" });
      await send(store, { ...publish("new", NEW), url: "https://news.example/moved" });
      await store.settleEntry(await claimOne(store, 1), { kind: "done" });
      await send(store, { ...unpublish(NEW), url: null }, 2);
      expect((await claimOne(store, 2)).entry).toMatchObject({
        event: "unpublish",
        url: "https://news.example/moved",
      });
    });

    test("take an article back before anything that waits is published", async () => {
      const { store } = used();
      await send(store, { guid: "waiting", publishedAt: at(-999) });
      await send(store, { guid: "wrong", ...unpublish(null) });
      expect(await claimAll(store, 0)).toEqual(["wrong", "waiting"]);
    });

    test("void the work on a version that was taken back meanwhile", async () => {
      const { store } = used();
      await send(store, publish("old", OLD));
      const held = await claimOne(store, 0);
      await send(store, unpublish(NEW), 1);
      await store.settleEntry(held, { kind: "done" });
      expect((await claimOne(store, 1)).entry.event).toBe("unpublish");
    });
  });
}

let sent = 0;

/** Sends an event as a message of its own. */
export function send(store: Store, changes: Partial<Entry>, minute = 0): Promise<WebhookResult> {
  sent += 1;
  return store.addWebhook({
    source: "webhook",
    id: `message-${sent}`,
    bodyHash: String(sent),
    entry: webhook(changes),
    now: at(minute),
  });
}

/** The entry that a message with these changes asks for. */
export function webhook(changes: Partial<Entry>): Entry {
  return makeEntry({ via: "webhook", ...changes });
}
