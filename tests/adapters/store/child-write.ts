import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { publishNew } from "#tests/contracts/store-fixtures.ts";

/** Publishes article after article, numbered from the given one, and says each number once it is stored. */
const [path = "", first = "0"] = process.argv.slice(2);
const store = await openSqliteStore({ path });
const now = new Date();
await store.recover(now);
process.stdout.write("open\n");
for (let number = Number(first); ; number += 1) {
  await publishNew(store, {
    id: `a${number}`,
    brief: `b${number}`,
    channels: ["discord:1:10", "slack:T1:C1"],
    now,
  });
  process.stdout.write(`${number}\n`);
}
