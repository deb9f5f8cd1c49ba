import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { brokenText } from "./mutations/line.ts";
import { LINES } from "./mutations/lines.ts";

test("each line that is to be broken stands once in its file, and its tests are there", () => {
  const gone = LINES.filter(
    (line) =>
      !existsSync(line.file) ||
      brokenText(readFileSync(line.file, "utf8"), line) === null ||
      !line.tests.every((file) => existsSync(file)),
  );
  expect(gone.map(({ file, from }) => `${file}: ${from}`)).toEqual([]);
});
