import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CamelCasePlugin, Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { copyDataFile } from "#src/adapters/store/copy-file.ts";
import { sqliteMigrations } from "#src/adapters/store/migrations.ts";
import { callToJson } from "#src/adapters/store/rows.ts";
import type { Tables } from "#src/adapters/store/schema.ts";
import { createSeal } from "#src/adapters/store/seal.ts";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { afterPush } from "#src/core/websub.ts";
import type { Store } from "#src/ports-store.ts";
import { findSecrets } from "#tests/canaries.ts";
import { poll } from "#tests/contracts/feed-polls.ts";
import { at, makeCall } from "#tests/contracts/store-fixtures.ts";
import { dialectOf } from "./dialect.ts";

/** Windows knows no modes. */
const CLOSED = process.platform === "win32" ? "666" : "600";
const KEY = "0123456789abcdef0123456789abcdef";
const OTHER = "fedcba9876543210fedcba9876543210";
const HUBBED = { hub: "https://hub.example/", topic: "https://news.example/feed" };
const SECRETS = {
  token: "token-of-the-reply",
  pasted: "what-somebody-pasted",
  hub: "secret-told-to-the-hub",
};
const CALL = makeCall({ handle: SECRETS.token, input: { kind: "text", text: SECRETS.pasted } });

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lede-key-"));
  file = path.join(folder, "lede.sqlite");
});
afterEach(() => rm(folder, { recursive: true }));

/** As a start does. */
async function start(key: string | null = null, path = file): Promise<Store> {
  const store = await openSqliteStore({ path, key });
  await store.recover(at(0));
  return store;
}

async function keyFile(): Promise<string> {
  return readFile(path.join(folder, "lede.key"), "utf8");
}

async function keyMode(): Promise<string> {
  const { mode } = await stat(path.join(folder, "lede.key"));
  return (mode & 0o777).toString(8);
}

describe("the key", () => {
  test("is made at the first start, for its owner alone, and kept", async () => {
    await (await start()).close();
    const made = await keyFile();
    expect(Buffer.from(made, "base64")).toHaveLength(32);
    expect(await keyMode()).toBe(CLOSED);
    await chmod(path.join(folder, "lede.key"), 0o644);
    await (await start()).close();
    expect(await keyFile()).toBe(made);
    expect(await keyMode()).toBe(CLOSED);
  });

  test("that the operator sets is in no file", async () => {
    const store = await start(KEY);
    await store.receiveCall(CALL);
    expect(await readdir(folder)).not.toContain("lede.key");
    expect(await findSecrets(folder, { key: KEY })).toEqual([]);
    await store.close();
  });

  test("of the file is the same when it is set as LEDE_KEY", async () => {
    const store = await start();
    await store.receiveCall(CALL);
    await store.close();
    const moved = await start((await keyFile()).trim());
    expect(await moved.openCalls(at(-60))).toEqual({ calls: [CALL], lost: [] });
    await moved.close();
  });

  test.for(["", "short", "\n"])(
    "file that holds none (%j) is refused with what to do, and kept",
    async (text) => {
      await writeFile(path.join(folder, "lede.key"), text);
      await expect(openSqliteStore({ path: file })).rejects.toMatchObject({
        code: "config/invalid",
        say: expect.stringMatching(/lede\.key.*Put it back.*delete it/),
      });
      expect(await keyFile()).toBe(text);
      await rm(path.join(folder, "lede.key"));
      await (await start()).close();
    },
  );
});

describe("under another key", () => {
  test("calls are lost and named, and others go on", async () => {
    const before = await start(KEY);
    await before.receiveCall(CALL);
    await before.close();
    const store = await start(OTHER);
    await store.receiveCall({ ...CALL, id: "call-2" });
    const open = await store.openCalls(at(-60));
    expect(open).toEqual({ calls: [{ ...CALL, id: "call-2" }], lost: [CALL.id] });
    await store.close();
  });

  test("a sealed call that is moved to another's row is lost", async () => {
    const before = await start(KEY);
    await before.receiveCall(CALL);
    await before.receiveCall({ ...CALL, id: "call-2" });
    await before.close();
    const database = new DatabaseSync(file);
    database.exec("update calls set body = (select body from calls where id = 'call-2') where id = 'call-1'");
    database.close();
    const store = await start(KEY);
    expect((await store.openCalls(at(-60))).lost).toEqual(["call-1"]);
    await store.close();
  });

  test("hubs are asked anew at once, under another address and secret, and their feeds are polled", async () => {
    const before = await start(KEY);
    const push = await subscribed(before);
    await before.close();
    const same = await start(KEY);
    expect(await same.push(push.id)).toEqual(push);
    expect(await same.duePush(at(0))).toBeNull();
    await same.close();

    const store = await start(OTHER);
    expect(await store.push(push.id)).toBeNull();
    expect(await store.feeds()).toMatchObject([{ pushedUntil: null, dueAt: at(0) }]);
    const anew = await store.duePush(at(0));
    expect(anew).toMatchObject({ state: "wanted", feedId: push.feedId, ...HUBBED });
    expect(anew?.id).not.toBe(push.id);
    expect(anew?.secret).not.toBe(push.secret);
    await store.close();
  });
});

