import { createHmac } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { findSecrets } from "#tests/canaries.ts";
import { poll } from "#tests/contracts/feed-polls.ts";
import { at } from "#tests/contracts/store-fixtures.ts";
import { startDiscordPeer } from "#tests/peers/discord/peer.ts";
import { startOpenAiPeer } from "#tests/peers/openai/server.ts";
import { startSlackPeer } from "#tests/peers/slack/peer.ts";
import { openSite, rss, type Site } from "#tests/sites.ts";
import { articleBody, HEADLINE } from "./article.ts";
import { createStage, openLink, until } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

const OWN = {
  openai: "sk-canary-of-the-model-server",
  webhook: "whsec_Y2FuYXJ5LW9mLWEtd2ViaG9va3Mtc2VjcmV0IQ==",
  ghost: "canary-of-ghosts-secret",
  wordpress: "canary-of-wordpress-secret",
  metrics: "canary-of-the-figures-token",
};

test(
  "no file of the data folder holds a secret, and what was sealed is answered after a kill, by the same key",
  { timeout: 180_000 },
  async () => {
    const world = await openWorld();
    const { discord, env, folder, hub, openai, slack } = world;
    const first = stage.start(env);
    const page = await first.page();
    const [link = ""] = await stage.pageLinks(env);
    const cookie = (await openLink(link))?.split("=")[1] ?? "";

    await discord.waitForCommand("brief", 15_000);
    await discord.gateway.waitForSession();
    const asked = await until(() => hub.asked[0], first.err);
    await confirm(page, asked);
    const hubSecret = asked.get("hub.secret") ?? "";
    expect(await push(page, asked)).toBe(202);
    await first.shows(/"a push arrived"/);

    // From here on the model says nothing, so the commands stay open.
    openai.hang(50);
    const onDiscord = discord.slash({
      channel: discord.channels.general,
      user: discord.users.member,
      command: "brief",
      options: { text: `${HEADLINE}\n\n${articleBody()}` },
    });
    const onSlack = slack.slash({
      channel: slack.channels.outside,
      user: slack.people.member,
      command: "/brief",
      // On one line, as it is typed.
      text: `text:"${HEADLINE}. ${articleBody(11).replaceAll('"', "").replaceAll("\n\n", " ")}"`,
    });
    await Promise.all([onDiscord.acked, onSlack.acked]);
    const secrets = {
      ...OWN,
      discord: discord.token,
      slackBot: slack.botToken,
      slackApp: slack.appToken,
      hub: hubSecret,
      interaction: onDiscord.token,
      responseUrl: new URL(onSlack.responseUrl).pathname.split("/").at(-1) ?? "",
      ticket: new URL(link).searchParams.get("ticket") ?? "",
      cookie,
    };
    for (const [name, value] of Object.entries(secrets))
      expect([name, value.length > 15]).toEqual([name, true]);
    await until(() => (openai.requests.length >= 2 ? true : undefined), first.err);
    // It would find what is there.
    expect(await findSecrets(folder, { feed: `${world.publisher.url}/feed` })).not.toEqual([]);
    expect(await findSecrets(folder, secrets)).toEqual([]);
    await first.kill();
    const key = (await readFile(path.join(folder, "lede.key"), "utf8")).trim();
    expect(await findSecrets(folder, secrets)).toEqual([]);
    expect(await findSecrets(folder, { key }, { except: ["lede.key"] })).toEqual([]);

    await rm(path.join(folder, "lede.key"));
    const second = stage.start({ ...env, LEDE_KEY: key, OPENAI_BASE_URL: world.answering.url });
    await onDiscord.waitForReply(({ embeds }) => JSON.stringify(embeds).includes("Written by"), 30_000);
    await onSlack.waitFor((reply) => JSON.stringify(reply.blocks).includes("Written by"), 30_000);
    expect(await push(await second.page(), asked)).toBe(202);
    await second.shows(/"a push arrived"/);
    expect(await findSecrets(folder, { ...secrets, key })).toEqual([]);
    expect(second.err()).not.toContain("commands dropped");
    expect([...discord.violations, ...slack.violations]).toEqual([]);
  },
);

