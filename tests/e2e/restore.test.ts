import { readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { articleBody, HEADLINE } from "./article.ts";
import { createStage, publish, quiet, until, WEBHOOK_SECRET } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

const FIRST = { id: "msg_1", url: "https://news.example/ferry", headline: HEADLINE };
const SECOND = { id: "msg_2", url: "https://news.example/mill", headline: "Fire at the old mill is out" };
const MILL = [
  "The fire at the old mill in Wexford is out, the mayor Ann Reed said on Monday.",
  "Two people were hurt and taken to St Mary hospital, where both are stable.",
  "The building, which dates from 1874, lost its roof and most of its machines.",
  "Police do not yet know how the fire began and have asked for witnesses.",
  "The council will decide on Thursday whether the walls can be kept.",
].join("\n\n");

test("after a restore nothing that stands is posted again, and what is owed comes once", async () => {
  const peer = stage.closing(await startDiscordPeer(), (open) => open.close());
  const { news } = peer.channels;
  const folder = await stage.dataDir();
  const env = {
    LEDE_DATA: folder,
    LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    DISCORD_TOKEN: peer.token,
    DISCORD_API_URL: peer.apiUrl,
    LEDE_CHANNELS: `discord:${peer.guilds.main.id}:${news.id}`,
  };
  const posts = (count: number) =>
    until(
      () => (peer.messages(news).length === count ? true : undefined),
      () => `Not ${count} posts`,
    );
  const first = stage.start(env);
  expect(await publish(first, { ...FIRST, articleBody: articleBody() })).toBe(202);
  await posts(1);
  const made = await stage.run(["backup"], env).ended;
  expect(made).toMatchObject({ code: 0, err: "" });
  const copy = made.out.trim();
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
  expect(await publish(first, { ...SECOND, articleBody: MILL })).toBe(202);
  await posts(2);
  expect(await stage.run(["restore", copy], env).ended).toMatchObject({
    code: 1,
    err: expect.stringContaining("Another Lede is running"),
  });
  await first.kill();

  expect(await stage.run(["restore", copy], env).ended).toMatchObject({ code: 0, err: "" });
  expect((await readdir(folder)).filter((name) => /\.replaced-.*Z$/.test(name))).toHaveLength(1);
  const second = stage.start(env);
  expect(await publish(second, { ...SECOND, id: "msg_3", articleBody: MILL })).toBe(202);
  await second.shows(/"channel":"discord:[^\n]*"state":"sent"[^\n]*"delivery attempted"/);
  await quiet();
  expect(peer.messages(news)).toHaveLength(2);
  expect(await publish(second, { ...FIRST, id: "msg_4", articleBody: articleBody(11) })).toBe(202);
  await until(
    () => (peer.messages(news).some(({ edits }) => edits === 1) ? true : undefined),
    () => `No edit came.\n${second.err()}`,
  );
  expect(peer.messages(news)).toHaveLength(2);
  expect(peer.violations).toEqual([]);
});

test("what is no copy of a store is refused, and the store stays as it is", async () => {
  const folder = await stage.dataDir();
  const env = { LEDE_DATA: folder };
  const lede = stage.start(env);
  await lede.page();
  const { out } = await stage.run(["backup"], env).ended;
  await lede.kill();
  const before = (await stat(path.join(folder, "lede.sqlite"))).ino;
  const broken = path.join(folder, "broken.sqlite");
  await writeFile(broken, "no store");
  expect((await stage.run(["restore", broken], env).ended).code).toBe(1);
  expect((await stage.run(["restore", path.join(folder, "none")], env).ended).code).toBe(2);
  expect((await stat(path.join(folder, "lede.sqlite"))).ino).toBe(before);
  expect((await readdir(folder)).filter((name) => /restoring|replaced/.test(name))).toEqual([]);
  // A file that is damaged does not stand in the way.
  await writeFile(path.join(folder, "lede.sqlite"), "damaged");
  expect((await stage.run(["restore", out.trim()], env).ended).code).toBe(0);
  await stage.start(env).page();
});
