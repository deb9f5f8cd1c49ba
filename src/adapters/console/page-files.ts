import { randomUUID } from "node:crypto";
import { AppError } from "#src/core/errors.ts";

export interface PageFiles {
  /** Keeps a file for the command it is given with; the id is the option's value. */
  add: (bytes: Uint8Array) => string;
  /** Throws AppError `fetch/not-found` when it is no longer kept. */
  read: (id: string) => Uint8Array;
}

/** A command reads its file at once; what comes after is a new choice. */
const FILES_KEPT = 5;

/** Files that were chosen on the page, for the commands that take one. */
export function createPageFiles(): PageFiles {
  const files = new Map<string, Uint8Array>();
  return {
    add: (bytes) => {
      const id = `file-${randomUUID()}`;
      files.set(id, bytes);
      const [oldest] = files.keys();
      if (files.size > FILES_KEPT && oldest !== undefined) files.delete(oldest);
      return id;
    },
    read: (id) => {
      const bytes = files.get(id);
      if (bytes !== undefined) return bytes;
      throw new AppError("fetch/not-found", { say: "That file is no longer here. Choose it again." });
    },
  };
}
