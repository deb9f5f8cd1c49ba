import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ShownMessage } from "#tests/contracts/platform-bench.ts";
import { defaultSettings } from "#src/core/workspace.ts";
import { everywhere, FIRE_TITLE, fireAt, HOUR_MS, MINUTE_MS } from "./desk.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import type { Outlet } from "./outlets.ts";
import { onDiscordAs, onSlackAs, type Person } from "./people.ts";

let newsroom: Newsroom;
let times: Outlet;

beforeEach(async () => {
  newsroom = await openNewsroom({ outlets: ["Harbour Times"] });
  const [first] = newsroom.outlets;
  if (first === undefined) throw new Error("No outlets");
  times = first;
});
afterEach(async () => {
  await newsroom.close();
});

const PLATFORMS: [string, () => Person][] = [
  ["Discord", () => onDiscordAs(newsroom, "moderator")],
  ["Slack", () => onSlackAs(newsroom, "admin")],
];

describe.each(PLATFORMS)("a moderator on %s", (platform, somebody) => {
  test("sets a channel up from nothing and gets its first post", async () => {
    const person = somebody();
    const added = await person.type("sources add", { url: times.feed });
    expect(added.text).toContain("is read from now on");
    expect(added.audience).toBe("asker");
    const topic = await person.type("topics add", { query: "harbour OR port", name: "Harbour" });
    expect(topic.text).toMatch(/now gets “Harbour”/);
    await newsroom.pass(10 * MINUTE_MS);
    times.publish(fireAt(newsroom.clock()));
    await newsroom.pass(10 * MINUTE_MS);
    const [post] = everywhere(newsroom);
    expect(post?.text).toContain(FIRE_TITLE);

    const why = post?.actions.find((id) => id.startsWith("why:")) ?? "";
    const reason = await person.press(post ?? added, why);
    expect(reason.text).toMatch(/Topic “Harbour”\s+matched: .*harbour/i);

    const known = await person.type("topics test", { query: "harbour" });
    expect(known.text).toMatch(/1 would have been posted/);
    const missed = await person.type("topics test", { query: "regatta" });
    expect(missed.text).toMatch(/0 would have been posted.*regatta/s);
  });

  test("gets briefs of the length it asks for", async () => {
    const person = somebody();
    await person.type("sources add", { url: times.feed });
    const topic = await person.type("topics add", { query: "harbour", name: "Harbour", length: "short" });
    expect(topic.text).toContain("short briefs");
    await newsroom.pass(10 * MINUTE_MS);
    const fire = fireAt(newsroom.clock());
    times.publish(fire);
    await newsroom.pass(10 * MINUTE_MS);
    const [post] = everywhere(newsroom);
    // One sentence of summary and three facts, each a sentence of the article.
    expect(fire.paragraphs.filter((text) => post?.text.includes(text))).toHaveLength(4);
  });

  test("edits a topic in a form that shows what is there, and takes that back", async () => {
    const person = somebody();
    await person.type("topics add", { query: "harbour", name: "Harbour" });
    const fields = await person.open("topics edit", { topic: "Harbour" });
    expect(fields).toEqual(["name", "query", "style", "cadence", "language"]);
    const edited = await person.submit({ query: "harbour OR quay", style: "compact", cadence: "daily 7:30" });
    expect(edited.text).toMatch(/harbour OR quay.*daily 7:30.*compact/s);
    const undone = await person.type("settings undo");
    expect(undone.text).toMatch(/Taken back: Changed “Harbour”/);
    const listed = await person.type("topics list");
    expect(listed.text).toContain("harbour");
    expect(listed.text).not.toContain("quay");
    const log = await person.type("settings log");
    expect(log.text).toMatch(/Undid: Changed “Harbour”/);
  });

  test("is told when somebody else was faster", async () => {
    const person = somebody();
    await person.type("topics add", { query: "harbour", name: "Harbour" });
    await person.open("topics edit", { topic: "Harbour" });
    const { workspace, topic } = await theTopic();
    await newsroom.decide({
      workspace,
      by: "somebody",
      at: newsroom.clock(),
      summary: "Renamed it",
      seen: null,
      edits: [{ kind: "topic", id: topic.id, value: { ...topic, name: "Port" } }],
    });
    const late = await person.submit({ query: "quay" });
    expect(late.text).toMatch(/Meanwhile another moderator did this: Renamed it/);
    expect((await theTopic()).topic.query).toBe("harbour");
  });

  test("pauses, resumes and removes", async () => {
    const person = somebody();
    await person.type("sources add", { url: times.feed });
    await person.type("topics add", { query: "harbour", name: "Harbour" });
    await newsroom.pass(10 * MINUTE_MS);
    await person.type("topics pause", { topic: "Harbour" });
    times.publish(fireAt(newsroom.clock()));
    await newsroom.pass(10 * MINUTE_MS);
    expect(everywhere(newsroom)).toEqual([]);
    await newsroom.pass(MINUTE_MS);
    await person.type("topics resume", { topic: "Harbour" });
    await newsroom.pass(HOUR_MS);
    expect(everywhere(newsroom)).toEqual([]);
    const removed = await person.type("topics remove", { topic: "Harbour" });
    expect(removed.text).toContain("is removed");
    expect((await person.type("topics list")).text).toContain("A topic is a query");
  });

  test("moves feeds in and out as OPML", async () => {
    const person = somebody();
    await person.type("sources add", { url: times.feed });
    const exported = await person.type("sources export");
    const file = await newsroom.answered(() => exportedFile(exported.files));
    expect(file).toContain(times.feed);
    await person.type("sources remove", { source: times.feed });
    await person.open("sources import");
    const imported = await person.submit({ text: file });
    expect(imported.text).toContain("1 source added");
  });

  test("asks for what is known without a model", async () => {
    const person = somebody();
    await getFire(person);
    expect(everywhere(newsroom)).toHaveLength(1);
    const before = everywhere(newsroom).length;
    await answerInPublic("brief", { topic: "Harbour" }, before);
    await answerInPublic("brief", { latest: "true" }, before + 1);
  });

  test("takes a wrong fact back from the post", async () => {
    const person = somebody();
    await getFire(person);
    const [post] = everywhere(newsroom);
    if (post === undefined) throw new Error("Nothing was posted");
    expect(post.text).toContain("Brandt Logistics");
    const wrong = await person.press(post, post.actions.find((id) => id.startsWith("wrong:")) ?? "");
    const [menu] = wrong.menus;
    const choice = menu?.choices.find(({ label }) => label.includes("Brandt Logistics"));
    const taken = await person.choose(wrong, menu?.id ?? "", choice?.value ?? "");
    expect(taken.text).toContain("is taken back from every post");
    await newsroom.settle();
    const [edited] = everywhere(newsroom);
    expect(edited?.text).not.toContain("Brandt Logistics");
    expect(edited?.text).toContain("took back one fact");
  });

  /** Sets the channel up as the first test does, and the outlet has its first news. */
  async function getFire(person: Person): Promise<void> {
    await person.type("sources add", { url: times.feed });
    await person.type("topics add", { query: "harbour", name: "Harbour" });
    await newsroom.pass(10 * MINUTE_MS);
    times.publish(fireAt(newsroom.clock()));
    await newsroom.pass(10 * MINUTE_MS);
  }

  async function theTopic() {
    const workspace =
      platform === "Discord"
        ? (`discord:${newsroom.discord.guilds.main.id}` as const)
        : (`slack:${newsroom.slack.team.id}` as const);
    const [topic] = (await newsroom.store().decisions(workspace)).topics;
    if (topic === undefined) throw new Error("There is no topic");
    return { workspace, topic };
  }

  async function answerInPublic(
    command: string,
    options: Readonly<Record<string, string>>,
    before: number,
  ): Promise<void> {
    const typed = platform === "Discord" && "latest" in options ? { latest: true } : options;
    if (platform === "Discord") {
      const { channels, users } = newsroom.discord;
      newsroom.discord.slash({ channel: channels.news, user: users.moderator, command, options: typed });
    } else {
      const text = Object.entries(options)
        .map(([name, value]) => `${name}:"${value}"`)
        .join(" ");
      const { channels, people } = newsroom.slack;
      newsroom.slack.slash({ channel: channels.news, user: people.admin, command: `/${command}`, text });
    }
    const answer = await newsroom.answered(() => {
      const shown = everywhere(newsroom);
      return shown.length > before && shown.at(-1)?.text.includes(FIRE_TITLE) ? shown.at(-1) : undefined;
    });
    expect(answer.text).toContain(FIRE_TITLE);
  }

  function exportedFile(files: ShownMessage["files"]): string | undefined {
    const { people, directMessages } = newsroom.slack;
    // What only the asker may see can carry no file on Slack: it goes to their direct messages.
    const sent = directMessages(people.admin).flatMap((message) => message.files);
    return platform === "Discord" ? files[0]?.text : sent[0]?.bytes?.toString();
  }
});

test("a member is not let near the moderators' commands but by role", async () => {
  const said = await onSlackAs(newsroom, "member").type("topics add", { query: "harbour" });
  expect(said.text).toContain("That needs a moderator");
  const workspace = `slack:${newsroom.slack.team.id}` as const;
  const settings = { ...defaultSettings(workspace), moderatorRole: newsroom.slack.groups.desk };
  const edit = { kind: "settings" as const, id: workspace, value: settings };
  const at = newsroom.clock();
  await newsroom.decide({ workspace, by: "test", at, summary: "A role", seen: null, edits: [edit] });
  newsroom.slack.join(newsroom.slack.groups.desk, newsroom.slack.people.member);
  const welcome = await onSlackAs(newsroom, "member").type("topics add", { query: "harbour" });
  expect(welcome.text).toContain("now gets");
  expect(() =>
    newsroom.discord.slash({
      channel: newsroom.discord.channels.news,
      user: newsroom.discord.users.member,
      command: "topics list",
    }),
  ).toThrow(/does not show/);
});
