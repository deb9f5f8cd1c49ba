import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, open as openFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as immediately, setTimeout as sleep } from "node:timers/promises";
import { Migrator } from "kysely/migration";
import { CamelCasePlugin, Kysely } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sqliteMigrations } from "#src/adapters/store/migrations.ts";
import { openDatabase } from "#src/adapters/store/node-sqlite.ts";
import type { Tables } from "#src/adapters/store/schema.ts";
import { createSeal } from "#src/adapters/store/seal.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import type { Store } from "#src/ports-store.ts";
import { at, publishNew } from "#tests/contracts/store-fixtures.ts";
import { startChild } from "./children.ts";
import { dialectOf } from "./dialect.ts";

const PAGE_BYTES = 4_096;
const KILLS = 5;
const LONGEST_LIFE_MS = 150;

let folder = "";
let file = "";
let copies = "";
const closers: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lede-backup-"));
  file = path.join(folder, "lede.sqlite");
  copies = path.join(folder, "backups");
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await rm(folder, { recursive: true, force: true });
});

async function open(changes: Partial<Parameters<typeof openSqliteStore>[0]> = {}): Promise<Store> {
  const store = await openSqliteStore({ path: file, ...changes });
  closers.push(() => store.close());
  return store;
}

function read(copy: string) {
  const database = new DatabaseSync(copy, { readOnly: true });
  try {
    const integrity = database.prepare("pragma integrity_check").all();
    const counts = database
      .prepare(
        "select (select count(*) from articles) as articles, (select count(*) from deliveries) as deliveries",
      )
      .get();
    return { isSound: Object.values(integrity[0] ?? {})[0] === "ok", ...counts };
  } finally {
    database.close();
  }
}

test("A copy that is made while the store is written holds all from before, no half transaction, and is private", async () => {
  const store = await open();
  await publishNew(store, { id: "before", brief: "b" });
  const made = new AbortController();
  const writing = writeUntil(store, made.signal);
  const copy = await store.backup({ kind: "asked", now: at(0) });
  made.abort();
  expect(await writing).toBeGreaterThan(0);
  const { articles, deliveries, isSound } = read(copy) as Record<string, unknown>;
  expect(isSound).toBe(true);
  expect(Number(articles)).toBeGreaterThanOrEqual(1);
  expect(Number(articles) - Number(deliveries)).toBeLessThanOrEqual(1);
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
  expect((await stat(copies)).mode & 0o777).toBe(0o700);
});

test("After a copy the store is still this process's alone, and goes on writing into its file", async () => {
  const store = await open();
  await store.backup({ kind: "asked", now: at(0) });
  const child = startChild("child-open.ts", [file]);
  await child.said;
  expect(child.lines()).toEqual(["store/locked"]);
  await child.kill();
  await publishNew(store);
  expect(await store.counts()).toMatchObject({ articles: 1 });
});

test("Of each kind the newest copies stay, and nothing else in the folder is touched", async () => {
  const store = await open({ backups: { folder: copies, keep: 2 } });
  await mkdir(copies);
  await writeFile(path.join(copies, "lede-notes.sqlite"), "mine");
  for (const minutes of [0, 1, 2, 3]) await store.backup({ kind: "daily", now: at(minutes) });
  await store.backup({ kind: "asked", now: at(4) });
  expect((await readdir(copies)).sort()).toEqual([
    "lede-2026-11-24T12-02-00.000Z-daily.sqlite",
    "lede-2026-11-24T12-03-00.000Z-daily.sqlite",
    "lede-2026-11-24T12-04-00.000Z-asked.sqlite",
    "lede-notes.sqlite",
  ]);
  expect(await store.lastBackup()).toEqual(at(3));
});

test("A copy of a damaged store is not kept, and pushes out none that is good", async () => {
  const store = await open({ backups: { folder: copies, keep: 1 } });
  await publishNew(store);
  await store.backup({ kind: "daily", now: at(0) });
  await store.close();
  await damage(file, "articles");
  const damaged = await open({ backups: { folder: copies, keep: 1 } });
  await expect(damaged.backup({ kind: "daily", now: at(1) })).rejects.toMatchObject({
    code: "backup/damaged",
  });
  expect(await readdir(copies)).toEqual(["lede-2026-11-24T12-00-00.000Z-daily.sqlite"]);
});

