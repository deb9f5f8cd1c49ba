import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#src/core/article.ts";
import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import {
  FIRE,
  fireAt,
  HOUR_MS,
  MINUTE_MS,
  onDiscord,
  onSlack,
  SECOND_FIRE,
  sentEntry,
  subscribe,
  type Wish,
} from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onDiscordAs } from "./people.ts";

const OPEN_TITLE = "Fire at the harbour injures dock workers";
const MEMBERS_TITLE = "Harbour fire injures dock workers: the mayor's inquiry";

let newsroom: Newsroom;

beforeEach(async () => {
  newsroom = await openNewsroom({ outlets: ["Harbour Times"] });
});
afterEach(() => newsroom.close());

test("“Why?” in a channel that is not cleared tells nothing of a members' article of the same story", async () => {
  await subscribeNews({ query: "harbour OR inquiry" });
  await newsroom.send("m1", membersArticle());
  await newsroom.pass(5 * MINUTE_MS);
  await newsroom.send("m2", openArticle());
  const post = onlyPost();
  expect(post.text).toContain(OPEN_TITLE);
  expect(await storyCount()).toBe(1);
  const why = await onDiscordAs(newsroom, "member").press(post, actionOf(post, "why:"));
  expect(why.text).toContain(OPEN_TITLE);
  expect(why.text).not.toContain(MEMBERS_TITLE);
  expect(why.text).not.toContain("members.example");
  expect(why.text).not.toMatch(/matched:.*inquiry/);
});

test("a tombstone tells what stood there, and nothing of a members' article of the same story", async () => {
  await subscribeNews({ query: "harbour" });
  await newsroom.send("m1", membersArticle());
  await newsroom.pass(5 * MINUTE_MS);
  await newsroom.send("m2", openArticle());
  expect(onlyPost().text).toContain(OPEN_TITLE);
  await newsroom.send("m3", takenBack(openArticle()));
  // The members' article goes on, but not here.
  expect(onlyPost().text).toContain(`Withdrawn: ${OPEN_TITLE}`);
  expect(onlyPost().text).not.toContain("people");
  await newsroom.send("m4", takenBack(membersArticle()));
  expect(onlyPost().text).toContain(`Withdrawn: ${OPEN_TITLE}`);
  expect(onlyPost().text).not.toContain(MEMBERS_TITLE);
  expect(onlyPost().text).not.toContain("members.example");
});

test("an article that becomes members' text leaves its post as it was and sends nothing newer there", async () => {
  await subscribeNews({ query: "harbour" });
  await newsroom.send("m1", openArticle());
  const before = onlyPost();
  await newsroom.pass(5 * MINUTE_MS);
  await newsroom.send("m2", {
    ...openArticle(),
    visibility: "members",
    updatedAt: newsroom.clock(),
    content: { type: "text", body: FIRE("11").join("\n\n") },
  });
  expect(onlyPost()).toEqual(before);
  const why = await onDiscordAs(newsroom, "member").press(before, actionOf(before, "why:"));
  expect(why.text).not.toContain("11");
  const evidence = await onDiscordAs(newsroom, "member").press(before, actionOf(before, "evidence:"));
  expect(evidence.text).not.toMatch(/9 people|11 people/);
});

test("an article that was taken back leaves no words in a channel that asks for more outlets than are left", async () => {
  await subscribeNews({ query: "harbour", subscription: { minOutlets: 2 } });
  await newsroom.send("m1", openArticle());
  await newsroom.pass(5 * MINUTE_MS);
  await newsroom.send("m2", second());
  expect(onlyPost().text).toContain("340 people");
  await newsroom.send("m3", takenBack(openArticle()));
  expect(onlyPost().text).toContain("14 million");
  expect(onlyPost().text).not.toContain("340 people");
});

test("what an article added in a thread is taken back with the article", async () => {
  await subscribeNews({ query: "harbour" });
  await newsroom.send("m1", openArticle());
  await newsroom.pass(5 * MINUTE_MS);
  await newsroom.send("m2", second());
  const thread = () => onDiscord(newsroom, onlyPost().id).map(({ text }) => text);
  expect(thread()).toEqual([expect.stringContaining("14 million")]);
  await newsroom.send("m3", takenBack(second()));
  expect(thread()).toEqual([expect.stringContaining("Withdrawn")]);
  expect(onlyPost().text).toContain("9 people");
});

