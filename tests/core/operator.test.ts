import { expect, test } from "vitest";
import { audienceOf, type Grants, isReadBy, mayShowMembers, mayUse, NO_GRANTS } from "#src/core/operator.ts";
import { isNamedPublisher, publisherSource } from "#src/core/publisher.ts";
import type { Workspace } from "#src/core/workspace.ts";

const OURS: Workspace = "discord:1";
const THEIRS: Workspace = "discord:2";
const CONSOLE: Workspace = "console:local";
const PRESS = publisherSource("press");

/** One workspace may use Lede and be shown members' text; a publisher's articles are for it alone. */
const GRANTS: Grants = {
  workspaces: new Set([OURS]),
  members: new Set([OURS, THEIRS]),
  publishers: new Map([
    [PRESS, { workspaces: new Set([OURS]), sites: [] }],
    [publisherSource("all"), { workspaces: null, sites: [] }],
  ]),
};

test("every workspace may use Lede, until the operator names those that may", () => {
  expect([OURS, THEIRS, CONSOLE].map((one) => mayUse(NO_GRANTS, one))).toEqual([true, true, true]);
  expect(mayUse(GRANTS, OURS)).toBe(true);
  expect(mayUse(GRANTS, THEIRS)).toBe(false);
  expect(mayUse(GRANTS, CONSOLE)).toBe(true);
});

test("members' text is shown in no workspace but those that the operator clears", () => {
  expect(mayShowMembers(NO_GRANTS, OURS)).toBe(false);
  expect(mayShowMembers(NO_GRANTS, CONSOLE)).toBe(true);
  expect(mayShowMembers(GRANTS, OURS)).toBe(true);
  // Cleared, and not let in.
  expect(mayShowMembers(GRANTS, THEIRS)).toBe(false);
  const everywhere = { ...GRANTS, workspaces: null };
  expect(mayShowMembers(everywhere, THEIRS)).toBe(true);
  expect(mayShowMembers(everywhere, "discord:3")).toBe(false);
});

test("an audience is cleared where its moderators wish it and the operator lets it be", () => {
  expect(audienceOf(GRANTS, OURS, "members").clearance).toBe("members");
  expect(audienceOf(GRANTS, OURS, "public").clearance).toBe("public");
  expect(audienceOf(NO_GRANTS, OURS, "members").clearance).toBe("public");
});

test("a workspace reads its own feeds, the operator's webhook and the publishers that send to it", () => {
  const keys = new Set(["feed:own"]);
  const reads = (workspace: Workspace, ...from: string[]) => isReadBy(GRANTS, workspace, { keys, from });
  expect(reads(OURS, "feed:other", "feed:own")).toBe(true);
  expect(reads(OURS, "feed:other")).toBe(false);
  expect(reads(OURS)).toBe(false);
  expect(reads(OURS, "webhook")).toBe(true);
  expect(reads(OURS, PRESS)).toBe(true);
  expect(reads(OURS, publisherSource("all"))).toBe(true);
  expect(reads(OURS, publisherSource("gone"))).toBe(false);
  const open = { ...GRANTS, workspaces: null };
  expect(isReadBy(open, THEIRS, { keys, from: [PRESS] })).toBe(false);
  // Who may not use Lede reads nothing, whatever its feeds.
  expect(isReadBy(GRANTS, THEIRS, { keys, from: ["feed:own", "webhook"] })).toBe(false);
  expect(isReadBy(GRANTS, CONSOLE, { keys, from: [PRESS] })).toBe(true);
  expect(isReadBy(GRANTS, CONSOLE, { keys, from: [] })).toBe(false);
});

test("what is shown reaches whom its publisher sends to, and what nobody sent reaches all that may use Lede", () => {
  const reaches = (workspace: Workspace, ...from: string[]) =>
    audienceOf(GRANTS, workspace, "public").reaches({ visibility: "public" }, from);
  expect(reaches(OURS)).toBe(true);
  expect(reaches(OURS, "feed:any")).toBe(true);
  expect(reaches(OURS, PRESS)).toBe(true);
  expect(reaches(OURS, publisherSource("gone"))).toBe(false);
  expect(reaches(OURS, publisherSource("gone"), "feed:any")).toBe(true);
  expect(reaches(THEIRS)).toBe(false);
  expect(reaches(CONSOLE, publisherSource("gone"))).toBe(true);
  const open = audienceOf({ ...GRANTS, workspaces: null }, THEIRS, "public");
  expect(open.reaches({ visibility: "public" }, [PRESS])).toBe(false);
});

test("members' text is for those whom its publisher names, also where a feed carries the article", () => {
  const reaches = (visibility: "public" | "members", ...from: string[]) =>
    audienceOf({ ...GRANTS, workspaces: null }, THEIRS, "members").reaches({ visibility }, from);
  expect(reaches("members", PRESS, "feed:any")).toBe(false);
  expect(reaches("members", "webhook", PRESS)).toBe(false);
  expect(reaches("members", PRESS, publisherSource("all"))).toBe(true);
  expect(reaches("members", "webhook")).toBe(true);
  expect(reaches("members", "feed:any")).toBe(true);
  // What is public stands in the feed as well.
  expect(reaches("public", PRESS, "feed:any")).toBe(true);
});

test("a publisher with a secret of its own is told from the operator's webhook and from feeds", () => {
  expect(PRESS).toBe("webhook:press");
  expect([PRESS, "webhook", "feed:webhook:", null].map(isNamedPublisher)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