test("A store that is closed while it is copied leaves no half copy", async () => {
  const store = await open();
  const copying = store.backup({ kind: "daily", now: at(0) });
  await Promise.all([expect(copying).rejects.toThrow("aborted"), store.close()]);
  expect(await readdir(copies).catch(() => [])).toEqual([]);
});

test("A process that is killed while it copies leaves sound copies alone, and its half one is removed by the next", async () => {
  const store = await open();
  for (let number = 0; number < 50; number += 1)
    await publishNew(store, { id: `a${number}`, brief: `b${number}` });
  await store.close();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = startChild("child-backup.ts", [file]);
    await child.said;
    await sleep(Math.random() * LONGEST_LIFE_MS);
    await child.kill();
  }
  await writeFile(path.join(copies, "lede-2026-11-24T12-00-00.000Z-daily.sqlite.part"), "half");
  await (await open()).backup({ kind: "asked", now: new Date() });
  const names = await readdir(copies);
  expect(names.filter((name) => !name.endsWith(".sqlite"))).toEqual([]);
  for (const name of names)
    expect({ name, ...read(path.join(copies, name)) }).toMatchObject({ isSound: true, articles: 50 });
});

test("A store of an older Lede is copied as it was before it is migrated", async () => {
  await writeOlder();
  const store = await open();
  const [name = ""] = await readdir(copies);
  expect(name).toMatch(/-upgrade\.sqlite$/);
  expect(columnsOf(path.join(copies, name))).not.toContain("queued_at");
  await store.close();
  expect(columnsOf(file)).toContain("queued_at");
  await open();
  expect((await readdir(copies)).filter((one) => one.endsWith(".sqlite"))).toHaveLength(1);
});

test("A store that can not be copied is not migrated", async () => {
  await writeOlder();
  await writeFile(copies, "no folder");
  await expect(open()).rejects.toMatchObject({ code: "backup/failed" });
  expect(columnsOf(file)).not.toContain("queued_at");
  await open({ backups: { folder: copies, keep: 0 } });
});

test.runIf(process.getuid?.() === 0 && process.platform === "linux")(
  "A disk with too little room is left alone, and the store goes on",
  async ({ skip }) => {
    await mkdir(copies);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=400k", "none", copies]).status;
    skip(mounted !== 0, "This account may not mount a file system.");
    closers.push(async () => spawnSync("umount", [copies]));
    const store = await open();
    await expect(store.backup({ kind: "daily", now: at(0) })).rejects.toMatchObject({
      code: "backup/no-room",
    });
    expect(await readdir(copies)).toEqual([]);
    expect(store.trouble()).toBeNull();
    await publishNew(store);
  },
);

/** Returns how much it wrote. */
async function writeUntil(store: Store, signal: AbortSignal): Promise<number> {
  let writes = 0;
  for (; !signal.aborted; writes += 1) {
    await publishNew(store, { id: `a${writes}`, brief: `b${writes}` });
    // A store that never waits would let no message of the other thread in.
    await immediately();
  }
  return writes;
}

/** As a Lede left it that knew nothing of the newest changes. */
async function writeOlder(): Promise<void> {
  openDatabase(file).close();
  const db = new Kysely<Tables>({ dialect: dialectOf(file), plugins: [new CamelCasePlugin()] });
  const known = Object.entries(sqliteMigrations(createSeal("")));
  const before = Object.fromEntries(known.filter(([name]) => name < "0013"));
  await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(before) },
  }).migrateToLatest();
  await db.destroy();
}

function columnsOf(copy: string): string[] {
  const database = new DatabaseSync(copy, { readOnly: true });
  const rows = database.prepare("select name from pragma_table_info('deliveries')").all();
  database.close();
  return rows.map(({ name }) => String(name));
}

/** Zeroes a table's first page. */
async function damage(target: string, table: string): Promise<void> {
  const database = new DatabaseSync(target, { readOnly: true });
  const row = database.prepare("select rootpage from sqlite_schema where name = ?").get(table);
  database.close();
  const handle = await openFile(target, "r+");
  await handle.write(Buffer.alloc(PAGE_BYTES), 0, PAGE_BYTES, (Number(row?.["rootpage"]) - 1) * PAGE_BYTES);
  await handle.close();
}
