import { expect, onTestFinished, test } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { createReader } from "#src/adapters/web/reader.ts";
import { AppError } from "#src/core/errors.ts";
import { NO_GRANTS } from "#src/core/operator.ts";
import { createLog } from "#src/log.ts";
import { createClusters } from "#src/pipeline/clusters.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import { publishNext } from "#src/pipeline/publish.ts";
import { makeEntry } from "#tests/contracts/store-fixtures.ts";

const TEXT =
  "The harbour bridge of Halvern was closed on Tuesday after an inspection, the council said. ".repeat(6);

test.for(["store/damaged", "store/full"] as const)(
  "An entry whose article meets %s waits as if nobody had begun it",
  async (code) => {
    const store = await openSqliteStore({ path: ":memory:" });
    const { reader, close } = createReader({ places: [] });
    onTestFinished(() => store.close().then(close));
    const now = new Date();
    await store.addEntry({ ...makeEntry(), content: { type: "text", body: TEXT } }, now);
    const deps = {
      store,
      reader,
      clusters: createClusters(store),
      directory: createDirectory(store, NO_GRANTS),
      writeBrief: () => Promise.reject(new AppError(code)),
      channels: ["console:local:main"] as const,
      clock: () => now,
      log: createLog({ level: "silent", format: "json" }),
    };
    expect(await publishNext(deps, { signal: new AbortController().signal })).toBe(true);
    expect((await store.counts()).entries).toMatchObject({ due: 1, dead: 0 });
    expect(await store.claimEntry(now)).toMatchObject({ attempts: 1 });
  },
);
