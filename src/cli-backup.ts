import { makeBackupNow } from "#src/compose-backup.ts";
import { toAppError } from "#src/core/errors.ts";
import { EXIT, exitCodeOf } from "#src/exit.ts";

/** `lede backup`: the copy's place on standard output. */
export async function backUp(): Promise<number> {
  try {
    process.stdout.write(`${await makeBackupNow()}\n`);
    return EXIT.ok;
  } catch (thrown) {
    const error = toAppError(thrown);
    process.stderr.write(`${error.say}\n`);
    if (error.code === "bug") process.stderr.write(`${String(error.cause)}\n`);
    return exitCodeOf(error.code);
  }
}
