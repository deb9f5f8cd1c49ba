import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#src/core/article.ts";
import type { Workspace } from "#src/core/workspace.ts";
import { everywhere, MINUTE_MS, onDiscord, sentEntry, subscribe, subscribeBoth } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onDiscordAs, onSlackAs, type Person } from "./people.ts";

const TITLE = "Fire at the harbour injures dock workers";
const CLEARED = { query: "harbour", subscription: { clearance: "members" } } as const;
const NOBODY = { members: new Set<never>() };

let newsroom: Newsroom;

beforeEach(async () => {
  newsroom = await openNewsroom({ outlets: [] });
});
afterEach(() => newsroom.close());

test("members-only text goes to no workspace that the operator has not cleared, whatever its moderators say", async () => {
  await newsroom.restart(NOBODY);
  for (const person of moderators()) {
    for (const [command, options] of [
      ["topics add", { query: "harbour", clearance: "members" }],
      ["topics test", { query: "harbour", clearance: "members" }],
      ["settings edit", { clearance: "members" }],
    ] as const) {
      const refused = await person.type(command, options);
      expect(refused.text).toContain("Only whoever runs Lede can let members-only text in here");
      expect(refused.text).toContain("LEDE_MEMBERS_WORKSPACES");
    }
  }
  await subscribeBoth(newsroom, CLEARED);
  await newsroom.send("m1", members());
  await newsroom.pass(5 * MINUTE_MS);
  expect(everywhere(newsroom)).toEqual([]);
  for (const person of moderators()) {
    const listed = await person.type("topics list");
    expect(listed.text).toContain("members-only text waits for whoever runs Lede (LEDE_MEMBERS_WORKSPACES)");
    const tested = await person.type("topics test", { topic: "harbour" });
    expect(tested.text).toContain("LEDE_MEMBERS_WORKSPACES");
    expect(tested.text).not.toContain(TITLE);
    const latest = await person.type("topics add", { query: "fire", backfill: 5 });
    expect(latest.text).not.toContain(TITLE);
  }
  await newsroom.settle();
  expect(everywhere(newsroom)).toEqual([]);
});

test("a standing members' post is still corrected and taken back where the clearance was lost, and nothing is added", async () => {
  await subscribeBoth(newsroom, CLEARED);
  await newsroom.send("m1", members());
  expect(everywhere(newsroom)).toHaveLength(2);
  await newsroom.restart(NOBODY);
  await newsroom.send("m2", members({ content: { type: "text", body: bodyWith("11") } }));
  await newsroom.send("m3", { ...members(), guid: "https://b.example/b", url: "https://b.example/b" });
  await newsroom.pass(5 * MINUTE_MS);
  for (const post of everywhere(newsroom)) {
    expect(post.text).toContain("11");
    expect(post.text).not.toContain("b.example");
  }
  expect(everywhere(newsroom)).toHaveLength(2);
  await newsroom.send("m4", members({ event: "unpublish", content: null, updatedAt: newsroom.clock() }));
  await newsroom.pass(5 * MINUTE_MS);
  for (const post of everywhere(newsroom)) expect(post.text).not.toContain("Brandt Logistics");
});

test("what was held is posted once when the operator clears the workspaces, and again held when that ends", async () => {
  await subscribeBoth(newsroom, CLEARED);
  await newsroom.restart(NOBODY);
  const reports = newsroom.discordChannel(newsroom.discord.channels.general.id);
  await subscribe(newsroom, newsroom.discordChannel(newsroom.discord.channels.news.id), {
    ...CLEARED,
    settings: { moderatorsChannel: reports },
  });
  await newsroom.send("m1", members());
  await newsroom.pass(5 * MINUTE_MS);
  await newsroom.restart();
  await newsroom.pass(5 * MINUTE_MS);
  expect(everywhere(newsroom)).toEqual([]);
  const told = onDiscord(newsroom, newsroom.discord.channels.general.id);
  expect(told.map(({ text }) => text)).toEqual([expect.stringContaining("LEDE_MEMBERS_WORKSPACES")]);
  for (let restarts = 0; restarts < 2; restarts += 1) {
    await newsroom.restart({ members: both() });
    await newsroom.pass(5 * MINUTE_MS);
    expect(everywhere(newsroom).map(({ text }) => text.includes(TITLE))).toEqual([true, true]);
  }
  await newsroom.restart(NOBODY);
  await newsroom.send("m2", other());
  await newsroom.pass(5 * MINUTE_MS);
  expect(everywhere(newsroom)).toHaveLength(2);
  for (const post of everywhere(newsroom)) expect([post.text.includes(TITLE), post.edits]).toEqual([true, 0]);
  await newsroom.restart({ members: both() });
  await newsroom.pass(5 * MINUTE_MS);
  expect(everywhere(newsroom)).toHaveLength(4);
});

