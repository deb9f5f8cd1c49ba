import { rename, writeFile } from "node:fs/promises";
import type { ReportedCase } from "#src/core/reported-case.ts";

/** Writes the cases as JSON Lines, whole or not at all: a reader never meets half a file. */
export async function writeCaseFile(path: string, cases: readonly ReportedCase[]): Promise<void> {
  const next = `${path}.next`;
  // Only the owner may look in: cases hold the text of members-only articles too.
  await writeFile(next, cases.map((each) => `${JSON.stringify(each)}\n`).join(""), { mode: 0o600 });
  await rename(next, path);
}
