import { afterEach, expect, test } from "vitest";
import { startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { startSlackPeer } from "#tests/peers/slack/peer.ts";
import { articleBody, HEADLINE } from "./article.ts";
import { createStage, publish, quiet, until, WEBHOOK_SECRET } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

const ARTICLE = {
  id: "msg_crash",
  url: "https://news.example/ferry",
  headline: HEADLINE,
  articleBody: articleBody(),
};

test("a Lede killed after Discord took its post and before the answer leaves one copy", async () => {
  const peer = stage.closing(await startDiscordPeer(), (open) => open.close());
  const { news } = peer.channels;
  const env = {
    LEDE_DATA: await stage.dataDir(),
    LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    DISCORD_TOKEN: peer.token,
    DISCORD_API_URL: peer.apiUrl,
    LEDE_CHANNELS: `discord:${peer.guilds.main.id}:${news.id}`,
  };
  const first = stage.start(env);
  peer.fail({
    match: { method: "POST", path: /\/channels\/\d+\/messages$/ },
    how: { kind: "pause", when: "after", until: () => first.kill() },
  });
  expect(await publish(first, ARTICLE)).toBe(202);
  await first.ended;
  expect(first.child.signalCode).toBe("SIGKILL");
  expect(peer.messages(news)).toHaveLength(1);

  const second = stage.start(env);
  await second.shows(/"channel":"discord:[^\n]*"state":"sent"[^\n]*"delivery attempted"/);
  await quiet();
  expect(peer.messages(news)).toHaveLength(1);
  expect(peer.messages(news)[0]?.content).toContain(HEADLINE);
  expect(peer.violations).toEqual([]);
});

test("a Lede killed while Slack's answer is out finds its post in the history and leaves one copy", async () => {
  const peer = stage.closing(await startSlackPeer(), (open) => open.close());
  const { news } = peer.channels;
  const env = {
    LEDE_DATA: await stage.dataDir(),
    LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    SLACK_BOT_TOKEN: peer.botToken,
    SLACK_APP_TOKEN: peer.appToken,
    SLACK_API_URL: peer.apiUrl,
    LEDE_CHANNELS: `slack:${peer.team.id}:${news}`,
  };
  peer.fail({ method: "chat.postMessage", how: { kind: "hang", committed: true } });
  const first = stage.start(env);
  expect(await publish(first, ARTICLE)).toBe(202);
  await until(
    () => peer.messages(news)[0],
    () => `No post came.\n${first.err()}`,
  );
  await first.kill();

  const second = stage.start(env);
  await second.shows(/"channel":"slack:[^\n]*"state":"sent"[^\n]*"delivery attempted"/);
  await quiet();
  expect(peer.messages(news)).toHaveLength(1);
  expect(JSON.stringify(peer.messages(news)[0]?.blocks)).toContain(HEADLINE);
  expect(peer.requests.map((request) => request.method)).toContain("conversations.history");
  expect(peer.requests.filter((request) => request.method === "chat.postMessage")).toHaveLength(1);
  expect(peer.violations).toEqual([]);
});
