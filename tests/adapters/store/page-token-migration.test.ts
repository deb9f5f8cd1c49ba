import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CamelCasePlugin, Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { expect, onTestFinished, test } from "vitest";
import { sqliteMigrations } from "#src/adapters/store/migrations.ts";
import type { Tables } from "#src/adapters/store/schema.ts";
import { createSeal } from "#src/adapters/store/seal.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { findSecrets } from "#tests/canaries.ts";
import { dialectOf } from "./dialect.ts";

const TOKEN = "let-me-in-to-the-page";

test("The page's token of before leaves the store, and other settings stay", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "lede-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "lede.sqlite");
  const db = new Kysely<Tables>({
    dialect: dialectOf(file),
    plugins: [new CamelCasePlugin()],
  });
  const before = Object.entries(sqliteMigrations(createSeal(""))).filter(([name]) => name < "0009");
  await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(Object.fromEntries(before)) },
  }).migrateToLatest();
  await db
    .insertInto("settings")
    .values([
      { name: "page.token", value: TOKEN },
      { name: "zone", value: "UTC" },
    ])
    .execute();
  await db.destroy();

  const store = await openSqliteStore({ path: file });
  onTestFinished(() => store.close());
  expect(await store.setting("page.token")).toBeNull();
  expect(await store.setting("zone")).toBe("UTC");
  expect(await findSecrets(folder, { TOKEN })).toEqual([]);
});
