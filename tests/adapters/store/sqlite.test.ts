import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { describeStore } from "#tests/contracts/store.ts";

describeStore("SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lede-store-"));
  return {
    open: () => openSqliteStore({ path: join(folder, "data", "lede.db") }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});
