import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import type { Channel } from "#src/core/channel.ts";
import { claimOne } from "#tests/contracts/store-entries.ts";
import { at, makeEntry, NEWS, publishNew, settleAs } from "#tests/contracts/store-fixtures.ts";
import { startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { articleBody } from "./article.ts";
import { createStage, type Environment, quiet, until } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

const SITE_HEADLINE = "Swimming bath opens again after two years";

test("lede retry while Lede does not run leaves what was given up to the next start, and then finds nothing", async () => {
  const env = { LEDE_DATA: await stage.dataDir() };
  await giveUp(env.LEDE_DATA, NEWS);
  expect(await retry(env)).toEqual({ code: 0, out: "1 post and 1 article are tried again.\n", err: "" });
  expect(await retry(env)).toEqual({ code: 0, out: "Nothing was given up.\n", err: "" });
  const store = await openSqliteStore({ path: fileIn(env.LEDE_DATA) });
  expect(await store.counts()).toMatchObject({
    deliveries: { due: 1, dead: 0 },
    entries: { due: 1, dead: 0 },
  });
  await store.close();
});

test("lede retry while Lede runs has it post what was given up, once, and nothing before it is asked", async () => {
  const peer = stage.closing(await startDiscordPeer(), (open) => open.close());
  const channel: Channel = `discord:${peer.guilds.main.id}:${peer.channels.news.id}`;
  const env = {
    LEDE_DATA: await stage.dataDir(),
    LEDE_CHANNELS: channel,
    DISCORD_TOKEN: peer.token,
    DISCORD_API_URL: peer.apiUrl,
  };
  await giveUp(env.LEDE_DATA, channel);
  const lede = stage.start(env);
  await lede.page();
  await peer.gateway.waitForSession();
  await quiet();
  expect(peer.messages(peer.channels.news)).toEqual([]);
  expect(await retry(env)).toEqual({ code: 0, out: "1 post and 1 article are tried again.\n", err: "" });
  await until(
    () => (peer.messages(peer.channels.news).length >= 2 ? true : undefined),
    () => lede.err(),
  );
  expect(await retry(env)).toEqual({ code: 0, out: "Nothing was given up.\n", err: "" });
  await quiet();
  const shown = peer.messages(peer.channels.news).map((message) => JSON.stringify(message));
  expect(shown).toHaveLength(2);
  expect(shown.join()).toContain(SITE_HEADLINE);
  expect(peer.violations).toEqual([]);
});

test("lede retry where no Lede ran says so and makes no store", async () => {
  const folder = await stage.dataDir();
  const { code, err, out } = await retry({ LEDE_DATA: folder });
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain("There is no store in");
});

async function retry(env: Environment) {
  return stage.run(["retry"], env).ended;
}

/** A post and an article, as a Lede left them that gave both up for reasons which no start undoes. */
async function giveUp(folder: string, channel: Channel): Promise<void> {
  const store = await openSqliteStore({ path: fileIn(folder) });
  await publishNew(store, { channels: [channel] });
  await settleAs(store, { kind: "failed", code: "platform/rejected" });
  const content = { type: "text" as const, body: articleBody() };
  await store.addEntry(makeEntry({ title: SITE_HEADLINE, content, publishedAt: new Date() }), at(0));
  await store.settleEntry(await claimOne(store, 0), { kind: "dead", code: "fetch/timeout" });
  await store.close();
}

function fileIn(folder: string): string {
  return path.join(folder, "lede.sqlite");
}
