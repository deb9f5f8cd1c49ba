import { afterEach, beforeEach, expect, test } from "vitest";
import { factKey } from "#src/core/post-view.ts";
import { openPage, type Page } from "./page.ts";
import { BRIDGE, LIBRARY, PIER } from "./stories.ts";

let page: Page;

beforeEach(async () => {
  page = await openPage();
});

afterEach(() => page.close());

test("An addition stands under its story, and both end in one tombstone", async () => {
  const bridge = await page.desk.publish(BRIDGE);
  await page.desk.add(bridge, PIER, "Tribune");
  const [story, ...others] = await page.posts();
  expect(others).toEqual([]);
  expect(story).toMatchObject({
    kind: "story",
    also: [{ name: "Tribune", url: PIER.url }],
    replies: [
      { kind: "addition", outlet: "Tribune", brief: { facts: PIER.facts.map(([text]) => ({ text })) } },
    ],
  });
  expect(story?.actions.map(({ id }) => id)).toEqual([
    `why:${story?.id}`,
    `wrong:${bridge.brief.id}:${story?.id}`,
  ]);

  await page.desk.takeBack(bridge);
  const after = await page.posts();
  expect(after).toMatchObject([
    {
      id: story?.id,
      kind: "message",
      look: "tombstone",
      reply: { title: `Withdrawn: ${BRIDGE.title}` },
      replies: [],
    },
  ]);
  expect(JSON.stringify(after)).not.toContain(BRIDGE.facts[2]?.[0]);
});

test("A post keeps its style, and a fact that was taken back is gone and named", async () => {
  const written = await page.desk.write(BRIDGE);
  const [first] = written.brief.facts;
  const withdrawn = [factKey(written.article.id, first?.text ?? "")];
  const conflicts = [{ about: "injured", mine: "9", against: null, theirs: "11", outlet: "Tribune" }];
  await page.desk.publish(BRIDGE, { style: "full", withdrawn, conflicts });
  await page.desk.publish(LIBRARY, { style: "headline" });
  const [library, bridge] = await page.posts();
  expect(library).toMatchObject({ kind: "story", style: "headline", notes: [] });
  expect(bridge).toMatchObject({
    style: "full",
    notes: ["A moderator took back one fact.", "Figures differ on injured: 9 here, 11 in Tribune."],
    brief: { facts: [{ text: BRIDGE.facts[1]?.[0] }, { text: BRIDGE.facts[2]?.[0] }] },
  });
});

test("Digests and notices are shown in the words of every platform", async () => {
  await page.desk.notify({ tone: "warning", title: "A source fails", lines: ["Courier: no answer."] });
  await page.desk.together([LIBRARY, PIER]);
  const posts = await page.posts();
  expect(posts).toMatchObject([
    { kind: "message", look: "digest", reply: { title: "Lede: 2 stories" } },
    { kind: "message", look: "notice", reply: { title: "A source fails" } },
  ]);
  expect(JSON.stringify(posts[0])).toContain(PIER.summary);
  expect(posts[0]?.actions.map(({ label }) => label)).toEqual(["Why?"]);
});
