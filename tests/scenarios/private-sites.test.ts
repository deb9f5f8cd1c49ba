import { afterEach, beforeEach, expect, test } from "vitest";
import { openSite, rss, type Site } from "#tests/sites.ts";
import { everywhere, FIRE, FIRE_TITLE, HOUR_MS, MINUTE_MS, onSlack } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onDiscordAs, onSlackAs, type Person } from "./people.ts";

const REFUSED = "Lede only reads public http(s) pages";

let site: Site;
let newsroom: Newsroom;
let items: string[];

/** The operator allows `/news/` of a private site; everything it has says the same. */
beforeEach(async () => {
  items = ["before"];
  site = await openSite(({ url = "" }, response) => {
    const feed = url === "/news/feed";
    response.writeHead(200, { "content-type": feed ? "application/rss+xml" : "text/html" });
    response.end(feed ? rss(items.map((guid) => ({ guid, link: `${site.url}/${guid}` }))) : page());
  });
  newsroom = await openNewsroom({ outlets: [], places: [`${site.host}/news/`] });
});
afterEach(() => newsroom.close());

function page(): string {
  return `<html lang="en"><head><title>${FIRE_TITLE}</title></head><body><article><h1>${FIRE_TITLE}</h1>${FIRE(
    "9",
  )
    .map((text) => `<p>${text}</p>`)
    .join("")}</article></body></html>`;
}

const read = (): (string | undefined)[] => site.requests.map(({ url }) => url);

type Ask = (link: string) => Promise<string>;

const discordAs =
  (who: "member" | "moderator"): Ask =>
  async (link) =>
    (await onDiscordAs(newsroom, who).type("brief", { link })).text;

/** Slack shows a brief to all and a refusal to the asker alone. */
const slackAs =
  (who: "member" | "admin"): Ask =>
  (link) => {
    const { slack } = newsroom;
    const channel = slack.channels.news;
    const before = onSlack(newsroom, channel).length;
    const told = slack.ephemerals(channel).length;
    slack.slash({ channel, user: slack.people[who], command: "/brief", text: link });
    return newsroom.answered(() => {
      const shown = [...onSlack(newsroom, channel).slice(before), ...slack.ephemerals(channel).slice(told)];
      return shown.find(({ text }) => !text.endsWith("…"))?.text;
    });
  };

test.for([
  ["member on Discord", discordAs("member")],
  ["moderator on Discord", discordAs("moderator")],
  ["member on Slack", slackAs("member")],
  ["administrator on Slack", slackAs("admin")],
] as const)("the link of a %s does not have an allowed private page read", async ([, ask]) => {
  expect(await ask(`${site.url}/news/fire`)).toContain(REFUSED);
  expect(read()).toEqual([]);
});

test.for([
  ["Discord", (): Person => onDiscordAs(newsroom, "moderator"), discordAs("member")],
  ["Slack", (): Person => onSlackAs(newsroom, "admin"), slackAs("member")],
] as const)("on %s a moderator's source is read there, and its links stay closed", async ([, boss, ask]) => {
  await boss().type("sources add", { url: `${site.url}/news/feed` });
  await boss().type("topics add", { query: "harbour" });
  await newsroom.pass(10 * MINUTE_MS);
  items = ["news/fire", "admin/secret", ...items];
  await newsroom.pass(HOUR_MS);
  expect(everywhere(newsroom).map(({ text }) => text)).toEqual([expect.stringContaining(FIRE_TITLE)]);
  // The source reaches no farther than the operator's path, and is looked at again by the same right.
  expect(read().filter((url) => url === "/news/fire").length).toBeGreaterThan(1);
  expect(read()).not.toContain("/admin/secret");
  const before = read().length;
  expect(await ask(`${site.url}/news/fire`)).toContain(REFUSED);
  expect(read().slice(before)).not.toContain("/news/fire");
});
