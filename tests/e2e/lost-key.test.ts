import { rm } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { makeCall } from "#tests/contracts/store-fixtures.ts";
import { createStage } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

test("a Lede whose key is lost starts, says how many commands that cost, and is done with them", async () => {
  const folder = await stage.dataDir();
  const file = path.join(folder, "lede.sqlite");
  const before = await openSqliteStore({ path: file });
  await before.receiveCall(makeCall({ receivedAt: new Date() }));
  await before.close();
  await rm(path.join(folder, "lede.key"));

  const lede = stage.start({ LEDE_DATA: folder });
  await lede.page();
  await lede.shows(/"calls":1[^\n]*"commands dropped that no key of now opens"/);
  await lede.kill();
  const store = await openSqliteStore({ path: file });
  expect(await store.openCalls(new Date(0))).toEqual({ calls: [], lost: [] });
  await store.close();
});
