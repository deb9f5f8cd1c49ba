import { mkdir, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkVersion, openDatabase } from "#src/adapters/store/node-sqlite.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { findSecrets } from "#tests/canaries.ts";
import { makeArticle, makeCall, makeEntry } from "#tests/contracts/store-fixtures.ts";
import { startChild } from "./children.ts";
import { dialectOf } from "./dialect.ts";

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lede-open-"));
  path = join(folder, "lede.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("opening the SQLite store", () => {
  test("makes the folder, for its owner alone", async () => {
    const deep = join(folder, "a", "b", "lede.db");
    await (await openSqliteStore({ path: deep })).close();
    const { mode } = await stat(join(folder, "a", "b"));
    expect((mode & 0o777).toString(8)).toBe(process.platform === "win32" ? "666" : "700");
  });

  test("what is deleted is not left in the file", async () => {
    const store = await openSqliteStore({ path });
    const body = "canary-of-an-entry".repeat(200);
    await store.addEntry(makeEntry({ content: { type: "text", body } }), new Date());
    const queued = await store.claimEntry(new Date());
    if (queued === null) throw new Error("Nothing was queued");
    await store.settleEntry(queued, { kind: "done" });
    await store.close();
    expect(await findSecrets(folder, { text: "canary-of-an-entry" })).toEqual([]);
  });

  test("in memory leaves no file", async () => {
    const store = await openSqliteStore({ path: ":memory:" });
    await store.saveSetting("a", "1");
    expect(await store.setting("a")).toBe("1");
    await store.close();
    await expect(stat(":memory:")).rejects.toThrow("ENOENT");
  });

  test("refuses a folder that can not be made, and says what to do", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(openSqliteStore({ path: join(folder, "file", "lede.db") })).rejects.toMatchObject({
      code: "config/invalid",
      say: expect.stringContaining("LEDE_DATA"),
    });
  });

  test("refuses a folder in the file's place", async () => {
    await mkdir(path);
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: "config/invalid" });
  });
});

describe("a data file in use", () => {
  test("is refused to a second store of the same process, and free again after closing", async () => {
    const store = await openSqliteStore({ path });
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: "store/locked" });
    await store.saveSetting("still", "works");
    await store.close();
    const again = await openSqliteStore({ path });
    expect(await again.setting("still")).toBe("works");
    await again.close();
  });

  test("is refused to a second process, also after this process tried to open it twice", async () => {
    const store = await openSqliteStore({ path });
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: "store/locked" });
    const child = startChild("child-open.ts", [path]);
    await child.said;
    await child.kill();
    expect(child.lines()).toEqual(["store/locked"]);
    await store.close();
  });

  test("is free again the moment its process is killed", async () => {
    const child = startChild("child-open.ts", [path]);
    await child.said;
    expect(child.lines()).toEqual(["open"]);
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: "store/locked" });
    await child.kill();
    await (await openSqliteStore({ path })).close();
  });
});

describe("SQLite's version", () => {
  test.for(["3.51.2", "3.50.9", "3.7.0", "2.99.99", "", "unknown"])("%s is refused", (version) => {
    expect(() => checkVersion(version)).toThrow("store/too-old");
  });

  test.for(["3.51.3", "3.51.10", "3.52.0", "4.0.0"])("%s is good", (version) => {
    expect(() => checkVersion(version)).not.toThrow();
  });

  test("that is too old is refused before any file is touched", async () => {
    const opening = openSqliteStore({ path: join(folder, "new", "lede.db"), version: () => "3.46.1" });
    await expect(opening).rejects.toMatchObject({ code: "store/too-old", details: { version: "3.46.1" } });
    await expect(stat(join(folder, "new"))).rejects.toThrow("ENOENT");
  });
});

