import { closeSync, fstatSync, openSync, statSync } from "node:fs";

/** Where the data file lies. */
export interface Place {
  /** Whether the file at the path is still the one that is open: an open file that was removed takes everything, and loses it. */
  isThere: () => boolean;
  /** To be called after the database is closed: closing the file before would give up the lock on it (POSIX). */
  leave: () => void;
}

export const IN_MEMORY: Place = { isThere: () => true, leave: () => undefined };

export function placeOf(path: string): Place {
  // Held open, because only then does every file system keep the number that is compared.
  const held = openSync(path, "r");
  return {
    isThere: () => {
      const now = statSync(path, { bigint: true, throwIfNoEntry: false });
      const open = fstatSync(held, { bigint: true });
      return now?.ino === open.ino && now.dev === open.dev;
    },
    leave: () => closeSync(held),
  };
}
