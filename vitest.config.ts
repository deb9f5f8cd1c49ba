import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes a minute and more: begun last, it would run while the other workers have nothing left. */
const LONG =
  /(e2e\/(sign-in|rehearse|restore|publish|store-trouble)|scenarios\/(week|lanes)|browser\/(page|commands))\.test/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => Number(LONG.test(b.moduleId)) - Number(LONG.test(a.moduleId)));
  }
}

const PURE = ["tests/core/**/*.test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", "./tests/reporter.ts"],
    // Real servers, real clients and child processes on small machines: generous limits, and no test waits for them when all is well.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    pool: "forks",
    sequence: { sequencer: LongFirst },
    // One more than small machines have cores: most of these tests wait for servers and processes most of their time.
    maxWorkers: 3,
    projects: [
      // Nothing in core keeps anything that a test could leave behind, and its tables are read once for all.
      { extends: true, test: { name: "pure", include: PURE, isolate: false } },
      { extends: true, test: { name: "whole", include: ["tests/**/*.test.ts"], exclude: PURE } },
    ],
  },
});
