import { open, rename } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { articleBody, HEADLINE } from "./article.ts";
import { createStage, publish, quiet, until, WEBHOOK_SECRET } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

const PAGE_BYTES = 4_096;
const ARTICLE = {
  id: "msg_1",
  url: "https://news.example/ferry",
  headline: HEADLINE,
  articleBody: articleBody(),
};
const LONG = "A long text fills the disk. ".repeat(20_000);
const STOPPED = /the store can not be written/;

test("on a full disk publishers are told to come again, and with room everything goes on at once and once", async () => {
  const peer = stage.closing(await startDiscordPeer(), (one) => one.close());
  const { news } = peer.channels;
  const lede = stage.start({
    LEDE_DATA: await stage.dataDir(),
    LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    NODE_OPTIONS: `--import=${new URL("child-full-disk.ts", import.meta.url).href}`,
    DISCORD_TOKEN: peer.token,
    DISCORD_API_URL: peer.apiUrl,
    LEDE_CHANNELS: `discord:${peer.guilds.main.id}:${news.id}`,
  });
  const page = await lede.page();
  const long = { ...ARTICLE, id: "msg_2", url: "https://news.example/long", articleBody: LONG };
  const filled = Promise.withResolvers<number>();
  peer.fail({
    match: { method: "POST", path: /\/channels\/\d+\/messages$/ },
    how: {
      kind: "pause",
      when: "after",
      until: async () => {
        lede.child.kill("SIGUSR2");
        filled.resolve(await publish(lede, long));
      },
    },
  });
  expect(await publish(lede, ARTICLE)).toBe(202);
  expect(await filled.promise).toBe(503);
  await lede.shows(/"code":"store\/full"[^\n]*the store can not be written/);
  expect((await fetch(`${page}/healthz`)).status).toBe(503);
  expect(lede.err()).not.toMatch(/"channel":"discord:[^\n]*"delivery attempted"/);

  lede.child.kill("SIGUSR2");
  await lede.shows(/"channel":"discord:[^\n]*"state":"sent"[^\n]*"delivery attempted"/);
  expect((await fetch(`${page}/healthz`)).status).toBe(200);
  expect(await publish(lede, { ...ARTICLE, id: "msg_3", articleBody: articleBody(11) })).toBe(202);
  await until(
    () => (peer.messages(news)[0]?.edits === 1 ? true : undefined),
    () => `No edit came.\n${lede.err()}`,
  );
  await quiet();
  expect(peer.messages(news)).toHaveLength(1);
  expect(peer.violations).toEqual([]);
});

test("a data folder that is taken away is said everywhere, and once it is back nothing was lost", async () => {
  const folder = path.join(await stage.dataDir(), "data");
  const peer = stage.closing(await startDiscordPeer(), (one) => one.close());
  const lede = stage.start({
    LEDE_DATA: folder,
    LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    LEDE_METRICS_TOKEN: "a token for the monitoring",
    DISCORD_TOKEN: peer.token,
    DISCORD_API_URL: peer.apiUrl,
    LEDE_CHANNELS: `discord:${peer.guilds.main.id}:${peer.channels.news.id}`,
  });
  const page = await lede.page();
  expect((await fetch(`${page}/healthz`)).status).toBe(200);
  await rename(folder, `${folder}.away`);
  await lede.shows(STOPPED);
  expect(await publish(lede, ARTICLE)).toBe(503);
  const health = await fetch(`${page}/healthz`);
  expect([health.status, await health.json()]).toMatchObject([503, { error: { code: "store/unavailable" } }]);
  const ready = await fetch(`${page}/readyz`, {
    headers: { authorization: "Bearer a token for the monitoring" },
  });
  expect([ready.status, await ready.json()]).toMatchObject([503, { store: { code: "store/moved" } }]);
  await rename(`${folder}.away`, folder);
  await lede.shows(/the store can be written again/);
  expect((await fetch(`${page}/healthz`)).status).toBe(200);
  expect(await publish(lede, ARTICLE)).toBe(202);
  await until(
    () => peer.messages(peer.channels.news)[0],
    () => `No post came.\n${lede.err()}`,
  );
});

test("a damaged page stops Lede before an article is eaten, and the article is posted once it is restored", async () => {
  const folder = await stage.dataDir();
  const file = path.join(folder, "lede.sqlite");
  const env = { LEDE_DATA: folder, LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET };
  const first = stage.start(env);
  expect(await publish(first, ARTICLE)).toBe(202);
  await first.shows(/"state":"sent"/);
  const cookie = await first.signIn();
  first.child.kill("SIGTERM");
  await first.ended;
  const sound = await overwrite(file, "articles", Buffer.alloc(PAGE_BYTES));

  const second = stage.start(env);
  const page = await second.page();
  await second.shows(STOPPED);
  expect(await publish(second, { ...ARTICLE, id: "msg_2" })).toBe(503);
  expect((await fetch(`${page}/healthz`)).status).toBe(503);
  const shown = await fetch(`${page}/api/posts`, { headers: { cookie } });
  expect(await shown.json()).toMatchObject({ notes: [expect.stringMatching(/damaged.*restore/)] });
  second.child.kill("SIGTERM");
  expect((await second.ended).code).toBe(0);
  await overwrite(file, "articles", sound);

  const third = stage.start(env);
  expect(await publish(third, { ...ARTICLE, id: "msg_2", articleBody: articleBody(11) })).toBe(202);
  const again = await third.page();
  await until(
    async () =>
      /9\s*→\s*11/.test(await (await fetch(`${again}/api/posts`, { headers: { cookie } })).text()) ||
      undefined,
    () => third.err(),
  );
});

/** Puts other bytes in the place of a table's first page, and returns those that were there. */
async function overwrite(file: string, table: string, bytes: Buffer): Promise<Buffer> {
  const database = new DatabaseSync(file, { readOnly: true });
  const row = database.prepare("select rootpage from sqlite_schema where name = ?").get(table);
  database.close();
  const at = (Number(row?.["rootpage"]) - 1) * PAGE_BYTES;
  const handle = await open(file, "r+");
  const before = Buffer.alloc(PAGE_BYTES);
  await handle.read(before, 0, PAGE_BYTES, at);
  await handle.write(bytes, 0, PAGE_BYTES, at);
  await handle.close();
  return before;
}
