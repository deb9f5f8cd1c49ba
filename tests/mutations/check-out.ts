import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);
/** A line that makes a test wait for ever is found by that test's own limit, long before this. */
const LONGEST_RUN_MS = 10 * 60_000;
/** Errors of code that could not run at all: such a failure says nothing about the line. */
const CAN_NOT_RUN = /^(SyntaxError|ReferenceError)/;

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

/** How the tests of a copy ended; `failed` names the first test that failed because of what it asserts. */
export type Ended = { kind: "passed" } | { kind: "failed"; test: string } | { kind: "broken"; why: string };

export interface CheckOut {
  /** Runs the tests with one file changed, which is put back afterwards. */
  runWith: (change: { file: string; text: string }, tests: readonly string[]) => Promise<Ended>;
  /** Those of the test files that do not pass as things are. */
  failing: (tests: readonly string[]) => Promise<string[]>;
  remove: () => Promise<void>;
}

/** A copy of this checkout as it is, with what is not committed yet: nothing is ever broken in the checkout itself. */
export async function checkOut(): Promise<CheckOut> {
  const root = process.cwd();
  const copy = await mkdtemp(path.join(tmpdir(), "lede-mutate-"));
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  for (const file of listed.stdout.split("\0").filter((name) => name !== "")) {
    await mkdir(path.join(copy, path.dirname(file)), { recursive: true });
    // Listed, and deleted since.
    await copyFile(path.join(root, file), path.join(copy, file)).catch(() => undefined);
  }
  await symlink(path.join(root, "node_modules"), path.join(copy, "node_modules"), "junction");
  return {
    runWith: async ({ file, text }, tests) => {
      const target = path.join(copy, file);
      const before = await readFile(target, "utf8");
      await writeFile(target, text);
      try {
        return endOf(await report(copy, [...tests, "--bail=1"]));
      } finally {
        await writeFile(target, before);
      }
    },
    failing: async (tests) => {
      // Without a file's name everything would be run.
      if (tests.length === 0) return [];
      const { testResults } = (await report(copy, tests)) ?? { testResults: [] };
      const passed = testResults.filter(
        ({ assertionResults: all }) => all.length > 0 && all.every(({ status }) => status === "passed"),
      );
      const names = new Set(passed.map(({ name }) => path.relative(copy, name).split(path.sep).join("/")));
      return tests.filter((test) => !names.has(test));
    },
    remove: () => rm(copy, { recursive: true, force: true }),
  };
}

/** What vitest says of a run in the copy; null where it could not say anything. */
async function report(copy: string, parameters: readonly string[]): Promise<z.infer<typeof Report> | null> {
  const output = path.join(copy, "report.json");
  const vitest = path.join(copy, "node_modules", "vitest", "vitest.mjs");
  const all = [vitest, "run", ...parameters, "--reporter=json", `--outputFile=${output}`];
  // It ends non-zero when a test fails, as is hoped for here: the report says more.
  await run(process.execPath, all, { cwd: copy, timeout: LONGEST_RUN_MS }).catch(() => undefined);
  const text = await readFile(output, "utf8").catch(() => null);
  await rm(output, { force: true });
  return text === null ? null : Report.parse(JSON.parse(text));
}

function endOf(told: z.infer<typeof Report> | null): Ended {
  if (told === null) return { kind: "broken", why: "vitest did not end" };
  const results = told.testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = results.filter(({ status }) => status === "failed");
  const [asserted] = failed.filter(({ failureMessages: [first = ""] }) => !CAN_NOT_RUN.test(first));
  if (asserted !== undefined) return { kind: "failed", test: asserted.fullName };
  const [first] = failed.flatMap(({ failureMessages }) => failureMessages);
  if (first !== undefined) return { kind: "broken", why: first.split("\n")[0] ?? "" };
  const empty = told.testResults.some(({ assertionResults }) => assertionResults.length === 0);
  return empty || results.length === 0
    ? { kind: "broken", why: "a test file could not be loaded" }
    : { kind: "passed" };
}
