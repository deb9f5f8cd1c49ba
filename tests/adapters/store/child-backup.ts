import { openSqliteStore } from "#src/adapters/store/sqlite.ts";

/** Copies the store at the given path again and again, and says so before each time. */
const [path = ""] = process.argv.slice(2);
const store = await openSqliteStore({ path });
for (;;) {
  process.stdout.write("copying\n");
  await store.backup({ kind: "daily", now: new Date() });
}
