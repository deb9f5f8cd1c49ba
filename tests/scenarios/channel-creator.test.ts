import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PeerChannel } from "#tests/peers/slack/state.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onSlackAs, type Person } from "./people.ts";

const WORKSPACE_ONLY = "That needs a moderator of the whole workspace";

let newsroom: Newsroom;
let lunch: PeerChannel;
let admin: Person;
let creator: Person;

beforeEach(async () => {
  newsroom = await openNewsroom({ outlets: ["Harbour Times"] });
  lunch = newsroom.slack.addChannel({ name: "lunch", creator: newsroom.slack.people.member });
  admin = onSlackAs(newsroom, "admin");
  creator = onSlackAs(newsroom, "member", lunch.id);
  await admin.type("topics add", { query: "harbour", name: "Harbour" });
});
afterEach(() => newsroom.close());

const decisions = () => newsroom.store().decisions(`slack:${newsroom.slack.team.id}`);

describe("who made a Slack channel", () => {
  test.for<[string, Record<string, string>, string]>([
    ["settings allow", { user: "@max" }, WORKSPACE_ONLY],
    ["settings edit", { clearance: "members" }, WORKSPACE_ONLY],
    ["settings budget", { day: "1" }, WORKSPACE_ONLY],
    ["settings undo", {}, WORKSPACE_ONLY],
    ["settings log", {}, WORKSPACE_ONLY],
    ["sources add", { url: "http://127.0.0.1:9/feed" }, WORKSPACE_ONLY],
    ["topics remove", { topic: "Harbour" }, "There are no topics yet"],
    ["topics add", { query: "ferry", clearance: "members" }, "Members-only text"],
    ["topics test", { query: "ferry", clearance: "members" }, "Members-only text"],
    ["topics add", { query: "ferry", name: "Harbour" }, "Other channels receive that topic"],
    ["topics add", { query: "harbour", name: "Harbour" }, "Other channels receive that topic"],
    ["topics add", { query: "ferry", channel: "#news" }, "for this channel alone"],
    ["topics add", { query: "ferry", mention: "@desk" }, "Calling people"],
  ])("may not /%s %o", async ([command, options, why]) => {
    const before = await decisions();
    expect((await creator.type(command, options)).text).toContain(why);
    expect(await decisions()).toEqual(before);
  });

  test("may not do it with a workspace that lets members-only text in either", async () => {
    await admin.type("settings edit", { clearance: "members" });
    const said = await creator.type("topics add", { query: "ferry" });
    expect(said.text).toContain("now gets");
    expect(said.text).not.toContain("members-only");
    await admin.type("topics edit", { topic: "ferry", channel: "#lunch", clearance: "members" });
    const before = await decisions();
    for (const [command, options] of [
      ["topics edit", { topic: "ferry", query: "harbour OR ferry" }],
      ["topics edit", { topic: "ferry", style: "compact" }],
    ] as const)
      expect((await creator.type(command, options)).text).toContain("Members-only text");
    expect(await decisions()).toEqual(before);
  });

  test("decides the topics of that channel: adds, edits, pauses, tries and removes them", async () => {
    expect((await creator.type("topics add", { query: "ferry" })).text).toContain("#lunch now gets “ferry”");
    expect((await creator.type("topics list")).text).not.toContain("Harbour");
    await creator.type("topics edit", { topic: "ferry", query: "ferry OR boat", style: "compact" });
    expect((await decisions()).topics.map(({ query }) => query)).toContain("ferry OR boat");
    expect((await creator.type("topics pause", { topic: "ferry" })).text).toContain("is paused");
    expect((await creator.type("topics resume", { topic: "ferry" })).text).toContain("is posted again");
    expect((await creator.type("topics test", { topic: "ferry" })).text).toContain("would have been posted");
    expect((await creator.type("topics remove", { topic: "ferry" })).text).toContain("is removed");
    expect((await decisions()).topics.map(({ name }) => name)).toEqual(["Harbour"]);
  });

  test("changes of a topic that other channels receive too only what this one receives", async () => {
    await admin.type("topics add", { query: "harbour", name: "Harbour", channel: "#lunch" });
    const refused = await creator.type("topics edit", { topic: "Harbour", query: "boat" });
    expect(refused.text).toContain("Other channels receive that topic too");
    await creator.type("topics edit", { topic: "Harbour", style: "headline" });
    await creator.type("topics pause", { topic: "Harbour" });
    const { subscriptions } = await decisions();
    const here = subscriptions.find(({ channel }) => channel.endsWith(lunch.id));
    const news = subscriptions.find((one) => one !== here);
    expect([news?.style, news?.paused]).toEqual(["full", null]);
    expect([here?.style, here?.paused]).toEqual(["headline", "by a moderator"]);
    expect((await creator.type("topics remove", { topic: "Harbour" })).text).toContain(
      "no longer posted here",
    );
    expect((await decisions()).subscriptions).toEqual([news]);
    expect((await decisions()).topics).toMatchObject([{ name: "Harbour", query: "harbour" }]);
  });

  test("is a member like any other in another channel", async () => {
    const said = await onSlackAs(newsroom, "member").type("topics list");
    expect(said.text).toContain("That needs a moderator");
  });
});

test("a role that is lost while a form is open is lost when it is sent", async () => {
  const { people } = newsroom.slack;
  const other = newsroom.slack.addChannel({ name: "other", creator: people.member });
  const there = onSlackAs(newsroom, "admin", other.id);
  await there.open("topics edit", { topic: "Harbour" });
  newsroom.slack.user(people.admin).isAdmin = false;
  const before = await decisions();
  expect((await there.submit({ query: "boat" })).text).toContain("That needs a moderator");
  expect(await decisions()).toEqual(before);
});
