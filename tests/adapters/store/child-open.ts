import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { toAppError } from "#src/core/errors.ts";

/** Opens the store at the given path, says how that went, and holds it until it is killed. */
const [path = ""] = process.argv.slice(2);
try {
  await openSqliteStore({ path });
  process.stdout.write("open\n");
  setInterval(() => undefined, 60_000);
} catch (error) {
  process.stdout.write(`${toAppError(error).code}\n`);
}
