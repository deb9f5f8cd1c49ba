import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { takeSnapshot } from "#src/adapters/store/snapshot.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { startChild } from "./children.ts";

const SNAPSHOTS = 6;

test("a copy made beside a process that writes is whole, and has all that was stored before it", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "lede-snapshot-"));
  const file = path.join(folder, "lede.sqlite");
  const child = startChild("child-writer.ts", [file]);
  onTestFinished(async () => {
    await child.kill();
    await rm(folder, { recursive: true, force: true });
  });
  await child.said;
  for (let taken = 0; taken < SNAPSHOTS; taken += 1) {
    const before = Number(child.lines().at(-1));
    const copy = path.join(folder, `copy-${taken}`, "lede.sqlite");
    await (await openSqliteStore({ path: copy })).close();
    await takeSnapshot(file, copy);
    const store = await openSqliteStore({ path: copy });
    await store.check();
    expect(store.trouble()).toBeNull();
    const { articles } = await store.counts();
    expect(articles).toBeGreaterThanOrEqual(before);
    expect(await store.articlesSince(new Date(0), articles)).toHaveLength(articles);
    await store.close();
  }
});
