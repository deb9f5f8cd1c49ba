import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type DiscordPeer, startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { draftFrom } from "#tests/peers/openai/draft.ts";
import { startOpenAiPeer } from "#tests/peers/openai/server.ts";
import { type SlackPeer, startSlackPeer } from "#tests/peers/slack/peer.ts";
import { articleBody, HEADLINE } from "./article.ts";
import { createStage, type Ended, type Environment, publish, quiet, until, WEBHOOK_SECRET } from "./lede.ts";

const stage = createStage();
let room: Awaited<ReturnType<typeof newsroom>>;
beforeAll(async () => {
  room = await newsroom();
});
afterAll(() => stage.close());

const KEY = "sk-peer-key";
const LIBRARY = [
  "The city library of Ostwick opens its new reading room on Friday, the council said on Tuesday.",
  "Builders restored 120 oak desks and put in 2 lifts over the winter.",
  `"Nobody has to climb the tower stairs any more," said the librarian Mette Holm.`,
  "The work cost 3.1 million euros, and a foundation paid half of that sum.",
].join("\n\n");

const Printed = z.looseObject({
  articles: z.number(),
  stories: z.number(),
  done: z.number(),
  stopped: z.string().nullable(),
  posts: z.object({ same: z.number(), changed: z.number(), gone: z.number(), added: z.number() }),
  rows: z.array(
    z.looseObject({
      headline: z.string(),
      channels: z.array(z.string()),
      rehearsed: z.looseObject({ kind: z.string() }),
    }),
  ),
  dropped: z.object({ before: z.record(z.string(), z.number()), after: z.record(z.string(), z.number()) }),
  written: z.number(),
  spent: z.object({ calls: z.number(), tokens: z.number(), money: z.number().nullable() }),
});

