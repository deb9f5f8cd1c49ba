import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

/** Beside the data file: names the very file that was closed when nothing was in hand. */
const ENDING = ".closed";

/** What tells a file from every copy of it, and from itself before any change: nobody can set the time of its change. */
export function fileMark(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (found === undefined || found.size === 0n) return null;
  return `${found.ino}:${found.size}:${found.ctimeNs}`;
}

/** Whether the mark, taken before the file was opened, is that of its last close. That close counts once. */
export function takeLastStop(file: string, mark: string | null): boolean {
  const closed = read(`${file}${ENDING}`);
  rmSync(`${file}${ENDING}`, { force: true });
  return mark === null || closed === mark;
}

/** To be called with all carried over into the file, and the file still locked. */
export function saveStop(file: string): void {
  writeFileSync(`${file}${ENDING}`, fileMark(file) ?? "", { mode: 0o600 });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