describe("a data file that can not be used", () => {
  test("because it is no SQLite file is refused, and left as it is", async () => {
    const text = "This is a diary, not a database.\n".repeat(200);
    await writeFile(path, text);
    await expect(openSqliteStore({ path })).rejects.toMatchObject({
      code: "store/damaged",
      say: expect.stringMatching(/backup.*move it away/),
    });
    expect(await readFile(path, "utf8")).toBe(text);
  });

  test("because it is another program's is refused, and left as it is", async () => {
    const other = new DatabaseSync(path);
    other.exec("create table cookies (name text)");
    other.close();
    const before = await readFile(path);
    await expect(openSqliteStore({ path })).rejects.toMatchObject({
      code: "store/damaged",
      say: expect.stringContaining("another program"),
    });
    expect(await readFile(path)).toEqual(before);
    expectFree(path);
  });

  test("because it was cut in half is refused", async () => {
    await fill(path);
    await truncate(path, Math.floor((await stat(path)).size / 2));
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: "store/damaged" });
  });

  test("because its header is gone is refused", async () => {
    await fill(path);
    const file = await open(path, "r+");
    await file.write(Buffer.alloc(100, 0xff), 0, 100, 0);
    await file.close();
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: "store/damaged" });
  });

  test("because a newer Lede wrote it is refused with that advice, and is not changed", async () => {
    await fill(path);
    const newer = new DatabaseSync(path);
    newer.exec(
      "insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01T00:00:00Z')",
    );
    newer.close();
    await expect(openSqliteStore({ path })).rejects.toMatchObject({
      code: "store/newer",
      details: { unknown: ["9999-later"] },
    });
    expectFree(path);
  });

  test("because a page of it is damaged says so when that page is read", async () => {
    await fill(path);
    const page = pageOf(path, "articles");
    const file = await open(path, "r+");
    await file.write(Buffer.alloc(4096), 0, 4096, (page - 1) * 4096);
    await file.close();
    const store = await openSqliteStore({ path });
    await expect(store.article("article-1")).rejects.toMatchObject({ code: "store/damaged" });
    await store.close();
  });
});

describe("the data file", () => {
  test("has the journal and the syncing that keep what was acknowledged", async () => {
    const database = openDatabase(path);
    const pragmas = ["journal_mode", "synchronous", "foreign_keys", "locking_mode", "busy_timeout"];
    const values = pragmas.map((name) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]);
    database.close();
    expect(values).toEqual(["wal", 2, 1, "exclusive", 1000]);
  });

  test("has only strict tables of ours", async () => {
    await fill(path);
    const database = new DatabaseSync(path, { readOnly: true });
    const loose = database
      .prepare("select name from pragma_table_list where schema = 'main' and strict = 0 order by name")
      .all()
      .map((row) => row["name"]);
    database.close();
    expect(loose).toEqual(["kysely_migration", "kysely_migration_lock", "sqlite_schema", "sqlite_sequence"]);
  });

  test("does not keep an entry's text beside the article's once the entry is done", async () => {
    const store = await openSqliteStore({ path });
    await store.addEntry(makeEntry(), new Date());
    const queued = await store.claimEntry(new Date());
    if (queued !== null) await store.settleEntry(queued, { kind: "done" });
    await store.close();
    expect(bodies(path, "entries")).toEqual([null]);
  });

  test("keeps nothing of a migration that failed half way", async () => {
    const db = new Kysely<unknown>({ dialect: dialectOf(path) });
    const up = async (trx: Kysely<unknown>) => {
      await sql`create table half (a integer) strict`.execute(trx);
      await sql`create table half (a integer) strict`.execute(trx);
    };
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ "0001": { up } }) },
    });
    expect((await migrator.migrateToLatest()).error).toMatchObject({
      message: expect.stringContaining("already exists"),
    });
    const tables = await db.introspection.getTables();
    expect(tables.map(({ name }) => name)).not.toContain("half");
    await db.destroy();
  });

  test("keeps no reply token and no text of a call that was answered", async () => {
    const store = await openSqliteStore({ path });
    await store.receiveCall(makeCall({ handle: "token-of-the-reply" }));
    await store.finishCall("call-1", new Date());
    await store.close();
    expect(bodies(path, "calls")).toEqual([null]);
  });
});

/** A closed store with something in it. */
async function fill(path: string): Promise<void> {
  const store = await openSqliteStore({ path });
  for (let number = 1; number <= 40; number += 1)
    await store.saveArticle(makeArticle({ id: `article-${number}` }));
  await store.close();
}

/** Refused or not, nothing may be left holding the file. */
function expectFree(path: string): void {
  const database = new DatabaseSync(path);
  expect(() => database.exec("begin exclusive; rollback")).not.toThrow();
  database.close();
}

function bodies(path: string, table: "calls" | "entries"): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare(`select body from ${table}`).all();
  database.close();
  return rows.map((row) => row["body"]);
}

function pageOf(path: string, table: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const row = database.prepare("select rootpage from sqlite_schema where name = ?").get(table);
  database.close();
  return Number(row?.["rootpage"]);
}
