import { mkdtemp, open, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { takeSnapshot } from "#src/adapters/store/snapshot.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { startChild } from "./children.ts";

const SNAPSHOTS = 6;
const LARGE_BYTES = 256 * 1_048_576;

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

test("what is written through while it is copied is copied again", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "lede-snapshot-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, "lede.sqlite");
  const handle = await open(file, "w+");
  // Large enough that its copy takes a while, with the same number at its beginning and at its end.
  await handle.write(Buffer.alloc(LARGE_BYTES, 1));
  await utimes(file, 1, 1);
  const copying = takeSnapshot(file, `${file}.copy`);
  for (let number = 2; number < 40; number += 1) {
    await handle.write(Buffer.of(number), 0, 1, 0);
    await sleep(5);
    await handle.write(Buffer.of(number), 0, 1, LARGE_BYTES - 1);
  }
  await handle.close();
  await copying;
  const copy = await open(`${file}.copy`, "r");
  const read = async (at: number) => (await copy.read(Buffer.alloc(1), 0, 1, at)).buffer[0];
  const ends = [await read(0), await read(LARGE_BYTES - 1)];
  await copy.close();
  expect(ends).toEqual([39, 39]);
});
