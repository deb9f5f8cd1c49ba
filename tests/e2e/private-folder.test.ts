import { chmod, readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { createStage } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

/** Windows knows no modes: there doctor says what to do. */
const CLOSED = process.platform === "win32" ? ["666", "666"] : ["700", "600"];

test("a data folder and files that others could read are closed, and what is not Lede's is left alone", async () => {
  const folder = await stage.dataDir();
  await chmod(folder, 0o755);
  for (const name of ["lede.sqlite", "cases.jsonl", "theirs.txt"]) {
    await writeFile(path.join(folder, name), "");
    await chmod(path.join(folder, name), 0o644);
  }
  const lede = stage.start({ LEDE_DATA: folder });
  await lede.page();
  // What is being written has its own name only for a moment.
  const passing = (name: string): boolean => name === "theirs.txt" || name.endsWith(".next");
  const names = (await readdir(folder)).filter((name) => !passing(name));
  expect(names).toContain("lede.sqlite-wal");
  const [ofFolder, ofFile] = CLOSED;
  expect(await modeOf(folder)).toBe(ofFolder);
  for (const name of names) expect([name, await modeOf(path.join(folder, name))]).toEqual([name, ofFile]);
  expect(await modeOf(path.join(folder, "theirs.txt"))).toBe(process.platform === "win32" ? "666" : "644");
});

async function modeOf(file: string): Promise<string> {
  return ((await stat(file)).mode & 0o777).toString(8);
}