test("a test of a topic names members' articles only where members' text is asked for", async () => {
  await newsroom.send("m1", membersArticle());
  const person = onDiscordAs(newsroom, "moderator");
  const open = await person.type("topics test", { query: "harbour" });
  expect(open.text).toContain("members-only");
  expect(open.text).not.toContain(MEMBERS_TITLE);
  const other = await person.type("topics test", { query: "regatta" });
  expect(other.text).not.toContain(MEMBERS_TITLE);
  const cleared = await person.type("topics test", { query: "harbour", clearance: "members" });
  expect(cleared.text).toContain(MEMBERS_TITLE);
});

test("known briefs and their completions hold members' articles only where the channel is cleared", async () => {
  await subscribeNews({ query: "harbour", subscription: { clearance: "members" } });
  await newsroom.send("m1", membersArticle());
  await newsroom.pass(HOUR_MS);
  const { discord } = newsroom;
  const asked = (channel: typeof discord.channels.news) =>
    discord.autocomplete({
      channel,
      user: discord.users.member,
      command: "brief",
      options: { story: "inq" },
      focused: "story",
    });
  expect(JSON.stringify(await asked(discord.channels.news))).toContain(MEMBERS_TITLE);
  expect(JSON.stringify(await asked(discord.channels.general))).not.toContain(MEMBERS_TITLE);
});

test("a question about a members' link tells what anybody reads there, and changes nothing of the members' post", async () => {
  const [outlet] = newsroom.outlets;
  const url = outlet?.url("fire") ?? "";
  const teaser = [
    "A fire at the harbour injured dock workers on Tuesday night, the fire service said.",
    "The port will stay closed for some days, and three ferries to Norhaven were cancelled.",
    "Firefighters from four towns worked through the night before the blaze was under control at 3 a.m.",
    "Read on with a subscription to learn whose warehouse it was.",
  ];
  outlet?.correctQuietly({ ...fireAt(newsroom.clock()), paragraphs: teaser });
  await subscribeNews({ query: "harbour", subscription: { clearance: "members" } });
  await newsroom.send("m1", { ...membersArticle(), guid: url, url });
  expect(onlyPost().text).toContain("Brandt Logistics");
  const { discord } = newsroom;
  for (const channel of [discord.channels.general, discord.channels.news]) {
    const asked = discord.slash({
      channel,
      user: discord.users.member,
      command: "brief",
      options: { link: url },
    });
    const reply = await newsroom.answered(() => {
      const text = asked.reply?.content ?? "";
      return text.includes("dock workers") ? text : undefined;
    });
    expect(reply).not.toContain("Brandt Logistics");
  }
  await newsroom.pass(HOUR_MS);
  const [post] = onDiscord(newsroom, discord.channels.news.id);
  expect(post).toMatchObject({ edits: 0, text: expect.stringContaining("Brandt Logistics") });
  // What the next post would be made from.
  const kept = (await newsroom.store().articlesSince(new Date(0), 9)).filter(
    ({ article }) => article.visibility === "members",
  );
  expect(kept.map(({ revision }) => revision.paragraphs.join(" "))).toEqual([
    expect.stringContaining("Brandt Logistics"),
  ]);
});

test("a topic's name is completed and answered where the channel receives it, and to who may see all of them", async () => {
  const { discord, slack } = newsroom;
  await subscribe(newsroom, newsroom.discordChannel(discord.channels.general.id), { query: "harbour" });
  await subscribeNews({ query: "dock" });
  await newsroom.send("m1", openArticle());
  const named = async (channel: typeof discord.channels.news, user: typeof discord.users.member) =>
    JSON.stringify(
      await discord.autocomplete({
        channel,
        user,
        command: "brief",
        options: { topic: "" },
        focused: "topic",
      }),
    );
  const { member, moderator } = discord.users;
  expect(await named(discord.channels.news, member)).toMatch(/dock/);
  expect(await named(discord.channels.news, member)).not.toMatch(/harbour/);
  expect(await named(discord.channels.general, member)).not.toMatch(/dock/);
  expect(await named(discord.channels.news, moderator)).toMatch(/harbour.*dock|dock.*harbour/);
  const { id: desk } = slack.addChannel({ name: "desk" });
  await subscribe(newsroom, newsroom.slackChannel(desk), { query: "harbour" });
  const answered = async (): Promise<string> => {
    const before = onSlack(newsroom, slack.channels.news).length;
    const { member: user } = slack.people;
    slack.slash({ channel: slack.channels.news, user, command: "/brief", text: "topic:harbour" });
    const last = () => onSlack(newsroom, slack.channels.news).slice(before);
    return newsroom.answered(() => last().find(({ text }) => !text.endsWith("…"))?.text);
  };
  expect(await answered()).toContain("There are no topics yet");
  await subscribe(newsroom, newsroom.slackChannel(slack.channels.news), { query: "harbour" });
  expect(await answered()).toContain(OPEN_TITLE);
});

