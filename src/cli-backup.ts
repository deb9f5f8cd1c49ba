import { makeBackupNow, restoreStore } from "#src/compose-backup.ts";
import { toAppError } from "#src/core/errors.ts";
import { EXIT, exitCodeOf } from "#src/exit.ts";

/** `lede backup`: the copy's place on standard output. */
export async function backUp(): Promise<number> {
  return run(async () => `${await makeBackupNow()}\n`);
}

/** `lede restore`: says what became of what was there. */
export async function restore(copy: string): Promise<number> {
  return run(async () => {
    const kept = await restoreStore(copy);
    const before = kept === null ? "" : ` What was there is kept as ${kept}.`;
    return `${copy} is the store now.${before} Start Lede: it reads its channels back before it posts.\n`;
  });
}

async function run(work: () => Promise<string>): Promise<number> {
  try {
    process.stdout.write(await work());
    return EXIT.ok;
  } catch (thrown) {
    const error = toAppError(thrown);
    process.stderr.write(`${error.say}\n`);
    if (error.code === "bug") process.stderr.write(`${String(error.cause)}\n`);
    return exitCodeOf(error.code);
  }
}
