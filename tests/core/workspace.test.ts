import { expect, test } from "vitest";
import { digest } from "#src/core/article.ts";
import {
  defaultSettings,
  Language,
  Settings,
  Source,
  sourceKeys,
  Workspace,
  workspaceOf,
  Zone,
} from "#src/core/workspace.ts";

const SOURCE: Source = {
  id: "1",
  workspace: "discord:1",
  url: "https://news.example/feed",
  title: null,
  backfill: 50,
  addedAt: new Date(0),
};

test("a source is known by its address, and brings no more from before than may be asked for", () => {
  expect([...sourceKeys([SOURCE])]).toEqual([`feed:${digest(SOURCE.url)}`]);
  expect(Source.parse(SOURCE)).toEqual(SOURCE);
  for (const wrong of [{ backfill: 51 }, { backfill: -1 }, { url: "news" }, { more: 1 }])
    expect(Source.safeParse({ ...SOURCE, ...wrong }).success).toBe(false);
});

test("a channel's workspace is told apart by its platform", () => {
  expect(workspaceOf("discord:1:10")).toBe("discord:1");
  expect(workspaceOf("slack:T1:C1")).toBe("slack:T1");
});

test.for(["discord:", "discord:a b", "teams:1", "discord:1:2", "discord:1 ", "discord: 1"])(
  "%s is no workspace",
  (text) => {
    expect(Workspace.safeParse(text).success).toBe(false);
  },
);

test("what holds before anybody decides lets no members' text in and nobody moderate", () => {
  const settings = defaultSettings("slack:T1");
  expect(Settings.parse(settings)).toEqual({
    workspace: "slack:T1",
    moderatorRole: null,
    moderators: [],
    moderatorsChannel: null,
    zone: "UTC",
    language: null,
    clearance: "public",
  });
  const moderators = Array.from({ length: 101 }, (_, index) => `U${index}`);
  expect(Settings.safeParse({ ...settings, moderators }).success).toBe(false);
  expect(Settings.safeParse({ ...settings, moderators: moderators.slice(1) }).success).toBe(true);
});

test("zones and languages are those that the runtime knows, and the refusal says how one looks", () => {
  expect(Zone.parse("Europe/Vienna")).toBe("Europe/Vienna");
  expect(Zone.safeParse("Mars/Phobos").error?.issues[0]?.message).toContain("Europe/London");
  expect(Language.parse("pt-BR")).toBe("pt-BR");
  expect(Language.safeParse("a language").error?.issues[0]?.message).toContain("pt-BR");
});
