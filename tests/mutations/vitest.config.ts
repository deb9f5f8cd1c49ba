import { defineConfig } from "vitest/config";

/** The tests of what `stryker.config.json` mutates: pure functions, so that thousands of runs take minutes. */
export default defineConfig({
  test: {
    include: [
      "tests/core/{post-plan,delivery,outcome,operator,workspace,subscription-match,story,budget,turns}.test.ts",
      "tests/core/withdrawals.test.ts",
    ],
    pool: "forks",
  },
});