/** Both platforms, a model server that will say nothing and one that answers, a publisher and its hub. */
async function openWorld() {
  const discord = stage.closing(await startDiscordPeer(), (open) => open.close());
  const slack = stage.closing(await startSlackPeer({ escapesCommands: true }), (open) => open.close());
  const openai = stage.closing(await startOpenAiPeer({ key: OWN.openai }), (open) => open.stop());
  const answering = stage.closing(await startOpenAiPeer({ key: OWN.openai }), (open) => open.stop());
  const asked: URLSearchParams[] = [];
  const hub = await openSite((request, response) => {
    void text(request).then((form) => asked.push(new URLSearchParams(form)));
    response.writeHead(202).end();
  });
  const publisher: Site = await openSite((_request, response) => {
    const links = `<atom:link rel="hub" href="${hub.url}/"/><atom:link rel="self" href="${publisher.url}/feed"/>`;
    response
      .writeHead(200, { "content-type": "application/rss+xml" })
      .end(rss([{ guid: "old", link: `${publisher.url}/old`, date: new Date(0) }], links));
  });
  const folder = await stage.dataDir();
  await addFeed(folder, { url: `${publisher.url}/feed`, hub: `${hub.url}/` });
  const env = {
    LEDE_DATA: folder,
    LEDE_PUBLIC_URL: "http://127.0.0.1:9",
    LEDE_FETCH_ALLOW: `${hub.host}/,${publisher.host}/`,
    LEDE_WEBHOOK_SECRET: OWN.webhook,
    LEDE_GHOST_SECRET: OWN.ghost,
    LEDE_WORDPRESS_SECRET: OWN.wordpress,
    LEDE_METRICS_TOKEN: OWN.metrics,
    OPENAI_API_KEY: OWN.openai,
    OPENAI_BASE_URL: openai.url,
    OPENAI_MODEL: "gpt-6-luna",
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
  };
  return { answering, discord, env, folder, hub: { asked }, openai, publisher, slack };
}

/** A feed that is known to have a hub, so that the hub is asked as soon as Lede starts. */
async function addFeed(folder: string, { url, hub }: { url: string; hub: string }): Promise<void> {
  const store = await openSqliteStore({ path: path.join(folder, "lede.sqlite") });
  const feed = await store.addFeed({ url, now: at(0), baseline: true });
  await poll(store, { ...feed, hub, topic: url, baselined: true }, []);
  await store.close();
}

/** Calls back as the hub does. */
async function confirm(page: string, asked: URLSearchParams): Promise<void> {
  const query = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.topic": asked.get("hub.topic") ?? "",
    "hub.challenge": "challenge",
    "hub.lease_seconds": "864000",
  });
  expect(await (await fetch(`${callbackAt(page, asked)}?${query}`)).text()).toBe("challenge");
}

/** Sends what is known already, signed with the secret that the hub was told. */
async function push(page: string, asked: URLSearchParams): Promise<number> {
  const topic = asked.get("hub.topic") ?? "";
  const body = rss([{ guid: "old", link: topic.replace(/feed$/, "old"), date: new Date(0) }]);
  const signature = createHmac("sha256", asked.get("hub.secret") ?? "")
    .update(body)
    .digest("hex");
  const headers = { "content-type": "application/rss+xml", "x-hub-signature": `sha256=${signature}` };
  return (await fetch(callbackAt(page, asked), { method: "POST", headers, body })).status;
}

/** The public address leads to Lede by a proxy; here it is asked at its own. */
function callbackAt(page: string, asked: URLSearchParams): string {
  return `${page}${new URL(asked.get("hub.callback") ?? "").pathname}`;
}