test("evidence of a members' article is given no longer once the channel is not cleared any more", async () => {
  const cleared = { query: "harbour", subscription: { clearance: "members" } } as const;
  await subscribeNews(cleared);
  await newsroom.send("m1", membersArticle());
  const words = "14 million crowns";
  const person = onDiscordAs(newsroom, "moderator");
  for (const start of ["evidence:", "wrong:"])
    expect((await person.press(onlyPost(), actionOf(onlyPost(), start))).text).toContain(words);
  await subscribeNews({ query: "harbour" });
  for (const start of ["evidence:", "wrong:"]) {
    const refused = await person.press(onlyPost(), actionOf(onlyPost(), start));
    expect(refused.text).toContain("no longer stored here");
    expect(refused.text).not.toContain(words);
  }
});

test("a fact that one workspace's moderator takes back stays in the posts of another", async () => {
  const { discord, slack } = newsroom;
  await subscribeNews({ query: "harbour" });
  await subscribe(newsroom, newsroom.slackChannel(slack.channels.news), { query: "harbour" });
  await newsroom.send("m1", openArticle());
  const person = onDiscordAs(newsroom, "moderator");
  const wrong = await person.press(onlyPost(), actionOf(onlyPost(), "wrong:"));
  const [menu] = wrong.menus;
  const choice = menu?.choices.find(({ label }) => label.includes("Brandt Logistics"));
  await person.choose(wrong, menu?.id ?? "", choice?.value ?? "");
  await newsroom.settle();
  expect(onlyPost().text).not.toContain("Brandt Logistics");
  const [other] = onSlack(newsroom, slack.channels.news);
  expect(other?.text).toContain("Brandt Logistics");
  expect(other?.edits).toBe(0);
  discord.slash({
    channel: discord.channels.general,
    user: discord.users.member,
    command: "brief",
    options: { story: OPEN_TITLE },
  });
  const known = await newsroom.answered(() => onDiscord(newsroom, discord.channels.general.id)[0]);
  expect(known.text).toContain(OPEN_TITLE);
  expect(known.text).not.toContain("Brandt Logistics");
});

function subscribeNews(wish: Wish): Promise<void> {
  return subscribe(newsroom, newsroom.discordChannel(newsroom.discord.channels.news.id), wish);
}

function onlyPost(): ShownMessage {
  const shown = onDiscord(newsroom, newsroom.discord.channels.news.id);
  const [post] = shown;
  if (post === undefined || shown.length !== 1) throw new Error(`There are ${shown.length} posts`);
  return post;
}

function actionOf({ actions }: ShownMessage, start: string): string {
  return actions.find((id) => id.startsWith(start)) ?? "";
}

async function storyCount(): Promise<number> {
  const known = await newsroom.store().articlesSince(new Date(0), 99);
  return new Set(known.map(({ article }) => article.storyId)).size;
}

function openArticle(): Entry {
  const url = "https://open.example/fire";
  return sentEntry({ guid: url, url, title: OPEN_TITLE });
}

function second(): Entry {
  const url = "https://second.example/blaze";
  const body = SECOND_FIRE.join("\n\n").replace("11 people", "9 people");
  return sentEntry({ guid: url, url, title: OPEN_TITLE, content: { type: "text", body } });
}

function membersArticle(): Entry {
  const url = "https://members.example/blaze";
  const body = SECOND_FIRE.join("\n\n").replace("11 people", "9 people");
  return sentEntry({
    guid: url,
    url,
    title: MEMBERS_TITLE,
    visibility: "members",
    content: { type: "text", body },
  });
}

function takenBack(entry: Entry): Entry {
  return { ...entry, event: "unpublish", content: null, updatedAt: newsroom.clock() };
}
