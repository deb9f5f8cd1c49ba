import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#src/core/article.ts";
import { everywhere, MINUTE_MS, sentEntry, subscribeBoth } from "./desk.ts";
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
