import { expect, test } from "vitest";
import { GONE_MODELS } from "#src/core/gone-models.ts";
import { BRIDGE, BRIDGE_CORRECTED, LIBRARY, PIER } from "#tests/adapters/console/stories.ts";
import { useBrowser } from "./bench.ts";

const { card, open, page, shoot, stage, violations } = useBrowser();

test("What another outlet adds stands under its story, with evidence of its own, and a story that is taken back leaves one tombstone", async () => {
  await open();
  const bridge = await stage().publish(BRIDGE);
  await card(BRIDGE.title).waitFor();
  await stage().add(bridge, PIER, "Tribune");
  const addition = card(BRIDGE.title).locator("article.addition");
  await addition.getByRole("heading", { name: "Tribune adds:" }).waitFor();
  await page().getByText("Also: Tribune").waitFor();
  await addition.getByRole("button", { name: "The crack is three metres long." }).click();
  expect(await page().locator("mark").allTextContents()).toEqual([PIER.facts[0]?.[1]]);
  await shoot("addition");

  await stage().takeBack(bridge);
  const tombstone = card(`Withdrawn: ${BRIDGE.title}`);
  await tombstone.waitFor();
  expect(await tombstone.textContent()).toContain("The Harbour Courier took this article back");
  expect(await page().locator("article.card").count()).toBe(1);
  expect(await page().getByText("Eleven").count()).toBe(0);
  expect(await page().locator("#news").textContent()).toContain("Withdrawn");
});

test("A post of a shorter style shows less, names where outlets disagree, and opens its facts on demand", async () => {
  await stage().publish(BRIDGE, {
    style: "compact",
    conflicts: [{ about: "injured", mine: "9", against: null, theirs: "11", outlet: "Tribune" }],
  });
  await stage().publish(LIBRARY, { style: "headline" });
  await open();
  await page().getByText(BRIDGE.summary).waitFor();
  expect(await page().getByText(LIBRARY.summary).count()).toBe(0);
  expect(await page().locator(".fact").count()).toBe(0);
  await page().getByText("Figures differ on injured: 9 here, 11 in Tribune.").waitFor();
  await shoot("styles");
  await card(LIBRARY.title).getByRole("button", { name: "Show evidence" }).click();
  const hide = card(LIBRARY.title).getByRole("button", { name: "Hide evidence" });
  expect(await hide.evaluate((button) => button === document.activeElement)).toBe(true);
  await card(LIBRARY.title).getByRole("button", { name: "It opens on Sundays from 5 April." }).click();
  expect(await page().locator("mark").allTextContents()).toEqual([LIBRARY.facts[0]?.[1]]);
});

test("A fact that is wrong is taken back from the post by way of its evidence", async () => {
  await stage().publish(BRIDGE);
  await open();
  const post = card(BRIDGE.title);
  await post.getByRole("button", { name: "Wrong?" }).click();
  await post.getByText("Evidence: Harbour bridge closed").waitFor();
  expect(await post.locator("blockquote").allTextContents()).toEqual(BRIDGE.facts.map(([, quote]) => quote));
  await shoot("wrong");
  await post.getByLabel("Take a fact back everywhere…", { exact: true }).selectOption({ index: 3 });
  await post.getByRole("button", { name: "Go: Take a fact back everywhere…" }).click();
  await post.getByText("is taken back from every post here that carries it").waitFor();
  await post.getByText("A moderator took back one fact.").waitFor();
  await expect.poll(() => post.locator(".fact").count()).toBe(2);
});

test("“Why?” is answered in the post, and the answer stays while the post changes", async () => {
  await stage().publish(BRIDGE);
  await open();
  const post = card(BRIDGE.title);
  await post.getByRole("button", { name: "Why?" }).click();
  await post.getByRole("heading", { name: "Why this is here" }).waitFor();
  await stage().publish(BRIDGE_CORRECTED);
  await post.getByText("nine → eleven people injured").waitFor();
  expect(await post.getByRole("heading", { name: "Why this is here" }).isVisible()).toBe(true);
  await post.getByRole("button", { name: "Remove: Why?" }).click();
  expect(await post.getByRole("heading", { name: "Why this is here" }).count()).toBe(0);
});

test.for(["light", "dark"] as const)(
  "Digests, notices and tombstones bar no reader (%s)",
  async (colorScheme) => {
    const bridge = await stage().publish(BRIDGE);
    await stage().add(bridge, PIER, "Tribune");
    await stage().takeBack(await stage().publish({ ...LIBRARY, url: "https://courier.example/gone" }));
    await stage().notify({
      tone: "warning",
      title: "A source fails",
      lines: ["Courier: no answer since 9:00."],
    });
    await stage().notify({ tone: "info", title: "All sources are well", lines: ["Nothing needs doing."] });
    await stage().together([LIBRARY, { ...PIER, url: "https://courier.example/pier" }]);
    await open({ colorScheme, reducedMotion: "reduce" });
    const digest = card("Lede: 2 stories");
    await digest.waitFor();
    expect(await digest.getByText(LIBRARY.summary).isVisible()).toBe(true);
    expect(await digest.getByRole("link").count()).toBe(2);
    await digest.getByRole("button", { name: "Why?" }).click();
    await digest.getByRole("heading", { name: "Why these came together" }).waitFor();
    expect(await card("A source fails").getByText("Courier: no answer since 9:00.").isVisible()).toBe(true);
    await page().mouse.move(0, 0);
    expect(await violations()).toEqual([]);
    await shoot(`posts-${colorScheme}`);
  },
);

test("A model that is gone is said above the posts for as long as it is", async () => {
  await open();
  await stage().publish(BRIDGE);
  await stage().store.saveSetting(GONE_MODELS, JSON.stringify(["gpt-5-mini"]));
  const note = page().getByText("There is no model gpt-5-mini any more");
  await note.waitFor();
  expect(await violations()).toEqual([]);
  await shoot("gone-model");
  await stage().store.saveSetting(GONE_MODELS, "[]");
  await note.waitFor({ state: "detached" });
});
