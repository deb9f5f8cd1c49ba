import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyDataFile } from "#src/adapters/store/copy-file.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import type { Store } from "#src/ports-store.ts";
import { at, claim, publishNew, sent } from "#tests/contracts/store-fixtures.ts";

let folder = "";
let file = "";
const stores: Store[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lede-doubt-"));
  file = path.join(folder, "lede.sqlite");
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(minutes: number): Promise<Store> {
  const store = await openSqliteStore({ path: file });
  stores.push(store);
  await store.recover(at(minutes));
  return store;
}

/** Posts one story, has the file of then put back after another one was posted, and starts again. */
async function putBack(): Promise<Store> {
  const first = await start(0);
  await publishNew(first, { id: "known", brief: "b1", now: at(1) });
  await sent(first, await claim(first, at(1)), at(1));
  await publishNew(first, { id: "owed", brief: "b2", now: at(2) });
  await first.close();
  await copyFile(file, `${file}.copy`);
  const second = await start(3);
  await sent(second, await claim(second, at(4)), at(4));
  await publishNew(second, { id: "lost", brief: "b3", now: at(5) });
  await sent(second, await claim(second, at(5)), at(5));
  await second.close();
  await copyFile(`${file}.copy`, file);
  return start(10);
}

test("After a clean stop nothing is looked for", async () => {
  await publishNew(await start(0), { now: at(1) });
  await stores[0]?.close();
  expect(await claim(await start(2), at(3))).toMatchObject({ readBackFrom: null });
});

test("A copy that is made while Lede does not run leaves its file a known one", async () => {
  await publishNew(await start(0), { now: at(1) });
  await stores[0]?.close();
  await copyDataFile({ file, kind: "asked", now: at(2), folder: path.join(folder, "backups"), keep: 1 });
  expect(await claim(await start(3), at(4))).toMatchObject({ readBackFrom: null });
});

test("Once an older file was put back, what it owes and what comes anew is looked for since its last post", async () => {
  const store = await putBack();
  const owed = await claim(store, at(11));
  expect(owed).toMatchObject({ readBackFrom: at(1) });
  await sent(store, owed, at(11));
  await publishNew(store, { id: "lost", brief: "b3", now: at(12) });
  expect(await claim(store, at(12))).toMatchObject({ readBackFrom: at(1) });
});

test("That holds over clean stops, and ends after a week", async () => {
  const store = await putBack();
  await store.close();
  const again = await start(20);
  await publishNew(again, { id: "lost", brief: "b3", now: at(21) });
  for (const minutes of [21, 22]) {
    const claimed = await claim(again, at(minutes));
    expect(claimed).toMatchObject({ readBackFrom: at(1) });
    await sent(again, claimed, at(minutes));
  }
  const week = 7 * 24 * 60 + 11;
  await publishNew(again, { id: "late", brief: "b4", now: at(week) });
  expect(await claim(again, at(week))).toMatchObject({ readBackFrom: null });
});

/** Leaves the folder as a kill leaves it, and starts in it. */
async function startKilled(
  damage: (journal: string) => Promise<void>,
  { recovers = true } = {},
): Promise<Store> {
  const first = await start(0);
  await publishNew(first, { id: "known", brief: "b1", now: at(1) });
  await sent(first, await claim(first, at(1)), at(1));
  await publishNew(first, { id: "owed", brief: "b2", now: at(2) });
  const beside = [`${file}-wal`, `${file}.last`];
  for (const name of beside) await copyFile(name, `${name}.copy`);
  await first.close();
  // What a clean stop takes away stands there again: the file is the very one, and holds no more than its journal says.
  for (const name of beside) await copyFile(`${name}.copy`, name);
  await damage(beside[0] ?? "");
  return recovers ? start(10) : openSqliteStore({ path: file });
}

test("After a crash nothing is looked for that was not in hand", async () => {
  const store = await startKilled(() => Promise.resolve());
  expect(await claim(store, at(11))).toMatchObject({ readBackFrom: null });
});

test.for([
  ["lost", (journal: string) => rm(journal)],
  ["damaged", (journal: string) => damageHalf(journal)],
  ["cut off before its first page", (journal: string) => truncate(journal, 100)],
] as const)("After a crash with a journal that is %s all is looked for", async ([, damage]) => {
  const store = await startKilled(damage);
  await publishNew(store, { id: "anew", brief: "b9", now: at(11) });
  const claimed = await claim(store, at(12));
  expect(claimed.readBackFrom).not.toBeNull();
});

/** One byte of the page in its middle. */
async function damageHalf(journal: string): Promise<void> {
  const bytes = await readFile(journal);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  await writeFile(journal, bytes);
}

test("A crash before the first look does not make it a known one", async () => {
  const store = await startKilled((journal) => rm(journal), { recovers: false });
  await publishNew(store, { id: "anew", brief: "b9", now: at(11) });
  await copyFile(`${file}-wal`, `${file}-wal.copy`);
  await store.close();
  await copyFile(`${file}-wal.copy`, `${file}-wal`);
  expect((await claim(await start(12), at(13))).readBackFrom).not.toBeNull();
});

test("A look into the store between does not make its file a known one", async () => {
  const first = await start(0);
  await publishNew(first, { now: at(1) });
  await first.close();
  await copyFile(file, `${file}.copy`);
  await copyFile(`${file}.copy`, file);
  await (await openSqliteStore({ path: file })).close();
  expect((await claim(await start(5), at(6))).readBackFrom).not.toBeNull();
});
