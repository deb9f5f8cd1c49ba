import { expect, test } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { addFeed, poll } from "#tests/contracts/feed-polls.ts";
import { at } from "#tests/contracts/store-fixtures.ts";
import { makeItem } from "#tests/feed-items.ts";

const FIRE = makeItem({ guid: "urn:feed", url: "https://news.example/fire", title: "Fire at the harbour" });
const FLOOD = makeItem({ guid: "urn:feed", url: "https://news.example/flood", title: "Flood at the quay" });

test("an article that was listed with another under one guid stays itself when it is listed alone", async () => {
  const store = await openSqliteStore({ path: ":memory:" });
  const feed = await addFeed(store, { baseline: false });
  const listed = { ...feed, baselined: true };
  const work = async (): Promise<[string | null, string | null][]> => {
    const done: [string | null, string | null][] = [];
    for (;;) {
      const queued = await store.claimEntry(at(1));
      if (queued === null) return done;
      const { articleId, entry } = queued;
      done.push([entry.url, articleId]);
      await store.settleEntry(queued, { kind: "done", articleId: articleId ?? `article of ${entry.url}` });
    }
  };

  await poll(store, listed, [FIRE]);
  expect(await work()).toEqual([["https://news.example/fire", null]]);
  await poll(store, listed, [FLOOD, FIRE]);
  expect(await work()).toEqual([["https://news.example/flood", null]]);
  await poll(store, listed, [FLOOD]);
  expect(await work()).toEqual([]);

  const corrected = { ...FLOOD, title: "Flood at the old quay" };
  await poll(store, listed, [corrected]);
  expect(await work()).toEqual([["https://news.example/flood", "article of https://news.example/flood"]]);
  await store.close();
});