test("with the same settings nothing changes and no model is asked, beside a Lede that runs", async () => {
  const { env, peer, posts } = room;
  const asked = peer.requests.length;
  const { code, out, err } = await rehearse(env, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(Printed.parse(JSON.parse(out))).toMatchObject({
    articles: 2,
    stories: 2,
    done: 2,
    posts: { same: 6, changed: 0, gone: 0, added: 0 },
    rows: [],
    written: 0,
    spent: { calls: 0, tokens: 0 },
  });
  expect(peer.requests).toHaveLength(asked);
  await quiet();
  expect(posts()).toEqual([2, 2]);
});

test("a house style that forbids a word takes its fact out, and says by which rule", async () => {
  const { env } = room;
  const style = path.join(await stage.dataDir(), "style.yaml");
  await writeFile(style, "banned:\n  - passengers\n");
  const { code, out } = await rehearse(env, "--house-style", style, "--yes", "--json");
  expect(code).toBe(0);
  const { dropped, posts, rows } = Printed.parse(JSON.parse(out));
  expect(posts).toMatchObject({ changed: 3, same: 3 });
  expect(dropped.before["style"] ?? 0).toBe(0);
  expect(dropped.after["style"]).toBeGreaterThan(0);
  expect(JSON.stringify(rows[0]?.rehearsed["before"])).toContain("9 passengers");
  expect(JSON.stringify(rows[0]?.rehearsed["after"])).not.toContain("passengers");
});

test("outside a terminal it says what it would take and asks no model without --yes", async () => {
  const { env, peer } = room;
  const asked = peer.requests.length;
  const { code, out, err } = await rehearse(env, "--model", "gpt-5.6-mini");
  expect({ code, out }).toEqual({ code: 4, out: "" });
  expect(err).toMatch(
    /2 briefs have to be written by gpt-5\.6-mini: about [\d,]+ tokens by what briefs took so far, [\d,]+ tokens at the very most/,
  );
  expect(err).toContain("--yes");
  expect(peer.requests).toHaveLength(asked);
});

test("a budget that has no room for a call ends it, with what there is by then", async () => {
  const { env, peer } = room;
  const asked = peer.requests.length;
  const { code, out, err } = await rehearse(env, "--model", "gpt-6-luna", "--yes", "--budget", "100 tokens");
  expect(code).toBe(4);
  expect(err).toContain("Stopped: the next call has no room in 100 tokens. 0 of 2 stories were rehearsed.");
  expect(out).toContain("0 of 2");
  expect(peer.requests).toHaveLength(asked);
  const unpriced = await rehearse(env, "--model", "nobody-knows", "--yes", "--budget", "0.50");
  expect(unpriced.code).toBe(2);
  expect(unpriced.err).toContain("What nobody-knows costs is not known");
});

test("Ctrl-C ends it with what there is by then, and leaves no copy behind", async () => {
  const { env, peer } = room;
  const release = peer.hold();
  const asked = peer.requests.length;
  const running = stage.run(["rehearse", "--model", "gpt-6-luna", "--yes"], env);
  await until(
    () => (peer.requests.length > asked ? true : undefined),
    () => running.err(),
  );
  running.child.kill("SIGINT");
  const { code, err } = await running.ended;
  release();
  expect(code).toBe(4);
  expect(err).toContain("Stopped. 0 of 2 stories were rehearsed.");
  expect(await readdir(env.LEDE_BACKUP_DIR)).toEqual([]);
});

test("another model: what it says otherwise, word by word, with what it costs; nothing is posted or kept", async () => {
  const { env, lede, peer, posts } = room;
  lede.child.kill("SIGINT");
  await lede.ended;
  const store = await digestOf(env);
  for (const _ of [1, 2])
    peer.answer((asked) => {
      const draft = draftFrom(asked);
      const facts = draft.facts.map(({ quote, text }) => ({
        quote,
        text: text.replace("Engineers replaced 14 metres", "Workers replaced 14 metres"),
      }));
      return JSON.stringify({ ...draft, facts });
    });
  const { code, out } = await rehearse(env, "--model", "gpt-6-luna", "--yes");
  expect(code).toBe(0);
  expect(out).toContain("[-Engineers-]{+Workers+} replaced 14 metres");
  expect(out).toContain("gpt-5-mini → gpt-6-luna");
  expect(out).toMatch(/read otherwise +3\n/);
  expect(out).toMatch(/read the same +3\n/);
  expect(out).toMatch(/2 calls, [\d,]+ tokens, 0\.00 USD; a brief/);
  expect(peer.violations).toEqual([]);
  expect(posts()).toEqual([2, 2]);
  expect(await digestOf(env)).toBe(store);
  expect(await readdir(env.LEDE_BACKUP_DIR)).toEqual([]);
});

test("a folder without a store is told, and an option that can not be meant", async () => {
  const env = { LEDE_DATA: await stage.dataDir() };
  const { code, err } = await rehearse(env);
  expect(code).toBe(2);
  expect(err).toContain("check LEDE_DATA");
  const wrong = await rehearse(env, "--days", "soon");
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain("--days must be a number");
});

function rehearse(env: Environment, ...args: readonly string[]): Promise<Ended> {
  return stage.run(["rehearse", ...args], { ...env, LEDE_LOG_LEVEL: "silent" }).ended;
}

/** Two stories that a model briefed, posted on both platforms and the page. */
async function newsroom() {
  const discord = stage.closing(await startDiscordPeer(), (open) => open.close());
  const slack = stage.closing(await startSlackPeer(), (open) => open.close());
  const peer = stage.closing(await startOpenAiPeer({ key: KEY }), (open) => open.stop());
  const env = {
    LEDE_DATA: await stage.dataDir(),
    LEDE_BACKUP_DIR: await stage.dataDir(),
    LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    OPENAI_BASE_URL: peer.url,
    OPENAI_API_KEY: KEY,
    OPENAI_MODEL: "gpt-5-mini",
    LEDE_CHANNELS: `discord:${discord.guilds.main.id}:${discord.channels.news.id},slack:${slack.team.id}:${slack.channels.news}`,
  };
  const lede = stage.start(env);
  await publish(lede, {
    id: "msg_1",
    url: "https://news.example/ferry",
    headline: HEADLINE,
    articleBody: articleBody(),
  });
  await publish(lede, {
    id: "msg_2",
    url: "https://news.example/library",
    headline: "Ostwick library opens its new reading room",
    articleBody: LIBRARY,
  });
  const posts = (): number[] => [postsOn(discord), postsOn(slack)];
  await until(
    () => (posts().every((count) => count === 2) ? true : undefined),
    () => lede.err(),
  );
  await lede.shows(/(?:"channel":"[^\n]*"state":"sent"[^\n]*\n[^]*?){6}/);
  return { env, lede, peer, posts };
}

function postsOn(peer: DiscordPeer | SlackPeer): number {
  return "guilds" in peer
    ? peer.messages(peer.channels.news).length
    : peer.messages(peer.channels.news).length;
}

async function digestOf({ LEDE_DATA: folder = "" }: Environment): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(folder)).sort())
    hash.update(name).update(await readFile(path.join(folder, name)));
  return hash.digest("hex");
}
