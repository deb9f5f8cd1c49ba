import { accessSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { openStage, type Stage } from "./stage.ts";

export const EXECUTABLE = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
export const NO_BROWSER = `There is no Chromium at ${EXECUTABLE}; install it or set CHROMIUM to its path.`;
export const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const SHOTS = new URL("screenshots/", import.meta.url).pathname;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A browser with the page in it; each test has a stage and a page of its own. */
export interface Bench {
  stage: () => Stage;
  page: () => Page;
  /** Opens the page and waits until it is live. */
  open: (options?: Parameters<Browser["newContext"]>[0]) => Promise<Page>;
  /** What bars a reader with a disability. */
  violations: () => Promise<string[]>;
  card: (title: string) => Locator;
  shoot: (name: string, fullPage?: boolean) => Promise<Buffer>;
}

export function useBrowser(): Bench {
  let browser: Browser | null = null;
  let stage: Stage | null = null;
  let page: Page | null = null;
  let problems: string[] = [];

  beforeAll(async () => {
    if (!isThere(EXECUTABLE)) return console.warn(`Skipped: ${NO_BROWSER}`);
    mkdirSync(SHOTS, { recursive: true });
    browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  });

  afterAll(async () => browser?.close());

  beforeEach(async ({ skip }) => {
    if (browser === null && process.env["CI_REQUIRE_BROWSER"] === "1") throw new Error(NO_BROWSER);
    skip(browser === null, NO_BROWSER);
    problems = [];
    page = null;
    stage = await openStage();
  });

  afterEach(async () => {
    await page?.context().close();
    await stage?.close();
    stage = null;
    if (problems.length > 0) throw new Error(`The page complained: ${problems.join("; ")}`);
  });

  async function open(options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
    if (browser === null) throw new Error("no browser");
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      timezoneId: "Europe/Stockholm",
      ...options,
    });
    const opened = await context.newPage();
    page = opened;
    opened.on("pageerror", (error) => problems.push(error.message));
    opened.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("Failed to load resource"))
        problems.push(message.text());
    });
    await opened.goto(given(stage).url);
    await opened.getByText("Page live", { exact: true }).waitFor();
    return opened;
  }

  return {
    stage: () => given(stage),
    page: () => given(page),
    open,
    violations: async () => {
      await given(page).evaluate(AXE);
      const results = await given(page).evaluate<AxeResults>("axe.run()");
      return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    },
    card: (title) =>
      given(page).locator("article.card", { has: given(page).getByRole("heading", { name: title }) }),
    shoot: (name, fullPage = true) =>
      given(page).screenshot({ path: `${SHOTS}${name}.png`, fullPage, animations: "disabled" }),
  };
}

function given<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw new Error("The test has not opened it yet.");
  return thing;
}

export function isThere(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}
