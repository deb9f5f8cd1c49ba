import { afterEach, beforeEach, expect, test } from "vitest";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onSlackAs } from "./people.ts";

let newsroom: Newsroom;
beforeEach(async () => {
  newsroom = await openNewsroom({ outlets: ["Harbour Times"] });
});
afterEach(() => newsroom.close());

/** What a member tries who makes a channel of their own, to decide for the workspace from there. */
test.for<[string, Record<string, string>]>([
  ["settings allow", { user: "@max" }],
  ["settings edit", { clearance: "members" }],
  ["settings budget", { day: "1" }],
  ["settings undo", {}],
  ["settings log", {}],
  ["sources add", { url: "http://127.0.0.1:9/feed" }],
  ["topics remove", { topic: "Harbour" }],
  ["topics add", { query: "harbour", clearance: "members" }],
])("who made a Slack channel may not /%s from it", async ([command, options]) => {
  const admin = onSlackAs(newsroom, "admin");
  await admin.type("topics add", { query: "harbour", name: "Harbour" });
  const { people, team } = newsroom.slack;
  const before = await newsroom.store().decisions(`slack:${team.id}`);
  const lunch = newsroom.slack.addChannel({ name: "lunch", creator: people.member });
  const said = await onSlackAs(newsroom, "member", lunch.id).type(command, options);
  expect(said.text).toContain("That needs a moderator");
  expect(await newsroom.store().decisions(`slack:${team.id}`)).toEqual(before);
});
