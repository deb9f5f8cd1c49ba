import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { CONSOLE_CHANNEL } from "#src/core/channel.ts";
import { workspaceOf } from "#src/core/workspace.ts";
import { BRIDGE, LIBRARY } from "#tests/adapters/console/stories.ts";
import { useBrowser } from "./bench.ts";

const { open, page, shoot, stage, violations } = useBrowser();

const line = () => page().getByRole("combobox", { name: "Command" });
const main = () => page().locator("main");
const options = () => page().getByRole("listbox", { name: "Completions" }).getByRole("option");
const option = (name: string | RegExp) => options().and(page().getByRole("option", { name }));
const answers = () => main().getByRole("group");

async function give(text: string): Promise<void> {
  await line().fill(text);
  await line().press("Escape");
  await line().press("Enter");
}

async function subscriptions() {
  const { subscriptions, topics } = await stage().store.decisions(workspaceOf(CONSOLE_CHANNEL));
  return { subscriptions, topics };
}

test("A topic is added through the form, listed, tried out and paused through completions", async () => {
  await stage().publish(BRIDGE);
  await stage().publish(LIBRARY);
  await open();
  await give("/topics add");
  const dialog = page().getByRole("dialog", { name: "Add a topic" });
  await dialog.waitFor();
  expect(await dialog.getByLabel("Channel").inputValue()).toBe("main");
  expect(await dialog.getByLabel("Style").inputValue()).toBe("full");
  expect(await violations()).toEqual([]);
  await shoot("form", false);
  await dialog.getByLabel("Name").fill("Harbour");
  await dialog.getByLabel("What to look for").fill("harbour OR port");
  await dialog.getByLabel("Style").selectOption("compact");
  await dialog.getByRole("button", { name: "Add" }).click();
  await main().getByText("now gets “Harbour”").waitFor();
  expect(await page().getByRole("dialog").count()).toBe(0);
  expect((await subscriptions()).subscriptions).toMatchObject([{ style: "compact", paused: null }]);

  await page().getByRole("button", { name: "Show the test" }).click();
  await page().getByRole("heading", { name: "Test of harbour OR port" }).waitFor();
  await main().getByText("1 would have been posted").waitFor();

  await give("/topics list");
  await page().getByRole("heading", { name: "1 topic" }).waitFor();
  await shoot("commands");

  await line().pressSequentially("/topics pause har");
  await option("Harbour").waitFor();
  await line().press("Tab");
  expect(await line().inputValue()).toBe("/topics pause topic:Harbour ");
  await line().press("Enter");
  await main().getByText("“Harbour” is paused.").waitFor();
  expect((await subscriptions()).subscriptions[0]?.paused).toBe("by a moderator");
});

test("A choice in a menu opens the form with what is there, and saving it changes the topic", async () => {
  await open();
  await give('/topics add query:"harbour OR port" name:Harbour');
  await main().getByText("now gets “Harbour”").waitFor();
  await give("/topics");
  await page().getByRole("button", { name: "Go: Change a topic…" }).click();
  expect(await page().getByRole("dialog").count()).toBe(0);
  await page().getByLabel("Change a topic…", { exact: true }).selectOption({ label: "Harbour" });
  await page().getByRole("button", { name: "Go: Change a topic…" }).click();
  const dialog = page().getByRole("dialog", { name: "Edit a topic" });
  expect(await dialog.getByLabel("What to look for").inputValue()).toBe("harbour OR port");
  await dialog.getByLabel("When").fill("weekdays 8:00");
  await dialog.getByLabel("Name").fill("Docks");
  await dialog.getByRole("button", { name: "Save" }).click();
  await main().getByText("“Docks” looks for harbour OR port").waitFor();
  expect((await subscriptions()).topics).toMatchObject([{ name: "Docks" }]);
});

