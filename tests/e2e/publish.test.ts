import { afterEach, expect, test } from "vitest";
import { type DiscordPeer, startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { startOpenAiPeer } from "#tests/peers/openai/server.ts";
import { type SlackPeer, startSlackPeer } from "#tests/peers/slack/peer.ts";
import { articleBody, HEADLINE } from "./article.ts";
import { createStage, type Environment, publish, quiet, until, WEBHOOK_SECRET } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

const URL_OF_ARTICLE = "https://news.example/ferry";
const SENT = {
  discord: /"channel":"discord:[^\n]*"state":"sent"/,
  slack: /"channel":"slack:[^\n]*"state":"sent"/,
};

test("an article is posted once on each platform, a replay changes nothing, and a correction edits in place", async () => {
  const { discord, slack, env } = await bothPlatforms();
  const lede = stage.start(env);
  const first = { id: "msg_1", url: URL_OF_ARTICLE, headline: HEADLINE, articleBody: articleBody(9) };
  expect(await publish(lede, first)).toBe(202);
  await Promise.all([lede.shows(SENT.discord), lede.shows(SENT.slack)]);
  expect(shownOn(discord)).toContain(HEADLINE);
  expect(shownOn(slack)).toContain(HEADLINE);
  const figures = await fetch(`${await lede.page()}/metrics`, { headers: { cookie: await lede.signIn() } });
  const told = await figures.text();
  for (const platform of ["discord", "slack"]) {
    expect(told).toContain(
      `lede_platform_requests_total{platform="${platform}",call="post",outcome="sent"} 1`,
    );
    expect(told).toContain(`lede_deliveries_total{platform="${platform}",state="sent"} 1`);
    expect(told).toContain(`lede_post_seconds_count{platform="${platform}"} 1`);
    expect(told).toContain(`lede_connected{platform="${platform}"} 1`);
  }
  expect(told).toContain('lede_entries_total{result="done"} 1');
  expect(told).toMatch(/lede_build_info\{version="[\d.]+",node="[\d.]+"\} 1/);

  expect(await publish(lede, first)).toBe(202);
  await quiet();
  expect(postsOf(discord)).toHaveLength(1);
  expect(postsOf(slack)).toHaveLength(1);

  expect(await publish(lede, { ...first, id: "msg_2", articleBody: articleBody(11) })).toBe(202);
  for (const peer of [discord, slack]) {
    await until(
      () => /9\s*→\s*11/.exec(shownOn(peer)) ?? undefined,
      () => `No change note in ${shownOn(peer)}\n${lede.err()}`,
    );
    expect(postsOf(peer)).toHaveLength(1);
    expect(peer.violations).toEqual([]);
  }
  expect(discord.messages(discord.channels.news)[0]?.edits).toBe(1);
  expect(slack.messages(slack.channels.news)[0]?.edits).toHaveLength(1);
});

test("a publisher's articles are posted where the operator ties its secret; both its secrets count", async () => {
  const { discord, slack, env } = await bothPlatforms();
  const [fresh, old] = [
    "whsec_dGhlIGNpdHkgcG9zdCdzIG5ldyBzZWNyZXQ=",
    "whsec_dGhlIGNpdHkgcG9zdCdzIG9sZCBzZWNyZXQ=",
  ];
  const publishers = {
    "city-post": {
      secrets: [fresh, old],
      sites: ["citypost.example"],
      workspaces: [`slack:${slack.team.id}`],
    },
  };
  const lede = stage.start({ ...env, LEDE_PUBLISHERS: JSON.stringify(publishers) });
  const url = "https://citypost.example/ferry";
  const article = { id: "msg_1", url, headline: HEADLINE, articleBody: articleBody() };
  expect(await publish(lede, article)).toBe(403);
  expect(await publish(lede, article, old)).toBe(202);
  await lede.shows(SENT.slack);
  expect(await publish(lede, { ...article, id: "msg_2", articleBody: articleBody(11) }, fresh)).toBe(202);
  await until(
    () => /9\s*→\s*11/.exec(shownOn(slack)) ?? undefined,
    () => `No change note in ${shownOn(slack)}\n${lede.err()}`,
  );
  expect(postsOf(slack)).toHaveLength(1);
  expect(postsOf(discord)).toEqual([]);
});

test("two channels cost one call of the model", async () => {
  const { discord, slack, env } = await bothPlatforms();
  const { peer, openai } = await model();
  const lede = stage.start({ ...env, ...openai });
  await publish(lede, { id: "msg_1", headline: HEADLINE, articleBody: articleBody() });
  await Promise.all([lede.shows(SENT.discord), lede.shows(SENT.slack)]);
  expect(peer.requests).toHaveLength(1);
  for (const side of [discord, slack]) {
    expect(shownOn(side)).not.toContain("built-in writer");
    expect(side.violations).toEqual([]);
  }
  expect(peer.violations).toEqual([]);
});

test("a model that declines leaves a post that names the built-in writer", async () => {
  const { discord, env } = await bothPlatforms();
  const { peer, openai } = await model();
  peer.answer("refusal");
  const lede = stage.start({ ...env, ...openai });
  await publish(lede, { id: "msg_1", headline: HEADLINE, articleBody: articleBody() });
  await lede.shows(SENT.discord);
  expect(shownOn(discord)).toContain(HEADLINE);
  expect(shownOn(discord)).toContain("Written by Lede's built-in writer");
  expect(peer.violations).toEqual([]);
});

test("what is printed outside a terminal holds no article, and the page shows it", async () => {
  const env = { LEDE_DATA: await stage.dataDir(), LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET };
  const lede = stage.start(env);
  await publish(lede, { id: "msg_1", headline: HEADLINE, articleBody: articleBody(9) });
  await lede.shows(/"channel":"console:[^\n]*"state":"sent"/);
  const posts = await fetch(`${await lede.page()}/api/posts`, { headers: { cookie: await lede.signIn() } });
  expect(await posts.text()).toContain(HEADLINE);
  expect(lede.out()).toContain("Lede");
  expect(`${lede.out()}${lede.err()}`).not.toContain(HEADLINE);
});

test("older stories in another language are asked for in a batch where the operator wants that", async () => {
  const { peer, openai } = await model();
  const env = { LEDE_DATA: await stage.dataDir(), LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET };
  const lede = stage.start({ ...env, ...openai, OPENAI_BATCH: "backfill", LEDE_LOG_LEVEL: "info" });
  const page = await lede.page();
  await publish(lede, { id: "msg_1", headline: HEADLINE, articleBody: articleBody() });
  await lede.shows(/"channel":"console:[^\n]*"state":"sent"/);
  const answer = await fetch(`${page}/api/calls`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: await lede.signIn() },
    body: JSON.stringify({ kind: "line", line: "/topics add query:ferry language:de backfill:2" }),
  });
  expect(answer.status).toBe(202);
  await lede.shows(/batch sent/);
  expect(peer.requests).toHaveLength(1);
  expect(peer.batch.made).toMatchObject([{ lines: [{}], completion_window: "24h" }]);
  expect(JSON.stringify(peer.batch.made[0]?.lines[0]?.asked.messages)).toContain("German (de)");
  expect(peer.violations).toEqual([]);
});

test("Ctrl-C ends a connected Lede with exit code 0", async () => {
  const { env } = await bothPlatforms();
  const lede = stage.start(env);
  await lede.page();
  lede.child.kill("SIGINT");
  expect((await lede.ended).code).toBe(0);
});

async function bothPlatforms(): Promise<{ discord: DiscordPeer; slack: SlackPeer; env: Environment }> {
  const discord = stage.closing(await startDiscordPeer(), (open) => open.close());
  const slack = stage.closing(await startSlackPeer(), (open) => open.close());
  const env = {
    LEDE_DATA: await stage.dataDir(),
    LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    LEDE_CHANNELS: `discord:${discord.guilds.main.id}:${discord.channels.news.id},slack:${slack.team.id}:${slack.channels.news}`,
  };
  return { discord, slack, env };
}

async function model() {
  const peer = stage.closing(await startOpenAiPeer({ key: "sk-peer-key" }), (open) => open.stop());
  const openai = { OPENAI_BASE_URL: peer.url, OPENAI_API_KEY: "sk-peer-key", OPENAI_MODEL: "gpt-5-mini" };
  return { peer, openai };
}

function postsOf(peer: DiscordPeer | SlackPeer): readonly unknown[] {
  return "guilds" in peer ? peer.messages(peer.channels.news) : peer.messages(peer.channels.news);
}

/** Everything the one post shows now, as text; earlier versions are left out. */
function shownOn(peer: DiscordPeer | SlackPeer): string {
  if ("guilds" in peer) {
    const [post] = peer.messages(peer.channels.news);
    return JSON.stringify([post?.content, post?.embeds]);
  }
  return JSON.stringify(peer.messages(peer.channels.news)[0]?.blocks ?? null);
}
