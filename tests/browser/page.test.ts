import { expect, test } from "vitest";
import { BRIDGE, BRIDGE_CORRECTED, LIBRARY, type Story } from "#tests/adapters/console/stories.ts";
import { useBrowser } from "./bench.ts";

const { card, open, page, shoot, stage, violations } = useBrowser();

/** Where the card stands on the screen. */
async function topOf(title: string): Promise<number> {
  return (await card(title).boundingBox())?.y ?? Number.NaN;
}

test("An empty page says what will happen next, and a published brief then appears without reloading", async () => {
  await open();
  await expect.poll(() => page().getByText("Nothing has been published yet.").isVisible()).toBe(true);
  await shoot("empty");
  await stage().publish(BRIDGE);
  await card(BRIDGE.title).waitFor();
  expect(await page().getByText("Nothing has been published yet.").isVisible()).toBe(false);
  expect(await page().locator("#news").textContent()).toBe(`New brief: ${BRIDGE.title}`);
  const published = card(BRIDGE.title).locator("time").first();
  expect(await published.getAttribute("datetime")).toBe("2026-03-03T08:15:00.000Z");
  expect(await published.textContent()).toContain("9:15");
});

test("A click on a fact shows the article with exactly its evidence marked and in sight; Escape closes it", async () => {
  await stage().publish({
    ...BRIDGE,
    paragraphs: [...Array<string>(30).fill("The tide was low."), ...BRIDGE.paragraphs],
  });
  await open();
  for (const [text, quote] of BRIDGE.facts) {
    await page().getByRole("button", { name: text }).click();
    expect(await page().locator("mark").allTextContents()).toEqual([quote]);
    expect(await page().getByRole("button", { name: text }).getAttribute("aria-expanded")).toBe("true");
    await expect.poll(() => page().locator("mark").evaluate(isInSight)).toBe(true);
  }
  await shoot("evidence");
  await page().keyboard.press("Escape");
  expect(await page().locator("mark").count()).toBe(0);
});

function isInSight(mark: Element): boolean {
  const text = mark.closest(".article-text")?.getBoundingClientRect();
  const box = mark.getBoundingClientRect();
  return (
    text !== undefined && box.top >= text.top && box.bottom <= text.bottom && box.bottom <= window.innerHeight
  );
}

test("The whole page can be used from the keyboard", async () => {
  await stage().publish(BRIDGE);
  await open();
  await page().getByRole("button", { name: BRIDGE.facts[1]?.[0] }).focus();
  await page().keyboard.press("Enter");
  expect(await page().locator("mark").allTextContents()).toEqual([BRIDGE.facts[1]?.[1]]);
  const focused = page().locator(":focus");
  expect(await focused.getAttribute("aria-expanded")).toBe("true");
  await page().getByRole("button", { name: "Close the text" }).press("Enter");
  expect(await focused.getAttribute("aria-expanded")).toBe("false");
});

