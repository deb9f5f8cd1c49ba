import { spawnSync } from "node:child_process";
import { chmod } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { createStage } from "./lede.ts";

const stage = createStage();
afterEach(() => stage.close());

/** The account that nothing belongs to. */
const NOBODY = 65_534;
const IS_ROOT = process.getuid?.() === 0;
/** Nothing is read-only to root but a file system, and nobody may read what root has cloned for itself. */
const user = IS_ROOT ? { uid: NOBODY } : {};
const canBeSomebody =
  process.platform !== "win32" && spawnSync(process.execPath, ["src/lede.js", "--help"], user).status === 0;

test.runIf(canBeSomebody)("a data folder without rights ends the start with what to do", async () => {
  const folder = await stage.dataDir();
  await chmod(folder, 0o555);
  expect(await stage.start({ LEDE_DATA: folder }, user).ended).toMatchObject(REFUSED);
});

test.runIf(IS_ROOT && process.platform === "linux")(
  "so does a file system that is read-only",
  async ({ skip }) => {
    const folder = await stage.dataDir();
    const mount = (...options: string[]): number | null =>
      spawnSync("mount", ["-t", "tmpfs", ...options, "none", folder]).status;
    skip(mount() !== 0, "This account may not mount a file system.");
    stage.closing(folder, async () => spawnSync("umount", [folder]));
    const first = stage.start({ LEDE_DATA: folder });
    await first.page();
    first.child.kill("SIGTERM");
    await first.ended;
    expect(mount("-o", "remount,ro")).toBe(0);
    expect(await stage.start({ LEDE_DATA: folder }).ended).toMatchObject(REFUSED);
  },
);

const REFUSED = {
  err: "The data folder cannot be written. Check its owner and permissions, or set LEDE_DATA to another folder.\n",
  code: 2,
};
