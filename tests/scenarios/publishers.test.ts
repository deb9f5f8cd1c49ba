import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#src/core/article.ts";
import { publisherSource } from "#src/core/publisher.ts";
import type { Workspace } from "#src/core/workspace.ts";
import {
  everywhere,
  FIRE,
  FIRE_TITLE,
  fireAt,
  MINUTE_MS,
  onDiscord,
  onSlack,
  sentEntry,
  subscribeBoth,
} from "./desk.ts";
import { openSite, type Site } from "#tests/sites.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";

const POST = publisherSource("city-post");
const TIMES = publisherSource("times");

let newsroom: Newsroom;
let leads: Site;

beforeEach(async () => {
  leads = await openSite((request, response) => {
    const location = newsroom.outlets[0]?.url("fire") ?? "";
    if (request.url === "/claims")
      response.writeHead(200, { "content-type": "text/html" }).end(claiming(location));
    else response.writeHead(302, { location }).end();
  });
  newsroom = await openNewsroom({ outlets: ["City Post"], allow: [atLocalhost(leads).host] });
});
afterEach(() => newsroom.close());

/** City Post is for the Discord server alone and the Times for the Slack workspace; both are cleared for members' text. */
async function withPublishers(sites: { post?: string[]; times?: string[] } = {}): Promise<void> {
  const { discord, slack } = newsroom;
  const discordServer: Workspace = `discord:${discord.guilds.main.id}`;
  const slackTeam: Workspace = `slack:${slack.team.id}`;
  await newsroom.restart({
    publishers: new Map([
      [POST, { workspaces: new Set([discordServer]), sites: sites.post ?? ["citypost.example"] }],
      [TIMES, { workspaces: new Set([slackTeam]), sites: sites.times ?? ["times.example"] }],
    ]),
  });
}

function article(changes: Partial<Entry> = {}): Entry {
  const url = "https://citypost.example/fire";
  return sentEntry({
    guid: url,
    url,
    publishedAt: newsroom.clock(),
    updatedAt: newsroom.clock(),
    ...changes,
  });
}

/** A page that gives another site's address as its own. */
function claiming(canonical: string): string {
  const text = FIRE("99")
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join("");
  return `<html><head><title>${FIRE_TITLE}</title><link rel="canonical" href="${canonical}"></head><body><article><h1>${FIRE_TITLE}</h1>${text}</article></body></html>`;
}

/** The same site under a name that is not the outlets'. */
function atLocalhost({ url }: Site): URL {
  const named = new URL(url);
  named.hostname = "localhost";
  return named;
}

async function posts(): Promise<{ discord: string; slack: string }> {
  await newsroom.pass(2 * MINUTE_MS);
  const text = (shown: readonly { text: string }[]): string => shown.map((one) => one.text).join("\n");
  return {
    discord: text(onDiscord(newsroom, newsroom.discord.channels.news.id)),
    slack: text(onSlack(newsroom, newsroom.slack.channels.news)),
  };
}

test("a publisher's article is posted where the operator ties its secret, free and members' text alike", async () => {
  await subscribeBoth(newsroom, { query: "harbour", subscription: { clearance: "members" } });
  await withPublishers();
  await newsroom.send("m1", article(), POST);
  const free = await posts();
  expect(free.discord).toContain(FIRE_TITLE);
  expect(free.slack).toBe("");
  const paid = "https://times.example/paid";
  await newsroom.send("m1", article({ guid: paid, url: paid, visibility: "members" }), TIMES);
  const both = await posts();
  expect(both.slack).toContain(FIRE_TITLE);
  expect(both.slack).toContain("times.example");
  expect(both.discord).not.toContain("times.example");
});

test("members' text is not given to who only reads the publisher's feed", async () => {
  const [outlet] = newsroom.outlets;
  if (outlet === undefined) throw new Error("No outlet");
  await subscribeBoth(newsroom, { query: "harbour", subscription: { clearance: "members" } });
  await withPublishers({ post: ["127.0.0.1"] });
  await newsroom.pass(6 * MINUTE_MS);
  const teaser = {
    ...fireAt(newsroom.clock()),
    paragraphs: ["A fire broke out at the harbour. Only subscribers read on."],
  };
  const url = outlet.url(teaser.slug);
  await newsroom.send("m1", article({ guid: url, url, visibility: "members" }), POST);
  outlet.publish(teaser);
  const shown = await posts();
  expect(shown.discord).toContain("Brandt Logistics");
  expect(shown.slack).not.toContain("Brandt Logistics");
});

