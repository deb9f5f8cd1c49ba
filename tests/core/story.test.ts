import { expect, test } from "vitest";
import { outletName, outletsOf, standingMembers, type StoryMember } from "#src/core/story.ts";

const NOW = new Date("2026-03-02T10:00:00Z");

function member(changes: Partial<StoryMember["article"]>): StoryMember {
  const article = {
    id: "a",
    url: "https://times.example/fire",
    site: "Harbour Times",
    byline: null,
    language: "en",
    publishedAt: null,
    visibility: "public" as const,
    firstSeenAt: NOW,
    unpublishedAt: null,
    storyId: "story",
    latest: 1,
    ...changes,
  };
  const revision = { articleId: "a", number: 1, hash: "h", title: "Fire", paragraphs: [] };
  return { article, revision: { ...revision, fetchedAt: NOW, change: null }, sources: ["webhook"] };
}

test("what was taken back stands no more", () => {
  const [left, gone] = [member({}), member({ unpublishedAt: NOW })];
  expect(standingMembers([gone, left])).toEqual([left]);
});

test("an outlet is named once, by its own name, else by its address, in the order of its coming", () => {
  const [times, host, again, pasted] = [
    member({}),
    member({ site: null }),
    member({}),
    member({ site: null, url: null }),
  ];
  expect(outletsOf([host, times, again, pasted])).toEqual([
    "times.example",
    "Harbour Times",
    "a pasted text",
  ]);
  expect(outletName(pasted)).toBe("a pasted text");
});
