import { afterEach, describe, expect, test } from "vitest";
import { createRate } from "#src/adapters/rates/memory.ts";
import { openSite, type Site } from "#tests/sites.ts";
import { FIRE, FIRE_TITLE } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";

const TOO_MANY = /one person may ask for.*Try again in \d+ (seconds|minutes)/;

/** The machine may be busy. */
const WAIT_MS = 20_000;

let site: Site;
let newsroom: Newsroom;
let stop: () => Promise<void>;

/** Each path is an article of its own. */
async function open(most: { commands?: number; briefs?: number }): Promise<void> {
  site = await openSite(({ url = "" }, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end(page(url)),
  );
  const rate = (count: number | undefined) =>
    count === undefined ? null : createRate({ most: count, seconds: 600 });
  newsroom = await openNewsroom({
    outlets: [],
    allow: [site.host],
    rates: { commands: rate(most.commands), briefs: rate(most.briefs) },
  });
  stop = newsroom.work();
}

function page(url: string): string {
  const paragraphs = [...FIRE("9"), `The fire service counts it as number ${url.slice(1)} of the year.`];
  return `<html lang="en"><head><title>${FIRE_TITLE}</title></head><body><article><h1>${FIRE_TITLE}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("")}</article></body></html>`;
}

afterEach(async () => {
  await stop();
  await newsroom.close();
});

const paths = (): (string | undefined)[] => site.requests.map(({ url }) => url);

describe("on Discord", () => {
  const brief = (path: string, where: { direct?: boolean } = {}) => {
    const { discord } = newsroom;
    const user = discord.users.member;
    const channel = where.direct === true ? discord.directChannel(user) : discord.channels.news;
    return discord.slash({ channel, user, command: "brief", options: { link: `${site.url}/${path}` } });
  };
  const isBrief = ({ content }: { content: string }): boolean => content.includes(FIRE_TITLE);

  test("one new brief too many is told to the asker alone, and nothing is read for it", async () => {
    await open({ briefs: 2 });
    const { discord } = newsroom;
    await brief("1").waitForReply(isBrief, WAIT_MS);
    await brief("2", { direct: true }).waitForReply(isBrief, WAIT_MS);
    // The same person in a direct message, and in the channel.
    const direct = await brief("3", { direct: true }).waitForFollowup(undefined, WAIT_MS);
    const told = await brief("4").waitForFollowup(undefined, WAIT_MS);
    expect(direct.content).toMatch(TOO_MANY);
    expect(told).toMatchObject({
      content: expect.stringMatching(TOO_MANY),
      ephemeralFor: discord.users.member.id,
    });
    expect(discord.messages(discord.channels.news)).toHaveLength(1);
    expect(paths()).toEqual(["/1", "/2"]);
    // Somebody else has their own.
    const other = { channel: discord.channels.news, user: discord.users.moderator, command: "brief" };
    await discord.slash({ ...other, options: { link: `${site.url}/5` } }).waitForReply(isBrief, WAIT_MS);
  });

  test("a brief that is there already does not count as a new one", async () => {
    await open({ briefs: 2 });
    for (let time = 0; time < 4; time += 1) {
      await brief("1").waitForReply(isBrief, WAIT_MS);
      await newsroom.pass(1_000);
    }
    await brief("2").waitForReply(isBrief, WAIT_MS);
    expect((await brief("3").waitForFollowup(undefined, WAIT_MS)).content).toMatch(TOO_MANY);
  });

  test("commands of all kinds count together, in channels and in direct messages; buttons do not", async () => {
    await open({ commands: 2 });
    const { discord } = newsroom;
    const shown = await brief("1").waitForReply(isBrief, WAIT_MS);
    const { news } = discord.channels;
    const user = discord.users.member;
    await discord.slash({ channel: news, user, command: "lede help" }).waitForReply(undefined, WAIT_MS);
    const evidence = discord.pressButton({ message: shown.id, customId: /^evidence:/, user });
    expect((await evidence.waitForReply(undefined, WAIT_MS)).content).toContain("Evidence");
    const help = discord.slash({ channel: discord.directChannel(user), user, command: "lede help" });
    expect((await help.waitForFollowup(undefined, WAIT_MS)).content).toMatch(TOO_MANY);
    expect((await brief("2").waitForFollowup(undefined, WAIT_MS)).ephemeralFor).toBe(user.id);
    expect(paths()).toEqual(["/1"]);
  });

  test.for([false, true])(
    "a mention too many is answered in private (direct messages closed: %s)",
    async (closed) => {
      await open({ commands: 1 });
      const { discord } = newsroom;
      const user = discord.users.member;
      await brief("1").waitForReply(isBrief, WAIT_MS);
      user.dmsClosed = closed;
      discord.userMessage({
        channel: discord.channels.news,
        user,
        content: `${site.url}/2`,
        mentionsBot: true,
      });
      const where = closed ? discord.channels.news : discord.directChannel(user);
      const told = await discord.waitUntil(() =>
        discord.messages(where).find(({ content }) => TOO_MANY.test(content)),
      );
      expect(told.authorId).toBe(discord.users.bot.id);
      expect(paths()).toEqual(["/1"]);
    },
  );
});

describe("on Slack", () => {
  const brief = (path: string) => {
    const { slack } = newsroom;
    const user = slack.people.member;
    slack.slash({ channel: slack.channels.news, user, command: "/brief", text: `${site.url}/${path}` });
  };
  const told = () => {
    const { slack } = newsroom;
    return slack.ephemerals(slack.channels.news).filter(({ text }) => TOO_MANY.test(text));
  };

  test("one new brief too many is told to the asker alone, and nothing is read for it", async () => {
    await open({ briefs: 1 });
    const { slack } = newsroom;
    const { news } = slack.channels;
    brief("1");
    await slack.waitForMessage(news, ({ text }) => text.includes(FIRE_TITLE), WAIT_MS);
    brief("2");
    slack.mention({ channel: news, user: slack.people.member, text: `${site.url}/3` });
    await expect.poll(() => told().length, { timeout: WAIT_MS }).toBe(2);
    expect(told()).toMatchObject([
      { ephemeralTo: slack.people.member },
      { ephemeralTo: slack.people.member },
    ]);
    expect(slack.messages(news).filter(({ bot_id: bot }) => bot !== null)).toHaveLength(1);
    expect(paths()).toEqual(["/1"]);
  });

  test("commands of all kinds count together", async () => {
    await open({ commands: 1 });
    const { slack } = newsroom;
    slack.slash({ channel: slack.channels.news, user: slack.people.member, command: "/lede", text: "" });
    await expect.poll(() => slack.ephemerals(slack.channels.news).length, { timeout: WAIT_MS }).toBe(1);
    brief("1");
    await expect.poll(() => told().length, { timeout: WAIT_MS }).toBe(1);
    expect(paths()).toEqual([]);
  });
});
