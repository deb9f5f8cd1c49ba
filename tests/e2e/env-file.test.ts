import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const LEDE = fileURLToPath(new URL("../../src/lede.js", import.meta.url));

let folder = "";
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "lede-env-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Doctor names what is wrong before it asks anybody anything. */
function doctor(env: Record<string, string> = {}): string {
  const { stderr, stdout } = spawnSync(process.execPath, [LEDE, "doctor"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], LEDE_DATA: folder, NO_COLOR: "1", ...env },
    encoding: "utf8",
  });
  return stdout + stderr;
}

test("what stands in .env is read, and the environment wins over it", () => {
  writeFileSync(
    path.join(folder, ".env"),
    "# A port\nLEDE_PORT=no-port # by mistake\nSLACK_BOT_TOKEN='wrong'\n",
  );
  expect(doctor()).toMatch(/LEDE_PORT[^\n]*number/);
  expect(doctor()).toContain("SLACK_BOT_TOKEN must start with xoxb-");
  expect(doctor({ LEDE_PORT: "0", SLACK_BOT_TOKEN: "" })).not.toMatch(/LEDE_PORT|must start with/);
});

test("a start without .env is as good", () => {
  expect(doctor()).not.toContain(".env can not be read");
});