describe("a store from before there was a key", () => {
  test.for(["stopped", "killed"] as const)(
    "that was %s keeps nothing in clear, and its calls are answered",
    async (end) => {
      const copy = await writeStoreBefore(end);
      const found = await findSecrets(copy, SECRETS);
      expect(new Set(found.map((line) => line.replace(/.*: (\w+) .*/, "$1")))).toEqual(
        new Set(Object.keys(SECRETS)),
      );
      const store = await start(KEY, path.join(copy, "lede.sqlite"));
      // While it runs: closing would clear the log by itself.
      expect(await findSecrets(copy, SECRETS)).toEqual([]);
      expect(await store.openCalls(at(-60))).toEqual({ calls: [CALL], lost: [] });
      expect(await store.push("push-1")).toBeNull();
      expect(await store.duePush(at(0))).toMatchObject({ state: "wanted", ...HUBBED });
      expect(await store.feeds()).toMatchObject([{ pushedUntil: null, dueAt: at(0) }]);
      await store.close();
      expect(await findSecrets(copy, SECRETS)).toEqual([]);
    },
  );

  test.for(["asked", "upgrade"] as const)(
    "is copied (%s) without what stood in clear, and the copy begins anew",
    async (kind) => {
      const before = await writeStoreBefore("killed");
      const data = path.join(before, "lede.sqlite");
      const copies = path.join(folder, "copies");
      const backups = { folder: copies, keep: 7 };
      if (kind === "asked") await copyDataFile({ kind: "asked", file: data, now: at(0), ...backups });
      else await (await openSqliteStore({ path: data, key: KEY, backups })).close();
      const names = await readdir(copies);
      expect(names).toEqual([expect.stringContaining(`-${kind}.sqlite`)]);
      expect(await findSecrets(copies, SECRETS)).toEqual([]);

      const database = new DatabaseSync(path.join(copies, names[0] ?? ""), { readOnly: true });
      const feeds = database.prepare("select hub, pushed_until, due_at from feeds").all();
      expect(feeds.map((row) => ({ ...row }))).toEqual([{ hub: HUBBED.hub, pushed_until: null, due_at: 0 }]);
      const open = database.prepare("select id from calls where finished_at is null").all();
      expect(open).toEqual([]);
      database.close();
    },
  );
});

/** A feed whose hub sends, verified for a day. */
async function subscribed(store: Store) {
  const feed = await store.addFeed({ url: HUBBED.topic, now: at(0), baseline: true });
  await poll(store, { ...feed, ...HUBBED, baselined: true, dueAt: at(240) }, []);
  const due = await store.duePush(at(0));
  if (due === null) throw new Error("No hub has to be asked");
  const push = afterPush(due, { kind: "verified", leaseSeconds: 86_400 }, at(0));
  await store.savePush({ push, now: at(0) });
  return push;
}

/** The files of a Lede that had no key; killed, its log is still beside the data file. */
async function writeStoreBefore(end: "stopped" | "killed"): Promise<string> {
  const db = new Kysely<Tables>({
    dialect: dialectOf(file),
    plugins: [new CamelCasePlugin()],
  });
  const all = Object.entries(sqliteMigrations(createSeal("")));
  const before = Object.fromEntries(all.filter(([name]) => name < "0012"));
  await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(before) },
  }).migrateToLatest();
  await sql`insert into feeds (id, url, due_at, failures, baselined, hub, topic, pushed_until)
    values ('f1', ${HUBBED.topic}, ${at(240).getTime()}, 0, 1, ${HUBBED.hub}, ${HUBBED.topic},
    ${at(600).getTime()})`.execute(db);
  await sql`insert into pushes values ('push-1', 'f1', ${HUBBED.hub}, ${HUBBED.topic}, ${SECRETS.hub}, 'verified',
    ${at(480).getTime()}, 0, ${at(600).getTime()}, null)`.execute(db);
  await sql`insert into calls values (${CALL.id}, ${CALL.receivedAt.getTime()}, null, ${callToJson(CALL)})`.execute(
    db,
  );
  if (end === "stopped") await db.destroy();
  const copy = path.join(folder, "copy");
  const files = await readdir(folder);
  await mkdir(copy);
  for (const name of files) await copyFile(path.join(folder, name), path.join(copy, name));
  if (end === "killed") await db.destroy();
  return copy;
}
