import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createStage } from "#tests/e2e/lede.ts";
import { EXECUTABLE, FLAGS, NO_BROWSER } from "./bench.ts";
import { NGINX, NO_NGINX, startNginx } from "./nginx.ts";

const stage = createStage();
let browser: Browser | null = null;
let context: BrowserContext;
const isRequired = process.env["CI_REQUIRE_BROWSER"] === "1";

beforeAll(async () => {
  if (existsSync(EXECUTABLE)) browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
});
afterAll(async () => {
  await browser?.close();
});
beforeEach(async ({ skip }) => {
  if (browser === null && isRequired) throw new Error(NO_BROWSER);
  skip(browser === null, NO_BROWSER);
  if (browser !== null) context = await browser.newContext();
});
afterEach(async () => {
  if (browser !== null) await context.close();
  await stage.close();
});

const BRIEFS = "main article";

test("npm start prints an address in a terminal; one click shows the page, also after a restart", async () => {
  const env = { LEDE_DATA: await stage.dataDir(), LEDE_PORT: "0" };
  const first = stage.npmStart(env);
  const link = await first.pageLink();
  const page = await context.newPage();
  await page.goto(link);
  await isThePage(page);
  // The address bar holds nothing that lets others in.
  expect(page.url()).toBe(new URL("/", link).href);
  await first.stop();

  const second = stage.npmStart({ ...env, LEDE_PORT: new URL(link).port });
  const address = new URL("/", await second.pageLink()).href;
  const fresh = await context.newPage();
  await fresh.goto(address);
  await isThePage(fresh);
  // A ticket is of one process, and somebody without the session is a stranger.
  await isStranger(link);
  await isStranger(address);
  await second.stop();
});

test("behind nginx as it comes everybody signs in, and one click shows the page", async ({ skip }) => {
  if (!existsSync(NGINX) && isRequired) throw new Error(NO_NGINX);
  skip(!existsSync(NGINX), NO_NGINX);
  const env = { LEDE_DATA: await stage.dataDir() };
  const lede = stage.start(env);
  const nginx = stage.closing(await startNginx(await lede.page()), (open) => open.close());
  await isStranger(nginx.url);
  for (const path of ["/api/posts", "/api/settings", "/metrics", "/readyz"]) {
    const answer = await fetch(`${nginx.url}${path}`);
    expect([path, answer.status]).toEqual([path, 401]);
    await answer.arrayBuffer();
  }
  const [link = ""] = await stage.pageLinks(env);
  const { pathname, search } = new URL(link);
  const page = await context.newPage();
  await page.goto(`${nginx.url}${pathname}${search}`);
  await isThePage(page);
  // What is new comes through it as well, without a reload.
  expect(page.url()).toBe(`${nginx.url}/`);
});

/** The page is there: its briefs, and that it hears of new ones. */
async function isThePage(page: Page): Promise<void> {
  await page.locator(BRIEFS).first().waitFor({ timeout: 60_000 });
  await expect.poll(() => page.getByText("Page live").isVisible(), { timeout: 30_000 }).toBe(true);
}

/** Somebody without a session is asked to sign in, and sees no brief. */
async function isStranger(address: string): Promise<void> {
  const other = await browser?.newContext();
  const page = await other?.newPage();
  await page?.goto(address);
  expect(await page?.locator("body").textContent()).toContain("npx lede page-link");
  expect(await page?.locator(BRIEFS).count()).toBe(0);
  await other?.close();
}
