import { toAppError } from "#src/core/errors.ts";
import { EXIT, exitCodeOf } from "#src/exit.ts";

/** Prints the line that comes of the work, or on standard error what is wrong. Returns the exit code. */
export async function printLine(work: () => Promise<string>): Promise<number> {
  try {
    process.stdout.write(`${await work()}\n`);
    return EXIT.ok;
  } catch (thrown) {
    const error = toAppError(thrown);
    process.stderr.write(`${error.say}\n`);
    if (error.code === "bug") process.stderr.write(`${String(error.cause)}\n`);
    return exitCodeOf(error.code);
  }
}
