import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import type { Channel } from "#src/core/channel.ts";
import { viewOf } from "#tests/contracts/store-fixtures.ts";
import { deliveryKey } from "#src/core/delivery.ts";
import type { Store } from "#src/ports-store.ts";
import { startChild } from "./children.ts";

const CYCLES = 8;
const LONGEST_LIFE_MS = 400;
const CHANNELS: readonly Channel[] = ["discord:1:10", "slack:T1:C1"];

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lede-crash-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a killed process loses nothing it said was stored, and leaves nothing half done", async () => {
  const path = join(folder, "lede.db");
  let next = 0;
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const child = startChild("child-write.ts", [path, String(next)]);
    await child.said;
    await sleep(Math.random() * LONGEST_LIFE_MS);
    await child.kill();
    const numbers = child
      .lines()
      .filter((line) => line !== "open")
      .map(Number);
    const last = numbers.at(-1) ?? next - 1;
    expect(child.lines()[0], `cycle ${cycle} opened the store`).toBe("open");
    const store = await openSqliteStore({ path });
    expect(await lostOf(store, last), `cycle ${cycle}, acknowledged up to ${last}`).toEqual([]);
    // The piece in hand may be stored or not, but it is never stored in part.
    const { articles, briefs } = await store.counts();
    expect([last + 1, last + 2], `cycle ${cycle}`).toContain(articles);
    expect(articles - briefs).toBeLessThanOrEqual(1);
    await store.close();
    expect(integrity(path), `cycle ${cycle}`).toEqual([{ integrity_check: "ok" }]);
    // The next one takes up the piece in hand, as a worker does.
    next = last + 1;
  }
  expect(next, "articles written in all cycles").toBeGreaterThan(CYCLES);
});

async function lostOf(store: Store, last: number): Promise<string[]> {
  const lost: string[] = [];
  for (let number = 0; number <= last; number += 1) {
    const article = await store.article(`a${number}`);
    const owed = await Promise.all(
      CHANNELS.map((channel) => store.delivery(deliveryKey(channel, article?.storyId ?? ""))),
    );
    if (owed.some((delivery) => delivery?.wanted !== viewOf(`b${number}`))) lost.push(`a${number}`);
  }
  return lost;
}

function integrity(path: string): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database
      .prepare("pragma integrity_check")
      .all()
      .map((row) => ({ ...row }));
  } finally {
    database.close();
  }
}
