import { afterEach, beforeEach, expect, test } from "vitest";
import type { Workspace } from "#src/core/workspace.ts";
import { type Newsroom, openNewsroom } from "./newsroom.ts";
import { onDiscordAs, onSlackAs, type Person } from "./people.ts";

let newsroom: Newsroom;
beforeEach(async () => {
  newsroom = await openNewsroom({ outlets: ["Harbour Times"] });
});
afterEach(() => newsroom.close());

/** A moderator, where they moderate, and the id of a channel that is not there. */
const PLATFORMS: [string, () => { person: Person; workspace: Workspace; elsewhere: string }][] = [
  [
    "Discord",
    () => ({
      person: onDiscordAs(newsroom, "moderator"),
      workspace: `discord:${newsroom.discord.guilds.main.id}`,
      elsewhere: newsroom.discord.addGuild("Elsewhere").channel.id,
    }),
  ],
  [
    "Slack",
    () => ({
      person: onSlackAs(newsroom, "admin"),
      workspace: `slack:${newsroom.slack.team.id}`,
      elsewhere: newsroom.slack.addChannel({ name: "secret", isPrivate: true, isMember: false }).id,
    }),
  ],
];

test.each(PLATFORMS)("a channel of another server or out of sight is refused on %s", async (_, setUp) => {
  const { elsewhere, person, workspace } = setUp();
  const before = await newsroom.store().decisions(workspace);
  for (const [command, options] of [
    ["topics add", { query: "harbour", channel: elsewhere }],
    ["settings edit", { reports: elsewhere }],
  ] as const) {
    const { text } = await person.type(command, options);
    expect(text).toContain("Lede sees no such channel here");
    expect(text).not.toMatch(/#news|#secret/);
  }
  expect(await newsroom.store().decisions(workspace)).toEqual(before);
});