test("nobody changes or takes back what another publisher sent, neither by address nor by id", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await withPublishers();
  await newsroom.send("m1", article(), POST);
  const before = await posts();
  expect(before.discord).toContain(FIRE_TITLE);
  const forged = { type: "text" as const, body: "The harbour was never on fire, the mayor said." };
  for (const source of [TIMES, "webhook"]) {
    await newsroom.send(
      "f1",
      article({ content: forged, updatedAt: new Date(newsroom.clock().getTime() + 1) }),
      source,
    );
    await newsroom.send("f2", article({ event: "unpublish", content: null, updatedAt: null }), source);
    await newsroom.send(
      "f3",
      article({ event: "unpublish", content: null, url: null, updatedAt: null }),
      source,
    );
  }
  expect(await posts()).toEqual(before);
  await newsroom.send(
    "m2",
    article({ event: "unpublish", content: null, url: null, updatedAt: newsroom.clock() }),
    POST,
  );
  expect((await posts()).discord).not.toContain("Brandt Logistics");
});

test("an id without an address is its publisher's own", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await withPublishers();
  const bare = article({ guid: "story-1", url: null });
  await newsroom.send("m1", bare, POST);
  const before = await posts();
  expect(before.discord).toContain(FIRE_TITLE);
  for (const source of [TIMES, "webhook"])
    await newsroom.send("f1", { ...bare, event: "unpublish", content: null, updatedAt: null }, source);
  expect(await posts()).toEqual(before);
});

test("an address that leads to another publisher's site gives nobody its articles", async () => {
  const [outlet] = newsroom.outlets;
  await subscribeBoth(newsroom, { query: "harbour" });
  await withPublishers({ post: ["127.0.0.1"], times: ["localhost"] });
  outlet?.publish(fireAt(newsroom.clock()));
  const url = outlet?.url("fire") ?? "";
  await newsroom.send("m1", article({ guid: url, url, content: null }), POST);
  const { href } = atLocalhost(leads);
  await newsroom.send("m1", article({ guid: "mine", url: href, content: null }), TIMES);
  const shown = await posts();
  expect(leads.requests).toHaveLength(1);
  expect(shown.discord).toContain(FIRE_TITLE);
  expect(shown.slack).toBe("");
});

test("a page that names another site's address as its own changes nothing of what stands there", async () => {
  const [outlet] = newsroom.outlets;
  await subscribeBoth(newsroom, { query: "harbour" });
  outlet?.publish(fireAt(newsroom.clock()));
  const url = outlet?.url("fire") ?? "";
  await newsroom.send("m1", article({ guid: url, url, content: null }));
  expect((await posts()).discord).toContain("9 people");
  const { origin } = atLocalhost(leads);
  await newsroom.send("m2", article({ guid: "claims", url: `${origin}/claims`, content: null }));
  await posts();
  const { discord } = newsroom;
  const [first] = onDiscord(newsroom, discord.channels.news.id);
  expect(leads.requests.map((request) => request.url)).toEqual(["/claims"]);
  expect(first?.text).toContain("9 people");
  expect(first?.text).not.toContain("99 people");
  const members = (await newsroom.store().articlesSince(new Date(0), 10)).map((one) => one.article.url);
  expect(members).toContain(url);
  expect(members).toContain(`${origin}/claims`);
});

test("what came from a publisher that is not configured any more is shown to nobody anew", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await withPublishers();
  await newsroom.send("m1", article(), POST);
  await newsroom.restart({ publishers: new Map() });
  const url = "https://citypost.example/second";
  await newsroom.send("m2", article({ guid: url, url, title: "Second fire at the harbour" }), POST);
  await newsroom.pass(2 * MINUTE_MS);
  expect(everywhere(newsroom)).toHaveLength(1);
});
