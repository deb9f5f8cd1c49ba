import { afterEach, beforeEach, expect, test } from "vitest";
import { openSite, type Site } from "#tests/sites.ts";
import { fireAt } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";

const SLOW_LINKS = 24;
/** The machine may be busy. */
const WAIT_MS = 20_000;

let site: Site;
let letGo: PromiseWithResolvers<void>;
let newsroom: Newsroom;
let stop: () => Promise<void>;

beforeEach(async () => {
  letGo = Promise.withResolvers<void>();
  // Answers nobody before the test says so.
  site = await openSite((_, response) => void letGo.promise.then(() => response.writeHead(404).end()));
  newsroom = await openNewsroom({ outlets: ["Harbour Times"], allow: [site.host] });
  newsroom.outlets[0]?.publish(fireAt(newsroom.clock()));
  stop = newsroom.work();
});
afterEach(async () => {
  letGo.resolve();
  await stop();
  await newsroom.close();
});

const fire = (): string => newsroom.outlets[0]?.url("fire") ?? "";

test("slow links of one person hold up nobody: not in their server, another's workspace or a direct message", async () => {
  const { discord, slack } = newsroom;
  const { news } = discord.channels;
  for (let link = 0; link < SLOW_LINKS; link += 1) {
    const options = { link: `${site.url}/${link}` };
    discord.slash({ channel: news, user: discord.users.member, command: "brief", options });
  }
  await expect.poll(() => site.requests.length, { timeout: WAIT_MS }).toBeGreaterThan(0);
  const other = { channel: news, user: discord.users.moderator };
  const help = discord.slash({ ...other, command: "lede help" });
  expect((await help.waitForReply(undefined, WAIT_MS)).content).toContain("Lede briefs news");
  const brief = discord.slash({ ...other, command: "brief", options: { link: fire() } });
  await brief.waitForReply(({ content }) => content.includes("harbour"), WAIT_MS);
  slack.slash({ channel: slack.channels.news, user: slack.people.member, command: "/brief", text: fire() });
  await slack.waitForMessage(slack.channels.news, ({ text }) => text.includes("harbour"), WAIT_MS);
  const channel = discord.directChannel(discord.users.owner);
  const privately = { channel, user: discord.users.owner, command: "brief", options: { link: fire() } };
  await discord.slash(privately).waitForReply(({ content }) => content.includes("harbour"), WAIT_MS);
  // All that was asked before is still waiting for its site.
  expect(site.requests.length).toBeLessThan(SLOW_LINKS);
});

test("what Slack's people ask for slowly holds up nobody on Discord", async () => {
  const { discord, slack } = newsroom;
  for (let link = 0; link < SLOW_LINKS; link += 1)
    slack.slash({
      channel: slack.channels.news,
      user: slack.people.member,
      command: "/brief",
      text: `${site.url}/${link}`,
    });
  await expect.poll(() => site.requests.length, { timeout: WAIT_MS }).toBeGreaterThan(0);
  const options = { link: fire() };
  const use = { channel: discord.channels.news, user: discord.users.member, command: "brief", options };
  await discord.slash(use).waitForReply(({ content }) => content.includes("harbour"), WAIT_MS);
  expect(site.requests.length).toBeLessThan(SLOW_LINKS);
});