test("A form that was refused opens again with what was filled in; one that is closed changes nothing", async () => {
  await open();
  await give("/topics add");
  await page().getByLabel("Name").fill("Harbour");
  await page().getByLabel("What to look for").fill("harbour");
  await page().getByLabel("When").fill("now and then");
  await page().getByRole("button", { name: "Add", exact: true }).click();
  await page().getByRole("button", { name: "Back to the form" }).click();
  const dialog = page().getByRole("dialog", { name: "Add a topic" });
  expect(await dialog.getByLabel("When").inputValue()).toBe("now and then");
  expect(await dialog.getByLabel("Name").inputValue()).toBe("Harbour");
  await page().keyboard.press("Escape");
  expect(await page().getByRole("dialog").count()).toBe(0);
  expect((await subscriptions()).topics).toEqual([]);
});

test("The line completes commands, actions, options and values from the keyboard, and says what they mean", async () => {
  await open();
  await page().keyboard.press("Control+k");
  expect(await line().evaluate((input) => input === document.activeElement)).toBe(true);
  await option(/^\/topics/).waitFor();
  await page().keyboard.type("/to");
  await expect.poll(() => options().count()).toBe(1);
  await page().keyboard.press("Enter");
  await option(/^add/).waitFor();
  await shoot("completions");
  expect(await violations()).toEqual([]);
  await page().keyboard.type("add st");
  await option(/^style/).waitFor();
  await page().keyboard.press("ArrowDown");
  expect(await line().getAttribute("aria-activedescendant")).toBe("completion-0");
  await page().keyboard.press("Enter");
  await option(/^compact/).waitFor();
  await expect.poll(() => page().locator("#line-help").textContent()).toContain("full, compact or headline");
  await page().keyboard.press("ArrowDown");
  await page().keyboard.press("ArrowDown");
  await page().keyboard.press("Enter");
  expect(await line().inputValue()).toBe("/topics add style:compact ");
  await page().keyboard.press("Escape");
  await page().keyboard.press("Tab");
  expect(await page().locator(":focus").textContent()).toBe("Run");
});

test("A completion replaces the whole word, also what was typed after the list came", async () => {
  await open();
  await line().focus();
  await page().keyboard.type("/t");
  await option(/^\/topics/).waitFor();
  const held = Promise.withResolvers<void>();
  await page().route("**/api/complete", (route) => held.promise.then(() => route.continue()), { times: 1 });
  await page().keyboard.type("o");
  await page().keyboard.press("ArrowDown");
  await page().keyboard.press("Enter");
  expect(await line().inputValue()).toBe("/topics ");
  held.resolve();
});

test("A slash reaches the line from anywhere but from where one is writing", async () => {
  await open();
  await page().keyboard.press("/");
  expect(await line().inputValue()).toBe("/");
  await line().fill("");
  const box = page().getByLabel("Brief a link or pasted text");
  await box.pressSequentially("1/2");
  expect(await box.inputValue()).toBe("1/2");
  expect(await line().inputValue()).toBe("");
});

test("A line that names no command comes back with what there is, and the arrow keys bring earlier lines back", async () => {
  await open();
  await give("/lede");
  await main().getByText("/topics add [query]").waitFor();
  await give("/nothing here");
  await main().getByText("There is no command /nothing.").waitFor();
  expect(await line().inputValue()).toBe("/nothing here");
  await line().fill("");
  // Completions come a moment after what is typed; while they are shown the arrows move among them.
  await page().getByRole("listbox").waitFor();
  await line().press("Escape");
  await page().getByRole("listbox").waitFor({ state: "hidden" });
  await line().press("ArrowUp");
  await expect.poll(() => line().inputValue()).toBe("/nothing here");
  await page().getByRole("listbox").waitFor({ state: "hidden" });
  await line().press("ArrowUp");
  await expect.poll(() => line().inputValue()).toBe("/lede");
  expect(await answers().count()).toBe(1);
});

test("Typing, completing and being refused move nothing below", async () => {
  await stage().publish(BRIDGE);
  await open();
  const top = () =>
    page()
      .locator("#channel-title")
      .evaluate((title) => title.getBoundingClientRect().top);
  const before = await top();
  await line().pressSequentially("/topics add cad");
  await option(/^cadence/).waitFor();
  expect(await top()).toBe(before);
  await give("/nothing");
  await main().getByText("There is no command /nothing.").waitFor();
  expect(await top()).toBe(before);
});

