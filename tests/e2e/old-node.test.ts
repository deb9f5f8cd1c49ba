import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const { optionalDependencies: brought } = z
  .object({ optionalDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(`${ROOT}/package.json`, "utf8")));

/** What Lede says on a Node and a machine that are not this test's own. */
async function startOn(node: string, platform: string, arch: string) {
  const posing = `for (const [name, value] of Object.entries({ versions: { ...process.versions, node: "${node}" }, platform: "${platform}", arch: "${arch}" })) Object.defineProperty(process, name, { value });`;
  const { promise, resolve } = Promise.withResolvers<{ code: unknown; said: string }>();
  const args = ["--import", `data:text/javascript,${encodeURIComponent(posing)}`, "src/lede.js", "--version"];
  execFile(process.execPath, args, { cwd: ROOT }, (error, _, stderr) =>
    resolve({ code: error?.code ?? 0, said: stderr }),
  );
  return promise;
}

test("one version of Node comes for every machine that gets one", () => {
  expect(new Set(Object.values(brought)).size).toBe(1);
});

test.each([
  ["linux", "x64"],
  ["linux", "arm64"],
  ["win32", "x64"],
])("on %s %s an old Node is told that npm ci brings a newer one", async (platform, arch) => {
  expect(Object.keys(brought)).toContain(`node-${platform === "win32" ? "win" : platform}-${arch}`);
  const { code, said } = await startOn("20.1.0", platform, arch);
  expect(code).toBe(1);
  expect(said).toMatch(/^Lede needs Node 24\.12 or newer; this is 20\.1\.0\. .*brings a newer one\.\n$/);
});

test.each([
  ["darwin", "arm64"],
  ["darwin", "x64"],
  ["freebsd", "x64"],
  ["win32", "arm64"],
])("on %s %s an old Node is told to install one", async (platform, arch) => {
  expect(Object.keys(brought)).not.toContain(`node-${platform === "win32" ? "win" : platform}-${arch}`);
  const { code, said } = await startOn("24.11.1", platform, arch);
  expect(code).toBe(1);
  expect(said).toContain("install Node 26");
  expect(said).not.toContain("brings a newer one");
});