test("A corrected article changes its card in place: open evidence, focus and the reader's place stay", async () => {
  await stage().publish(BRIDGE);
  await stage().publish(LIBRARY);
  await open({ viewport: { width: 1400, height: 500 } });
  const [, injured] = BRIDGE.facts;
  await page().getByRole("button", { name: injured?.[0] }).click();
  await stage().publish({ ...LIBRARY, url: "https://courier.example/pool", title: "A pool opens" });
  await card("A pool opens").waitFor();
  const before = await topOf(BRIDGE.title);

  await stage().publish(BRIDGE_CORRECTED);
  await page().locator(".change", { hasText: "nine → eleven people injured" }).waitFor();
  const changed = page().getByRole("button", { name: "Eleven people were injured" });
  expect(await changed.getAttribute("aria-expanded")).toBe("true");
  expect(await changed.textContent()).toContain("corrected");
  expect(await page().locator(".tag").count()).toBe(1);
  expect((await page().locator("mark").allTextContents()).join("")).toBe(BRIDGE_CORRECTED.facts[1]?.[1]);
  expect(await page().locator("ins").textContent()).toBe("Eleven people");
  expect(await changed.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(Math.abs((await topOf(BRIDGE.title)) - before)).toBeLessThan(2);
  await shoot("corrected");
});

test("A new brief above does not move what is being read", async () => {
  await stage().publish(BRIDGE);
  await open({ viewport: { width: 1400, height: 500 } });
  await page().getByRole("button", { name: BRIDGE.facts[2]?.[0] }).click();
  await page().evaluate(() => window.scrollTo(0, 300));
  const before = await topOf(BRIDGE.title);
  await stage().publish(LIBRARY);
  await card(LIBRARY.title).waitFor();
  await expect.poll(async () => Math.abs((await topOf(BRIDGE.title)) - before)).toBeLessThan(2);
});

test("What was dropped opens with a reason in plain words, and a caveat stands out", async () => {
  await stage().publish(BRIDGE);
  await stage().publish(LIBRARY);
  await open();
  expect(await page().getByText("The repair costs 12 million.").isVisible()).toBe(false);
  await page().getByText("Dropped (2)").click();
  expect(await page().getByText("The repair costs 12 million.").isVisible()).toBe(true);
  expect(await page().getByText("A number is not in the article (12 million) · rule: unit").isVisible()).toBe(
    true,
  );
  expect(await page().locator(".caveat").textContent()).toContain(LIBRARY.caveats?.[0]);
  expect(await page().getByRole("link", { name: BRIDGE.title }).getAttribute("rel")).toBe(
    "noopener noreferrer",
  );
  await shoot("cards");
});

test("A pasted text is briefed through the box, with progress, and its facts show their evidence", async () => {
  await open();
  await page().getByLabel("Brief a link or pasted text").fill(LIBRARY.paragraphs.join("\n\n"));
  await page().getByRole("button", { name: "Brief it" }).click();
  await page().getByText("Checking every fact against the text…").waitFor();
  await shoot("progress");
  stage().finishAnswer();
  await page().getByText("Done. Your brief is below.").waitFor();
  const [text = "", quote] = LIBRARY.facts[1] ?? [];
  await page().getByRole("button", { name: text }).click();
  expect(await page().locator("mark").allTextContents()).toEqual([quote]);
  expect(await page().getByLabel("Brief a link or pasted text").inputValue()).toBe("");
  await shoot("answer");
  await page()
    .getByRole("button", { name: `Remove: ${LIBRARY.title}` })
    .click();
  expect(await page().locator("article.card").count()).toBe(0);
});

test("An error is shown in words and keeps what was typed", async () => {
  await open();
  const box = page().getByLabel("Brief a link or pasted text");
  await box.fill("https://nowhere.example/story");
  stage().finishAnswer();
  await box.press("Enter");
  await page().getByText("The site could not be reached. Check the address, or try again later.").waitFor();
  expect(await box.inputValue()).toBe("https://nowhere.example/story");
  await shoot("error");
});

test("Words of an article are shown as words, never as markup, and no odd address becomes a link", async () => {
  const evil = `<img src=x onerror="document.title='owned'"> <b>bold</b>`;
  const story: Story = {
    ...BRIDGE,
    title: evil,
    summary: evil,
    paragraphs: [evil],
    facts: [[evil, evil]],
    caveats: [evil],
  };
  await stage().publish({
    ...story,
    dropped: [{ part: "fact", text: evil, reason: "instruction", detail: evil, rule: null }],
  });
  await stage().publish({ ...LIBRARY, url: "javascript:alert(1)" });
  await open();
  await card(evil).getByRole("button", { name: evil }).click();
  expect(await page().locator("h3", { hasText: "onerror" }).textContent()).toBe(evil);
  expect(await page().locator("mark").textContent()).toBe(evil);
  expect(await page().locator("main img, main b").count()).toBe(0);
  expect(await page().title()).toBe("Lede");
  expect(
    await page()
      .locator("main a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
  ).toEqual([BRIDGE.url]);
});

test("A page whose event stream was refused tries again by itself", async () => {
  await open();
  await page().route("**/api/events", (route) => route.fulfill({ status: 503 }), { times: 1 });
  await page().reload();
  await page().getByText("Disconnected, trying again…").waitFor();
  await expect.poll(() => page().locator("#state").textContent(), { timeout: 15_000 }).toBe("Page live");
});

test("A server that went away is shown, and the page goes on by itself when it is back", async () => {
  await stage().publish(BRIDGE);
  await open();
  await stage().goAway();
  await page().getByText("Disconnected, trying again…").waitFor();
  expect(await card(BRIDGE.title).isVisible()).toBe(true);
  await stage().publish(LIBRARY);
  await stage().comeBack();
  await card(LIBRARY.title).waitFor();
  expect(await page().getByText("Page live", { exact: true }).isVisible()).toBe(true);
});

test.for(["light", "dark"] as const)(
  "Nothing bars a reader with a disability in the %s scheme",
  async (colorScheme) => {
    await stage().publish(BRIDGE);
    await stage().publish(LIBRARY);
    await stage().publish(BRIDGE_CORRECTED);
    await open({ colorScheme, reducedMotion: "reduce" });
    await page().getByRole("button", { name: "Eleven people were injured" }).click();
    await page().getByText("Dropped (2)").click();
    await page().getByRole("button", { name: "Brief it" }).click();
    await page().mouse.move(0, 0);
    expect(await violations()).toEqual([]);
    await shoot(`full-${colorScheme}`);
  },
);

test.for(["light", "dark"] as const)(
  "At 360 pixels nothing is cut off or needs sideways scrolling (%s)",
  async (colorScheme) => {
    await stage().publish({
      ...BRIDGE,
      url: `https://courier.example/${"long-".repeat(40)}`,
      title: `${BRIDGE.title} ${"Donaudampfschifffahrts".repeat(3)}`,
    });
    await stage().publish(LIBRARY);
    await open({ viewport: { width: 360, height: 740 }, colorScheme, reducedMotion: "reduce" });
    await page().getByRole("button", { name: LIBRARY.facts[2]?.[0] }).click();
    await page().getByText("Dropped (2)").click();
    const wide = await page().evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBe(0);
    expect(await violations()).toEqual([]);
    await shoot(`narrow-${colorScheme}`);
  },
);
