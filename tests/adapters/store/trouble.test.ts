import { mkdtemp, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "#src/adapters/store/node-sqlite.ts";
import { openSqliteStore, storeOn } from "#src/adapters/store/sqlite.ts";
import type { Store } from "#src/ports-store.ts";
import { makeArticle, makeEntry } from "#tests/contracts/store-fixtures.ts";
import { startChild } from "./children.ts";

const PAGE_BYTES = 4_096;
const NOW = new Date();
const LONG = { type: "text", body: "x".repeat(400_000) } as const;

let folder = "";
let file = "";
const stores: Store[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lede-trouble-"));
  file = path.join(folder, "data", "lede.sqlite");
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  await rm(folder, { recursive: true, force: true });
});

function kept(store: Store): Store {
  stores.push(store);
  return store;
}

/** A store with one entry that is worked on, and how to take its room away and give it back. */
async function openSmall() {
  await (await openSqliteStore({ path: file })).close();
  const database = openDatabase(file);
  const store = kept(await storeOn(database, { path: file }));
  await store.addEntry(makeEntry(), NOW);
  const queued = await store.claimEntry(NOW);
  if (queued === null) throw new Error("nothing was queued");
  const limit = (pages: number): void => database.exec(`pragma max_page_count = ${pages}`);
  return { store, queued, fill: () => limit(1), makeRoom: () => limit(1_000_000) };
}

test("A full store refuses every write and still reads, until it is seen that there is room", async () => {
  const { store, fill, makeRoom } = await openSmall();
  fill();
  const entry = { ...makeEntry(), guid: "long", content: LONG };
  await expect(store.addEntry(entry, NOW)).rejects.toMatchObject({ code: "store/full" });
  expect(store.trouble()).toMatchObject({ code: "store/full" });
  await expect(store.saveSetting("small", "1")).rejects.toMatchObject({ code: "store/full" });
  await expect(store.claimEntry(NOW)).rejects.toMatchObject({ code: "store/full" });
  expect(await store.counts()).toMatchObject({ entries: { leased: 1 } });
  store.tend();
  expect(store.trouble()).toMatchObject({ code: "store/full" });
  makeRoom();
  store.tend();
  expect(store.trouble()).toBeNull();
  expect(await store.addEntry(entry, NOW)).toBe(true);
  expect(await store.setting("store.tried")).toBeNull();
});

test("What ends a piece of work waits for a full store, and counts as begun only where it was", async () => {
  const { store, queued, fill, makeRoom } = await openSmall();
  fill();
  await store.addEntry({ ...makeEntry(), guid: "long", content: LONG }, NOW).catch(() => undefined);
  let settled = false;
  const settling = store.settleEntry(queued, { kind: "returned", at: NOW }).then(() => (settled = true));
  store.tend();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(settled).toBe(false);
  makeRoom();
  store.tend();
  await settling;
  expect(await store.claimEntry(NOW)).toMatchObject({ id: queued.id, attempts: 1 });
});

test("What waits for a full store is let go of at the end", async () => {
  const { store, queued, fill } = await openSmall();
  fill();
  await store.addEntry({ ...makeEntry(), guid: "long", content: LONG }, NOW).catch(() => undefined);
  const settling = store.settleEntry(queued, { kind: "done" });
  store.stopWaiting();
  await expect(settling).rejects.toMatchObject({ code: "store/full" });
});

test("Reading it through finds a damaged page that nobody has read, and stops all writing for good", async () => {
  await fillAndDamage("articles");
  const store = kept(await openSqliteStore({ path: file }));
  await store.saveSetting("before", "1");
  await store.check();
  expect(store.trouble()).toMatchObject({ code: "store/damaged", details: { found: expect.any(Array) } });
  store.tend();
  await expect(store.addEntry(makeEntry(), NOW)).rejects.toMatchObject({ code: "store/damaged" });
  expect(await store.setting("before")).toBe("1");
});

test("So does the first read of it", async () => {
  await fillAndDamage("articles");
  const store = kept(await openSqliteStore({ path: file }));
  await expect(store.article("article-1")).rejects.toMatchObject({ code: "store/damaged" });
  store.tend();
  await expect(store.saveSetting("after", "1")).rejects.toMatchObject({ code: "store/damaged" });
});

test("A sound store is found so, also while it is written, and its file stays this process's alone", async () => {
  const store = kept(await openSqliteStore({ path: file }));
  const checking = store.check();
  for (let number = 1; number <= 50; number += 1)
    await store.saveArticle(makeArticle({ id: `article-${number}` }));
  await checking;
  expect(store.trouble()).toBeNull();
  const child = startChild("child-open.ts", [file]);
  await child.said;
  await child.kill();
  expect(child.lines()).toEqual(["store/locked"]);
});

test("A folder that is gone or replaced stops all writing until it is back", async () => {
  const store = kept(await openSqliteStore({ path: file }));
  const data = path.dirname(file);
  const away = path.join(folder, "away");
  await rename(data, away);
  store.tend();
  await expect(store.addEntry(makeEntry(), NOW)).rejects.toMatchObject({ code: "store/moved" });
  await (await openSqliteStore({ path: file })).close();
  store.tend();
  expect(store.trouble()).toMatchObject({ code: "store/moved" });
  await rm(data, { recursive: true });
  await rename(away, data);
  store.tend();
  expect(store.trouble()).toBeNull();
  expect(await store.addEntry(makeEntry(), NOW)).toBe(true);
});

async function fillAndDamage(table: string): Promise<void> {
  const store = await openSqliteStore({ path: file });
  for (let number = 1; number <= 40; number += 1)
    await store.saveArticle(makeArticle({ id: `article-${number}` }));
  await store.close();
  const database = new DatabaseSync(file, { readOnly: true });
  const row = database.prepare("select rootpage from sqlite_schema where name = ?").get(table);
  database.close();
  const handle = await open(file, "r+");
  await handle.write(Buffer.alloc(PAGE_BYTES), 0, PAGE_BYTES, (Number(row?.["rootpage"]) - 1) * PAGE_BYTES);
  await handle.close();
}
