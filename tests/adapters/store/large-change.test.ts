import { afterEach, expect, test } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { digest } from "#src/core/article.ts";
import type { Edit } from "#src/core/moderation.ts";
import { MOST_SOURCES } from "#src/core/source-actions.ts";
import type { Workspace } from "#src/core/workspace.ts";
import type { Store } from "#src/ports-store.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const opened: Store[] = [];

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

function imported(workspace: Workspace): Edit[] {
  return Array.from({ length: MOST_SOURCES }, (_, at) => {
    const url = `https://n${at}.example/feed`;
    const id = digest(`source|${workspace}|${url}`);
    return { kind: "source", id, value: { id, workspace, url, title: null, backfill: 0, addedAt: NOW } };
  });
}

/** How often other work had its turn meanwhile. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await work;
  isOver = true;
  return turns;
}

test("as many sources as there is room for are one change, one undo, and leave others their turns", async () => {
  const store = await openSqliteStore({ path: ":memory:" });
  opened.push(store);
  const change = { by: "moderator", at: NOW, summary: "Imported all", seen: null };
  const [first, second] = ["discord:1", "slack:T1"] as const;
  const some = imported(second).slice(0, 3);
  await store.change({ ...change, workspace: second, edits: some });
  const all = imported(first);
  expect(await turnsDuring(store.change({ ...change, workspace: first, edits: all }))).toBeGreaterThan(15);
  expect(await store.feeds()).toHaveLength(MOST_SOURCES);
  expect(await store.changeLog(first, 9)).toHaveLength(1);
  expect(await turnsDuring(store.undo({ workspace: first, by: "moderator", at: NOW }))).toBeGreaterThan(30);
  expect((await store.decisions(first)).sources).toEqual([]);
  // What the other workspace reads is polled as before.
  expect((await store.feeds()).map(({ url }) => url)).toEqual([
    "https://n0.example/feed",
    "https://n1.example/feed",
    "https://n2.example/feed",
  ]);
});