test("what waits for its hour when the clearance ends is held too, and comes once it is given again", async () => {
  const digest = { cadence: { kind: "digest", cron: "0 * * * *", zone: "UTC" } } as const;
  await subscribeBoth(newsroom, { query: "harbour", subscription: { clearance: "members", ...digest } });
  await newsroom.send("m1", members());
  await newsroom.restart(NOBODY);
  await newsroom.pass(2 * 60 * MINUTE_MS);
  expect(everywhere(newsroom)).toEqual([]);
  await newsroom.restart({ members: both() });
  await newsroom.pass(2 * 60 * MINUTE_MS);
  expect(everywhere(newsroom)).toHaveLength(2);
});

test("who is not on the operator's list gets one polite answer a day, and nothing is stored, read or posted", async () => {
  await subscribeBoth(newsroom, { query: "harbour" });
  await newsroom.restart({ workspaces: new Set() });
  await newsroom.send("m1", sentEntry({}));
  await newsroom.pass(5 * MINUTE_MS);
  const { discord } = newsroom;
  for (const person of moderators()) {
    expect((await person.type("topics list")).text).toContain("whoever runs me has not opened me");
    expect((await person.type("topics list")).text).toContain("has not opened it to this place");
  }
  for (const person of [onDiscordAs(newsroom, "member"), onSlackAs(newsroom, "member")])
    expect((await person.type("brief", { story: TITLE })).text).toContain("has not opened it to this place");
  await newsroom.pass(5 * MINUTE_MS);
  const asked = await discord.autocomplete({
    channel: discord.channels.news,
    user: discord.users.member,
    command: "brief",
    options: { story: "fire" },
    focused: "story",
  });
  expect(JSON.stringify(asked)).not.toContain(TITLE);
  expect(everywhere(newsroom)).toEqual([]);
  expect(await newsroom.store().openCalls(new Date(0))).toEqual({ calls: [], lost: [] });
  await newsroom.restart({ workspaces: null });
  expect((await onDiscordAs(newsroom, "moderator").type("topics list")).text).toContain("harbour");
});

function both(): ReadonlySet<Workspace> {
  const { discord, slack } = newsroom;
  return new Set<Workspace>([`discord:${discord.guilds.main.id}`, `slack:${slack.team.id}`]);
}

function other(): Entry {
  const body = [
    "The harbour council of Norhaven sold the old lighthouse to a brewery for 2 million crowns on Friday.",
    "Councillor Petra Lund said the money pays for a new pier and a school boat.",
    "The brewery wants to open a restaurant with 80 seats in the tower next spring.",
    "Neighbours collected 1,200 signatures against the sale and announced a complaint.",
  ].join("\n\n");
  const url = "https://press.example/lighthouse";
  const title = "Council sells the harbour lighthouse to a brewery";
  return sentEntry({ guid: url, url, title, visibility: "members", content: { type: "text", body } });
}

function moderators(): Person[] {
  return [onDiscordAs(newsroom, "moderator"), onSlackAs(newsroom, "admin")];
}

function bodyWith(injured: string): string {
  const { content } = sentEntry({});
  return (content?.body ?? "").replace("injured 9 people", `injured ${injured} people`);
}

function members(changes: Partial<Entry> = {}): Entry {
  return sentEntry({ title: TITLE, visibility: "members", ...changes });
}