test("Words in an answer are words, never markup, and no odd address becomes a link", async () => {
  const evil = `<img src=x onerror="document.title='owned'">`;
  await stage().publish({ ...LIBRARY, url: "javascript:alert(1)", title: evil });
  await open();
  await page().getByRole("button", { name: "Wrong?" }).click();
  await main()
    .getByRole("heading", { name: `Evidence: ${evil}` })
    .waitFor();
  await give(`/topics add query:harbour name:<b>${evil.slice(0, 20).replaceAll(" ", "")}`);
  await main().getByText("now gets “<b><img").waitFor();
  await give("/topics list");
  await main().locator("strong", { hasText: "<b><img" }).waitFor();
  expect(await page().locator("main img, main b, main a").count()).toBe(0);
  expect(await page().title()).toBe("Lede");
});

test("The sources can be taken away as a file", async () => {
  const workspace = workspaceOf(CONSOLE_CHANNEL);
  const source = { id: "1", workspace, url: BRIDGE.url, title: "Courier", backfill: 0, addedAt: new Date() };
  const edits = [{ kind: "source" as const, id: source.id, value: source }];
  await stage().store.change({ workspace, by: "page", at: new Date(), summary: "Added", edits, seen: null });
  await open();
  await give("/sources export");
  const [download] = await Promise.all([
    page().waitForEvent("download"),
    page().getByRole("button", { name: "Download lede-sources.opml" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("lede-sources.opml");
  expect(await readFile(await download.path(), "utf8")).toContain(BRIDGE.url);
});

test("Sources are taken in from a file that is chosen from the line", async () => {
  await open();
  await line().pressSequentially("/sources import file:");
  await option(/^Choose a file/).waitFor();
  const chooser = page().waitForEvent("filechooser");
  await page().keyboard.press("ArrowDown");
  await page().keyboard.press("Enter");
  const outlines = Array.from(
    { length: 80 },
    (_, index) => `<outline xmlUrl="https://n${index}.example/feed"/>`,
  );
  const text = `<opml version="2.0"><body>${outlines.join("")}</body></opml>`;
  const file = { name: "my feeds.opml", mimeType: "text/x-opml", buffer: Buffer.from(text) };
  await (await chooser).setFiles(file);
  await expect.poll(() => line().inputValue()).toBe('/sources import file:"my feeds.opml" ');
  await line().press("Enter");
  await main().getByText("80 sources added").waitFor();
  const { sources } = await stage().store.decisions(workspaceOf(CONSOLE_CHANNEL));
  expect(sources).toHaveLength(80);
});

test.for(["light", "dark"] as const)("Answers bar no reader and fit 360 pixels (%s)", async (colorScheme) => {
  await stage().publish(BRIDGE);
  await open({ viewport: { width: 360, height: 740 }, colorScheme, reducedMotion: "reduce" });
  await give(`/topics add query:harbour name:${"Donaudampfschifffahrts".repeat(2)}`);
  await main().getByText("now gets “").waitFor();
  for (const text of ["/settings", "/sources", "/topics"]) await give(text);
  await expect.poll(() => page().locator(".answer h3").count()).toBe(3);
  await line().fill("/");
  await option(/^\/topics/).waitFor();
  const wide = await page().evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide).toBe(0);
  await page().mouse.move(0, 0);
  expect(await violations()).toEqual([]);
  await shoot(`commands-narrow-${colorScheme}`);
  await give("/topics add");
  await page().getByRole("dialog", { name: "Add a topic" }).waitFor();
  expect(await violations()).toEqual([]);
  await shoot(`form-narrow-${colorScheme}`, false);
});

test("One press shows how all of Lede is", async () => {
  await stage().publish(BRIDGE);
  await open();
  await page().getByRole("button", { name: "Status" }).click();
  const status = main().getByRole("group", { name: "Status" });
  await status.getByText("How Lede is").waitFor();
  await expect.poll(() => status.textContent()).toMatch(/Writer built-in.*Came in nothing waits/);
  await expect.poll(() => status.textContent()).toMatch(/Last messages.*#main posted/);
  expect(await violations()).toEqual([]);
  await shoot("status");
});
