import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CamelCasePlugin, Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sqliteMigrations } from "#src/adapters/store/migrations.ts";
import type { Tables } from "#src/adapters/store/schema.ts";
import { createSeal } from "#src/adapters/store/seal.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { at, makeEntry } from "#tests/contracts/store-fixtures.ts";
import { dialectOf } from "./dialect.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lede-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test("An entry that was queued before there were take-backs and embargoes is given out as a publication", async () => {
  const file = path.join(folder, "lede.sqlite");
  const {
    event: _event,
    releaseAt: _releaseAt,
    ...before
  } = makeEntry({ via: "webhook", updatedAt: at(-5) });
  const body = { ...before, publishedAt: at(-60).getTime(), updatedAt: at(-5).getTime() };
  await writeFirstStore(file, JSON.stringify(body));
  const store = await openSqliteStore({ path: file });
  const late = {
    source: "webhook",
    id: "late",
    bodyHash: "b",
    entry: makeEntry({ via: "webhook", updatedAt: at(-6) }),
    now: at(0),
  };
  expect(await store.addWebhook(late)).toMatchObject({ kind: "stale" });
  expect(await store.claimEntry(at(0))).toMatchObject({
    entry: { ...before, event: "publish", releaseAt: null },
  });
  await store.close();
});

async function writeFirstStore(file: string, body: string): Promise<void> {
  const db = new Kysely<Tables>({
    dialect: dialectOf(file),
    plugins: [new CamelCasePlugin()],
  });
  const { "0001-first": first } = sqliteMigrations(createSeal(""));
  if (first === undefined) throw new Error("There is no first migration");
  await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ "0001-first": first }) },
  }).migrateToLatest();
  const row = {
    source: "webhook",
    guid: "guid-1",
    hash: "h",
    state: "due",
    body,
    orderAt: 0,
    dueAt: 0,
    attempts: 0,
  };
  await db.insertInto("entries").values(row).execute();
  await db.destroy();
}
