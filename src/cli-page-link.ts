import { newPageLinks } from "#src/compose-link.ts";
import { toAppError } from "#src/core/errors.ts";
import { EXIT, exitCodeOf } from "#src/exit.ts";

const HINT = "Good for 15 minutes. Opened in a browser, it signs that browser in for 30 days.";
const PROXY_HINT = "The last is for other machines, where your proxy lets the page through.";

/** `lede page-link`: each address on a line of its own, what to know about them on standard error. */
export async function pageLink(): Promise<number> {
  try {
    const links = await newPageLinks();
    process.stdout.write(`${links.join("\n")}\n`);
    process.stderr.write(`${links.length === 1 ? HINT : `${HINT} ${PROXY_HINT}`}\n`);
    return EXIT.ok;
  } catch (thrown) {
    const error = toAppError(thrown);
    process.stderr.write(`${error.say}\n`);
    return exitCodeOf(error.code);
  }
}
