import { defineConfig } from "vitest/config";

const PURE = ["tests/core/**/*.test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", "./tests/reporter.ts"],
    // Real servers, real clients and child processes on small machines: generous limits, and no test waits for them when all is well.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    pool: "forks",
    // One more than small machines have cores: most of these tests wait for servers and processes most of their time.
    maxWorkers: 3,
    projects: [
      // Nothing in core keeps anything that a test could leave behind, and its tables are read once for all.
      { extends: true, test: { name: "pure", include: PURE, isolate: false } },
      { extends: true, test: { name: "whole", include: ["tests/**/*.test.ts"], exclude: PURE } },
    ],
  },
});
