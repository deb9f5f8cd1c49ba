import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readPrices } from "#src/adapters/writer/price-file.ts";
import { parseHouseStyle, readHouseStyle } from "#src/adapters/writer/style-file.ts";
import { AppError } from "#src/core/errors.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "lede-style-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function problem(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof AppError && error.code === "config/invalid") return error.say;
    throw error;
  }
  return "no problem";
}

const YAML = `
spelling: en-GB
units:
  kilometres: km
replace:
  terrorist: militant
banned: [slammed]
rules:
  - "Titles: no full stops."
`;

const LINES = `
# Our style
spelling: en-GB
- terrorist -> militant
- "passed away" => died
* never: slammed, "game changer"
Say how you know it: who said so?
`;

describe("a house style", () => {
  test("is read as YAML", () => {
    expect(parseHouseStyle(YAML)).toEqual({
      spelling: "en-GB",
      units: { kilometres: "km" },
      replace: { terrorist: "militant" },
      banned: ["slammed"],
      rules: ["Titles: no full stops."],
    });
  });

  test("is read as plain lines", () => {
    expect(parseHouseStyle(LINES)).toEqual({
      spelling: "en-GB",
      units: {},
      replace: { terrorist: "militant", "passed away": "died" },
      banned: ["slammed", "game changer"],
      rules: ["Say how you know it: who said so?"],
    });
  });

  test.for([
    ["spelling: en-AU", /spelling/],
    ["spelling: en-GB\nbaned: [x]", /baned/],
    ["replace: { many: '90' }", /digits/],
    ["x".repeat(17_000), /longer than/],
  ] as const)("of %s is refused", ([text, message]) => {
    expect(problem(() => parseHouseStyle(text))).toMatch(message);
  });

  test("is read from its file, or the file is named", () => {
    const path = join(FOLDER, "style.yaml");
    writeFileSync(path, YAML);
    expect(readHouseStyle(path).banned).toEqual(["slammed"]);
    expect(problem(() => readHouseStyle(join(FOLDER, "none")))).toMatch(/none, which can not be read/);
  });
});

describe("a price list", () => {
  const list = '{"models":{"m":{"input":1,"output":2}}}';

  test("is JSON, or a file with it", () => {
    const path = join(FOLDER, "prices.json");
    writeFileSync(path, list);
    const wanted = { currency: "USD", models: { m: { input: 1, output: 2 } } };
    expect([readPrices(list), readPrices(path)]).toEqual([wanted, wanted]);
  });

  test.for(["{", "{}", '{"models":{"m":{"input":"1"}}}', "/no/such/file"])("is not %s", (value) => {
    expect(problem(() => readPrices(value))).toMatch(/^LEDE_PRICES is wrong: .*per million tokens/s);
  });
});
