import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { z } from "zod";

const Found = z.array(z.string());

/** What is done with a data file to which nothing is written meanwhile. */
export interface StillWork {
  file: string;
  /** An empty file that becomes its copy, and is read through in its place; null to read the file itself. */
  copyTo: string | null;
  signal: AbortSignal;
}

/**
 * Reads a data file, or the copy it makes of it, through for damage, in a thread of its own: of a large one it takes a
 * minute. Returns what is wrong with it, a few sentences of SQLite's at most. Throws what SQLite does, and the signal's reason.
 */
export async function readStill({ file, copyTo, signal }: StillWork): Promise<string[]> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<string[]>();
  const worker = new Worker(new URL("still-file-worker.ts", import.meta.url), {
    workerData: { file: immutable(file), copyTo, check: immutable(copyTo ?? file) },
  });
  const stop = (): void => {
    reject(signal.reason);
    void worker.terminate();
  };
  worker.on("message", (found: unknown) => resolve(Found.parse(found)));
  worker.on("error", reject);
  worker.on("exit", () => reject(new Error("The thread that read the data file ended early")));
  signal.addEventListener("abort", stop, { once: true });
  return promise.finally(() => signal.removeEventListener("abort", stop));
}

/** Opened so, no locks are taken, and the journal beside the file is left alone. */
export function immutable(file: string): string {
  const url = pathToFileURL(file);
  url.search = "?immutable=1";
  return url.href;
}
