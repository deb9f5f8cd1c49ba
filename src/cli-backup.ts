import { printLine } from "#src/cli-print.ts";
import { makeBackupNow, restoreStore } from "#src/compose-backup.ts";

/** `lede backup`: the copy's place on standard output. */
export function backUp(): Promise<number> {
  return printLine(makeBackupNow);
}

/** `lede restore`: says what became of what was there. */
export function restore(copy: string): Promise<number> {
  return printLine(async () => {
    const kept = await restoreStore(copy);
    const before = kept === null ? "" : ` What was there is kept as ${kept}.`;
    return `${copy} is the store now.${before} Start Lede: it reads its channels back before it posts.`;
  });
}
