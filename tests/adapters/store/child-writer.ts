import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { makeArticle } from "#tests/contracts/store-fixtures.ts";

/** Stores articles one after the other, as fast as it goes, and says how many there are after each. */
const [path = ""] = process.argv.slice(2);
const store = await openSqliteStore({ path });
for (let count = 1; ; count += 1) {
  await store.saveArticle(makeArticle({ id: `article-${count}`, url: `https://news.example/${count}` }));
  process.stdout.write(`${count}\n`);
}
