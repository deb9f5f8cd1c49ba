import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { z } from "zod";

const Found = z.array(z.string());

/**
 * Reads a data file through for damage, in a thread of its own: of a large one it takes a minute. Nothing may be written
 * to the file itself meanwhile. Returns what is wrong with it, a few sentences of SQLite's at most.
 */
export async function checkFile(path: string, signal: AbortSignal): Promise<string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<string[]>();
  const url = pathToFileURL(path);
  // No locks are taken, and the journal beside the file is left alone.
  url.search = "?immutable=1";
  const worker = new Worker(new URL("check-file-worker.ts", import.meta.url), { workerData: url.href });
  worker.on("message", (found: unknown) => resolve(Found.parse(found)));
  worker.on("error", reject);
  worker.on("exit", () => resolve([]));
  signal.addEventListener("abort", () => void worker.terminate(), { once: true });
  return promise;
}
