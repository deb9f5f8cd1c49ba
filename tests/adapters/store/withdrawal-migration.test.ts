import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CamelCasePlugin, Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sqliteMigrations } from "#src/adapters/store/migrations.ts";
import type { Tables } from "#src/adapters/store/schema.ts";
import { createSeal } from "#src/adapters/store/seal.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { dialectOf } from "./dialect.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lede-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test("A fact that was taken back before its evidence was kept has that of its case, or none", async () => {
  const file = path.join(folder, "lede.sqlite");
  await writeStoreBefore(file);
  const store = await openSqliteStore({ path: file });
  const row = { workspace: "discord:1", articleId: "a" };
  expect(await store.withdrawnFacts(["a"])).toEqual([
    { ...row, fact: "f1", text: "Nine.", evidence: ["Nine people."] },
    { ...row, fact: "f2", text: "Ten.", evidence: [] },
  ]);
  await store.close();
});

async function writeStoreBefore(file: string): Promise<void> {
  const db = new Kysely<Tables>({
    dialect: dialectOf(file),
    plugins: [new CamelCasePlugin()],
  });
  const before = Object.fromEntries(
    Object.entries(sqliteMigrations(createSeal(""))).filter(([name]) => name < "0008-withdrawal-evidence"),
  );
  const provider = { getMigrations: () => Promise.resolve(before) };
  await new Migrator({ db, provider }).migrateToLatest();
  for (const [fact, text] of [
    ["f1", "Nine."],
    ["f2", "Ten."],
  ])
    await sql`insert into withdrawals values ('discord:1', ${fact}, 'a', ${text}, '7', 0)`.execute(db);
  const body = JSON.stringify({ id: "f1", evidence: ["Nine people."] });
  await sql`insert into cases values ('f1', ${body}, 0)`.execute(db);
  await db.destroy();
}
